"""A run of several actions: who is looked at, who works, what stops it, and what is told."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from blogkit.errors import AuthenticationError, JournalError, Rejected
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.posts.post import Publish
from blogkit.sync.apply import apply
from blogkit.sync.outcome import Outcome, Result, Step
from blogkit.sync.undo import UndoRequest, plan_restore
from tests.sync.faults import Fuse, Fused
from tests.sync.test_unclear import Instead
from tests.sync.world import KOLKATA, File, World, fused, results

A, B, C = File("a"), File("b"), File("c")


def with_writers(world: World, writers: int) -> None:
    world.site.capabilities = replace(world.site.capabilities, max_concurrency=writers)


def test_only_posts_that_are_overwritten_are_looked_at_again(world: World) -> None:
    world.publish(A, B)
    world.site.capabilities = replace(world.site.capabilities, batch_size=50)
    actions = world.plan(A, B.but(text="New."), C)
    site = Instead(world)
    world.platform = site  # type: ignore[assignment]
    assert results(world.apply(actions)) == ["unchanged", "done", "done"]
    assert site.sizes == [1]


@pytest.mark.parametrize("writers", [1, 2])
def test_one_writer_works_in_the_callers_thread(world: World, writers: int) -> None:
    with_writers(world, writers)
    workers: list[threading.Thread] = []

    def create(draft: Draft) -> Remote:
        workers.append(threading.current_thread())
        return world.site.create(draft)  # type: ignore[no-any-return]

    world.platform = Instead(world, create=create)  # type: ignore[assignment]
    world.publish(A, B)
    assert (set(workers) == {threading.current_thread()}) is (writers == 1)
    doing = [event.doing for event in world.heard if isinstance(event, Step)]
    each = ["create", "read back", "look for duplicates", "publish", "read back"]
    assert sorted(doing) == sorted(each * 2)


def test_time_is_the_present_unless_it_is_given(world: World) -> None:
    at = datetime(2999, 1, 1, tzinfo=UTC)
    actions = world.plan(A.but(publish=Publish.SCHEDULED, at=at))
    outcomes = apply(actions, world.platform, world.journal, world.journal.start_run("publish"))
    assert results(outcomes) == ["done"]
    assert (world.post().state, world.post().at) == (State.SCHEDULED, at)


def test_what_was_undone_already_is_left_as_it_is(world: World) -> None:
    world.publish(A)
    before = world.post()
    world.publish(A.but(text="New."))
    world.site._put(before)
    (entry,) = world.journal.actions(2)
    action = plan_restore(UndoRequest(entry, world.post(), world.clock(), KOLKATA))
    (outcome,) = world.apply([action])
    assert (outcome.result, outcome.remote) == (Result.UNCHANGED, before)


def test_a_failed_update_does_not_say_that_the_post_is_there_now(world: World) -> None:
    world.publish(A)
    fused(world, Fuse(0, lambda: Rejected("no"), only="site.update"))
    (outcome,) = world.publish(A.but(text="New."))
    assert (outcome.result, outcome.message) == (Result.FAILED, "no")


def test_of_two_errors_that_stop_the_site_the_first_is_the_reason(world: World) -> None:
    with_writers(world, 2)
    both = threading.Barrier(2, timeout=60)

    def create(draft: Draft) -> Remote:
        both.wait()
        raise AuthenticationError(f"no {draft.key}", hint=f"hint {draft.key}")

    actions = world.plan(A, B, C)
    world.platform = Instead(world, create=create)  # type: ignore[assignment]
    outcomes = world.apply(actions)
    assert results(outcomes) == ["failed", "failed", "skipped"]
    stopping = [
        outcome for outcome in outcomes if outcome.message.startswith("stopped publishing to main")
    ]
    assert len(stopping) == 1
    assert outcomes[2].hint == stopping[0].hint


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (
            KeyboardInterrupt(),
            "interrupted",
            "the next run checks the site before it sends anything",
        ),
        (
            JournalError("the disk is full", hint="make room"),
            "was sent to main",
            "make room; nothing",
        ),
    ],
    ids=["ctrl-c", "journal"],
)
def test_what_was_sent_when_the_run_ended_says_what_to_do(
    world: World, error: BaseException, message: str, hint: str
) -> None:
    actions, real = world.plan(A), world.journal
    boundary = "journal.done before" if isinstance(error, JournalError) else "site.set_state before"
    fuse = Fuse(0, lambda: error, only=boundary)
    world.platform, world.journal = Fused(world.site, fuse), Fused(world.journal, fuse)  # type: ignore[assignment]
    with pytest.raises(type(error)):
        world.apply(actions)
    world.journal = real
    (outcome,) = [event for event in world.heard if isinstance(event, Outcome)]
    assert outcome.result is Result.UNKNOWN
    assert message in outcome.message
    assert outcome.hint.startswith(hint)


def test_what_was_not_sent_says_whether_it_had_begun(world: World) -> None:
    actions = world.plan(A, B)
    error = KeyboardInterrupt()
    world.journal = Fused(world.journal, Fuse(0, lambda: error, only="journal.intend before"))  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        world.apply(actions)
    outcomes = [event for event in world.heard if isinstance(event, Outcome)]
    assert [(outcome.result, outcome.message) for outcome in outcomes] == [
        (Result.SKIPPED, "interrupted; nothing was sent for it"),
        (Result.SKIPPED, "the run was stopped"),
    ]


def test_an_outcome_is_told_once_even_if_nobody_listens_any_more(world: World) -> None:
    """The caller may stop while it is told of the first post."""
    actions, told = world.plan(A, B), []

    def report(event: Any) -> None:
        if isinstance(event, Outcome):
            told.append((event.action.key, event.result))
            if len(told) == 1:
                raise KeyboardInterrupt

    run = world.journal.start_run("publish")
    with pytest.raises(KeyboardInterrupt):
        apply(actions, world.platform, world.journal, run, clock=world.clock, report=report)
    assert told == [("a", Result.DONE), ("b", Result.SKIPPED)]


def test_the_site_is_asked_by_the_kind_of_each_post(world: World) -> None:
    page = File("p", more={"kind": "page"})
    world.publish(page)
    (shown,) = list(world.site.list("page", (State.LIVE,)))
    assert shown.ref == Ref(shown.ref.id, "page")
    assert world.journal.memories("main")["p"].kind == "page"
    assert results(world.undo()) == ["done"]
