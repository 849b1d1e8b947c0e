"""A write that failed or whose answer says nothing: what is done next, what the user is told,
and what the journal keeps of it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import (
    BlogkitError,
    JournalError,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    Rejected,
    ServerError,
    Unreachable,
)
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.posts.post import Publish
from blogkit.regions import sentinel, with_sentinel_id
from blogkit.render.document import Asset
from blogkit.sync.actions import Action, ActionKind, Choices, RemoteState
from blogkit.sync.outcome import Outcome, Result
from blogkit.sync.preflight import PreflightChecks
from blogkit.sync.serialize import unpack_remote
from blogkit.sync.undo import UndoRequest, plan_restore
from tests.sync.faults import Fuse, Fused
from tests.sync.world import KOLKATA, File, World, fused, results

A, B = File("a"), File("b")
NEWER = A.but(text="New.")
PICTURE = Asset(Path("/w/images/a.png"), "images/a.png", hashlib.sha256(b"a").hexdigest(), "a", 7)


class Instead:
    """The world's site with some of its methods replaced, and the sizes of its `get_many` requests."""

    def __init__(self, world: World, **methods: Callable[..., Any]) -> None:
        self._site, self._methods = world.site, methods
        self.sizes: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._site, name)

    def get_many(self, refs: list[Ref]) -> Any:
        self.sizes.append(len(refs))
        return self._methods.get("get_many", self._site.get_many)(refs)


def failing(error: BlogkitError) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


# what the journal says of a failure


def last_row(world: World) -> tuple[str, str]:
    (entry,) = world.journal.actions(world.journal.runs(1)[0].id)
    return entry.status, entry.note


def create(world: World) -> list[Outcome]:
    return world.publish(A)


def update(world: World) -> list[Outcome]:
    return world.publish(NEWER)


def undo(world: World) -> list[Outcome]:
    return world.undo()


@pytest.mark.parametrize(
    ("start", "act", "request_", "error"),
    [
        (
            [],
            lambda world: world.publish(A.but(assets=(PICTURE,))),
            "upload",
            Rejected("no room for it"),
        ),
        ([], create, "create", Rejected("no title")),
        ([], create, "create", PermissionDenied("no rights")),
        ([A], update, "update", Rejected("no body")),
        ([A], update, "update", PermissionDenied("no rights")),
        ([A], undo, "trash", PermissionDenied("no rights")),
        ([A, NEWER], undo, "restore", Rejected("no body")),
        (
            [A],
            lambda world: world.publish(A.but(publish=Publish.DRAFT)),
            "set_state",
            PermissionDenied("no rights"),
        ),
    ],
    ids=[
        "upload",
        "create, rejected",
        "create, forbidden",
        "update, rejected",
        "update, forbidden",
        "trash",
        "restore",
        "set state",
    ],
)
def test_a_certain_failure_is_closed_in_the_journal(
    world: World,
    start: list[File],
    act: Callable[[World], list[Outcome]],
    request_: str,
    error: BlogkitError,
) -> None:
    """A row left open is reported by doctor, looked up by every later run, and refused by undo."""
    for file in start:
        world.publish(file)
    fused(world, Fuse(0, lambda: error, only=f"site.{request_}"))
    assert results(act(world)) == ["failed"]
    assert last_row(world) == ("failed", error.message)
    assert world.journal.unsettled("main") == []


def test_a_change_on_the_blog_before_the_write_is_closed_in_the_journal(world: World) -> None:
    world.publish(A)
    actions = world.plan(NEWER)
    world.edit_there(title="By hand")
    assert results(world.apply(actions)) == ["conflict"]
    status, note = last_row(world)
    assert (status, "title" in note) == ("failed", True)


@pytest.mark.parametrize(
    ("request_", "act"), [("create", create), ("update", update), ("trash", undo)]
)
def test_a_request_that_may_have_arrived_stays_open_in_the_journal(
    world: World, request_: str, act: Callable[[World], list[Outcome]]
) -> None:
    if request_ != "create":
        world.publish(A)
    fused(world, Fuse(0, lambda: OutcomeUnknown("no answer"), only=f"site.{request_}"))
    (outcome,) = act(world)
    assert outcome.result is Result.UNKNOWN
    assert outcome.message.endswith("so far")
    assert last_row(world) == ("unknown", outcome.message)


def test_a_refused_state_of_a_post_that_cannot_be_read_stays_open_in_the_journal(
    world: World,
) -> None:
    world.publish(A)
    actions = world.plan(A.but(publish=Publish.DRAFT))
    world.platform = Instead(  # type: ignore[assignment]
        world,
        set_state=failing(PermissionDenied("no rights")),
        get=failing(Unreachable("no route")),
    )
    assert results(world.apply(actions)) == ["failed"]
    assert last_row(world) == ("unknown", "no rights")


def test_an_edit_in_place_keeps_the_post_and_not_the_memory_of_its_file(world: World) -> None:
    world.publish(A)
    memory, seen = world.journal.memories("main")["a"], world.post()
    (wanted,) = world.desired(A)
    edited = replace(seen, body=seen.body + "<p>More.</p>")
    action = Action(ActionKind.EDIT, wanted, "insert", RemoteState(seen), desired_remote=edited)
    assert results(world.apply([action])) == ["done"]
    (entry,) = world.journal.actions(2)
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.status, unpack_remote(entry.before).body, unpack_remote(entry.after).body) == (
        "done",
        seen.body,
        edited.body,
    )
    assert world.journal.memories("main") == {"a": memory}


@pytest.mark.parametrize("file", [A, A.but(publish=Publish.DRAFT)], ids=["live", "draft"])
def test_a_journal_that_fails_after_a_write_says_what_was_sent(world: World, file: File) -> None:
    actions = world.plan(file)
    real = world.journal
    world.journal = Fused(
        real,
        Fuse(
            0,
            lambda: JournalError("the disk is full", hint="make room"),
            only="journal.done before",
        ),
    )  # type: ignore[assignment]
    with pytest.raises(JournalError) as caught:
        world.apply(actions)
    assert (
        caught.value.message
        == f"“{A.title}” was sent to main ({world.post().url}), but then the disk is full"
    )
    assert caught.value.hint == "make room; nothing will be sent twice"
    world.journal = real


def test_a_journal_that_fails_where_nothing_was_sent_claims_nothing(world: World) -> None:
    world.publish(A)
    actions = world.plan(A, B)
    world.journal.forget("main", "a")
    adopting = world.plan(A)
    assert [str(action.kind) for action in adopting] == ["adopt"]
    real = world.journal
    world.journal = Fused(
        real, Fuse(0, lambda: JournalError("the disk is full"), only="journal.done before")
    )  # type: ignore[assignment]
    with pytest.raises(JournalError) as caught:
        world.apply([*adopting, *actions[1:]])
    assert caught.value.message == "the disk is full"
    assert [post.title for post in world.posts()] == [A.title], "nothing more is sent then"
    world.journal = real


# what follows a write without an answer


def test_a_site_that_answers_no_look_either_is_not_asked_about_the_next_post(world: World) -> None:
    actions = world.plan(A, B)
    world.platform = Instead(  # type: ignore[assignment]
        world, create=failing(OutcomeUnknown("no answer")), find=failing(ServerError("no answer"))
    )
    outcomes = world.apply(actions)
    assert results(outcomes) == ["unknown", "skipped"]
    assert outcomes[1].message == "not attempted: publishing to main was stopped"


def test_a_copy_of_another_post_does_not_prove_that_a_write_arrived(world: World) -> None:
    """Plugins copy a post with its key; the id beside it is that of the post they copied."""
    copy = Remote(Ref("9"), "Copied", with_sentinel_id(sentinel("a"), "a", "7"), State.LIVE)
    actions = world.plan(A)
    world.platform = Instead(  # type: ignore[assignment]
        world, create=failing(OutcomeUnknown("no answer")), find=lambda *_: copy
    )
    (outcome,) = world.apply(actions)
    assert (outcome.result, outcome.message[-6:]) == (Result.UNKNOWN, "so far")
    assert last_row(world) == ("unknown", outcome.message)


def test_an_update_that_the_site_saved_and_then_refused_is_not_a_failure(world: World) -> None:
    world.publish(A)
    fused(world, Fuse(1, lambda: Rejected("saved it without its labels"), only="site.update"))
    (outcome,) = world.publish(NEWER)
    assert (outcome.result, outcome.losses) == (Result.LOST, ("saved it without its labels",))
    assert last_row(world) == ("done", "saved it without its labels")
    assert "New." in world.post().body


def test_an_unclear_update_is_looked_up_by_its_id(world: World) -> None:
    """A post that was on the blog before carries no key to search for."""
    ref = world.blog.add("Talks", "<p>Old.</p>")  # type: ignore[union-attr]
    file = A.but(text="<p>New.</p>", more={"remote_id": ref.id})
    fused(world, Fuse(1, lambda: OutcomeUnknown("no answer"), only="site.update"))
    assert results(world.publish(file, choices=Choices(ours=frozenset("a")))) == ["done"]
    assert world.post().body == "<p>New.</p>"


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (
            ServerError("x", status=503, reason="Backend Error."),
            "main answered 503: Backend Error, but the change had arrived",
        ),
        (ServerError("x", status=503), "main gave no usable answer, but the change had arrived"),
        (OutcomeUnknown("x"), "main gave no usable answer, but the change had arrived"),
    ],
    ids=["a reason", "a status alone", "nothing"],
)
@pytest.mark.parametrize("request_", ["create", "set_state"])
def test_what_came_in_place_of_an_answer_is_noted(
    world: World, error: BlogkitError, note: str, request_: str
) -> None:
    fused(world, Fuse(1, lambda: error, only=f"site.{request_}"))
    (outcome,) = world.publish(A)
    assert (outcome.result, outcome.notes) == (Result.DONE, (note,))


def test_undo_of_a_create_whose_answer_is_lost_finds_the_post_in_the_trash(world: World) -> None:
    world.publish(A)
    fused(world, Fuse(1, lambda: OutcomeUnknown("no answer"), only="site.trash"))
    assert results(world.undo()) == ["done"]
    assert world.posts() == []
    assert last_row(world) == ("done", "")


def test_undo_of_a_create_whose_answer_is_lost_may_find_the_post_deleted(world: World) -> None:
    """Some sites have no trash."""
    world.publish(A)

    def delete(ref: Ref) -> None:
        del world.site._posts[ref]
        raise OutcomeUnknown("no answer")

    (entry,) = world.journal.actions(1)
    action = plan_restore(UndoRequest(entry, world.post(), world.clock(), KOLKATA))
    world.platform = Instead(world, trash=delete)  # type: ignore[assignment]
    assert results(world.apply([action])) == ["done"]


def test_undo_of_a_create_that_is_gone_by_then_is_done(world: World) -> None:
    world.publish(A)
    fused(world, Fuse(0, lambda: NotFound("gone"), only="site.trash"))
    assert results(world.undo()) == ["done"]


BY_HAND: dict[str, Any] = {
    "title": "By hand",
    "body": "<p>By hand.</p>",
    "labels": ("By hand",),
    "excerpt": "By hand",
    "featured_id": "9",
}


@pytest.mark.parametrize("fields", [*([name] for name in BY_HAND), [*BY_HAND]], ids=" ".join)
def test_what_somebody_set_between_our_write_and_our_look_is_not_recorded_as_ours(
    world: World, fields: list[str]
) -> None:
    """Undo would take it away. The file of this post names no image and no excerpt."""
    world.publish(A)
    ours = replace(world.post(), body=world.post().body.replace("Talks opened.", "New."))
    by_hand = {name: BY_HAND[name] for name in fields}

    def edit_and_get(ref: Ref) -> Remote:
        if "New." in world.site.get(ref).body:
            world.edit_there(**by_hand)
        return world.site.get(ref)

    world.platform = Instead(world, get=edit_and_get)  # type: ignore[assignment]
    world.publish(NEWER)
    world.platform = world.site
    (entry,) = world.journal.actions(2)
    assert entry.after is not None
    assert [getattr(unpack_remote(entry.after), name) for name in fields] == [
        getattr(ours, name) for name in fields
    ]
    assert results(world.undo()) == ["conflict"]
    assert {name: getattr(world.post(), name) for name in fields} == by_hand


# the last look before a write


@pytest.mark.parametrize("stored", [True, False])
def test_a_state_is_set_without_another_look_if_this_run_has_just_seen_the_post(
    world: World, stored: bool
) -> None:
    """What only the plan has seen may have changed, and not every answer shows what is stored."""
    world.site.capabilities = replace(world.site.capabilities, answers_stored=stored)
    given: list[Remote | None] = []

    def set_state(ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
        given.append(seen)
        return world.site.set_state(ref, target, seen=seen)

    world.platform = Instead(world, set_state=set_state)  # type: ignore[assignment]
    assert results(world.publish(A)) == ["done"]
    assert [seen and seen.state for seen in given] == [State.DRAFT if stored else None]
    given.clear()
    assert results(world.publish(A.but(publish=Publish.DRAFT))) == ["done"]
    assert given == [None]


def of(world: World, looks: int) -> list[Remote]:
    world.site.capabilities = replace(world.site.capabilities, batch_size=looks)
    world.publish(*(File(f"post-{number}") for number in range(12)))
    return sorted(world.posts(), key=lambda post: int(post.ref.id))


def test_a_last_look_that_fails_is_not_taken_for_a_post_that_is_gone(world: World) -> None:
    posts = of(world, 4)
    site = Instead(world, get_many=failing(Unreachable("no route")))
    with pytest.raises(Unreachable, match="no route"):
        PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0).require_unchanged(
            posts[0]
        )  # type: ignore[arg-type]


def test_a_look_ahead_that_fails_keeps_nobody_who_knows_enough(world: World) -> None:
    posts = of(world, 4)
    site = Instead(world)
    glances = PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0)  # type: ignore[arg-type]
    assert glances.require_unchanged(posts[0]) == posts[0]
    site._methods["get_many"] = failing(Unreachable("no route"))
    assert glances.require_unchanged(posts[1]) == posts[1]
    assert len(site.sizes) == 2, "it looked ahead, and failed"
    del site._methods["get_many"]
    assert glances.require_unchanged(posts[4]) == posts[4], "its own look"


def test_a_writer_waits_for_a_look_that_another_has_begun_and_goes_on(world: World) -> None:
    posts = of(world, 4)
    begun, second = threading.Event(), threading.Event()

    def again(refs: list[Ref]) -> Any:
        begun.set()
        second.wait(60)
        return world.site.get_many(refs)

    class Watched(Instead):
        @property
        def capabilities(self) -> Any:
            if threading.current_thread().name == "second":
                second.set()
            return world.site.capabilities

    site = Watched(world, get_many=again)
    glances = PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0)  # type: ignore[arg-type]
    looked: list[Remote] = []
    writers = [
        threading.Thread(
            name=name,
            target=lambda post=post: looked.append(glances.require_unchanged(post)),
            daemon=True,
        )  # type: ignore[misc]
        for name, post in (("first", posts[0]), ("second", posts[1]))
    ]
    writers[0].start()
    assert begun.wait(60)
    writers[1].start()
    for writer in writers:
        writer.join(60)
    assert sorted(post.ref.id for post in looked) == ["1", "2"]
    assert site.sizes[0] == 4, "both were in the first look"


def test_no_request_asks_for_more_posts_than_the_site_answers_for(world: World) -> None:
    posts = of(world, 4)
    site = Instead(world)
    glances = PreflightChecks(site, [post.ref for post in posts], ticks=lambda: 0.0)  # type: ignore[arg-type]
    for post in posts:
        glances.require_unchanged(post)
    assert site.sizes == [4, 4, 4]


# what is reported


def test_an_unchanged_post_is_reported_with_its_place(world: World) -> None:
    world.publish(A)
    (outcome,) = world.publish(A)
    assert (outcome.result, outcome.remote) == (Result.UNCHANGED, world.post())
    assert outcome.remote is not None
    assert outcome.remote.url


def test_undo_of_a_create_that_is_gone_already_changes_nothing(world: World) -> None:
    world.publish(A)
    (entry,) = world.journal.actions(1)
    (outcome,) = world.apply([plan_restore(UndoRequest(entry, None, world.clock(), KOLKATA))])
    assert (outcome.result, outcome.remote) == (Result.UNCHANGED, None)


@pytest.mark.parametrize(
    ("error", "said"),
    [(KeyboardInterrupt(), "interrupted"), (KeyError("id"), "stopped by KeyError")],
    ids=["ctrl-c", "a bug"],
)
def test_what_was_under_way_says_what_ended_the_run(
    world: World, error: BaseException, said: str
) -> None:
    world.platform = Fused(world.site, Fuse(0, lambda: error, only="site.create after"))
    with pytest.raises(type(error)):
        world.publish(A)
    (outcome,) = [event for event in world.heard if isinstance(event, Outcome)]
    assert (outcome.result, outcome.message) == (Result.UNKNOWN, said)
    assert State.DRAFT is world.post().state
