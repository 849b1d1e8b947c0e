"""A draft of a killed run whose journal is lost, beside the post that another computer published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.crash.children import Children
from tests.crash.second_draft import SecondDraft
from tests.crash.sites import OnSandbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def others(children: Children) -> Iterator[Children]:
    """The other computer's launcher: while one waits for a stopped child, it starts no other."""
    with Children(like=children) as launcher:
        yield launcher


@pytest.mark.parametrize(("first", "comments"), [(0, "stripped"), (1, "kept")])
def test_the_second_draft_is_withdrawn(
    tmp_path: Path, children: Children, others: Children, first: int, comments: str
) -> None:
    """first: which computer publishes next, the killed or the other one."""
    switches = Quirks(daily_insert_limit="none", insert_throttle="none")
    switches.html_comments = comments  # type: ignore[assignment]
    with Sandbox(switches=switches) as sandbox:
        scene = SecondDraft(tmp_path, OnSandbox(sandbox), (children, others))
        scene.assert_one_is_left(first)
