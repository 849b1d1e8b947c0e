"""The decision table: what to do, given the file, the journal and the site.

Pure; nothing else decides.

| the site, against our last look | the file, against what we last sent | action                                            |
|---------------------------------|-------------------------------------|---------------------------------------------------|
| nothing, and no memory          |                                     | CREATE                                            |
| gone, or in the trash           |                                     | GONE; CREATE with --recreate                      |
| deleted with `blogkit delete`   | as it was                           | UNCHANGED; CREATE with --recreate                 |
| there                           | gone                                | ORPHAN: only reported                             |
| damaged data                    |                                     | REFUSED: it is unknown, neither there nor gone    |
| several posts with our key      |                                     | SETTLE if ours is a draft of a cut-off run;       |
|                                 |                                     | WITHDRAW drafts that killed runs created beside   |
|                                 |                                     | it; else CONFLICT                                 |
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

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.platforms.base import Remote, State, Target
from blogkit.platforms.statuses import word_of
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Choices, Desired, RemoteState
from blogkit.sync.compare import COMPARED
from blogkit.sync.desired import is_reached, resolve_target, states_of, too_close
from blogkit.sync.duplicates.leftovers import plan_withdrawals
from blogkit.sync.known import is_overdue, known_of
from blogkit.sync.merging.state import with_state
from blogkit.sync.plan.blocked import (
    CONFLICT_HINT,
    blocked_action,
    contested_action,
    gone_action,
    other_kind_action,
    stays_deleted_action,
    troubled_action,
)

if TYPE_CHECKING:  # most posts are changed on neither side
    from blogkit.sync.merging.merge import Merge, Values

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
    """Return one action per post, in the given order, and then the drafts to withdraw.

    Args:
        desired: The posts of one site.
        seen: What is known about each, by key; a missing key means that nothing is.
        now: Decides whether a time has passed.
        choices: The user's decisions.
    """
    desired = list(desired)
    actions = [
        plan_one(wanted, seen.get(wanted.key) or RemoteState(), now, choices) for wanted in desired
    ]
    return [*actions, *plan_withdrawals(desired, seen)]


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
        return troubled_action(desired, found)
    if remote is None or remote.state is State.TRASHED:
        was_there = found.memory is not None or found.deleted or desired.remote_id
        if not was_there or (key in choices.recreate and not desired.remote_id):
            return carry_out(ActionKind.CREATE, desired, found, now, target)
        if found.deleted and (found.memory is None or found.memory.last_pushed == desired.digest):
            return stays_deleted_action(desired, found)
        return gone_action(desired, found)
    if remote.ref.kind != desired.kind:
        return other_kind_action(desired, found, remote)

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
            return carry_out(ActionKind.SET_STATE, desired, found, now, goal)
        if theirs:
            return _adopt(desired, found, messages.keep_theirs(desired, remote))
        if merge is None or not here:
            return contested_action(desired, found, remote, there, here=here)
    if merge is not None and here and (there or merge.conflicts or merge.draft != desired.draft):
        keeps_state = "state" in there and not other_state
        merge = with_state(merge, desired, remote, target, there=there, keeps=keeps_state)
        return _merged(desired, found, remote, merge, None if keeps_state else goal, now)
    sends = known.last_pushed != desired.digest and not _has_all(desired, found, remote)
    if sends or known.edited or (ours and found.differs):
        return carry_out(ActionKind.UPDATE, desired, found, now, goal)
    if goal is not None:
        return carry_out(ActionKind.SET_STATE, desired, found, now, goal)
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
        from blogkit.sync.merging.words import conflict_line

        names = tuple(conflict.name for conflict in merge.conflicts)
        summary = conflict_line(desired, merge.conflicts)
        return blocked_action(ActionKind.CONFLICT, desired, found, summary, CONFLICT_HINT, names)
    wanted = replace(desired, make_draft=lambda: merge.draft)
    if merge.differs or goal is not None:
        kind = ActionKind.UPDATE if merge.differs else ActionKind.SET_STATE
        action = carry_out(kind, wanted, replace(found, differs=merge.differs), now, goal)
    else:
        action = _adopt(wanted, found, messages.adopted(desired, remote))
    if action.blocked:
        return action
    summary = "; ".join((action.summary, *merge.kept))
    return replace(action, summary=summary, asked=merge.asked)


def _adopt(desired: Desired, found: RemoteState, summary: str) -> Action:
    return Action(ActionKind.ADOPT, desired, summary, found, asked={})


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


def carry_out(
    kind: ActionKind, desired: Desired, found: RemoteState, now: datetime, target: Target | None
) -> Action:
    """Return the action that sends a post, or refuses a time that is too close.

    Args:
        kind: CREATE, UPDATE or SET_STATE.
        desired: What the post should be.
        found: What is known about it.
        now: Decides whether the time is too close.
        target: The state to reach; None leaves it.
    """
    late = too_close(desired, target, now)
    if late:
        return blocked_action(
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
