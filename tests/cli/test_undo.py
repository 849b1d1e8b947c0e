"""What a run did can be listed, looked at, and put back; what was changed since is nobody's to
overwrite.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, State
from blogkit.sync.actions import ActionKind
from blogkit.sync.listing import PRESENT
from blogkit.sync.undo import UndoRequest, plan_restore
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]


def states(blog: Platform) -> dict[str, State]:
    return {post.title: post.state for post in blog.list("post", PRESENT)}


def body(blog: Platform, title: str = "Talks in Miami") -> str:
    (found,) = [post.body for post in blog.list("post", PRESENT) if post.title == title]
    return found


@pytest.fixture
def two_runs(run: Run, write: Write) -> Write:
    """A post published, then changed and published again."""
    write()
    assert run("publish", "--yes").code == 0
    write(text="Talks closed.")
    assert run("publish", "--yes").code == 0
    return write


def test_an_update_is_put_back_and_stays_so_until_the_file_changes(
    run: Run, blog: Platform, two_runs: Write
) -> None:
    done = run("undo", "--yes")
    assert (
        done.code,
        "restore the earlier version of live post “Talks in Miami” on main" in done.out,
    ) == (0, True)
    assert "Talks opened." in body(blog)
    assert "nothing to do" in run("publish", "--yes").out
    assert "Talks opened." in body(blog)
    two_runs(text="Talks were put off.")
    assert run("publish", "--yes").code == 0
    assert "Talks were put off." in body(blog)


def test_status_says_what_was_undone(run: Run, two_runs: Write) -> None:
    def word() -> str:
        (row,) = run("status", "--json").json["posts"]
        return str(row["file"])

    assert word() == "up to date"
    run("undo", "--yes")
    assert word() == "undone"
    assert {row["file"] for row in run("status", "--offline", "--json").json["posts"]} == {"undone"}
    two_runs(text="Talks were put off.")
    assert word() == "changed"
    run("publish", "--yes")
    assert word() == "up to date"


def test_an_undone_run_can_be_had_back(run: Run, blog: Platform, two_runs: Write) -> None:
    assert "was an undo" not in run("undo", "--yes").err
    again = run("undo", "--yes")
    assert (again.code, "run 3 was an undo; undoing it restores" in again.err) == (0, True)
    assert "Talks closed." in body(blog)
    assert "nothing to do" in run("plan").out


def test_a_new_post_goes_to_the_trash(run: Run, blog: Platform, write: Write) -> None:
    write()
    run("publish", "--yes")
    assert "to the trash: the run created it" in run("undo", "--dry-run").out
    assert states(blog) == {"Talks in Miami": State.LIVE}
    assert run("undo", "--yes").code == 0
    assert states(blog) == {}
    done = run("publish", "--yes")
    assert done.code == 1
    assert "--recreate" in done.err + done.out
    assert "trash" in run("undo", "--yes").err


def test_a_state_is_put_back_with_the_text(run: Run, blog: Platform, write: Write) -> None:
    write(publish="draft")
    run("publish", "--yes")
    write(text="Talks closed.", publish="now")
    run("publish", "--yes")
    assert run("undo", "--yes").code == 0
    assert states(blog) == {"Talks in Miami": State.DRAFT}
    assert "Talks opened." in body(blog)


def test_what_was_edited_since_is_a_conflict(run: Run, blog: Platform, two_runs: Write) -> None:
    edit(blog, "Talks in Miami", body="<p>By hand.</p>")
    done = run("undo", "--yes")
    assert done.code == 4
    assert "was changed after the run (body)" in done.out + done.err
    assert body(blog) == "<p>By hand.</p>"


def test_one_post_of_a_run(run: Run, blog: Platform, write: Write) -> None:
    write("a", title="A")
    write("b", title="B")
    run("publish", "--yes")
    assert run("undo", "1", "posts/a.md", "--yes").code == 0
    assert states(blog) == {"B": State.LIVE}
    done = run("undo", "1", "zebra", "--yes")
    assert (done.code, "run 1 did not change zebra" in done.err) == (2, True)


def test_an_edit_on_the_blog_between_runs_is_told_apart_from_what_the_run_did(
    run: Run, blog: Platform, two_runs: Write
) -> None:
    """Undoing an older run whose post was published again later would overwrite the later run."""
    done = run("undo", "1", "--yes")
    assert done.code == 4
    assert "Talks closed." in body(blog)


def test_nothing_to_undo(run: Run, workspace: Path) -> None:
    done = run("undo", "--yes")
    assert (done.code, "no run has changed anything yet" in done.err) == (2, True)
    assert "there is no run 7" in run("undo", "7", "--yes").err


def test_in_a_pipe_undo_needs_yes(run: Run, blog: Platform, two_runs: Write) -> None:
    done = run("undo")
    assert (done.code, "--yes" in done.err) == (2, True)
    assert "Talks closed." in body(blog)


def test_a_post_deleted_there_cannot_be_put_back(run: Run, blog: Platform, two_runs: Write) -> None:
    (post,) = blog.list("post", PRESENT)
    blog.trash(post.ref)
    done = run("undo", "--yes")
    assert (done.code, "restore it from the blog's trash first" in done.err) == (1, True)


def test_log_lists_runs_and_shows_before_and_after(run: Run, two_runs: Write) -> None:
    out = run("log").out
    assert [line.split()[0] for line in out.splitlines()] == ["RUN", "2", "1"]
    one = run("log", "2").out
    assert "update live post “Talks in Miami” on main" in one
    assert "-<p>Talks opened.</p>" in one
    assert "+<p>Talks closed.</p>" in one
    data = run("log", "2", "--json").json
    assert data["entries"][0]["changed"] == ["body"]
    assert "Talks opened." in data["entries"][0]["before"]["body"]
    assert run("log", "9").code == 2
    assert run("log", "--json").json["runs"][0]["actions"] == {"done": 1}


def test_backups_are_plain_files(run: Run, workspace: Path, two_runs: Write) -> None:
    assert run("backup", "export", "old").code == 0
    bodies = sorted(path.read_text() for path in (workspace / "old/main/miami").glob("*.html"))
    assert len(bodies) == 3
    assert "Talks closed." in bodies[0]
    meta = json.loads(next((workspace / "old/main/miami").glob("*-update-before.json")).read_text())
    assert (meta["title"], meta["state"]) == ("Talks in Miami", "live")
    assert "not empty" in run("backup", "export", "old").err


def test_undo_keeps_to_the_limit(run: Run, blog: Platform, two_runs: Write) -> None:
    done = run("undo", "--yes", "--limit", "0")
    assert (done.code, "--limit 1" in done.err) == (1, True)
    assert "Talks closed." in body(blog)


def test_posts_that_undo_took_away_do_not_make_the_blog_look_empty(
    run: Run, workspace: Path, write: Write, blog: Platform
) -> None:
    for name in "abc":
        write(name, title=name.upper())
    run("publish", "--yes")
    assert run("undo", "--yes").code == 0
    write("new", title="New")
    assert "shows none of" not in run("publish", "--yes").err
    assert [post.title for post in blog.list("post", PRESENT)] == ["New"]


def test_a_post_is_named_by_its_file_also_when_the_file_names_its_key(
    run: Run, blog: Platform, write: Write
) -> None:
    write(key="other")
    run("publish", "--yes")
    assert run("undo", "posts/miami.md", "--yes").code == 0
    assert states(blog) == {}


@pytest.mark.parametrize(
    "command", [("undo", "--yes"), ("log",), ("backup", "export", "old", "--run")]
)
def test_a_number_that_no_run_can_have_is_refused(
    run: Run, two_runs: Write, command: tuple[str, ...]
) -> None:
    assert run(*command, "9" * 30).code == 2


def test_a_schedule_that_came_true_meanwhile_is_not_set_again(
    run: Run, workspace: Path, blog: Platform, write: Write
) -> None:
    at = datetime.now(UTC) + timedelta(hours=1)
    write(publish=f"{at:%Y-%m-%dT%H:%M}Z")
    run("publish", "--yes")
    write(publish=f"{at:%Y-%m-%dT%H:%M}Z", text="Talks closed.")
    run("publish", "--yes")
    (post,) = blog.list("post", PRESENT)
    with Journal.open(workspace / ".blogkit/journal.sqlite") as journal:
        entry = journal.actions(2)[0]
    due = replace(post, state=State.LIVE)
    action = plan_restore(UndoRequest(entry, due, at + timedelta(hours=1), UTC))
    assert (action.kind, action.target) == (ActionKind.RESTORE, None)
    assert "schedule" not in action.summary
