"""Widgets that a save in the blog's editor wiped: reported, put back, or left out for good."""

from __future__ import annotations

import json

import pytest

from blogkit.platforms.base import Platform, Remote
from blogkit.regions import find_regions
from tests.cli.conftest import Run, edit
from tests.cli.test_surgery import QUIZ, body, old

__all__ = ["old"]
LOST = "quiz-button, inserted by run 1 at before:h2:Conclusion, is no longer there: “Old” on main"


@pytest.fixture
def wiped(run: Run, old: Remote, blog: Platform) -> Remote:
    """A post that was open in the editor while a widget was inserted, and saved after that."""
    assert run(*QUIZ, "--into", old.url, "--at", "before:h2:Conclusion", "--yes").code == 0
    assert "is no longer there" not in run("regions", old.url).err
    edit(blog, "Old", body=old.body.replace("Three", "Three, by hand"))
    return old


def test_they_are_reported(run: Run, wiped: Remote) -> None:
    for command in (["status"], ["regions", wiped.url]):
        told = run(*command)
        assert told.code == 0
        assert LOST in told.err
        assert f"to put it back: blogkit reinsert {wiped.url}" in told.out
    (one,) = json.loads(run("status", "--json").out)["wiped"]
    assert (one["id"], one["widget"], one["run"]) == ("quiz-button", "quiz-button", 1)
    assert one["at"] == "before:h2:Conclusion"


def test_they_are_put_back_where_they_were(run: Run, wiped: Remote, blog: Platform) -> None:
    shown = run("reinsert", wiped.url, "--dry-run")
    assert (shown.code, "1 post checked, 1 to change" in shown.out) == (0, True)
    before = body(blog)
    done = run("reinsert", wiped.url, "--yes")
    assert (done.code, "put back quiz-button (run 1) in live post “Old”" in done.out) == (0, True)
    now = body(blog)
    (region,) = find_regions(now).regions
    assert (region.id, region.edited) == ("quiz-button", False)
    assert now[: region.start] + now[region.end :] == before
    assert now[region.end :].startswith("<h2><i>Conclusion")
    assert "is no longer there" not in run("status").err
    assert "nothing to do" in run("reinsert", wiped.url, "--yes").out
    assert run("undo", "--yes").code == 0
    assert body(blog) == before


def test_wiped_again_it_is_still_the_first_run_that_inserted_it(
    run: Run, wiped: Remote, blog: Platform
) -> None:
    without = body(blog)
    run("reinsert", wiped.url, "--yes")
    edit(blog, "Old", body=without)
    assert LOST in run("status").err


def test_the_place_counts_where_the_text_around_it_changed(
    run: Run, wiped: Remote, blog: Platform
) -> None:
    edit(blog, "Old", body="<p>All new.</p><h2>Conclusion</h2><p>And the end is new.</p>")
    assert run("reinsert", "--all", "--yes").code == 0
    (region,) = find_regions(body(blog)).regions
    assert body(blog)[: region.start] == "<p>All new.</p>"
    assert body(blog)[region.end :].startswith("<h2>Conclusion")
    edit(blog, "Old", body="<p>Nothing of it is left.</p>")
    failed = run("reinsert", wiped.url, "--yes")
    assert failed.code == 1
    assert 'the place "before:h2:Conclusion" does not exist' in failed.err + failed.out


def test_what_was_removed_on_purpose_is_dismissed_once(
    run: Run, wiped: Remote, blog: Platform
) -> None:
    before = body(blog)
    done = run("reinsert", "--dismiss", wiped.url)
    assert (done.code, "quiz-button in “Old” on main stays out" in done.out) == (0, True)
    assert "is no longer there" not in run("status").err + run("regions", wiped.url).err
    assert "nothing to do" in run("reinsert", wiped.url, "--yes").out
    assert "no widget was removed" in run("reinsert", "--dismiss", wiped.url).out
    assert body(blog) == before
    run(*QUIZ, "--into", wiped.url, "--at", "end", "--yes")
    edit(blog, "Old", body=before)
    assert "quiz-button, inserted by run" in run("status").err
    assert run("reinsert", "--dismiss", "--id", "x", wiped.url).code == 2


def test_what_blogkit_removed_itself_is_not_reported(run: Run, old: Remote, blog: Platform) -> None:
    run(*QUIZ, "--into", old.url, "--at", "end", "--yes")
    run("remove", "quiz-button", "--from", old.url, "--yes")
    assert "is no longer there" not in run("status").err
    run(*QUIZ, "--into", old.url, "--at", "end", "--yes")
    assert run("undo", "--yes").code == 0
    assert body(blog) == old.body
    assert "is no longer there" not in run("status").err + run("regions", old.url).err
