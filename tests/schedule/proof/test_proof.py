"""After its time, each scheduled post is proven live, made up for, or told once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.platforms.base import Platform, State, Target
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox
from blogkit.schedule.proof import Proofs
from blogkit.schedule.run import run
from blogkit.schedule.work import WorkResult
from tests.schedule.proof.conftest import START, write_post

DUE = START + timedelta(hours=2)


def publish(project: blogkit.Project) -> None:
    report = project.plan().apply()
    assert report.ok, report


def due_now(project: blogkit.Project, now: datetime) -> list[str]:
    return [one.key for one in Proofs().pending(project, now) if one.at <= now]


def prove(project: blogkit.Project, clock: Clock) -> list[WorkResult]:
    """What `blogkit run` does."""
    now, kind = clock(), Proofs()
    due = [one for one in kind.pending(project, now) if one.at <= now]
    return kind.do(project, "main", due, now) if due else []


@pytest.fixture
def scheduled(folder: Path, project: blogkit.Project) -> blogkit.Project:
    """A project with one post that Blogger has scheduled for DUE."""
    write_post(folder, "talks", DUE.isoformat())
    publish(project)
    return project


def test_nothing_is_due_before_its_time_and_no_request_is_sent(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    before = len(sandbox.log.served())
    (piece,) = Proofs().pending(scheduled, clock())
    assert (piece.site, piece.key, piece.at) == ("main", "talks", DUE + timedelta(minutes=1))
    clock.set(DUE)
    assert prove(scheduled, clock) == []
    assert len(sandbox.log.served()) == before


def test_a_post_that_went_live_is_proven_once(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE + timedelta(minutes=3))
    (result,) = prove(scheduled, clock)
    assert (result.ok, result.run) == (True, None)
    assert "“About talks” on main was due Mon 30 Nov 2026, 19:30 IST" in result.summary
    (proven,) = scheduled.schedules(most=5)
    assert (proven.ended, proven.fired, proven.seen, proven.note) == (
        "live",
        DUE,
        DUE + timedelta(minutes=3),
        "",
    )
    assert due_now(scheduled, clock()) == []
    again = scheduled.plan()
    assert [change.kind for change in again] == ["unchanged"]
    assert not scheduled.prove("main"), "a second machine finds nothing to do"


def test_the_proof_reads_the_public_feed_past_caches(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE + timedelta(minutes=1))
    before = len(sandbox.log.served())
    prove(scheduled, clock)
    asked = [line for line in sandbox.log.served()[before:] if "/feeds/posts/default/" in line.path]
    assert len(asked) == 1


def test_a_missed_time_is_made_up_for_in_one_run_that_log_shows(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock, blog: Platform
) -> None:
    sandbox.blog.late = timedelta(days=9)
    clock.set(DUE + timedelta(minutes=5))
    (result,) = prove(scheduled, clock)
    assert result.ok
    assert "missed its time; blogkit published it" in result.summary
    (post,) = blog.list("post", [State.LIVE])
    assert post.at == DUE, "readers see the date that was planned"
    assert result.run is not None
    logged = scheduled.run(result.run)
    assert (logged.command, logged.counts) == ("run", {"done": 1})
    (proven,) = scheduled.schedules(most=5)
    assert (proven.ended, proven.fired) == ("live", DUE + timedelta(minutes=5))
    assert [change.kind for change in scheduled.plan()] == ["unchanged"]


def test_what_was_edited_on_the_site_is_still_seen_after_catching_up(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock, blog: Platform, folder: Path
) -> None:
    (post,) = blog.list("post", [State.SCHEDULED])
    blog.restore(post.ref, replace(post, title="Talks, edited by hand"), post)
    sandbox.blog.late = timedelta(days=9)
    clock.set(DUE + timedelta(minutes=5))
    assert prove(scheduled, clock)[0].ok
    assert [change.kind for change in scheduled.plan()] == ["remote-edited"]
    write_post(folder, "talks", DUE.isoformat(), title="About talks, by the file")
    assert [change.kind for change in scheduled.plan()] == ["conflict"], "no edit is lost silently"


def test_a_post_that_was_moved_on_the_site_is_looked_at_then(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock, blog: Platform
) -> None:
    (post,) = blog.list("post", [State.SCHEDULED])
    later = DUE + timedelta(days=1)
    blog.set_state(post.ref, Target(State.SCHEDULED, later))
    clock.set(DUE + timedelta(minutes=1))
    (result,) = prove(scheduled, clock)
    assert result.ok
    assert "was moved there to Tue 1 Dec 2026, 19:30 IST" in result.summary
    assert [one.due for one in scheduled.schedules()] == [later]
    clock.set(later + timedelta(minutes=1))
    assert prove(scheduled, clock)[0].ok
    assert [one.ended for one in scheduled.schedules(most=5)] == ["live"]


def test_a_draft_and_a_deleted_post_are_told_once_with_the_fix(
    project: blogkit.Project, folder: Path, sandbox: Sandbox, clock: Clock, blog: Platform
) -> None:
    write_post(folder, "talks", DUE.isoformat(), title="Talks about the river basin")
    write_post(folder, "budget", DUE.isoformat(), title="Budget session", body="Money and rules.")
    publish(project)
    posts = {post.title: post.ref for post in blog.list("post", [State.SCHEDULED])}
    blog.set_state(posts["Budget session"], Target(State.DRAFT))
    blog.trash(posts["Talks about the river basin"])
    clock.set(DUE + timedelta(minutes=1))
    told = {result.due.key: result for result in prove(project, clock)}
    assert [told[key].ok for key in ("budget", "talks")] == [False, False]
    assert "is a draft" in told["budget"].summary
    assert "blogkit publish budget" in told["budget"].hint
    assert "no longer there" in told["talks"].summary
    assert "--recreate" in told["talks"].hint
    assert due_now(project, clock() + timedelta(days=9)) == [], "told once"


def test_a_site_that_is_down_is_told_once_and_looked_at_less_and_less(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE + timedelta(minutes=1))
    sandbox.fail("503", times=50)
    first = prove(scheduled, clock)
    assert [result.ok for result in first] == [False]
    assert "cannot look whether it went live" in first[0].summary
    assert prove(scheduled, clock) == [], "not before the next look"
    clock.advance(minutes=2)
    assert prove(scheduled, clock) == [], "the same is told once"
    waits = [one.again for one in scheduled.schedules()]
    assert waits == [clock() + timedelta(minutes=4)]
    sandbox.faults.clear()
    clock.advance(minutes=4)
    (result,) = prove(scheduled, clock)
    assert "is live" in result.summary


def test_run_reports_lasting_trouble_once_and_its_end(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE + timedelta(minutes=1))
    sandbox.fail("503", times=99)
    kinds = [Proofs()]
    assert [one.ok for one in run(scheduled, kinds=kinds).results] == [False]
    for _ in range(3):
        clock.advance(hours=7)
        assert run(scheduled, kinds=kinds).results == []
        assert [one.key for one in scheduled.timed.retries()] == ["talks"], "it has not ended"
    sandbox.faults.clear()
    clock.advance(hours=7)
    assert [one.ok for one in run(scheduled, kinds=kinds).results] == [True]
    assert scheduled.timed.retries() == []


def test_a_site_that_is_down_is_asked_once_for_all_posts(
    project: blogkit.Project, folder: Path, sandbox: Sandbox, clock: Clock
) -> None:
    for number in range(4):
        body = f"{number} " * 40 + "words of its own"
        write_post(folder, f"day-{number}", DUE.isoformat(), title=f"{number} days", body=body)
    publish(project)
    clock.set(DUE + timedelta(minutes=1))
    sandbox.blog.late = timedelta(days=9)
    sandbox.fail("expired-token", path="/v3/", times=500)
    sandbox.log.clear()
    results = prove(project, clock)
    assert [result.ok for result in results] == [False] * 4
    assert len([one for one in sandbox.log.served() if "/v3/" in one.path]) < 4


def test_a_site_whose_clock_is_behind_has_missed_nothing(
    folder: Path, scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE - timedelta(minutes=3))  # ours shows four minutes more
    ahead = blogkit.open(
        folder,
        environ={},
        sleep=lambda _seconds: None,
        clock=lambda: clock() + timedelta(minutes=4),
    )
    (result,) = Proofs().do(ahead, "main", Proofs().pending(ahead, clock()), clock())
    assert result.ok
    assert "not due yet by the site's clock" in result.summary
    assert [one.ended for one in scheduled.schedules()] == [""]


def test_a_fresh_checkout_with_the_state_file_proves_it_and_the_next_one_knows(
    folder: Path, clock: Clock, sandbox: Sandbox
) -> None:
    """As in a job on GitHub: no journal, only the file that was committed."""
    settings = folder / "blogkit.toml"
    text = settings.read_text("utf-8").replace("[blog]", '[blog]\nstate = "file"', 1)
    settings.write_text(text, encoding="utf-8")
    write_post(folder, "talks", DUE.isoformat())

    def checkout() -> blogkit.Project:
        shutil.rmtree(folder / ".blogkit", ignore_errors=True)
        return blogkit.open(folder, environ={}, sleep=lambda _seconds: None, clock=clock)

    publish(checkout())
    clock.set(DUE + timedelta(minutes=5))
    (result,) = prove(checkout(), clock)
    assert result.ok
    assert '"state": "live"' in (folder / "blogkit.state").read_text("utf-8")
    assert prove(checkout(), clock) == []


def test_undo_of_a_schedule_leaves_nothing_to_prove(
    scheduled: blogkit.Project, clock: Clock
) -> None:
    assert scheduled.undo().apply().ok
    assert scheduled.schedules() == []
    (ended,) = scheduled.schedules(most=5)
    assert (ended.ended, ended.note) == ("withdrawn", "taken back")
    clock.set(DUE + timedelta(minutes=5))
    assert prove(scheduled, clock) == []


def test_a_schedule_that_moves_in_the_file_moves_here_and_publish_now_ends_it(
    folder: Path, scheduled: blogkit.Project
) -> None:
    later = DUE + timedelta(days=2)
    write_post(folder, "talks", later.isoformat())
    publish(scheduled)
    assert [one.due for one in scheduled.schedules()] == [later]
    write_post(folder, "talks", "now")
    publish(scheduled)
    assert [(one.ended, one.note) for one in scheduled.schedules(most=5)] == [
        ("withdrawn", "published at another time")
    ]


def test_a_blog_whose_feed_is_closed_is_proven_by_its_own_word(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE + timedelta(minutes=5))
    sandbox.fail("html-maintenance", path="/feeds/", status=401, times=9)
    (result,) = prove(scheduled, clock)
    assert result.ok
    (proven,) = scheduled.schedules(most=5)
    assert (proven.ended, proven.note) == ("live", "what readers see could not be read")


def test_a_post_that_readers_do_not_see_is_not_proven(
    scheduled: blogkit.Project, sandbox: Sandbox, clock: Clock
) -> None:
    clock.set(DUE + timedelta(minutes=1))
    sandbox.fail("404", path="/feeds/posts/default/", times=1)
    (result,) = prove(scheduled, clock)
    assert not result.ok
    assert "it is live, but readers do not see it yet" in result.summary
    assert "cache" in result.hint
    clock.advance(minutes=2)
    (again,) = prove(scheduled, clock)
    assert again.ok
    assert "is live" in again.summary


def test_a_sign_in_that_has_ended_does_not_hide_what_readers_see(
    project: blogkit.Project, folder: Path, sandbox: Sandbox, clock: Clock
) -> None:
    write_post(folder, "talks", DUE.isoformat(), title="Talks about the river basin")
    write_post(
        folder,
        "budget",
        (DUE + timedelta(seconds=60)).isoformat(),
        title="Budget session",
        body="Money and rules.",
    )
    publish(project)
    sandbox.blog.late = timedelta(minutes=4, seconds=30)
    clock.set(DUE + timedelta(minutes=5))  # the first is live, the second is not
    sandbox.fail("expired-token", path="/v3/", times=500)
    told = {result.due.key: result for result in prove(project, clock)}
    assert "is live" in told["talks"].summary
    assert not told["budget"].ok
    assert "cannot look whether it went live" in told["budget"].summary
    assert "blogkit login main" in told["budget"].hint


@pytest.mark.sampled
@pytest.mark.parametrize(
    "fault", ["500-after-commit", "reset-after-commit", "truncated-json", "reset", "503", "429"]
)
def test_whatever_publishing_a_missed_post_meets_it_goes_live_once(
    scheduled: blogkit.Project, sandbox: Sandbox, blog: Platform, clock: Clock, fault: str
) -> None:
    sandbox.blog.late = timedelta(days=9)
    clock.set(DUE + timedelta(minutes=5))
    sandbox.fail(fault, method="POST", times=4)
    prove(scheduled, clock)
    sandbox.faults.clear()
    for _ in range(3):
        clock.advance(hours=1)
        prove(scheduled, clock)
    assert [post.at for post in blog.list("post", [State.LIVE])] == [DUE]
    assert list(blog.list("post", [State.DRAFT, State.SCHEDULED])) == []
    assert [one.ended for one in scheduled.schedules(most=5)] == ["live"]
    assert [change.kind for change in scheduled.plan()] == ["unchanged"]
