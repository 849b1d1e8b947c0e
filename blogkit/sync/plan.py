"""The decision table: what to do, given the file, the journal and the site.

Pure; nothing else decides.

| the site, against our last look | the file, against what we last sent | action                                            |
|---------------------------------|-------------------------------------|---------------------------------------------------|
| nothing, and no memory          |                                     | CREATE                                            |
| gone, or in the trash           |                                     | GONE; CREATE with --recreate                      |
| there                           | gone                                | ORPHAN: only reported                             |
| our key, but no memory of it    |                                     | ADOPT if it shows what we mean, else CONFLICT     |
| as it was                       | as it was                           | UNCHANGED                                         |
| as it was                       | other content                       | UPDATE                                            |
| as it was                       | other state only                    | SET_STATE                                         |
| changed, and now as we mean     |                                     | ADOPT                                             |
| changed                         | as it was                           | REMOTE_EDITED; UPDATE with --ours                 |
| changed                         | changed                             | CONFLICT; UPDATE with --ours, ADOPT with --theirs |

The result of an interrupted action of ours counts as "as it was". A schedule that was executed is
not a change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Draft, PostKind, Remote, State, Target
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Choices, Desired, RemoteState
from blogkit.sync.compare import COMPARED, edited_fields, is_relevant
from blogkit.sync.desired import is_reached, resolve_target, states_of, too_close, was_moved
from blogkit.sync.listing import ref_of_memory


def plan(
    desired: Iterable[Desired],
    seen: Mapping[str, RemoteState],
    now: datetime,
    choices: Choices = Choices(),  # noqa: B008
) -> list[Action]:
    """Return one action per post, in the given order."""
    return [
        plan_one(wanted, seen.get(wanted.key, RemoteState()), now, choices) for wanted in desired
    ]


def plan_from_memory(desired: Desired, memory: Memory | None, now: datetime) -> Action:
    """Decide offline, as if the site were in its last known state."""
    if memory is None or memory.state == State.TRASHED:
        return plan_one(desired, RemoteState(memory=memory), now)
    remote = _as_last_seen(desired.title, memory)
    look = RemoteState(remote, memory)
    target = resolve_target(desired.target, now) if desired.target else None
    as_wished = memory.desired_state == desired.desired_state or is_reached(remote, target)
    if memory.last_pushed != desired.digest:
        return _carry_out(ActionKind.UPDATE, desired, look, now, None if as_wished else target)
    if target is not None and not as_wished:
        return _carry_out(ActionKind.SET_STATE, desired, look, now, target)
    return Action(ActionKind.UNCHANGED, desired, messages.unchanged(desired, remote), look)


def _as_last_seen(title: str, memory: Memory) -> Remote:
    """Return what the journal knows of a post's state, without its content."""
    return Remote(ref_of_memory(memory), title, "", State(memory.state), memory.url, memory.at)


def orphans(site: str, memories: Mapping[str, Memory], keys: Collection[str]) -> list[Action]:
    """Report posts on the site whose file no longer exists. keys: of all files."""
    left = [
        memory
        for key, memory in memories.items()
        if key not in keys and memory.state != State.TRASHED
    ]
    return [_orphan(site, memory) for memory in left]


def plan_one(
    desired: Desired,
    look: RemoteState,
    now: datetime,
    choices: Choices = Choices(),  # noqa: B008
) -> Action:
    """Apply the table above to one post."""
    key, remote = desired.key, look.remote
    target = resolve_target(desired.target, now) if desired.target else None
    if look.trouble:
        return _blocked(ActionKind.CONFLICT, desired, look, f"conflict: {look.trouble}", look.hint)
    if remote is None or remote.state is State.TRASHED:
        was_there = look.memory is not None or bool(desired.remote_id)
        if not was_there or (key in choices.recreate and not desired.remote_id):
            return _carry_out(ActionKind.CREATE, desired, look, now, target)
        return _gone(desired, look)
    if remote.ref.kind != desired.kind:
        return _other_kind(desired, look, remote)

    known = _known(desired, look, remote, target, now)
    arrived = is_reached(remote, target) or (
        known.wish == desired.desired_state and not known.moved and not _is_overdue(remote, now)
    )
    there = (*known.edited, *(("state",) if known.moved and not arrived else ()))
    here = known.pushed != desired.digest or (known.wish != desired.desired_state and not arrived)

    goal = None if arrived else target

    if there and key not in choices.ours:
        if look.differs == () and arrived and COMPARED.issuperset(known.edited):
            return Action(ActionKind.ADOPT, desired, messages.adopted(desired, remote), look)
        if key not in choices.theirs:
            return _contested(desired, look, remote, there, here=here)
        if goal is not None and not known.moved:
            return _carry_out(ActionKind.SET_STATE, desired, look, now, goal)
        return Action(ActionKind.ADOPT, desired, messages.keep_theirs(desired, remote), look)
    if known.pushed != desired.digest or known.edited:
        return _carry_out(ActionKind.UPDATE, desired, look, now, goal)
    if goal is not None:
        return _carry_out(ActionKind.SET_STATE, desired, look, now, goal)
    if look.memory is None or look.unsettled:
        return Action(ActionKind.ADOPT, desired, messages.adopted(desired, remote), look)
    return Action(ActionKind.UNCHANGED, desired, messages.unchanged(desired, remote), look)


@dataclass(frozen=True)
class _Known:
    """What we last sent and saw. edited: fields changed on the site since then; moved: its state
    changed on the site.
    """

    pushed: str
    wish: str
    edited: tuple[str, ...]
    moved: bool


def _known(
    desired: Desired, look: RemoteState, remote: Remote, target: Target | None, now: datetime
) -> _Known:
    if look.intent is not None:
        if look.intent.action == ActionKind.RESTORE:
            # What was undone stays undone until the file changes.
            return _Known(look.intent.last_pushed, look.intent.desired_state, (), moved=False)
        if look.intent.action == ActionKind.SET_STATE and look.memory is not None:
            if look.wrote is None:
                return _moved_by_us(desired, look.memory, look.intent, remote)
            moved = remote.state not in _states_on_the_way(
                look.memory, look.intent
            ) | _states_on_the_way(look.memory, look.wrote)
            return _Known(_arrived(desired, look, look.wrote), "", (), moved)
        # The site shows the result of an action of ours whose end was never noted: what it means is
        # done, or on its way.
        moved = remote.state not in _states_on_the_way(look.memory, look.intent)
        return _Known(_arrived(desired, look, look.intent), "", (), moved)
    if look.memory is not None:
        memory = look.memory
        changed = tuple(
            field
            for field in edited_fields(memory.last_seen, remote)
            if is_relevant(field, desired.draft)
        )
        return _Known(
            memory.last_pushed,
            memory.desired_state,
            changed,
            moved=was_moved(State(memory.state), memory.at, remote, now),
        )
    # Our key, but no memory: a draft may go on from where it is; what readers see is taken back
    # only on request.
    unseen_live = (
        remote.state is State.LIVE and target is not None and target.state is not State.LIVE
    )
    wish = desired.desired_state if remote.state is State.LIVE and not unseen_live else ""
    return _Known(desired.digest, wish, look.differs or (), moved=unseen_live)


def _arrived(desired: Desired, look: RemoteState, intent: Intent) -> str:
    """Return the digest of what the site kept of an action; "" if the site differs from what was
    sent.
    """
    return intent.last_pushed if intent.last_pushed != desired.digest or not look.differs else ""


def _moved_by_us(desired: Desired, memory: Memory, intent: Intent, remote: Remote) -> _Known:
    """Return whether an interrupted change of state explains the site's state."""
    interim = remote.title == desired.draft.slug
    changed = tuple(
        field
        for field in edited_fields(memory.last_seen, remote)
        if is_relevant(field, desired.draft) and not (interim and field == "title")
    )
    return _Known(
        "" if interim else memory.last_pushed,
        "",
        changed,
        moved=remote.state not in _states_on_the_way(memory, intent),
    )


def _states_on_the_way(memory: Memory | None, intent: Intent) -> set[str]:
    """Return the states in which an interrupted action may have left a post."""
    left = memory.state if memory else str(State.DRAFT)
    wished = states_of(intent.desired_state)
    by_way_of_draft = left not in wished or intent.desired_state.startswith("at ")
    return {left, *wished, *({str(State.DRAFT)} if by_way_of_draft else ())}


def _is_overdue(remote: Remote, now: datetime) -> bool:
    """Return whether the site missed a schedule (WordPress needs a visitor:
    https://developer.wordpress.org/plugins/cron/).
    """
    return remote.state is State.SCHEDULED and remote.at is not None and remote.at <= now


def _carry_out(
    kind: ActionKind, desired: Desired, look: RemoteState, now: datetime, target: Target | None
) -> Action:
    late = too_close(desired, target, now)
    if late:
        return _blocked(
            ActionKind.REFUSED, desired, look, messages.refusal(desired, late[0]), late[1]
        )
    changes = look.differs or ()
    remote = look.remote
    if kind is ActionKind.CREATE or remote is None:
        story = messages.create(desired, target)
    elif kind is ActionKind.UPDATE:
        story = messages.update(desired, remote, changes, target)
    else:
        assert target is not None
        story = messages.set_state(desired, remote, target)
    return Action(kind, desired, story, look, target, changes=changes)


def _blocked(
    kind: ActionKind,
    desired: Desired,
    look: RemoteState,
    story: str,
    hint: str,
    changes: tuple[str, ...] = (),
) -> Action:
    return Action(kind, desired, story, look, changes=changes, hint=hint)


def _gone(desired: Desired, look: RemoteState) -> Action:
    again = (
        "remove the post_id: line from its file to publish it as a new post"
        if desired.remote_id
        else "use --recreate to publish it again"
    )
    hint = f"restore it from the blog's trash, or {again}"
    ours = look.memory is not None and look.memory.state == State.TRASHED
    return _blocked(ActionKind.GONE, desired, look, messages.gone(desired, undone=ours), hint)


def _orphan(site: str, memory: Memory) -> Action:
    def no_draft() -> Draft:
        raise AssertionError("an orphan is not written")

    kind: PostKind = "page" if memory.kind == "page" else "post"
    desired = Desired(
        memory.key,
        None,
        site,
        kind,
        memory.key,
        no_draft,
        None,
        memory.last_pushed,
        memory.desired_state,
    )
    hint = f"to restore its file, run: blogkit pull {memory.key}"
    return Action(
        ActionKind.ORPHAN,
        desired,
        messages.orphan(desired, memory.state),
        RemoteState(_as_last_seen("", memory), memory),
        hint=hint,
    )


def _other_kind(desired: Desired, look: RemoteState, remote: Remote) -> Action:
    reason = (
        f"it is a {remote.ref.kind} on the site but a {desired.kind} in the file; sites cannot"
        " convert one into the other"
    )
    return _blocked(
        ActionKind.REFUSED,
        desired,
        look,
        messages.refusal(desired, reason),
        "change `type:` back, or give the file its own `key:`",
    )


def _contested(
    desired: Desired, look: RemoteState, remote: Remote, there: tuple[str, ...], *, here: bool
) -> Action:
    if look.memory is None and look.intent is None:
        hint = (
            "compare them with blogkit diff; --ours publishes the file's version, --theirs keeps"
            " the site's version"
        )
        return _blocked(
            ActionKind.CONFLICT,
            desired,
            look,
            messages.different_post(desired, remote, there),
            hint,
            there,
        )
    if here:
        hint = (
            "compare them with blogkit diff; --ours overwrites the change on the site, --theirs"
            " keeps it"
        )
        return _blocked(
            ActionKind.CONFLICT, desired, look, messages.conflict(desired, there), hint, there
        )
    hint = (
        "see the change with blogkit diff; blogkit pull --replace copies it to your file, --ours"
        " overwrites it"
    )
    return _blocked(
        ActionKind.REMOTE_EDITED,
        desired,
        look,
        messages.edited_remotely(desired, remote, there),
        hint,
        there,
    )
