"""A widget for many live posts: rendered once if it is the same in each, else with its own ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.config import load_config
from blogkit.project.live.snippet import Snippet
from blogkit.project.rendering import PostRenderer
from blogkit.sanitizers.profiles import EDITOR, STRICT
from blogkit.trust import Trust

WIDE = "```{table} Votes\n| Place | Votes |\n|---|---|\n| Miami | 12 |\n```\n"
BUTTON = "```{quiz-button}\n{url: 'https://example.com/quiz', label: Start}\n```\n"


@pytest.fixture
def renderer(folder: Path) -> PostRenderer:
    return PostRenderer(load_config(folder), Trust(folder, folder / "trust.json"))


def test_a_widget_with_ids_gets_those_of_each_post(renderer: PostRenderer) -> None:
    table = Snippet("table", "table", WIDE)
    first, second = (table.rendered(renderer, EDITOR, key) for key in ("7/table", "8/table"))
    assert first != second
    assert (first, second) == tuple(
        renderer.snippet("table", WIDE, EDITOR, key) for key in ("7/table", "8/table")
    )


def test_a_widget_without_ids_is_the_same_in_each_post_of_a_site(renderer: PostRenderer) -> None:
    button = Snippet("quiz", "quiz-button", BUTTON)
    for profile in (EDITOR, STRICT):
        first, second = (button.rendered(renderer, profile, key) for key in ("7/quiz", "8/quiz"))
        assert first == second == renderer.snippet("quiz-button", BUTTON, profile, "9/quiz")


def test_a_changed_copy_has_html_of_its_own(renderer: PostRenderer) -> None:
    button = Snippet("quiz", "quiz-button", BUTTON)
    before = button.rendered(renderer, EDITOR, "7/quiz")
    other = replace(button, call=BUTTON.replace("Start", "Begin"))
    assert other.rendered(renderer, EDITOR, "7/quiz") == before.replace("Start", "Begin")
