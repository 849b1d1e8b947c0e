"""What a blogger asks of Blogger that no page of Google's documents, in every position: another
date for a scheduled or a live post, and more new posts than Blogger takes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote, State
from blogkit.sandbox.quirks import OPTIONS
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Done, Run
from tests.platforms.blogger.pairs import Row, pairwise

Write = Callable[..., Path]
DATES = (
    "publish_scheduled_again",
    "publish_live_again",
    "patch_published_of_live",
    "revert_draft",
    "published_precision",
    "live_status_field",
    "schedule_mints_url",
)
ROWS = pairwise({name: OPTIONS[name] for name in DATES})
each_row = pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=str(number), marks=pytest.mark.slow if number else ())
        for number, row in enumerate(ROWS)
    ],
)


def only(blog: Platform) -> Remote:
    (post,) = blog.list("post", PRESENT)
    return post


def shown(post: Remote) -> tuple[State, str]:
    return post.state, post.at.isoformat() if post.at else ""


@pytest.mark.slow
@pytest.mark.sampled(local=2)
@each_row
def test_a_schedule_moves_goes_live_and_is_taken_back(
    run: Run, write: Write, sandbox: Sandbox, blog: Platform, row: Row
) -> None:
    sandbox.switches.set(**row)
    for publish, expected in (
        ("2099-03-01 07:00:30", (State.SCHEDULED, "2099-03-01T01:31:00+00:00")),
        ("2099-03-02 07:00", (State.SCHEDULED, "2099-03-02T01:30:00+00:00")),
        ("draft", (State.DRAFT, "")),
        ("2099-03-01 07:00", (State.SCHEDULED, "2099-03-01T01:30:00+00:00")),
    ):
        write("tide", "High water at noon.", "Tides", publish=publish)
        done = run("publish", "--yes")
        assert (done.code, done.err) == (0, ""), done.out
        assert shown(only(blog)) == expected
        sandbox.log.clear()
        assert "unchanged" in run("publish", "--yes").out
        assert sandbox.log.writes() == []
    write("tide", "High water at noon.", "Tides", publish="now")
    assert run("publish", "--yes").code == 0
    assert only(blog).state is State.LIVE


@each_row
def test_a_live_post_gets_another_date_or_blogkit_tells_that_it_did_not(
    run: Run, write: Write, sandbox: Sandbox, blog: Platform, row: Row
) -> None:
    sandbox.switches.set(**row)
    write("tide", "High water at noon.", "Tides", date="2020-01-01 07:00")
    assert run("publish", "--yes").code == 0
    before = only(blog)
    assert shown(before) == (State.LIVE, "2020-01-01T01:30:00+00:00")
    write("tide", "High water at noon.", "Tides", publish="2020-02-01 07:00:20")
    done = run("publish", "--yes")
    if row["patch_published_of_live"] == "redates":
        assert (done.code, done.err) == (0, ""), done.out
        assert shown(only(blog)) == (State.LIVE, "2020-02-01T01:31:00+00:00")
        assert "unchanged" in run("publish", "--yes").out
    else:
        assert done.code == 1
        assert "Blogger did not change the date of the live post" in done.err
        assert (shown(only(blog)), only(blog).body) == (shown(before), before.body)


@pytest.mark.parametrize(
    "switches",
    [
        pytest.param(switches, id=str(switches), marks=pytest.mark.slow if number else ())
        for number, switches in enumerate(
            [
                *({"insert_throttle": to} for to in OPTIONS["insert_throttle"]),
                {"insert_throttle": "none", "daily_insert_limit": "6"},
            ]
        )
    ],
)
def test_bloggers_limit_stops_new_posts_only_and_the_next_run_goes_on(
    run: Run, write: Write, workspace: Path, sandbox: Sandbox, blog: Platform, switches: Row
) -> None:
    settings = workspace / "blogkit.toml"
    fast = settings.read_text("utf-8").replace("in_a_row = 0", "in_a_row = 99")
    settings.write_text(fast, encoding="utf-8")
    write("old", "The first text.", "An old post")
    assert run("publish", "--yes").code == 0
    sandbox.switches.set(**switches)
    for number in range(23):
        write(f"n{number}", f"Text of number {number}.", f"Number {number}", publish="draft")
    write("old", "The second text.", "An old post")
    sandbox.log.clear()
    done = run("publish", "--yes")
    if switches == {"insert_throttle": "none"}:
        assert (done.code, done.err) == (0, "")
    else:
        _assert_new_posts_stopped(done, sandbox, 5 if "daily_insert_limit" in switches else 18)
    (old,) = [post for post in blog.list("post", PRESENT) if post.title == "An old post"]
    assert "The second text" in old.body
    sandbox.clock.advance(hours=2, minutes=1)
    sandbox.switches.set(daily_insert_limit="none")
    assert run("publish", "--yes").code == 0
    assert len(list(blog.list("post", PRESENT))) == 24


def _assert_new_posts_stopped(done: Done, sandbox: Sandbox, taken: int) -> None:
    """Fail if the run asked for each post that remains, or blamed the account."""
    assert done.code == 1
    answers = [one.status for one in sandbox.log.writes() if one.path.endswith("/posts")]
    refusals = 4 if 429 in answers else 1  # the client waits and asks again after a 429
    assert (answers.count(200), len(answers)) == (taken, taken + refusals)
    assert done.err.count("not attempted: main takes no more new posts for now") == 22 - taken
    assert done.err.count("run the same command again") == 1
    assert "account" not in done.err
