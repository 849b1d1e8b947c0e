"""New posts on a site that limits them: how many go now, which of them, and when the others may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.posts.post import Publish
from blogkit.sync.outcome import Result
from blogkit.sync.pace import Pace
from tests.sync.world import File, World, results

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
PACE = Pace(in_a_row=15, per_hour=3)
MINUTES = [timedelta(minutes=minutes) for minutes in range(3000)]


def ahead(pace: Pace, created: list[datetime], count: int) -> list[int]:
    """Return the minutes until each of the next posts may be created."""
    return [(time - NOW) // timedelta(minutes=1) for time in pace.times(created, NOW, count)]


def test_fifteen_in_a_row_and_then_three_an_hour() -> None:
    assert ahead(PACE, [], 18) == [0] * 15 + [20, 40, 60]


def test_what_was_created_before_counts_and_fades() -> None:
    assert ahead(PACE, [NOW] * 15, 2) == [20, 40]
    assert ahead(PACE, [NOW - timedelta(hours=1)] * 15, 5) == [0, 0, 0, 20, 40]
    assert ahead(PACE, [NOW - timedelta(hours=5)] * 15, 16) == [0] * 15 + [20]


def test_posts_that_were_created_faster_leave_no_debt() -> None:
    assert ahead(PACE, [NOW] * 100, 2) == [20, 40]


def test_without_a_limit_all_go_now() -> None:
    assert ahead(Pace(), [NOW] * 100, 40) == [0] * 40


@given(st.lists(st.sampled_from(MINUTES)), st.integers(1, 40))
def test_no_run_of_new_posts_is_faster_than_the_pace(before: list[timedelta], count: int) -> None:
    """However often the command is run, each span of time has at most what the pace allows."""
    created: list[datetime] = []
    for wait in sorted(before):
        now = NOW + wait
        if PACE.times(created, now, 1) == [now]:
            created.append(now)
    times = PACE.times(created, created[-1] if created else NOW, count)
    every = created + times
    for first in range(len(every)):
        for last in range(first, len(every)):
            span = (every[last] - every[first]) / timedelta(minutes=20)
            assert last - first + 1 <= 15 + span


def paced(world: World, in_a_row: int) -> None:
    world.site.capabilities = replace(
        world.site.capabilities, new_posts_in_a_row=in_a_row, new_posts_per_hour=3
    )


FILES = [File(name) for name in "abcd"]


def test_posts_over_the_pace_wait_for_a_later_run(world: World) -> None:
    paced(world, 2)
    outcomes = world.publish(*FILES)
    assert results(outcomes) == ["done", "done", "waiting", "waiting"]
    assert outcomes[2].message.startswith("main takes 3 new posts an hour for now;")
    assert results(world.publish(*FILES)) == ["unchanged", "unchanged", "waiting", "waiting"]
    world.clock.advance(minutes=20)
    assert results(world.publish(*FILES)) == ["unchanged", "unchanged", "done", "waiting"]


def test_updates_go_on(world: World) -> None:
    paced(world, 2)
    world.publish(*FILES[:2])
    outcomes = world.publish(FILES[0].but(text="New."), FILES[1], FILES[2])
    assert [outcome.result for outcome in outcomes] == [
        Result.DONE,
        Result.UNCHANGED,
        Result.WAITING,
    ]


@pytest.mark.parametrize("drafts_first", [True, False])
def test_what_is_to_be_public_first_is_created_first(world: World, drafts_first: bool) -> None:
    paced(world, 2)
    soon = world.clock() + timedelta(hours=1)
    files = [
        FILES[0].but(publish=Publish.DRAFT),
        FILES[1].but(publish=Publish.SCHEDULED, at=soon + timedelta(days=1)),
        FILES[2].but(publish=Publish.SCHEDULED, at=soon),
        FILES[3].but(publish=Publish.LIVE),
    ]
    outcomes = world.publish(*(files if drafts_first else files[::-1]))
    done = {outcome.action.key for outcome in outcomes if outcome.result is Result.DONE}
    assert done == {"c", "d"}
