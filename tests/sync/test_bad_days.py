"""What a run does and says when things go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blogkit.errors import (
    AuthenticationError,
    OutcomeUnknown,
    PermissionDenied,
    QuotaExhausted,
    RateLimited,
    Rejected,
    ServerError,
    Unreachable,
)
from blogkit.platforms.base import Capabilities, Draft, Ref, Remote, State, Target
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.posts.post import Publish
from blogkit.sync.outcome import Outcome, Result, Step, exit_code
from tests.sync.faults import Fuse, Fused
from tests.sync.world import NOW, SOON, File, World, fused, results

A, B, C = File("a"), File("b"), File("c")


@pytest.mark.parametrize("error", [AuthenticationError, QuotaExhausted, Unreachable, RateLimited])
def test_what_the_next_post_would_meet_too_stops_the_site(
    world: World, error: type[Exception]
) -> None:
    world.publish(A)
    actions = world.plan(A, B, C)
    fused(world, Fuse(0, lambda: error("the reason"), only="site.create"))
    outcomes = world.apply(actions)
    assert results(outcomes) == ["unchanged", "failed", "skipped"]
    assert [outcome.message for outcome in outcomes[1:]] == [
        "stopped publishing to main: the reason",
        "not attempted: publishing to main was stopped",
    ]
    world.reopen()
    assert results(world.publish(A, B, C)) == ["unchanged", "done", "done"]


@pytest.mark.parametrize("error", [PermissionDenied, Rejected])
def test_what_concerns_one_post_stops_that_post(world: World, error: type[Exception]) -> None:
    actions = world.plan(A, B)
    fused(world, Fuse(0, lambda: error("the reason"), only="site.create"))
    outcomes = world.apply(actions)
    assert results(outcomes) == ["failed", "done"]
    assert outcomes[0].message == "the reason"


@pytest.mark.parametrize("error", [OutcomeUnknown, ServerError])
@pytest.mark.parametrize("request_", ["create", "set_state"])
def test_a_lost_answer_is_looked_for_and_not_sent_again(
    world: World, request_: str, error: type[Exception]
) -> None:
    fuse = fused(world, Fuse(1, lambda: error("no answer"), only=f"site.{request_}"))
    assert results(world.publish(A)) == ["done"]
    assert fuse.names == [f"site.{request_} before", f"site.{request_} after"]
    assert world.post().state is State.LIVE
    steps = [event.doing for event in world.heard if isinstance(event, Step)]
    assert steps.count("check whether it arrived") == 1


def test_a_lost_request_is_left_to_the_next_run(world: World) -> None:
    fused(world, Fuse(0, lambda: OutcomeUnknown("no answer", hint=""), only="site.create"))
    (outcome,) = world.publish(A)
    assert (outcome.result, outcome.message) == (
        Result.UNKNOWN,
        "no answer; it has not reached the site so far",
    )
    assert "checks the site before it sends" in outcome.hint
    (intent,) = world.journal.unsettled("main")
    assert intent.status == "unknown"
    world.reopen()
    assert results(world.publish(A)) == ["done"]
    assert len(world.posts()) == 1


def test_a_refused_state_leaves_a_draft_that_the_next_run_publishes(world: World) -> None:
    fused(
        world, Fuse(0, lambda: PermissionDenied("authors may not publish"), only="site.set_state")
    )
    (outcome,) = world.publish(A)
    assert (outcome.result, outcome.message) == (
        Result.FAILED,
        "authors may not publish; the post is now on the site (draft)",
    )
    (entry,) = world.journal.actions(1)
    assert (entry.status, entry.note) == ("done", "authors may not publish")
    assert entry.after is not None
    world.reopen()
    assert [str(action.kind) for action in world.plan(A)] == ["set-state"]
    assert results(world.publish(A)) == ["done"]


def test_a_site_that_does_another_thing_than_asked_is_caught(world: World) -> None:
    class Stubborn(InMemoryPlatform):
        def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
            return replace(self.get(ref), state=target.state)

    world.site = world.platform = Stubborn("main", clock=world.clock)
    (outcome,) = world.publish(A)
    assert outcome.result is Result.FAILED
    assert "was asked to make “US–Russia talks” live but shows it as draft" in outcome.message


def test_a_site_that_publishes_at_once_what_was_to_be_scheduled_is_caught(world: World) -> None:
    class Hasty(InMemoryPlatform):
        def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
            return super().set_state(ref, Target(State.LIVE))

    world.site = world.platform = Hasty("main", clock=world.clock)
    (outcome,) = world.publish(A.but(publish=Publish.SCHEDULED, at=SOON))
    assert outcome.result is Result.FAILED
    assert "scheduled but shows it as live" in outcome.message


def test_a_schedule_that_became_too_near_is_refused_before_anything_is_sent(world: World) -> None:
    world.site.capabilities = Capabilities(min_lead_seconds=60)
    actions = world.plan(A.but(publish=Publish.SCHEDULED, at=NOW + timedelta(seconds=90)))
    world.clock.advance(seconds=45)
    (outcome,) = world.apply(actions)
    assert outcome.result is Result.FAILED
    assert "is only 45 s ahead; main needs 60 s, or it publishes at once" in outcome.message
    assert world.posts() == []


def test_a_schedule_that_became_too_near_while_the_draft_was_made_stays_a_draft(
    world: World,
) -> None:
    class Slow(InMemoryPlatform):
        def create(self, draft: Draft) -> Remote:
            world.clock.advance(seconds=45)
            return super().create(draft)

    world.site = world.platform = Slow("main", clock=world.clock)
    world.site.capabilities = Capabilities(min_lead_seconds=60)
    (outcome,) = world.publish(A.but(publish=Publish.SCHEDULED, at=NOW + timedelta(seconds=90)))
    assert outcome.result is Result.FAILED
    assert world.post().state is State.DRAFT


def test_a_schedule_whose_time_came_in_between_is_live_since_then(world: World) -> None:
    at = NOW + timedelta(seconds=90)
    actions = world.plan(A.but(publish=Publish.SCHEDULED, at=at))
    world.clock.advance(minutes=5)
    assert results(world.apply(actions)) == ["done"]
    assert (world.post().state, world.post().at) == (State.LIVE, at)


@pytest.mark.parametrize(
    ("at", "result"),
    [("site.create after", Result.UNKNOWN), ("journal.intend before", Result.SKIPPED)],
)
def test_ctrl_c_says_what_is_done_and_what_is_not(world: World, at: str, result: Result) -> None:
    actions = world.plan(A, B, C)
    fuse = Fuse(only=at)
    fuse.at, fuse.error = 1, KeyboardInterrupt
    world.platform, world.journal = Fused(world.site, fuse), Fused(world.journal, fuse)  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        world.apply(actions)
    outcomes = [event for event in world.heard if isinstance(event, Outcome)]
    assert [(outcome.action.key, outcome.result) for outcome in outcomes] == [
        ("a", Result.DONE),
        ("b", result),
        ("c", Result.SKIPPED),
    ]
    world.reopen()
    assert [outcome.ok for outcome in world.publish(A, B, C)] == [True] * 3
    assert len(world.posts()) == 3


def test_a_bug_in_an_adapter_is_not_swallowed(world: World) -> None:
    fused(world, Fuse(1, lambda: KeyError("id"), only="site.create"))
    with pytest.raises(KeyError):
        world.publish(A)
    (outcome,) = [event for event in world.heard if isinstance(event, Outcome)]
    assert (outcome.result, outcome.message) == (Result.UNKNOWN, "stopped by KeyError")
    world.reopen()
    assert results(world.publish(A)) == ["done"]
    assert len(world.posts()) == 1


def test_two_posts_with_one_key_are_a_conflict(world: World) -> None:
    (wanted,) = world.desired(A)
    world.site.create(wanted.draft)
    world.site.create(wanted.draft)
    (outcome,) = world.publish(A)
    assert outcome.result is Result.CONFLICT
    assert 'have the key "a": memory:post/' in outcome.message
    assert "if one is superfluous, move it to the trash; then run: blogkit plan" in outcome.hint


def test_exit_codes() -> None:
    def of(*kinds: Result) -> int:
        return exit_code([Outcome(Any, kind) for kind in kinds])  # type: ignore[arg-type]

    assert of() == of(Result.DONE, Result.UNCHANGED, Result.LEFT) == 0
    assert {
        of(kind)
        for kind in (Result.LOST, Result.FAILED, Result.UNKNOWN, Result.SKIPPED, Result.REFUSED)
    } == {1}
    assert of(Result.FAILED, Result.CONFLICT) == 4
