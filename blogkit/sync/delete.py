"""Delete posts: move them to the trash of their site because the user asks for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Draft, PostKind, Remote, State
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind, Desired, RemoteState

DELETED = str(State.TRASHED)
"""The desired state of a deleted post in the journal. A create that was undone keeps the state that
its file asked for."""


def is_deleted(memory: Memory | None, intents: Iterable[Intent] = ()) -> bool:
    """Return whether the user had blogkit delete a post.

    Args:
        memory: What the journal remembers of the post.
        intents: The actions on it without a known end.
    """
    known = memory is not None and memory.state == DELETED and memory.desired_state == DELETED
    return known or any(_deletes(intent) for intent in intents)


def plan_delete(
    site: str, remote: Remote, key: str, memory: Memory | None, *, zone: tzinfo
) -> Action:
    """Return the action that moves a post to the trash.

    Args:
        site: The site's name.
        remote: The post as it is.
        key: The key of its file; "" for a post that never had one.
        memory: What the journal remembers of it; None if nothing.
        zone: The blog's time zone, for messages.
    """
    from blogkit.sync.live_edit import key_of

    key = key or key_of(remote.ref)
    digest, kind = memory.last_pushed if memory else "", remote.ref.kind
    desired = Desired(key, None, site, kind, remote.title, _no_draft, None, digest, DELETED, zone)
    return Action(ActionKind.TRASH, desired, messages.delete(desired, remote), RemoteState(remote))


def already_deleted(site: str, key: str, kind: PostKind, *, zone: tzinfo) -> Action:
    """Return the action for a post that was deleted earlier and is not on the site.

    Args:
        site: The site's name.
        key: The post's key.
        kind: Whether it is a post or a page.
        zone: The blog's time zone, for messages.
    """
    desired = Desired(key, None, site, kind, key, _no_draft, None, "", DELETED, zone)
    found = RemoteState(deleted=True)
    return Action(ActionKind.UNCHANGED, desired, messages.stays_deleted(desired), found)


def _deletes(intent: Intent) -> bool:
    may_have = intent.status != "intended"
    return may_have and intent.action == ActionKind.TRASH and intent.desired_state == DELETED


def _no_draft() -> Draft:
    raise AssertionError("a deleted post has no draft")
