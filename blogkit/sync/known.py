"""What we last sent to a site and saw there, also after an interrupted action. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Remote, State, Target
from blogkit.sync.actions import ActionKind, Desired, RemoteState
from blogkit.sync.compare import edited_fields, is_relevant, read_fingerprint, status_changed
from blogkit.sync.desired import states_of, was_moved

if TYPE_CHECKING:  # a post that was not written is merged with nothing
    from blogkit.sync.merging.merge import Values

_KEPT = "kept"
_CALLED = {"tags": "labels", "category_ids": "categories"}


@dataclass(frozen=True)
class Known:
    """What we last sent and saw.

    Attributes:
        last_pushed: The digest of the content that we last sent.
        desired_state: The state that we last asked for, as text.
        edited: Fields changed on the site since then.
        moved: Whether the state changed on the site since then.
    """

    last_pushed: str
    desired_state: str
    edited: tuple[str, ...]
    moved: bool


def known_of(
    desired: Desired,
    found: RemoteState,
    remote: Remote,
    target: Target | None,
    now: datetime,
    *,
    merging: bool,
) -> Known:
    """Return what we last sent and saw of a post.

    Args:
        desired: What the post should be.
        found: What is known about it.
        remote: The post on the site.
        target: The state to bring about.
        now: Decides whether a time has passed.
        merging: Whether the site's changes stay.
    """
    if found.intent is not None:
        return _after_intent(desired, found, found.intent, remote, merging=merging)
    if found.memory is not None:
        return _remembered(desired, found.memory, remote, target, now, merging=merging)
    # Our key, but no memory: a draft may go on from where it is; what readers see is taken back
    # only on request.
    unseen_live = (
        remote.state is State.LIVE and target is not None and target.state is not State.LIVE
    )
    desired_state = desired.desired_state if remote.state is State.LIVE else ""
    assert found.differs is not None  # a post that nothing is known about was compared
    return Known(desired.digest, desired_state, found.differs, moved=unseen_live)


def _after_intent(
    desired: Desired, found: RemoteState, intent: Intent, remote: Remote, *, merging: bool
) -> Known:
    """Return what follows from an action whose end was never recorded."""
    if intent.action in {ActionKind.RESTORE, ActionKind.UNTRASH}:
        # What was undone stays undone until the file changes.
        return Known(intent.last_pushed, intent.desired_state, (), moved=False)
    if intent.action == ActionKind.SET_STATE and found.memory is not None:
        if found.wrote is None:
            return _moved_by_us(desired, found.memory, intent, remote)
        moved = remote.state not in _states_on_the_way(found.memory, intent) | _states_on_the_way(
            found.memory, found.wrote
        )
        return Known(_arrived(found, found.wrote, merging=merging), "", (), moved)
    # The site shows the result of an action of ours whose end was never noted: what it means is
    # done, or on its way.
    arrived = _arrived(found, intent, merging=merging)
    if found.memory is not None and _left_state_alone(found.memory, intent, remote):
        return Known(arrived, found.memory.desired_state, (), moved=False)
    moved = remote.state not in _states_on_the_way(found.memory, intent)
    return Known(arrived, "", (), moved)


def _remembered(
    desired: Desired,
    memory: Memory,
    remote: Remote,
    target: Target | None,
    now: datetime,
    *,
    merging: bool,
) -> Known:
    """Return what the journal tells of a post without open actions."""
    # A machine that cannot merge must not overwrite what another one has kept.
    blind = not merging and memory.last_pushed != desired.digest
    changed = tuple(
        field
        for field in dict.fromkeys(
            (
                *edited_fields(memory.last_seen, remote),
                *(_kept_fields(memory.last_seen) if blind else ()),
            )
        )
        if is_relevant(field, desired.draft)
    )
    return Known(
        memory.last_pushed,
        memory.desired_state,
        changed,
        moved=was_moved(State(memory.state), memory.at, remote, now)
        or bool(target and target.status and status_changed(memory.last_seen, remote)),
    )


def with_kept(last_seen: str, asked: Values) -> str:
    """Return a fingerprint that also names the fields in which the site's values were kept.

    The journal has the file's own values beside it; a state file, and so another machine, has not.

    Args:
        last_seen: The fingerprint of the post.
        asked: The file's values of those fields.
    """
    from blogkit.sync.merging.merge import MERGED, SETTINGS

    names = [_CALLED.get(name, name) for name in asked if name in MERGED and name != SETTINGS]
    names += asked.get(SETTINGS, {})
    if not names:
        return last_seen
    return json.dumps(read_fingerprint(last_seen) | {_KEPT: " ".join(dict.fromkeys(names))})


def _kept_fields(last_seen: str) -> list[str]:
    return read_fingerprint(last_seen).get(_KEPT, "").split()


def _arrived(found: RemoteState, intent: Intent, *, merging: bool) -> str:
    """Return the digest of what the site kept of an action.

    It is "" if the site differs from what was sent.
    """
    merge = found.merge if merging else None
    return "" if (merge.differs if merge else found.differs) else intent.last_pushed


def _moved_by_us(desired: Desired, memory: Memory, intent: Intent, remote: Remote) -> Known:
    """Return whether an interrupted change of state explains the site's state."""
    interim = remote.title == desired.draft.slug
    changed = tuple(
        field
        for field in edited_fields(memory.last_seen, remote)
        if is_relevant(field, desired.draft) and not (interim and field == "title")
    )
    return Known(
        "" if interim else memory.last_pushed,
        "",
        changed,
        moved=remote.state not in _states_on_the_way(memory, intent),
    )


def _left_state_alone(memory: Memory, intent: Intent, remote: Remote) -> bool:
    """Return whether an interrupted action kept the state that a person had set on the site.

    The file then asked for the same state as before, and not for the one that the site has.
    """
    kept = memory.state == remote.state and memory.state not in states_of(memory.desired_state)
    return kept and intent.desired_state == memory.desired_state


def _states_on_the_way(memory: Memory | None, intent: Intent) -> set[str]:
    """Return the states in which an interrupted action may have left a post."""
    left = memory.state if memory else State.DRAFT
    possible = states_of(intent.desired_state)
    # Blogger goes through a draft to most other states.
    by_way_of_draft = left not in possible or intent.desired_state.startswith("at ")
    return {left, *possible, *({State.DRAFT} if by_way_of_draft else ())}


def is_overdue(remote: Remote, now: datetime) -> bool:
    """Return whether the site missed a schedule.

    WordPress needs a visitor at that time (https://developer.wordpress.org/plugins/cron/).

    Args:
        remote: The post as it is.
        now: The present time.
    """
    return remote.state is State.SCHEDULED and remote.at is not None and remote.at <= now
