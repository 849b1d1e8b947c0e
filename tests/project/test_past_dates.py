"""A new post whose time has passed is a question; one that is late for a reason goes live."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.platforms.base import Platform, State
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def at_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour is the limit, and the module may have been read long ago."""
    monkeypatch.setitem(globals(), "NOW", datetime.now(UTC))


@pytest.fixture
def clock() -> Clock:
    """Blogger's own clock."""
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(clock=lambda: clock()) as server:
        yield server


def write(folder: Path, *lines: str, name: str = "miami") -> None:
    text = "\n".join(("---", "title: Talks in Miami", *lines, "---", "First paragraph.", ""))
    (folder / "posts" / f"{name}.md").write_text(text, encoding="utf-8")


def at(moment: datetime) -> str:
    return f"publish: {moment.isoformat()}"


def states(blog: Platform) -> list[str]:
    return [str(post.state) for post in blog.list("post", tuple(State))]


def test_last_years_number_is_a_question_with_the_likely_date(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write(folder, at(NOW - timedelta(days=360)))
    plan = project.plan()
    (question,) = plan.questions
    assert question.kind == "refused"
    assert "it is new, and its time has passed" in question.summary
    this_year = (NOW - timedelta(days=360)).astimezone(project.config.zone)
    assert f"did you mean publish: {this_year.year + 1}-" in question.hint
    assert "publish: now and date: " in question.hint
    report = plan.apply()
    assert (report.ok, states(blog)) == (False, [])


def test_a_person_may_accept_it(project: blogkit.Project, folder: Path, blog: Platform) -> None:
    write(folder, at(NOW - timedelta(days=360)))
    plan = project.plan()
    plan.accept(plan.questions[0])
    assert plan.apply().ok
    assert states(blog) == ["live"]
    assert [change.kind for change in project.plan()] == ["unchanged"], "asked once"


@pytest.mark.parametrize("late", [timedelta(minutes=50), timedelta(seconds=1)], ids=str)
def test_a_timer_may_be_late(
    project: blogkit.Project, folder: Path, blog: Platform, late: timedelta
) -> None:
    write(folder, at(NOW - late))
    assert project.plan().apply().ok
    assert states(blog) == ["live"]


def test_an_old_date_beside_now_is_meant(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    write(folder, "publish: now", "date: 2019-03-04 07:00")
    assert project.plan().apply().ok
    (post,) = blog.list("post", [State.LIVE])
    assert post.at == datetime(2019, 3, 4, 1, 30, tzinfo=UTC)


def test_a_draft_that_gets_an_old_date_is_asked_about_and_a_live_post_is_not(
    project: blogkit.Project, folder: Path, blog: Platform, sandbox: Sandbox
) -> None:
    sandbox.switches.set(patch_published_of_live="redates")
    write(folder, "publish: draft")
    assert project.plan().apply().ok
    write(folder, at(NOW - timedelta(days=360)))
    plan = project.plan()
    assert [one.key for one in plan.questions] == ["miami"]
    write(folder, "publish: now")
    assert project.plan().apply().ok
    write(folder, at(NOW - timedelta(days=360)))
    assert project.plan().apply().ok, "readers see it already; its date is corrected"


def test_a_time_that_was_asked_for_before_it_passed_is_kept(
    folder: Path, project: blogkit.Project, sandbox: Sandbox, clock: Clock, blog: Platform
) -> None:
    """The site was down at the time; the next run is hours late, and the author is not asked."""
    write(folder, at(NOW - timedelta(hours=2)))
    clock.advance(hours=-3)
    early = blogkit.open(folder, environ={}, sleep=lambda _seconds: None, clock=clock)
    plan = early.plan()
    assert plan.questions == []
    sandbox.fail("503", method="POST", path="/posts$", times=20)
    assert not plan.apply().ok
    sandbox.faults.clear()
    clock.advance(hours=3)
    plan = project.plan()
    assert plan.questions == []
    assert plan.apply().ok
    assert states(blog) == ["live"]


def test_a_file_that_was_saved_before_its_time_is_only_late(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    """The machine slept, or was off, when the post was due."""
    due = NOW - timedelta(days=3)
    write(folder, at(due))
    os.utime(folder / "posts/miami.md", (due.timestamp() - 60,) * 2)
    assert project.plan().apply().ok
    assert states(blog) == ["live"]


def test_a_deleted_post_that_is_created_again_keeps_its_date(
    folder: Path, project: blogkit.Project, blog: Platform
) -> None:
    write(folder, "publish: now", "date: 2019-03-04 07:00")
    assert project.plan().apply().ok
    (post,) = blog.list("post", [State.LIVE])
    blog.trash(post.ref)
    write(folder, "publish: 2019-03-04 07:00")
    plan = project.plan("posts/miami.md", recreate=True)
    assert plan.questions == []
    assert plan.apply().ok
