"""The decision table, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.sync.actions import ActionKind, Choices, Desired, RemoteState
from blogkit.sync.compare import fingerprint
from blogkit.sync.desired import content_digest, desired_state_of
from blogkit.sync.plan import orphans, plan, plan_from_memory, plan_one
from tests.cases import for_each
from tests.sync.world import KOLKATA, NOW, SOON

LIVE, DRAFT, AT = Target(State.LIVE), Target(State.DRAFT), Target(State.SCHEDULED, SOON)
THERE = Remote(
    Ref("7"),
    "Talks",
    "<p>Talks opened.</p>",
    State.LIVE,
    url="https://b.example/talks",
    at=NOW - timedelta(days=9),
    updated="1",
)


def wanted(target: Target | None = LIVE, **changes: object) -> Desired:
    draft = replace(Draft("talks", "post", "Talks", "<p>Talks opened.</p>"), **changes)  # type: ignore[arg-type]
    return Desired(
        "talks",
        Path("posts/talks.md"),
        "main",
        draft.kind,
        draft.title,
        lambda: draft,
        target,
        content_digest(draft),
        desired_state_of(target),
        KOLKATA,
        60,
    )


def known(remote: Remote = THERE, desired: Desired | None = None, **changes: object) -> Memory:
    """What we remember after having put `desired` there."""
    pushed = desired or wanted()
    memory = Memory(
        "main",
        "talks",
        "post",
        "7",
        remote.url,
        pushed.digest,
        fingerprint(remote),
        str(remote.state),
        remote.at,
        "1",
        pushed.desired_state,
    )
    return replace(memory, **changes)  # type: ignore[arg-type]


def open_end(desired: Desired | None = None, action: str = "create") -> Intent:
    pushed = desired or wanted()
    return Intent(
        1,
        1,
        "main",
        "talks",
        "post",
        action,
        "",
        pushed.digest,
        pushed.desired_state,
        "sent",
        "",
        NOW,
        None,
        b"",
    )


AS_TRASHED = replace(THERE, state=State.TRASHED)
AS_DRAFT = replace(THERE, state=State.DRAFT, at=None)
PRIVATE = replace(THERE, status="private")
PLANNED = replace(THERE, state=State.SCHEDULED, at=SOON)
EDITED = replace(THERE, body="<p>Talks failed.</p>")
NEW = {"body": "<p>Talks closed.</p>"}
BODY = ("body",)
LATER = Target(State.SCHEDULED, SOON + timedelta(hours=1))
ADOPTED = replace(wanted(), remote_id="7")
SLUG = wanted(slug="talks-open")
OURS, THEIRS, AGAIN = (
    Choices(**{name: frozenset({"talks"})}) for name in ("ours", "theirs", "recreate")
)

TABLE = {
    # name: (desired, look, choices, kind, target)
    "new, live": (wanted(), RemoteState(), None, "create", LIVE),
    "new, draft": (wanted(DRAFT), RemoteState(), None, "create", DRAFT),
    "new, state left open": (wanted(None), RemoteState(), None, "create", None),
    "new, scheduled": (wanted(AT), RemoteState(), None, "create", AT),
    "new, scheduled for a time that has passed": (
        wanted(Target(State.SCHEDULED, NOW - timedelta(hours=1))),
        RemoteState(),
        None,
        "create",
        Target(State.LIVE, NOW - timedelta(hours=1)),
    ),
    "new, scheduled too near for the site": (
        wanted(Target(State.SCHEDULED, NOW + timedelta(seconds=59))),
        RemoteState(),
        None,
        "refused",
        None,
    ),
    "gone": (wanted(), RemoteState(None, known()), None, "gone", None),
    "in the trash": (
        wanted(),
        RemoteState(replace(THERE, state=State.TRASHED), known()),
        None,
        "gone",
        None,
    ),
    "gone, and wanted again": (wanted(), RemoteState(None, known()), AGAIN, "create", LIVE),
    "trash of somebody else is no post of ours": (
        wanted(),
        RemoteState(replace(THERE, state=State.TRASHED)),
        None,
        "create",
        LIVE,
    ),
    "same, same": (wanted(), RemoteState(THERE, known()), None, "unchanged", None),
    "same, same, but an action's end is open": (
        wanted(),
        RemoteState(THERE, known(), unsettled=True, differs=()),
        None,
        "adopt",
        None,
    ),
    "same, other content": (
        wanted(**NEW),
        RemoteState(THERE, known(), differs=BODY),
        None,
        "update",
        None,
    ),
    "same, other content and state": (
        wanted(DRAFT, **NEW),
        RemoteState(THERE, known(), differs=BODY),
        None,
        "update",
        DRAFT,
    ),
    "same, other state": (
        wanted(LIVE),
        RemoteState(AS_DRAFT, known(AS_DRAFT, wanted(DRAFT))),
        None,
        "set-state",
        LIVE,
    ),
    "same, from live to a later time": (
        wanted(AT),
        RemoteState(THERE, known()),
        None,
        "set-state",
        AT,
    ),
    "same, from a time to now": (
        wanted(LIVE),
        RemoteState(PLANNED, known(PLANNED, wanted(AT))),
        None,
        "set-state",
        LIVE,
    ),
    "same, from a time to another": (
        wanted(Target(State.SCHEDULED, SOON + timedelta(hours=1))),
        RemoteState(PLANNED, known(PLANNED, wanted(AT))),
        None,
        "set-state",
        Target(State.SCHEDULED, SOON + timedelta(hours=1)),
    ),
    "same, with less than a minute between the times": (
        wanted(Target(State.SCHEDULED, SOON + timedelta(seconds=30))),
        RemoteState(PLANNED, known(PLANNED, wanted(AT))),
        None,
        "unchanged",
        None,
    ),
    "the site keeps less than we sent: try again": (
        wanted(),
        RemoteState(THERE, known(last_pushed=""), differs=BODY),
        None,
        "update",
        None,
    ),
    "edited there, same here": (
        wanted(),
        RemoteState(EDITED, known(), differs=BODY),
        None,
        "remote-edited",
        None,
    ),
    "edited there, same here, ours": (
        wanted(),
        RemoteState(EDITED, known(), differs=BODY),
        OURS,
        "update",
        None,
    ),
    "edited there, same here, theirs": (
        wanted(),
        RemoteState(EDITED, known(), differs=BODY),
        THEIRS,
        "adopt",
        None,
    ),
    "edited there, other here": (
        wanted(**NEW),
        RemoteState(EDITED, known(), differs=BODY),
        None,
        "conflict",
        None,
    ),
    "edited there, other here, ours": (
        wanted(**NEW),
        RemoteState(EDITED, known(), differs=BODY),
        OURS,
        "update",
        None,
    ),
    "edited there, other here, theirs": (
        wanted(**NEW),
        RemoteState(EDITED, known(), differs=BODY),
        THEIRS,
        "adopt",
        None,
    ),
    "edited there, other content and state here, theirs": (
        wanted(DRAFT, **NEW),
        RemoteState(EDITED, known(), differs=BODY),
        THEIRS,
        "set-state",
        DRAFT,
    ),
    "taken back there, theirs": (wanted(AT), RemoteState(AS_DRAFT, known()), THEIRS, "adopt", None),
    "edited on both sides to the same": (
        wanted(body=EDITED.body),
        RemoteState(EDITED, known(), differs=()),
        None,
        "adopt",
        None,
    ),
    "a title edited on both sides to the same": (
        wanted(title="Talks failed"),
        RemoteState(replace(THERE, title="Talks failed"), known(), differs=()),
        None,
        "adopt",
        None,
    ),
    "labels edited on both sides to the same": (
        wanted(labels=("News",)),
        RemoteState(replace(THERE, labels=("News",)), known(), differs=()),
        None,
        "adopt",
        None,
    ),
    "an excerpt edited on both sides to the same": (
        wanted(excerpt="Failed"),
        RemoteState(replace(THERE, excerpt="Failed"), known(), differs=()),
        None,
        "adopt",
        None,
    ),
    "taken back there, same here": (
        wanted(),
        RemoteState(AS_DRAFT, known()),
        None,
        "remote-edited",
        None,
    ),
    "taken back there, ours": (wanted(), RemoteState(AS_DRAFT, known()), OURS, "set-state", LIVE),
    "taken back there, scheduled here": (
        wanted(AT),
        RemoteState(AS_DRAFT, known()),
        None,
        "conflict",
        None,
    ),
    "taken back there and here": (
        wanted(DRAFT),
        RemoteState(AS_DRAFT, known()),
        None,
        "unchanged",
        None,
    ),
    "published there, draft here": (
        wanted(DRAFT),
        RemoteState(THERE, known(AS_DRAFT, wanted(DRAFT))),
        None,
        "remote-edited",
        None,
    ),
    "published there, state left open": (
        wanted(None),
        RemoteState(THERE, known(AS_DRAFT, wanted(None))),
        None,
        "unchanged",
        None,
    ),
    "published there, state left open, other content": (
        wanted(None, **NEW),
        RemoteState(THERE, known(AS_DRAFT, wanted(None)), differs=BODY),
        None,
        "update",
        None,
    ),
    "rescheduled there": (
        wanted(AT),
        RemoteState(replace(PLANNED, at=SOON + timedelta(hours=2)), known(PLANNED, wanted(AT))),
        None,
        "remote-edited",
        None,
    ),
    "published there before its time": (
        wanted(AT),
        RemoteState(THERE, known(PLANNED, wanted(AT))),
        None,
        "remote-edited",
        None,
    ),
    "a stamp that the site touched": (
        wanted(),
        RemoteState(replace(THERE, updated="2"), known()),
        None,
        "unchanged",
        None,
    ),
    "labels added there": (
        wanted(),
        RemoteState(replace(THERE, labels=("News",)), known(), differs=("labels",)),
        None,
        "remote-edited",
        None,
    ),
    "an excerpt there, none here": (
        wanted(),
        RemoteState(replace(THERE, excerpt="By hand"), known(), differs=()),
        None,
        "unchanged",
        None,
    ),
    "an excerpt changed there, ours too": (
        wanted(excerpt="Ours"),
        RemoteState(replace(THERE, excerpt="By hand"), known(), differs=("excerpt",)),
        None,
        "conflict",
        None,
    ),
    "an address that the site made": (
        wanted(slug="x"),
        RemoteState(replace(THERE, slug="x-2"), known(desired=wanted(slug="x"))),
        None,
        "unchanged",
        None,
    ),
    "our key, unknown, as meant": (wanted(), RemoteState(THERE, differs=()), None, "adopt", None),
    "our key, unknown, as meant, a draft that is to be live": (
        wanted(),
        RemoteState(AS_DRAFT, differs=()),
        None,
        "set-state",
        LIVE,
    ),
    "our key, unknown, live, and to be a draft": (
        wanted(DRAFT),
        RemoteState(THERE, differs=()),
        None,
        "conflict",
        None,
    ),
    "our key, unknown, live, state left open": (
        wanted(None),
        RemoteState(THERE, differs=()),
        None,
        "adopt",
        None,
    ),
    "our key, unknown, as meant, live since another date than the file's": (
        wanted(Target(State.LIVE, NOW - timedelta(days=30))),
        RemoteState(THERE, differs=()),
        None,
        "adopt",
        None,
    ),
    "our key, unknown, different": (
        wanted(),
        RemoteState(EDITED, differs=BODY),
        None,
        "conflict",
        None,
    ),
    "our key, unknown, different, ours": (
        wanted(),
        RemoteState(EDITED, differs=BODY),
        OURS,
        "update",
        None,
    ),
    "our key, unknown, different, theirs": (
        wanted(),
        RemoteState(EDITED, differs=BODY),
        THEIRS,
        "adopt",
        None,
    ),
    "an interrupted create, finished": (
        wanted(),
        RemoteState(THERE, None, open_end(), unsettled=True, differs=()),
        None,
        "adopt",
        None,
    ),
    "an interrupted create, still a draft": (
        wanted(),
        RemoteState(AS_DRAFT, None, open_end(), True, ()),
        None,
        "set-state",
        LIVE,
    ),
    "an interrupted create, file changed since": (
        wanted(**NEW),
        RemoteState(AS_DRAFT, None, open_end(), True, BODY),
        None,
        "update",
        LIVE,
    ),
    "an interrupted create of a draft, published there": (
        wanted(DRAFT),
        RemoteState(THERE, None, open_end(wanted(DRAFT)), True, ()),
        None,
        "conflict",
        None,
    ),
    "an interrupted update, finished": (
        wanted(**NEW),
        RemoteState(replace(THERE, **NEW), known(), open_end(wanted(**NEW)), True, ()),
        None,
        "adopt",
        None,
    ),
    "an interrupted update, edited there since": (
        wanted(**NEW),
        RemoteState(EDITED, known(), None, True, BODY),
        None,
        "conflict",
        None,
    ),
    "an interrupted change of state, wish changed since": (
        wanted(DRAFT),
        RemoteState(THERE, known(AS_DRAFT, wanted(DRAFT)), open_end(), True, ()),
        None,
        "set-state",
        DRAFT,
    ),
    "an interrupted change from one time to another, by way of a draft": (
        wanted(AT),
        RemoteState(
            AS_DRAFT,
            known(PLANNED, wanted(Target(State.SCHEDULED, SOON + timedelta(hours=1)))),
            open_end(wanted(AT)),
            True,
            (),
        ),
        None,
        "set-state",
        AT,
    ),
    "an interrupted update, taken back there since": (
        wanted(**NEW),
        RemoteState(replace(AS_DRAFT, **NEW), known(), open_end(wanted(**NEW)), True, ()),
        None,
        "conflict",
        None,
    ),
    "an address half made": (
        wanted(),
        RemoteState(replace(THERE, title="talks"), known(), open_end(), True, ("title",)),
        None,
        "update",
        None,
    ),
    "a page there, a post here": (
        wanted(),
        RemoteState(replace(THERE, ref=Ref("7", "page")), known(kind="page")),
        None,
        "refused",
        None,
    ),
    "gone, and named by the file alone": (ADOPTED, RemoteState(), None, "gone", None),
    "gone, named by the file, and wanted again": (ADOPTED, RemoteState(), AGAIN, "gone", None),
    "damaged there": (
        wanted(),
        RemoteState(trouble="cannot be read", hint="save it again", unreadable=True),
        None,
        "refused",
        None,
    ),
    "edited there, other state here": (
        wanted(DRAFT),
        RemoteState(EDITED, known(), differs=BODY),
        None,
        "conflict",
        None,
    ),
    "edited there, state left open from now on": (
        wanted(None),
        RemoteState(EDITED, known(), differs=BODY),
        None,
        "remote-edited",
        None,
    ),
    "edited on both sides to the same, and to be a draft": (
        wanted(DRAFT, body=EDITED.body),
        RemoteState(EDITED, known(), differs=()),
        None,
        "conflict",
        None,
    ),
    "an image exchanged there, which cannot be compared": (
        wanted(featured_url="https://b.example/a.png"),
        RemoteState(
            replace(THERE, featured_id="9"),
            known(desired=wanted(featured_url="https://b.example/a.png")),
            differs=(),
        ),
        None,
        "remote-edited",
        None,
    ),
    "a time that the site does not show": (
        wanted(AT),
        RemoteState(replace(PLANNED, at=None), known(PLANNED, wanted(AT))),
        None,
        "unchanged",
        None,
    ),
    "our key, unknown, as meant, a draft that is to be scheduled": (
        wanted(AT),
        RemoteState(AS_DRAFT, differs=()),
        None,
        "set-state",
        AT,
    ),
    "our key, unknown, scheduled, and to be a draft": (
        wanted(DRAFT),
        RemoteState(PLANNED, differs=()),
        None,
        "set-state",
        DRAFT,
    ),
    "an interrupted undo, finished": (
        wanted(),
        RemoteState(AS_DRAFT, known(), open_end(action="restore"), True, ()),
        None,
        "adopt",
        None,
    ),
    "an interrupted undo, file changed since": (
        wanted(**NEW),
        RemoteState(AS_DRAFT, known(), open_end(action="restore"), True, BODY),
        None,
        "update",
        None,
    ),
    "interrupted when it was taken back, and to be live again": (
        wanted(),
        RemoteState(AS_DRAFT, known(), open_end(wanted(DRAFT), "set-state"), True, ()),
        None,
        "set-state",
        LIVE,
    ),
    "interrupted when it was taken back, finished": (
        wanted(DRAFT),
        RemoteState(AS_DRAFT, known(), open_end(wanted(DRAFT), "set-state"), True, ()),
        None,
        "adopt",
        None,
    ),
    "interrupted when it was taken back, edited there since": (
        wanted(DRAFT),
        RemoteState(
            replace(EDITED, state=State.DRAFT, at=None),
            known(),
            open_end(wanted(DRAFT), "set-state"),
            True,
            BODY,
        ),
        None,
        "remote-edited",
        None,
    ),
    "interrupted when it was taken back, scheduled there since": (
        wanted(),
        RemoteState(PLANNED, known(), open_end(wanted(DRAFT), "set-state"), True, ()),
        None,
        "conflict",
        None,
    ),
    "interrupted when it was taken back, an excerpt of theirs": (
        wanted(DRAFT),
        RemoteState(
            replace(AS_DRAFT, excerpt="By hand"),
            known(),
            open_end(wanted(DRAFT), "set-state"),
            True,
            (),
        ),
        None,
        "adopt",
        None,
    ),
    "interrupted on the way from a time to now, by way of a draft": (
        wanted(),
        RemoteState(AS_DRAFT, known(PLANNED, wanted(AT)), open_end(action="set-state"), True, ()),
        None,
        "set-state",
        LIVE,
    ),
    "interrupted when it was published, still under its slug": (
        SLUG,
        RemoteState(
            replace(THERE, title="talks-open"),
            known(AS_DRAFT, wanted(DRAFT, slug="talks-open")),
            open_end(SLUG, "set-state"),
            True,
            ("title",),
        ),
        None,
        "update",
        None,
    ),
    "interrupted when it was published, under its slug and edited": (
        SLUG,
        RemoteState(
            replace(EDITED, title="talks-open"),
            known(AS_DRAFT, wanted(DRAFT, slug="talks-open")),
            open_end(SLUG, "set-state"),
            True,
            ("title", "body"),
        ),
        None,
        "conflict",
        None,
    ),
    "interrupted when it was published, with a title by hand": (
        SLUG,
        RemoteState(
            replace(THERE, title="By hand"),
            known(AS_DRAFT, SLUG),
            open_end(SLUG, "set-state"),
            True,
            ("title",),
        ),
        None,
        "remote-edited",
        None,
    ),
    "interrupted after its content was sent, and then its state": (
        wanted(),
        RemoteState(
            PLANNED,
            known(),
            open_end(wanted(DRAFT), "set-state"),
            True,
            (),
            wrote=open_end(wanted(AT), "update"),
        ),
        None,
        "set-state",
        LIVE,
    ),
    "interrupted after its content was sent, and then its state, which is neither": (
        wanted(),
        RemoteState(
            replace(PLANNED, at=LATER.at),
            known(),
            open_end(wanted(DRAFT), "set-state"),
            True,
            (),
            wrote=open_end(wanted(DRAFT), "update"),
        ),
        None,
        "conflict",
        None,
    ),
    "interrupted when its state was set, without a memory of it": (
        wanted(),
        RemoteState(AS_DRAFT, None, open_end(action="set-state"), True, ()),
        None,
        "set-state",
        LIVE,
    ),
    "interrupted when it was updated, as a draft that a person had made of it": (
        wanted(),
        RemoteState(AS_DRAFT, known(AS_DRAFT), open_end(action="update"), True, ()),
        None,
        "adopt",
        None,
    ),
    "interrupted when it was published again, a draft that a person had made of it": (
        wanted(),
        RemoteState(AS_DRAFT, known(AS_DRAFT, wanted(DRAFT)), open_end(), True, ()),
        None,
        "set-state",
        LIVE,
    ),
    "private as asked, and public from now on": (
        wanted(LIVE),
        RemoteState(PRIVATE, known(PRIVATE, desired_state="private")),
        None,
        "set-state",
        Target(State.LIVE, status="publish"),
    ),
    "private as asked, and a draft from now on": (
        wanted(DRAFT),
        RemoteState(PRIVATE, known(PRIVATE, desired_state="private")),
        None,
        "set-state",
        DRAFT,
    ),
    "two posts with our key": (
        wanted(),
        RemoteState(trouble="2 posts carry the key", hint="trash one"),
        None,
        "conflict",
        None,
    ),
}


@for_each("row", TABLE)
def test_table(row: str) -> None:
    desired, look, choices, kind, target = TABLE[row]
    action = plan_one(desired, look, NOW, choices or Choices())
    assert (str(action.kind), action.target) == (kind, target), action.summary
    assert action.summary
    assert "\n" not in action.summary
    assert bool(action.hint) == action.blocked, "what is left undone says the way out"
    assert isinstance(action.changes, tuple)
    if kind in {"create", "update", "set-state"}:
        assert action.planned == NOW, "two machines tell by it who was first"
    assert action.remote_state == look


@for_each(
    ("look", "how", "hint"),
    [
        (RemoteState(None, known()), "deleted on the site", "restore it from the blog's trash, or"),
        (
            RemoteState(None, known(state="trashed")),
            "moved to the trash by undo",
            "restore it with blogkit undo RUN",
        ),
        (
            RemoteState(None, known(state="trashed", last_pushed="other"), deleted=True),
            "moved to the trash by delete",
            "restore it with blogkit undo RUN",
        ),
    ],
)
def test_a_post_that_is_gone_names_who_removed_it(look: RemoteState, how: str, hint: str) -> None:
    action = plan_one(wanted(), look, NOW)
    assert (str(action.kind), action.summary) == ("gone", f"skip “Talks” on main: it was {how}")
    assert action.hint.startswith(hint)
    assert action.hint.endswith("or use --recreate to publish it again")


@for_each(
    "look",
    [
        RemoteState(deleted=True),
        RemoteState(None, known(state="trashed"), deleted=True),
        RemoteState(AS_TRASHED, known(state="trashed"), deleted=True),
    ],
)
def test_a_post_that_was_deleted_stays_away_until_it_is_wanted_again(look: RemoteState) -> None:
    action = plan_one(wanted(), look, NOW)
    assert (str(action.kind), action.remote_state) == ("unchanged", look)
    assert action.summary == "nothing to do for “Talks” on main: it was deleted with blogkit delete"
    assert "--recreate" in action.hint
    assert plan_one(wanted(), look, NOW, AGAIN).kind is ActionKind.CREATE


def test_a_schedule_that_came_true_is_no_change() -> None:
    later = SOON + timedelta(seconds=1)
    went_live = replace(PLANNED, state=State.LIVE)
    memory = known(PLANNED, wanted(AT))
    assert plan_one(wanted(AT), RemoteState(went_live, memory), later).kind is ActionKind.UNCHANGED
    assert (
        plan_one(wanted(None), RemoteState(went_live, memory), later).kind is ActionKind.UNCHANGED
    )
    assert (
        plan_one(wanted(AT, **NEW), RemoteState(went_live, memory, differs=BODY), later).kind
        is ActionKind.UPDATE
    )


def test_a_schedule_that_the_site_missed_is_published() -> None:
    action = plan_one(
        wanted(AT), RemoteState(PLANNED, known(PLANNED, wanted(AT))), SOON + timedelta(hours=1)
    )
    assert (action.kind, action.target) == (ActionKind.SET_STATE, Target(State.LIVE, SOON))
    then = plan_one(wanted(AT), RemoteState(PLANNED, known(PLANNED, wanted(AT))), SOON)
    assert (then.kind, then.target) == (action.kind, action.target)


def test_a_date_that_the_site_would_not_take_is_not_tried_for_ever() -> None:
    dated = Target(State.LIVE, NOW - timedelta(days=30))
    assert (
        plan_one(wanted(dated), RemoteState(THERE, known(desired=wanted(dated))), NOW).kind
        is ActionKind.UNCHANGED
    )
    assert plan_one(wanted(dated), RemoteState(THERE, known()), NOW).target == dated


@for_each(
    ("desired", "look"),
    [
        (wanted(**NEW), RemoteState(THERE, known(), differs=("title", "body"))),
        (wanted(**NEW), RemoteState(EDITED, known(), differs=("title", "body"))),
    ],
    ids=["update", "update with --ours"],
)
def test_an_update_names_the_fields_that_it_changes(desired: Desired, look: RemoteState) -> None:
    action = plan_one(desired, look, NOW, OURS)
    assert (action.kind, action.changes) == (ActionKind.UPDATE, ("title", "body"))


def test_theirs_is_a_choice_that_lasts_until_the_file_changes() -> None:
    kept = known(AS_DRAFT, wanted(LIVE))
    assert plan_one(wanted(LIVE), RemoteState(AS_DRAFT, kept), NOW).kind is ActionKind.UNCHANGED


def test_the_order_is_kept_and_keys_without_a_look_are_new() -> None:
    first, second = wanted(), replace(wanted(), key="other")
    actions = plan([second, first], {"talks": RemoteState(THERE, known())}, NOW)
    assert [(action.key, str(action.kind)) for action in actions] == [
        ("other", "create"),
        ("talks", "unchanged"),
    ]


@for_each(
    ("desired", "look", "story"),
    [
        (wanted(DRAFT), RemoteState(), "create draft “Talks” on main"),
        (wanted(None), RemoteState(), "create draft “Talks” on main"),
        (wanted(LIVE), RemoteState(), "create live post “Talks” on main"),
        (
            wanted(AT),
            RemoteState(),
            "create post “Talks” on main, scheduled for Tue 1 Dec 2026, 17:30 IST (12:00 UTC)",
        ),
        (
            wanted(**NEW),
            RemoteState(THERE, known(), differs=("body", "labels")),
            "update live post “Talks” on main (body, labels)",
        ),
        (
            wanted(DRAFT, **NEW),
            RemoteState(THERE, known(), differs=BODY),
            "update live post “Talks” on main (body), and take it back to draft",
        ),
        (
            wanted(DRAFT),
            RemoteState(THERE, known()),
            "take live post “Talks” on main back to draft",
        ),
        (
            wanted(LIVE),
            RemoteState(AS_DRAFT, known(AS_DRAFT, wanted(DRAFT))),
            "publish draft “Talks” on main",
        ),
        (
            wanted(AT),
            RemoteState(PLANNED, known(PLANNED, wanted(AT))),
            (
                "nothing to do for scheduled post “Talks” on main, due Tue 1 Dec 2026, 17:30 IST"
                " (12:00 UTC)"
            ),
        ),
        (
            wanted(),
            RemoteState(EDITED, known(), differs=BODY),
            "skip live post “Talks” on main: it was changed on the site (body)",
        ),
        (
            wanted(**NEW),
            RemoteState(EDITED, known(), differs=BODY),
            "conflict: “Talks” on main was changed both on the site (body) and in talks.md",
        ),
        (wanted(), RemoteState(None, known()), "skip “Talks” on main: it was deleted on the site"),
        (
            wanted(),
            RemoteState(None, known(state="trashed")),
            "skip “Talks” on main: it was moved to the trash by undo",
        ),
        (
            wanted(),
            RemoteState(replace(THERE, state=State.TRASHED)),
            "create live post “Talks” on main",
        ),
        (
            wanted(),
            RemoteState(trouble="site main: cannot read post 7", hint="x", unreadable=True),
            "cannot publish “Talks” on main: cannot read post 7",
        ),
        (
            wanted(),
            RemoteState(trouble="site main: it has no author “X”", hint="x", refused=True),
            "cannot publish “Talks” on main: it has no author “X”",
        ),
        (
            wanted(),
            RemoteState(trouble="2 posts have the key", hint="x"),
            "conflict: 2 posts have the key",
        ),
        (
            wanted(DRAFT),
            RemoteState(THERE, None, open_end(wanted(DRAFT)), True, ()),
            "conflict: “Talks” on main was changed both on the site (state) and in talks.md",
        ),
        (
            wanted(Target(State.SCHEDULED, NOW + timedelta(seconds=40))),
            RemoteState(),
            (
                "cannot publish “Talks” on main: Mon 30 Nov 2026, 17:30 IST (12:00 UTC) is only 40"
                " s ahead; main needs 60 s, or it publishes at once"
            ),
        ),
    ],
)
def test_stories(desired: Desired, look: RemoteState, story: str) -> None:
    assert plan_one(desired, look, NOW).summary == story


@for_each(
    ("desired", "memory", "kind", "target"),
    [
        (wanted(), None, "create", LIVE),
        (wanted(), known(state="trashed"), "gone", None),
        (wanted(), known(), "unchanged", None),
        (wanted(None), known(), "unchanged", None),
        (wanted(**NEW), known(), "update", None),
        (wanted(DRAFT, **NEW), known(), "update", DRAFT),
        (wanted(DRAFT), known(), "set-state", DRAFT),
        (wanted(AT), known(PLANNED), "unchanged", None),
        (wanted(LIVE), known(PLANNED, wanted(AT)), "set-state", LIVE),
        (wanted(LIVE), known(desired_state="draft"), "unchanged", None),
        (wanted(LIVE), known(AS_DRAFT), "unchanged", None),
    ],
    ids=[
        "new",
        "trashed",
        "same",
        "left open",
        "content",
        "both",
        "state",
        "time kept",
        "now instead",
        "already so",
        "theirs was kept",
    ],
)
def test_what_follows_from_memory_alone(
    desired: Desired, memory: Memory | None, kind: str, target: Target | None
) -> None:
    """For a plan that asks no site."""
    action = plan_from_memory(desired, memory, NOW)
    assert (str(action.kind), action.target) == (kind, target)
    if memory is not None and memory.state != "trashed":
        assert action.remote_state.remote is not None
        assert (
            action.remote_state.remote.ref,
            action.remote_state.remote.url,
            action.remote_state.remote.title,
        ) == (Ref("7"), THERE.url, "Talks")


@for_each(
    ("desired", "look", "hint"),
    [
        (wanted(), RemoteState(None, known()), "use --recreate"),
        (ADOPTED, RemoteState(), "remove the post_id: line"),
        (wanted(), RemoteState(EDITED, differs=BODY), "--ours publishes the file's version"),
        (wanted(**NEW), RemoteState(EDITED, known(), differs=BODY), "--ours overwrites the change"),
        (wanted(), RemoteState(EDITED, known(), differs=BODY), "blogkit pull copies"),
        (
            wanted(Target(State.SCHEDULED, NOW + timedelta(seconds=40))),
            RemoteState(),
            "a later time",
        ),
    ],
)
def test_what_is_left_undone_says_how_it_could_be_done(
    desired: Desired, look: RemoteState, hint: str
) -> None:
    action = plan_one(desired, look, NOW)
    assert hint in action.hint
    changed = ("body",) if look.remote is EDITED else ()
    assert action.changes == changed


def test_posts_whose_file_is_gone_are_named_and_left_alone() -> None:
    memories = {
        "kept": known(key="kept"),
        "gone": known(key="gone", kind="page"),
        "undone": known(key="undone", state="trashed"),
    }
    (action,) = orphans("main", memories, {"kept"})
    assert (str(action.kind), action.key, action.desired.kind, action.ref) == (
        "orphan",
        "gone",
        "page",
        Ref("7", "page"),
    )
    assert action.hint == (
        "to restore its file, run: blogkit pull gone; to delete the page, run: blogkit delete gone"
    )
    (post,) = orphans("main", {"gone": known(key="gone")}, set())
    assert (post.desired.kind, post.desired.site, post.ref) == ("post", "main", Ref("7"))
    with pytest.raises(AssertionError, match="not written"):
        _ = action.desired.draft
