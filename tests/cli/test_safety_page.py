"""The exercises of docs/safety.md and docs/live-posts.md go as the pages say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import exercise
from tests.conftest import or_skip
from tests.e2e.wordpress.machine import CURL, ensure

pytestmark = pytest.mark.usefixtures("real_time")


@pytest.fixture(scope="module", autouse=True)
def curl() -> None:
    """The pages' commands use it."""
    or_skip(lambda: ensure([CURL]))


def test_the_exercise_goes_as_the_page_says(tmp_path: Path) -> None:
    steps = exercise.steps("safety.md")
    assert sum(exercise.WAIT in commands for commands, _ in steps) == 1
    exercise.check(steps, tmp_path)


def test_widgets_in_live_posts_go_as_the_page_says(tmp_path: Path) -> None:
    """Its window, its folder and its abbreviations are those of the other exercise."""
    before = exercise.steps("safety.md", end="The network breaks")
    exercise.check([*before, *exercise.steps("live-posts.md")], tmp_path)
