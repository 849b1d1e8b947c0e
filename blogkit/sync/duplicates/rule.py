"""Decide between several posts of one key, the same way on every machine. Pure.

Neither Blogger nor WordPress creates a post only if there is none with its key. So every run
creates a draft, then looks for the key, and then lets the post go live. Of two runs, the one that
looks last sees both drafts. It must give way unless it is certain that the other run sees both,
too: that is, unless its draft is the older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from blogkit.journal.records import Intent, Memory
from blogkit.platforms.base import Remote, State
from blogkit.sync.actions import ActionKind

_FIRST = datetime.min.replace(tzinfo=UTC)


def rival(own: Remote, others: Iterable[Remote], interim: str = "") -> Remote | None:
    """Return the post that our draft must give way to; None if it is the one to keep.

    Args:
        own: Our draft.
        others: Other posts with its key.
        interim: The title that a draft has just before it goes live; "" if none.
    """
    through = [one for one in others if one.state is not State.DRAFT or one.title == interim != ""]
    older = [one for one in others if age(one) < age(own)]
    return min(through or older, key=age, default=None)


def undecided(own: Remote, others: Iterable[Remote]) -> Remote | None:
    """Return a draft that may be older than ours, although its id is greater.

    Some sites give times only in seconds, and ids at random. So its run may not have seen ours.

    Args:
        own: Our draft.
        others: Other drafts with its key; `rival` is none of them.
    """
    same = (one for one in others if own.created is not None and one.created == own.created)
    return min(same, key=age, default=None)


def own_draft(
    posts: Sequence[Remote], memory: Memory | None, intents: Sequence[Intent]
) -> Remote | None:
    """Return the draft that an interrupted run of ours left beside other posts of its key.

    Args:
        posts: The posts with the key.
        memory: What the journal remembers of the post.
        intents: Our open actions on it.

    Returns:
        The draft; None if no run of ours was interrupted, or if it left none.
    """
    open_ends = [one for one in intents if one.action in (ActionKind.CREATE, ActionKind.SETTLE)]
    drafts = [post for post in posts if post.state is State.DRAFT]
    if not open_ends:
        return None
    if memory is not None:
        return next((post for post in drafts if post.ref.id == memory.remote_id), None)
    from blogkit.sync.compare import Expected, is_result_of

    sent = [Expected.unpack(one.expected) for one in open_ends if one.expected]
    alike = [post for post in drafts if any(is_result_of(one, post) for one in sent)]
    return max(alike, key=age, default=None)


def age(post: Remote) -> tuple[datetime, datetime, int, str]:
    """Return what puts drafts in the order in which they were created.

    Args:
        post: A draft.
    """
    from blogkit.sync.duplicates.creation import created_at

    # Ids that grow tell the order exactly; times in seconds may be the same.
    within = created_at(post) if post.created else None
    return post.created or _FIRST, within or _FIRST, len(post.ref.id), post.ref.id
