"""`--when` and `--until` on the commands that edit live posts, and `blogkit jobs`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Make = Callable[..., Remote]
Write = Callable[..., Path]
NEXT = "2091-12-01 07:00"
LATER = "2091-12-02 07:00"
BANNER = ("insert", "callout", "--set", "body=The sale ends.", "--id", "banner", "--at", "end")


@pytest.fixture
def old(by_hand: Make, blog: Platform) -> Remote:
    by_hand("Old", "<p>Ten questions: the test</p>")
    return next(post for post in blog.list("post", PRESENT))


def body(blog: Platform) -> str:
    (found,) = [post.body for post in blog.list("post", PRESENT) if post.title == "Old"]
    return found


def make_due(workspace: Path, number: int) -> None:
    """As if the time of a job had come."""
    with closing(sqlite3.connect(workspace / ".blogkit/journal.sqlite")) as db, db:
        past = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
        db.execute("UPDATE job SET due = ? WHERE id = ?", (past, number))


def test_an_insertion_is_recorded_done_and_taken_out(
    run: Run, old: Remote, blog: Platform, workspace: Path, sandbox: Sandbox
) -> None:
    sandbox.log.clear()
    recorded = run(*BANNER, "--into", old.url, "--when", NEXT, "--until", LATER, "--yes")
    assert (recorded.code, sandbox.log.writes()) == (0, []), recorded
    assert "job 1: insert callout at end" in recorded.out
    assert "Sat 1 Dec 2091, 07:00 IST (01:30 UTC)" in recorded.out
    assert "nothing is due" in run("run").out or run("run").code == 0
    listed = run("jobs", "list", "--json").json["jobs"]
    assert [(job["id"], job["status"], job["follows"]) for job in listed] == [
        (1, "waiting", 0),
        (2, "waiting", 1),
    ]
    assert listed[0]["due"] == "2091-12-01T07:00:00+05:30"
    make_due(workspace, 1)
    assert run("run").code == 0
    assert "The sale ends." in body(blog)
    make_due(workspace, 2)
    assert run("run").code == 0
    assert body(blog) == old.body
    assert run("jobs", "list").out == "no jobs\n"
    assert run("jobs", "list", "--all").out.count("done") >= 2


def test_a_banner_that_comes_now_leaves_at_a_time(
    run: Run, old: Remote, blog: Platform, workspace: Path
) -> None:
    done = run(*BANNER, "--into", old.url, "--until", NEXT, "--yes")
    assert (done.code, "job 1: remove banner from 1 post" in done.out) == (0, True), done
    assert "The sale ends." in body(blog)
    make_due(workspace, 1)
    assert run("run").code == 0
    assert body(blog) == old.body


def test_what_is_declined_leaves_no_job(
    run: Run, old: Remote, blog: Platform, workspace: Path
) -> None:
    for more in (("--until", NEXT), ("--when", NEXT)):
        refused = run(*BANNER, "--into", old.url, *more)
        assert (refused.code, "--yes" in refused.err) == (2, True)
        assert run(*BANNER, "--into", old.url, *more, "--dry-run").code == 0
    assert body(blog) == old.body
    assert run("jobs", "list").out == "no jobs\n"


def test_the_other_commands_take_a_time(
    run: Run, old: Remote, blog: Platform, write: Write, workspace: Path
) -> None:
    words = ("replace", "text:the test", "--with", "the test of today", old.url)
    assert run(*words, "--when", NEXT, "--yes").code == 0
    assert run("link", "set", "q-1", "https://example.com/q", "--when", NEXT, "--yes").code == 0
    make_due(workspace, 1)
    make_due(workspace, 2)
    assert run("run").code == 0
    assert body(blog) == "<p>Ten questions: the test of today</p>"
    assert "q-1" in (workspace / "links.toml").read_text()
    assert run("undo", "1", "--when", NEXT, "--yes").code == 0
    assert run(*BANNER, "--into", old.url, "--yes").code == 0
    removal = run("remove", "banner", "--from", old.url, "--when", LATER, "--yes")
    assert (removal.code, "job 4" in removal.out) == (0, True), removal
    for number in (4, 3):
        make_due(workspace, number)
        assert run("run").code == 0
    assert body(blog) == old.body


def test_a_job_that_would_fail_now_is_not_recorded(run: Run, old: Remote) -> None:
    removal = run("remove", "banner", "--from", old.url, "--when", NEXT, "--yes")
    assert (removal.code, "not recorded" in removal.err) == (1, True), removal
    assert "cannot edit" in removal.out or "refuse" in removal.out, "the reason is told"
    assert run("jobs", "list").out == "no jobs\n"


def test_a_failure_is_told_once_with_the_next_command(
    run: Run, old: Remote, blog: Platform, workspace: Path
) -> None:
    run(*BANNER, "--into", old.url, "--until", NEXT, "--yes")
    edit(blog, "Old", body=body(blog).replace("sale ends", "sale goes on"))
    make_due(workspace, 1)
    failed = run("run")
    told = failed.out + failed.err
    assert (failed.code, "blogkit jobs retry 1" in told) == (1, True), failed
    assert run("run").code == 0
    assert "failed" in run("jobs", "list").out
    assert run("jobs", "retry", "1").code == 0
    assert run("run").code == 1
    assert run("jobs", "cancel", "1").code == 0
    assert run("jobs", "list").out == "no jobs\n"


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2020-01-01 07:00", "is past"),
        ("2091-12-01", "has no time"),
        ("tomorrow", "not a date"),
        ("now", "not a date"),
        ("2091-13-01 07:00", "does not exist"),
        ("2091-12-01 7:00 pm", "not a date"),
    ],
)
def test_times_are_read_as_in_publish(run: Run, old: Remote, when: str, reason: str) -> None:
    refused = run(*BANNER, "--into", old.url, "--when", when, "--yes")
    assert (refused.code, reason in refused.err, "--when" in refused.err) == (2, True, True), (
        refused
    )
    refused = run(*BANNER, "--into", old.url, "--until", when, "--yes")
    assert (refused.code, "--until" in refused.err) == (2, True), refused


def test_times_that_clocks_skip_or_repeat(run: Run, old: Remote, workspace: Path) -> None:
    path = workspace / "blogkit.toml"
    path.write_text(path.read_text().replace("Asia/Kolkata", "Europe/Berlin"))
    here = (*BANNER, "--into", old.url, "--yes", "--when")
    assert "does not exist in Europe/Berlin" in run(*here, "2027-03-28 02:30").err
    twice = run(*here, "2027-10-31 02:30")
    assert "happens twice" in twice.err
    assert run(*here, "2027-10-31 02:30+01:00").code == 0


def test_an_end_before_the_beginning_is_refused(run: Run, old: Remote) -> None:
    refused = run(*BANNER, "--into", old.url, "--when", LATER, "--until", NEXT, "--yes")
    assert (refused.code, "--until" in refused.err) == (2, True)


def test_no_job_with_a_state_file(run: Run, old: Remote, blog: Platform, workspace: Path) -> None:
    path = workspace / "blogkit.toml"
    path.write_text(path.read_text().replace("[blog]\n", '[blog]\nstate = "file"\n'))
    for more in (("--when", NEXT), ("--until", NEXT)):
        refused = run(*BANNER, "--into", old.url, *more, "--yes")
        assert (refused.code, 'state = "file"' in refused.err) == (2, True), refused
    assert body(blog) == old.body
