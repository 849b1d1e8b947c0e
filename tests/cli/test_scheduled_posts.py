"""`status` and `log` tell what became of scheduled posts; `run` makes up for a missed one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.platforms.base import Platform, State, Target
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox
from blogkit.times import one_clock
from tests.cli.conftest import Run


@pytest.fixture
def clock() -> Clock:
    """Blogger's clock and that of the project: three hours ago, until a test moves it to now."""
    clock = Clock()
    clock.advance(hours=-3)
    return clock


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(clock=lambda: clock()) as server:
        yield server


@pytest.fixture
def due(workspace: Path, clock: Clock) -> str:
    """A post is scheduled, and its time has come since; its time is returned."""
    at = (clock() + timedelta(hours=2)).replace(second=0)
    post = f"---\ntitle: Talks in Miami\npublish: {at.isoformat()}\n---\nFirst paragraph.\n"
    (workspace / "posts" / "talks.md").write_text(post, encoding="utf-8")
    project = blogkit.open(workspace, environ={}, clock=clock)
    assert project.plan().apply().ok
    clock.advance(hours=3)
    return one_clock(at, project.config.zone)


def test_status_proves_a_post_once_and_log_shows_when(run: Run, due: str) -> None:
    offline = run("status", "--offline")
    assert offline.code == 0
    assert "not proven yet that it went live" in offline.out
    assert "blogkit run" in offline.out
    first = run("status")
    assert first.code == 0
    assert "“Talks in Miami” on main was due" in first.out
    assert "and is live" in first.out
    assert "and is live" not in run("status").out, "told once"
    lines = [line for line in run("log").out.splitlines() if line.startswith("talks on main: due")]
    assert len(lines) == 1
    assert f"fired at {due}, seen at " in lines[0]
    assert f"fired at {due}, seen at " in run("log", 1).out
    (proven,) = run("log", "--json").json["schedules"]
    assert (proven["key"], proven["ended"], proven["note"]) == ("talks", "live", "")
    assert run("log", 1, "--json").json["entries"][0]["schedule"] == proven


def test_status_tells_a_missed_time_until_run_has_made_up_for_it(
    run: Run, due: str, sandbox: Sandbox, blog: Platform
) -> None:
    sandbox.blog.late = timedelta(days=9)
    missed = run("status")
    assert missed.code == 1
    assert "the site missed its time, and it is still scheduled" in missed.err
    assert "blogkit run" in missed.err
    assert "needs you: 1 not live in time (blogkit run)" in missed.out
    assert next(blog.list("post", [State.SCHEDULED]), None), "status changes nothing there"
    made_up = run("run")
    assert made_up.code == 0, made_up.err
    assert "the site missed its time; blogkit published it" in made_up.out
    assert next(blog.list("post", [State.LIVE]), None)
    assert run("status").code == 0
    assert "(the site missed its time; blogkit published it)" in run("log").out
    assert run("run").code == 0


def test_what_cannot_be_proven_ends_with_an_error_once(run: Run, due: str, blog: Platform) -> None:
    (post,) = blog.list("post", [State.LIVE])
    blog.set_state(post.ref, Target(State.DRAFT))
    asked = run("run")
    assert asked.code == 1
    assert "it was due, but it is a draft there" in asked.out + asked.err
    assert "blogkit publish talks" in asked.out + asked.err
    assert run("run").code == 0
    assert "withdrawn (it was due, but it is a draft there)" in run("log").out
