"""One action from intent to outcome: the steps, the rows in the journal, and what is remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import (
    JournalError,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Rejected,
)
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.posts.post import Publish
from blogkit.sync.actions import Action, ActionKind, Choices, Queued, RemoteState
from blogkit.sync.fetch import fetch_states
from blogkit.sync.outcome import Result, Step
from blogkit.sync.plan import plan
from blogkit.sync.preflight import PreflightChecks
from blogkit.sync.undo import UndoRequest, plan_restore
from tests.cases import for_each
from tests.sync.blogs import Reference
from tests.sync.faults import Fuse, Fused, Killed
from tests.sync.test_unclear import PICTURE, Instead, failing, last_row, of
from tests.sync.world import KOLKATA, SOON, Clock, File, World, fused, results

A = File("a")
NEWER = A.but(text="New.")
DRAFT = A.but(publish=Publish.DRAFT)
SCHEDULED = A.but(publish=Publish.SCHEDULED, at=SOON)


MADE = ("read back", "look for duplicates")


def steps(world: World) -> list[str]:
    return [event.doing for event in world.heard if isinstance(event, Step)]


@pytest.mark.parametrize(
    ("start", "file", "expected"),
    [
        (None, SCHEDULED, ["create", *MADE, "schedule", "read back"]),
        (None, DRAFT, ["create", *MADE]),
        (None, DRAFT.but(assets=(PICTURE,)), [f"upload {PICTURE.name}", "create", *MADE]),
        (A, DRAFT, ["take back to draft", "read back"]),
        (DRAFT, NEWER, ["update", "read back", "publish", "read back"]),
    ],
    ids=["schedule", "draft", "picture", "take back", "update and publish"],
)
def test_each_step_is_told(
    world: World, start: File | None, file: File, expected: list[str]
) -> None:
    if start:
        world.publish(start)
        world.heard.clear()
    world.publish(file)
    assert steps(world) == expected


def test_a_title_that_is_its_own_address_is_set_once(world: World) -> None:
    world.site.capabilities = replace(world.site.capabilities, slug="by-title")
    fuse = fused(world, Fuse(only="site.set_state"))
    assert results(world.publish(A.but(title="talks", more={"slug": "talks"}))) == ["done"]
    assert len(fuse.names) == 2, "before and after the request"


def test_others_are_looked_for_among_the_posts_since_the_plan_and_an_hour_before(
    world: World,
) -> None:
    asked: list[Any] = []

    def find_all(*given: Any, since: Any = None, **more: Any) -> Any:
        asked.append(since)
        return world.site.find_all(*given, since=since, **more)

    world.platform = Instead(world, find_all=find_all)  # type: ignore[assignment]
    world.publish(DRAFT)
    assert asked == [world.clock() - timedelta(hours=1)]


# what is remembered of a post


@pytest.mark.parametrize(
    ("start", "file", "desired_state"),
    [
        (None, A, "live"),
        (A, NEWER, "live"),
        (A, DRAFT, "draft"),
        (None, SCHEDULED, f"at {SOON.isoformat()}"),
        (None, A.but(publish=Publish.KEEP), "keep"),
    ],
    ids=["create", "update", "take back", "schedule", "no wish"],
)
def test_the_state_that_was_reached_is_remembered(
    world: World, start: File | None, file: File, desired_state: str
) -> None:
    if start:
        world.publish(start)
    world.publish(file)
    memory, post = world.journal.memories("main")["a"], world.post()
    assert (memory.desired_state, memory.remote_id, memory.kind, memory.url, memory.state) == (
        desired_state,
        post.ref.id,
        "post",
        post.url,
        post.state,
    )


def test_the_time_stamp_of_our_own_write_proves_nothing(world: World) -> None:
    """An edit within its second would have the same."""
    world.publish(A)

    def publish(file: File) -> str:
        world.clock.advance(minutes=1)
        wanted = world.desired(file)
        seen = fetch_states(wanted, world.platform, world.journal, now=world.clock())
        assert seen["a"].settled
        world.apply(plan(wanted, seen, world.clock()))
        return world.journal.memories("main")["a"].updated

    assert publish(NEWER) == ""
    world.journal.forget("main", "a")
    assert publish(NEWER) == world.post().updated != "", "it was only looked at"


def test_a_state_that_was_not_reached_is_not_remembered_as_reached(world: World) -> None:
    fused(world, Fuse(0, lambda: PermissionDenied("no"), only="site.set_state"))
    world.publish(A)
    memory = world.journal.memories("main")["a"]
    assert (memory.desired_state, memory.state) == ("", "draft")


def test_what_a_site_adds_is_no_reason_to_send_the_post_again(world: World) -> None:
    """Two labels for one are a difference, but nothing is lost."""

    class Generous(InMemoryPlatform):
        def _put(self, post: Remote) -> Remote:
            return super()._put(replace(post, labels=(*post.labels, "Uncategorised")))

    world.site = world.platform = Generous("main", clock=world.clock)
    assert results(world.publish(A)) == ["done"]
    assert world.journal.memories("main")["a"].last_pushed == world.desired(A)[0].digest


def edited_before_the_read_back(world: World, **changes: Any) -> None:
    def edit_and_get(ref: Ref) -> Remote:
        world.edit_there(**changes)
        return world.site.get(ref)

    world.platform = Instead(world, get=edit_and_get)  # type: ignore[assignment]


@for_each(
    ("changes", "result"),
    [({"title": "talks"}, "done"), ({"title": "talks", "labels": ()}, "lost")],
)
def test_a_draft_that_another_run_is_just_publishing_has_lost_no_title(
    tmp_path: Path, changes: dict[str, Any], result: str
) -> None:
    """On Blogger, it has its slug as title for a moment."""
    world = World(tmp_path)
    world.site.capabilities = replace(world.site.capabilities, slug="by-title")
    edited_before_the_read_back(world, **changes)
    assert results(world.publish(DRAFT.but(more={"slug": "talks"}))) == [result]


def test_a_post_that_was_kept_and_then_edited_is_told_so_and_not_sent_again(world: World) -> None:
    edited_before_the_read_back(world, body="<p>By hand.</p>")
    (outcome,) = world.publish(DRAFT)
    assert (outcome.result, outcome.message) == (
        Result.LOST,
        f"main accepted “{A.title}” but then showed something else",
    )
    assert outcome.hint.endswith("see blogkit diff")
    assert world.journal.memories("main")["a"].last_pushed == world.desired(DRAFT)[0].digest


def test_an_image_that_somebody_exchanged_is_not_ours(world: World) -> None:
    """The site showed that the post has an image, which is all that can be compared."""
    file = DRAFT.but(more={"excerpt": "Two days"})
    (wanted,) = world.desired(file)
    draft = replace(wanted.draft, featured=PICTURE)
    action = replace(world.plan(file)[0], desired=replace(wanted, make_draft=lambda: draft))
    edited_before_the_read_back(world, featured_id="by hand")
    assert results(world.apply([action])) == ["done"]
    world.platform = world.site
    assert results(world.undo()) == ["conflict"]
    assert world.post().featured_id == "by hand"


# the row of an action


@for_each(
    ("start", "file", "request_"),
    [(A, NEWER, "update"), (A, DRAFT, "set_state")],
)
def test_a_row_names_the_post_before_anything_is_known_of_the_outcome(
    start: File, file: File, request_: str, tmp_path: Path
) -> None:
    world = World(tmp_path)
    world.publish(start)
    fused(world, Fuse(0, only=f"site.{request_}"))
    with pytest.raises(Killed):
        world.publish(file)
    (entry,) = world.journal.actions(2)
    assert (entry.status, entry.remote_id) == ("sent", world.post().ref.id)


def test_a_row_of_an_undo_is_sent_too_before_the_post_goes_to_the_trash(world: World) -> None:
    world.publish(A)
    fused(world, Fuse(0, only="site.trash"))
    with pytest.raises(Killed):
        world.undo()
    (entry,) = world.journal.actions(2)
    assert (entry.status, entry.remote_id) == ("sent", world.post().ref.id)


def test_what_the_site_kept_is_remembered_before_the_state_changes(world: World) -> None:
    fused(world, Fuse(0, only="site.set_state"))
    with pytest.raises(Killed):
        world.publish(A)
    memory = world.journal.memories("main")["a"]
    assert (memory.last_pushed, memory.desired_state, memory.state) == (
        world.desired(A)[0].digest,
        "",
        "draft",
    )


def full_disk(world: World, boundary: str) -> None:
    error = JournalError("the disk is full", hint="make room")
    world.journal = Fused(world.journal, Fuse(0, lambda: error, only=boundary))  # type: ignore[assignment]


@pytest.mark.parametrize(
    "boundary", ["journal.intend before", "journal.mark before", "journal.remember_asset before"]
)
def test_a_journal_that_fails_before_the_post_is_sent_claims_nothing(
    world: World, boundary: str
) -> None:
    real = world.journal
    actions = world.plan(A.but(assets=(PICTURE,)))
    full_disk(world, boundary)
    with pytest.raises(JournalError) as caught:
        world.apply(actions)
    assert (caught.value.message, caught.value.hint) == ("the disk is full", "make room")
    assert world.posts() == []
    world.journal = real


def test_a_journal_that_fails_before_the_trash_keeps_the_post(world: World) -> None:
    world.publish(A)
    real = world.journal
    full_disk(world, "journal.mark before")
    with pytest.raises(JournalError, match=r"^the disk is full$"):
        world.undo()
    assert world.post().state is State.LIVE
    world.journal = real


def test_a_journal_that_cannot_mark_a_failure_does_not_claim_that_something_was_sent(
    world: World,
) -> None:
    real = world.journal
    actions = world.plan(A.but(assets=(PICTURE,)))
    fused(world, Fuse(0, lambda: Rejected("too large"), only="site.upload"))
    full_disk(world, "journal.mark before")
    with pytest.raises(JournalError, match=r"^the disk is full$"):
        world.apply(actions)
    world.journal = real


# content whose answer leaves it open


def test_a_create_whose_answer_is_lost_is_compared_like_any_other(world: World) -> None:
    class Lossy(InMemoryPlatform):
        def _put(self, post: Remote) -> Remote:
            return super()._put(replace(post, labels=()))

    world.site = Lossy("main", clock=world.clock)
    fused(world, Fuse(1, lambda: OutcomeUnknown("no answer"), only="site.create"))
    (outcome,) = world.publish(A)
    assert (outcome.result, outcome.losses) == (Result.LOST, ("the site dropped the label GS-II",))
    assert outcome.message.endswith("; it stays draft")


def test_a_loss_in_a_live_post_says_nothing_of_its_state(world: World) -> None:
    world.publish(A)

    def lossy(ref: Ref, draft: Any, *rest: Any, **options: Any) -> Remote:
        return world.site.update(ref, replace(draft, labels=()), *rest, **options)  # type: ignore[no-any-return]

    world.platform = Instead(world, update=lossy)  # type: ignore[assignment]
    (outcome,) = world.publish(NEWER)
    assert outcome.message == f"main did not keep all of “{A.title}”"
    assert outcome.hint.startswith("change what the site removed and publish again")


@pytest.mark.parametrize("looks", [1, 50])
def test_a_post_is_looked_at_once_before_it_is_written(world: World, looks: int) -> None:
    world.publish(A)
    world.site.capabilities = replace(world.site.capabilities, batch_size=looks)
    told: list[bool] = []

    def update(*args: Any, fresh: bool) -> Remote:
        told.append(fresh)
        return world.site.update(*args, fresh=fresh)  # type: ignore[no-any-return]

    world.platform = Instead(world, update=update)  # type: ignore[assignment]
    world.publish(NEWER)
    assert told == [looks > 1]


def test_a_post_in_the_trash_does_not_take_the_place_of_a_new_one(world: World) -> None:
    world.publish(A)
    trashed = replace(world.post(), state=State.TRASHED)
    world.journal.forget("main", "a")
    world.site.trash(trashed.ref)
    world.heard.clear()
    (action,) = world.plan(A)
    assert results(world.apply([replace(action, remote_state=RemoteState(trashed))])) == ["done"]
    assert steps(world)[0] == "create"


def test_an_edit_in_place_notes_what_came_in_place_of_an_answer(world: World) -> None:
    world.publish(A)
    seen, (wanted,) = world.post(), world.desired(A.but(more={"slug": "elsewhere"}))
    edited = replace(seen, body=seen.body + "<p>More.</p>")
    action = Action(ActionKind.EDIT, wanted, "insert", RemoteState(seen), desired_remote=edited)
    fused(world, Fuse(1, lambda: OutcomeUnknown("no answer"), only="site.restore"))
    (outcome,) = world.apply([action])
    note = "main gave no usable answer, but the change had arrived"
    assert (outcome.result, outcome.notes) == (Result.DONE, (note,))


@for_each(
    ("capable", "slug", "notes"),
    [
        ("native", "talks", ()),
        ("native", "", ()),
        ("native", "talk", ("its address ends in talks, not talk",)),
        ("none", "talk", ()),
    ],
    ids=["as asked", "not asked", "another", "cannot be asked"],
)
def test_an_address_is_noted_if_it_could_have_been_as_asked(
    tmp_path: Path, capable: Any, slug: str, notes: tuple[str, ...]
) -> None:
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock, slug=capable))
    put = world.site._put
    world.site._put = lambda post: put(replace(post, slug="talks"))
    (outcome,) = world.publish(A.but(more={"slug": slug}))
    assert (outcome.result, outcome.notes) == (Result.DONE, notes)


# states


def test_a_state_whose_request_is_lost_stays_open(world: World) -> None:
    fused(world, Fuse(0, lambda: OutcomeUnknown("no answer"), only="site.set_state"))
    (outcome,) = world.publish(A)
    message = "no answer; the state has not changed so far"
    assert (outcome.result, outcome.message) == (Result.UNKNOWN, message)
    assert last_row(world) == ("unknown", message)


def test_a_post_that_is_gone_after_a_lost_answer_has_not_reached_its_state(world: World) -> None:
    world.publish(A)
    actions = world.plan(DRAFT)
    world.platform = Instead(  # type: ignore[assignment]
        world, set_state=failing(OutcomeUnknown("no answer")), get=failing(NotFound("gone"))
    )
    (outcome,) = world.apply(actions)
    assert outcome.result is Result.UNKNOWN


def counted(world: World, set_state: Callable[[int, Ref, Target], Remote]) -> list[Target]:
    """The targets that the site was asked for."""
    asked: list[Target] = []

    def count(ref: Ref, target: Target, **_: Any) -> Remote:
        asked.append(target)
        return set_state(len(asked), ref, target)

    world.platform = Instead(world, set_state=count)  # type: ignore[assignment]
    return asked


@for_each(
    ("capable", "title", "requests"),
    [("by-title", "Talks", 2), ("native", "talks", 1), ("none", "talks", 1)],
)
def test_a_title_that_is_still_the_address_is_restored_after_a_lost_answer(
    tmp_path: Path, capable: Any, title: str, requests: int
) -> None:
    """Only where the address is made of the title is a title like the slug on its way."""
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock, slug=capable))
    file = DRAFT.but(title=title, more={"slug": "talks"})
    world.publish(file)

    def lost(number: int, ref: Ref, target: Target) -> Remote:
        world.site.set_state(ref, target)
        world.edit_there(title="talks" if number == 1 else title)
        if number == 1:
            raise OutcomeUnknown("no answer")
        return world.post()

    asked = counted(world, lost)
    assert results(world.publish(file.but(publish=Publish.LIVE))) == ["done"]
    assert len(asked) == requests


@for_each(
    ("shown", "requests", "result"),
    [
        ("talks", 2, ("Talks", "done")),
        ("Talks", 1, ("Talks", "done")),
        ("Mine", 1, ("Mine", "lost")),
    ],
)
def test_a_title_that_another_run_has_just_set_to_the_address_is_restored(
    tmp_path: Path, shown: str, requests: int, result: tuple[str, str]
) -> None:
    """It is read back after the answer, which tells what this run asked for. A person's stays."""
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock, slug="by-title"))
    file = DRAFT.but(title="Talks", more={"slug": "talks"})
    world.publish(file)

    def crossed(number: int, ref: Ref, target: Target) -> Remote:
        answer: Remote = world.site.set_state(ref, target)
        world.edit_there(title=shown if number == 1 else "Talks")
        return answer

    asked = counted(world, crossed)
    (end,) = results(world.publish(file.but(publish=Publish.LIVE)))
    assert ((world.post().title, end), len(asked)) == (result, requests)


def test_undo_of_a_state_where_addresses_are_made_of_titles_asks_no_file(tmp_path: Path) -> None:
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock, slug="by-title"))
    file = A.but(more={"slug": "talks"})
    world.publish(file)
    world.publish(file.but(publish=Publish.DRAFT))
    fused(world, Fuse(1, lambda: OutcomeUnknown("no answer"), only="site.set_state"))
    assert results(world.undo()) == ["done"]
    assert world.post().state is State.LIVE


def test_a_site_that_schedules_for_another_time_is_caught(world: World) -> None:
    def late(_: int, ref: Ref, target: Target) -> Remote:
        assert target.at is not None
        return world.site.set_state(ref, replace(target, at=target.at + timedelta(hours=1)))  # type: ignore[no-any-return]

    counted(world, late)
    (outcome,) = world.publish(SCHEDULED)
    assert outcome.result is Result.FAILED
    assert outcome.message.startswith(
        f"main was asked to make “{A.title}” scheduled but shows it as scheduled for "
        "Tue 1 Dec 2026, 18:30 IST (13:00 UTC)"
    )


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "failed"),
        ({"state": State.SCHEDULED, "at": SOON}, "done"),
        ({"body": "<p>By hand.</p>"}, "done"),
    ],
    ids=["nothing", "the state", "the body"],
)
def test_a_refused_state_is_a_failure_only_if_the_post_is_as_it_was(
    world: World, changes: dict[str, Any], status: str
) -> None:
    world.publish(A)

    def refuse(_: int, ref: Ref, target: Target) -> Remote:
        world.edit_there(**changes)
        raise Rejected("no")

    counted(world, refuse)
    assert results(world.publish(DRAFT)) == ["failed"]
    assert last_row(world) == (status, "no")
    (entry,) = world.journal.actions(2)
    assert (entry.after is not None) == (status == "done")


def test_a_refused_state_of_a_new_post_that_lost_something_meanwhile_is_sent_again(
    world: World,
) -> None:
    def refuse(_: int, ref: Ref, target: Target) -> Remote:
        world.edit_there(labels=())
        raise Rejected("no")

    counted(world, refuse)
    assert results(world.publish(A)) == ["failed"]
    assert world.journal.memories("main")["a"].last_pushed == ""


def test_after_a_refused_state_of_a_new_post_only_the_state_is_sent(world: World) -> None:
    def refuse(_: int, ref: Ref, target: Target) -> Remote:
        raise Rejected("no")

    counted(world, refuse)
    assert results(world.publish(A)) == ["failed"]
    world.platform = world.site
    (action,) = world.plan(A)
    assert action.kind is ActionKind.SET_STATE
    assert world.journal.memories("main")["a"].last_pushed == action.desired.digest


@pytest.mark.parametrize("late", [False, True])
def test_a_queued_post_that_missed_its_slot_takes_the_next_one(world: World, late: bool) -> None:
    (waiting,) = world.desired(SCHEDULED)
    waiting = replace(waiting, queued=Queued())
    seen = fetch_states([waiting], world.platform, world.journal, now=world.clock())
    actions = plan([waiting], seen, world.clock(), Choices())
    if late:
        world.clock.advance(days=2)  # type: ignore[attr-defined]
    (outcome,) = world.apply(actions)
    assert outcome.message.startswith("its slot has passed: ") == late
    assert world.post().state is (State.DRAFT if late else State.SCHEDULED)


# what is made on the way


def test_only_a_write_renews_addresses_of_files_and_creates_terms(world: World) -> None:
    asked: list[tuple[str, bool]] = []

    def with_uploads(draft: Draft, *given: Any, renew: bool = False) -> Draft:
        asked.append(("renew", renew))
        return world.site.with_uploads(draft, *given, renew=renew)  # type: ignore[no-any-return]

    def resolve(draft: Draft, *, create: bool = False) -> Draft:
        asked.append(("create", create))
        return world.site.resolve(draft, create=create)  # type: ignore[no-any-return]

    world.publish(A.but(assets=(PICTURE,)))
    world.platform = Instead(world, with_uploads=with_uploads, resolve=resolve)
    actions = world.plan(NEWER.but(assets=(PICTURE,)))
    assert ("renew", False) in asked
    assert not any(writes for _, writes in asked)
    assert results(world.apply(actions)) == ["done"]
    assert {("renew", True), ("create", True)} <= {*asked}


# the trash


@pytest.mark.parametrize(
    ("state", "result"),
    [(State.TRASHED, "done"), (State.DRAFT, "conflict"), (State.LIVE, "done")],
)
def test_only_a_post_in_the_state_of_the_plan_or_in_the_trash_is_trashed(
    world: World, state: State, result: str
) -> None:
    world.publish(A)
    real = world.site

    def changed(ref: Ref) -> Remote:
        return replace(real.get(ref), state=state)

    (entry,) = world.journal.actions(1)
    action = plan_restore(UndoRequest(entry, world.post(), world.clock(), KOLKATA))
    world.platform = Instead(world, get=changed)  # type: ignore[assignment]
    (outcome,) = world.apply([action])
    assert str(outcome.result) == result
    if result == "conflict":
        assert outcome.message == f'"{A.title}" on main is now draft; nothing was written'
        assert last_row(world) == ("failed", outcome.message)
    else:
        memory = world.journal.memories("main")["a"]
        assert (memory.state, memory.desired_state) == ("trashed", entry.desired_state)


# the last look before a write


@pytest.mark.parametrize(("looks", "batched"), [(1, False), (2, True)])
def test_several_posts_are_looked_at_together_where_the_site_can(
    world: World, looks: int, batched: bool
) -> None:
    world.site.capabilities = replace(world.site.capabilities, batch_size=looks)
    assert PreflightChecks(world.site, []).batched is batched


def moments(world: World, posts: list[Remote], pace: float = 0.0) -> list[tuple[int, int]]:
    """At which posts the site was asked, and for how many. pace: seconds that each post takes."""
    site, now = Instead(world), 0.0
    refs = [post.ref for post in posts]
    checks = PreflightChecks(site, refs, ticks=lambda: now)  # type: ignore[arg-type]
    asked = []
    for number, post in enumerate(posts):
        before = len(site.sizes)
        assert checks.require_unchanged(post) == post
        asked += [(number, size) for size in site.sizes[before:]]
        now += pace
    return asked


def test_posts_are_read_ahead_while_little_is_left(world: World) -> None:
    """With two writers, four posts are little: so many are read first, then twice as many, and
    later when half of the last batch is left.
    """
    world.publish(*(File(f"post-{number}") for number in range(60)))
    posts = sorted(world.posts(), key=lambda post: int(post.ref.id))
    world.site.capabilities = replace(world.site.capabilities, batch_size=100, max_concurrency=2)
    assert moments(world, posts) == [(0, 4), (1, 8), (7, 16), (19, 32)]


def test_one_writer_reads_as_many_as_it_can_until_few_are_left(world: World) -> None:
    posts = of(world, 8)
    assert [number for number, _ in moments(world, posts)] == [0, 5]


def test_nobody_reads_ahead_while_another_does(world: World) -> None:
    posts = of(world, 3)
    begun, go_on = threading.Event(), threading.Event()
    site = Instead(world)
    checks = PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0)  # type: ignore[arg-type]
    checks.require_unchanged(posts[0])

    def wait(refs: list[Ref]) -> Any:
        begun.set()
        go_on.wait(60)
        return world.site.get_many(refs)

    site._methods["get_many"] = wait
    other = threading.Thread(target=checks.require_unchanged, args=(posts[1],), daemon=True)
    other.start()
    assert begun.wait(60)
    assert checks.require_unchanged(posts[2]) == posts[2]
    assert site.sizes == [3, 3]
    go_on.set()
    other.join(60)


def test_a_reading_is_of_use_for_two_seconds(world: World) -> None:
    posts = of(world, 50)
    assert [number for number, _ in moments(world, posts[:3], 1.0)] == [0]
    assert [number for number, _ in moments(world, posts[:3], 1.1)] == [0, 2]


def test_a_slow_site_is_asked_for_no_more_than_it_writes_in_time(world: World) -> None:
    """What is too old is not read one by one, and not a hundred times in vain."""
    world.publish(*(File(f"post-{number}") for number in range(40)))
    posts = sorted(world.posts(), key=lambda post: int(post.ref.id))
    world.site.capabilities = replace(world.site.capabilities, batch_size=40, max_concurrency=2)
    asked = moments(world, posts, 0.25)
    assert asked[0] == (0, 4)
    assert max(size for _, size in asked) <= 18
    assert len(asked) <= 9


def test_posts_and_pages_are_looked_at_apart(world: World) -> None:
    world.site.capabilities = replace(world.site.capabilities, batch_size=50)
    files = [File(f"f{number}", more={"kind": ("post", "page")[number % 2]}) for number in range(6)]
    world.publish(*files)
    posts = sorted(world.posts(), key=lambda post: int(post.ref.id))
    asked: list[set[str]] = []

    def get_many(refs: list[Ref]) -> Any:
        asked.append({ref.kind for ref in refs})
        return world.site.get_many(refs)

    site = Instead(world, get_many=get_many)
    checks = PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0)  # type: ignore[arg-type]
    for post in posts:
        checks.require_unchanged(post)
    assert asked == [{"post"}, {"page"}]


@pytest.mark.parametrize("gone", ["trashed", "deleted", "only from the list"])
def test_a_post_that_is_not_among_several_is_asked_for_by_itself(world: World, gone: str) -> None:
    posts = of(world, 50)
    if gone == "trashed":
        world.site.trash(posts[0].ref)
    elif gone == "deleted":
        del world.site._posts[posts[0].ref]
    site = Instead(
        world,
        get_many=lambda refs: {ref: world.site.get(ref) for ref in refs if ref != posts[0].ref},
    )
    checks = PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0)  # type: ignore[arg-type]
    if gone == "only from the list":
        assert checks.require_unchanged(posts[0]) == posts[0]
        return
    with pytest.raises(NotFound) as caught:
        checks.require_unchanged(posts[0])
    assert caught.value.message == "post 1 on site main no longer exists"
    assert (caught.value.site, caught.value.status) == ("main", 404)
