"""The decision table: what to do, given the file, the journal and the site.

Pure; nothing else decides.

| the site, against our last look | the file, against what we last sent | action                                            |
|---------------------------------|-------------------------------------|---------------------------------------------------|
| nothing, and no memory          |                                     | CREATE                                            |
| gone, or in the trash           |                                     | GONE; CREATE with --recreate                      |
| there                           | gone                                | ORPHAN: only reported                             |
| damaged data                    |                                     | REFUSED: it is unknown, neither there nor gone    |
| several posts with our key      |                                     | SETTLE if ours is a draft of a cut-off run, else  |
|                                 |                                     | CONFLICT                                          |
| our key, but no memory of it    |                                     | ADOPT if it shows what we mean, else CONFLICT     |
| as it was                       | as it was                           | UNCHANGED                                         |
| as it was                       | other content                       | UPDATE                                            |
| as it was                       | other state only                    | SET_STATE                                         |
| changed, and now as we mean     |                                     | ADOPT                                             |
| changed                         | as it was                           | REMOTE_EDITED; UPDATE with --ours                 |
| changed                         | changed in other fields             | UPDATE with the site's changes kept               |
| changed                         | changed in the same fields          | CONFLICT; UPDATE with --ours, ADOPT with --theirs |

`merging.merge` tells which fields those are; where the journal does not have what both last agreed
on, every change on both sides is a CONFLICT. The result of an interrupted action of ours counts as "as it was". A schedule that was executed is
not a change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from blogkit.journal.records import Memory
from blogkit.platforms.base import Draft, PostKind, Remote, State, Target
from blogkit.platforms.statuses import word_of
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Choices, Desired, RemoteState
from blogkit.sync.compare import COMPARED
from blogkit.sync.desired import is_reached, resolve_target, states_of, too_close
from blogkit.sync.known import is_overdue, known_of
from blogkit.sync.listing import ref_of_memory
from blogkit.sync.merging.merge import Merge, Values
from blogkit.sync.merging.state import with_state
from blogkit.sync.merging.words import conflict_line

_CONFLICT_HINT = (
    "compare them with blogkit diff; --ours overwrites the change on the site, --theirs keeps it"
)

_EMPTY = (
    "a line that you remove leaves its field as the site has it; to empty the field, write"
    ' excerpt: "", image: none or categories: []'
)


def plan(
    desired: Iterable[Desired],
    seen: Mapping[str, RemoteState],
    now: datetime,
    choices: Choices = Choices(),  # noqa: B008
) -> list[Action]:
    """Return one action per post, in the given order.

    Args:
        desired: The posts of one site.
        seen: What is known about each, by key; a missing key means that nothing is.
        now: Decides whether a time has passed.
        choices: The user's decisions.
    """
    return [
        plan_one(wanted, seen.get(wanted.key, RemoteState()), now, choices) for wanted in desired
    ]


def plan_from_memory(desired: Desired, memory: Memory | None, now: datetime) -> Action:
    """Decide offline, as if the site were in its last known state.

    Args:
        desired: What the post should be.
        memory: What the journal remembers of it.
        now: Decides whether a time has passed.

    Returns:
        The action that would follow.
    """
    if memory is None or memory.state == State.TRASHED:
        return plan_one(desired, RemoteState(memory=memory), now)
    remote = _as_last_seen(desired.title, memory)
    found = RemoteState(remote, memory)
    target = resolve_target(desired.target, now) if desired.target else None
    as_desired = memory.desired_state == desired.desired_state or is_reached(remote, target)
    if memory.last_pushed != desired.digest:
        return _carry_out(ActionKind.UPDATE, desired, found, now, None if as_desired else target)
    if target is not None and not as_desired:
        return _carry_out(ActionKind.SET_STATE, desired, found, now, target)
    return Action(ActionKind.UNCHANGED, desired, messages.unchanged(desired, remote), found)


def _as_last_seen(title: str, memory: Memory) -> Remote:
    """Return what the journal knows of a post's state, without its content."""
    return Remote(ref_of_memory(memory), title, "", State(memory.state), memory.url, memory.at)


def orphans(site: str, memories: Mapping[str, Memory], keys: Collection[str]) -> list[Action]:
    """Return an action for each post on the site whose file is gone; none of them writes.

    Args:
        site: The site's name.
        memories: What the journal remembers of the site, by key.
        keys: The keys of all files.
    """
    left = [
        memory
        for key, memory in memories.items()
        if key not in keys and memory.state != State.TRASHED
    ]
    return [_orphan(site, memory) for memory in left]


def plan_one(
    desired: Desired,
    found: RemoteState,
    now: datetime,
    choices: Choices = Choices(),  # noqa: B008
) -> Action:
    """Apply the table above to one post.

    Args:
        desired: What the post should be.
        found: What is known about it.
        now: Decides whether a time has passed.
        choices: The user's decisions.

    Returns:
        The action that follows.
    """
    key, remote = desired.key, found.remote
    target = _target(desired, found, now)
    if found.trouble:
        return _troubled(desired, found)
    if remote is None or remote.state is State.TRASHED:
        was_there = found.memory is not None or desired.remote_id
        if not was_there or (key in choices.recreate and not desired.remote_id):
            return _carry_out(ActionKind.CREATE, desired, found, now, target)
        return _gone(desired, found)
    if remote.ref.kind != desired.kind:
        return _other_kind(desired, found, remote)

    if found.others:
        return _keep_one(desired, found, remote, target, now)
    return _decide(desired, found, remote, target, now, choices)


def _decide(
    desired: Desired,
    found: RemoteState,
    remote: Remote,
    target: Target | None,
    now: datetime,
    choices: Choices,
) -> Action:
    """Apply the rows about a post that is on the site, and not in doubt."""
    ours, theirs = desired.key in choices.ours, desired.key in choices.theirs
    merge = None if ours or theirs else found.merge
    known = known_of(desired, found, remote, target, now, merging=merge is not None)
    # A state that was asked for earlier, and that no person changed since, needs no second request.
    arrived = is_reached(remote, target) or (
        known.desired_state == desired.desired_state
        and not known.moved
        and not is_overdue(remote, now)
        # A person's state may have been kept.
        and (not ours or remote.state in states_of(desired.desired_state))
    )
    there = (*known.edited, *(("state",) if known.moved and not arrived else ()))
    other_state = known.desired_state != desired.desired_state and not arrived
    here = known.last_pushed != desired.digest or other_state
    goal = None if arrived else target

    if there and not ours:
        # The edit on the site made the post what the file asks for, as after a pull.
        told = COMPARED.union(desired.draft.settings)
        if found.differs == () and arrived and told.issuperset(known.edited):
            return _adopt(desired, found, messages.adopted(desired, remote))
        if theirs and goal is not None and not known.moved:
            return _carry_out(ActionKind.SET_STATE, desired, found, now, goal)
        if theirs:
            return _adopt(desired, found, messages.keep_theirs(desired, remote))
        if merge is None or not here:
            return _contested(desired, found, remote, there, here=here)
    if merge is not None and here and (there or merge.conflicts or merge.draft != desired.draft):
        keeps_state = "state" in there and not other_state
        merge = with_state(merge, desired, remote, target, there=there, keeps=keeps_state)
        return _merged(desired, found, remote, merge, None if keeps_state else goal, now)
    sends = known.last_pushed != desired.digest and not _has_all(desired, found, remote)
    if sends or known.edited or (ours and found.differs):
        return _carry_out(ActionKind.UPDATE, desired, found, now, goal)
    if goal is not None:
        return _carry_out(ActionKind.SET_STATE, desired, found, now, goal)
    if found.memory is None or found.unsettled:
        return _track(desired, found, remote, now)
    if known.last_pushed != desired.digest:
        summary = messages.nothing_to_send(desired, remote)
        return replace(_adopt(desired, found, summary), hint=_EMPTY)
    return Action(ActionKind.UNCHANGED, desired, messages.unchanged(desired, remote), found)


def _has_all(desired: Desired, found: RemoteState, remote: Remote) -> bool:
    """Return whether the site already has all that the file asks for, so nothing would be sent.

    Emptied categories are not in `differs`, because a site may add its default category.
    """
    if found.differs != () or not (found.identical and found.same_image) or found.unsettled:
        return False
    draft = desired.draft
    to_clear = "categories" in draft.cleared and remote.categories
    return not to_clear and draft.slug in ("", remote.slug)


def _merged(
    desired: Desired,
    found: RemoteState,
    remote: Remote,
    merge: Merge,
    goal: Target | None,
    now: datetime,
) -> Action:
    """Return the action for a post whose file changed, and whose site has changes of its own."""
    if merge.conflicts:
        names = tuple(conflict.name for conflict in merge.conflicts)
        summary = conflict_line(desired, merge.conflicts)
        return _blocked(ActionKind.CONFLICT, desired, found, summary, _CONFLICT_HINT, names)
    wanted = replace(desired, make_draft=lambda: merge.draft)
    if merge.differs or goal is not None:
        kind = ActionKind.UPDATE if merge.differs else ActionKind.SET_STATE
        action = _carry_out(kind, wanted, replace(found, differs=merge.differs), now, goal)
    else:
        action = _adopt(wanted, found, messages.adopted(desired, remote))
    if action.blocked:
        return action
    summary = "; ".join((action.summary, *merge.kept))
    return replace(action, summary=summary, asked=merge.asked)


def _adopt(desired: Desired, found: RemoteState, summary: str) -> Action:
    return Action(ActionKind.ADOPT, desired, summary, found, asked={})


def _troubled(desired: Desired, found: RemoteState) -> Action:
    if found.unreadable or found.refused:
        summary = messages.refusal(desired, found.trouble.removeprefix(f"site {desired.site}: "))
        return _blocked(ActionKind.REFUSED, desired, found, summary, found.hint)
    return _blocked(ActionKind.CONFLICT, desired, found, f"conflict: {found.trouble}", found.hint)


def _target(desired: Desired, found: RemoteState, now: datetime) -> Target | None:
    """Return the state to reach as of now.

    A private post counts as live, and is made public only if its file asked for private before.
    The same goes for one that waits for an editor, which counts as a draft.
    """
    target = resolve_target(desired.target, now) if desired.target else None
    remote, memory = found.remote, found.memory
    if target is None or target.status or remote is None or memory is None or not remote.status:
        return target
    was_asked = memory.desired_state.partition(" ")[0] == remote.status
    same = target.state is remote.state
    return (
        replace(target, status=word_of(replace(remote, status="")))
        if was_asked and same
        else target
    )


def _carry_out(
    kind: ActionKind, desired: Desired, found: RemoteState, now: datetime, target: Target | None
) -> Action:
    late = too_close(desired, target, now)
    if late:
        return _blocked(
            ActionKind.REFUSED, desired, found, messages.refusal(desired, late[0]), late[1]
        )
    changes = found.differs or ()
    remote = found.remote
    if kind is ActionKind.CREATE:
        summary = messages.create(desired, target)
        return Action(kind, desired, summary, found, target, planned=now, asked={})
    assert remote is not None
    if kind is ActionKind.UPDATE:
        summary = messages.update(
            desired, remote, messages.in_words(changes, remote, desired.draft), target
        )
    else:
        assert target is not None
        summary = messages.set_state(desired, remote, target)
    asked: Values | None = {} if kind is ActionKind.UPDATE else None
    return Action(kind, desired, summary, found, target, changes=changes, planned=now, asked=asked)


def _keep_one(
    desired: Desired, found: RemoteState, remote: Remote, target: Target | None, now: datetime
) -> Action:
    summary = messages.keep_one(desired, remote, found.others)
    return Action(ActionKind.SETTLE, desired, summary, found, target, planned=now)


def _track(desired: Desired, found: RemoteState, remote: Remote, now: datetime) -> Action:
    """Return the action for a post that is as desired, but not in the journal."""
    kind = ActionKind.SETTLE if found.unconfirmed else ActionKind.ADOPT
    return Action(kind, desired, messages.adopted(desired, remote), found, planned=now)


def _blocked(
    kind: ActionKind,
    desired: Desired,
    found: RemoteState,
    summary: str,
    hint: str,
    changes: tuple[str, ...] = (),
) -> Action:
    return Action(kind, desired, summary, found, changes=changes, hint=hint)


def _gone(desired: Desired, found: RemoteState) -> Action:
    again = (
        "remove the post_id: line from its file to publish it as a new post"
        if desired.remote_id
        else "use --recreate to publish it again"
    )
    hint = f"restore it from the blog's trash, or {again}"
    ours = found.memory is not None and found.memory.state == State.TRASHED
    return _blocked(ActionKind.GONE, desired, found, messages.gone(desired, undone=ours), hint)


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


def _other_kind(desired: Desired, found: RemoteState, remote: Remote) -> Action:
    reason = (
        f"it is a {remote.ref.kind} on the site but a {desired.kind} in the file; sites cannot"
        " convert one into the other"
    )
    return _blocked(
        ActionKind.REFUSED,
        desired,
        found,
        messages.refusal(desired, reason),
        "change `type:` back, or give the file its own `key:`",
    )


def _contested(
    desired: Desired, found: RemoteState, remote: Remote, there: tuple[str, ...], *, here: bool
) -> Action:
    if found.memory is None and found.intent is None:
        hint = (
            "compare them with blogkit diff; --ours publishes the file's version, --theirs keeps"
            " the site's version"
        )
        return _blocked(
            ActionKind.CONFLICT,
            desired,
            found,
            messages.different_post(desired, remote, there),
            hint,
            there,
        )
    if here:
        summary = messages.conflict(desired, there)
        return _blocked(ActionKind.CONFLICT, desired, found, summary, _CONFLICT_HINT, there)
    hint = (
        "see the change with blogkit diff; blogkit pull copies it to your file, --ours"
        " overwrites it"
    )
    return _blocked(
        ActionKind.REMOTE_EDITED,
        desired,
        found,
        messages.edited_remotely(desired, remote, there),
        hint,
        there,
    )
