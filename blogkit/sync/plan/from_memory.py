"""Decide from what the journal remembers: offline, and for posts without a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from blogkit.journal.records import Memory
from blogkit.platforms.base import Draft, PostKind, Remote, State
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Desired, RemoteState
from blogkit.sync.delete import is_deleted
from blogkit.sync.desired import is_reached, resolve_target
from blogkit.sync.listing import ref_of_memory
from blogkit.sync.plan.decision import carry_out, plan_one


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
        found = RemoteState(memory=memory, deleted=is_deleted(memory))
        return plan_one(desired, found, now)
    remote = as_last_seen(desired.title, memory)
    found = RemoteState(remote, memory)
    target = resolve_target(desired.target, now) if desired.target else None
    as_desired = memory.desired_state == desired.desired_state or is_reached(remote, target)
    if memory.last_pushed != desired.digest:
        return carry_out(ActionKind.UPDATE, desired, found, now, None if as_desired else target)
    if not as_desired:
        return carry_out(ActionKind.SET_STATE, desired, found, now, target)
    return Action(ActionKind.UNCHANGED, desired, messages.unchanged(desired, remote), found)


def as_last_seen(title: str, memory: Memory) -> Remote:
    """Return what the journal knows of a post's state, without its content.

    Args:
        title: The post's title.
        memory: What the journal remembers of it.
    """
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
    hint = (
        f"to restore its file, run: blogkit pull {memory.key}; to delete the {kind}, run: blogkit"
        f" delete {memory.key}"
    )
    return Action(
        ActionKind.ORPHAN,
        desired,
        messages.orphan(desired, memory.state),
        RemoteState(as_last_seen("", memory), memory),
        hint=hint,
    )
