"""What platforms share that read several posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from blogkit.errors import NotFound, Unreadable
from blogkit.platforms.base.post import Ref, Remote, State

OnUnreadable = Callable[[Unreadable], None]
"""Told each post of a listing whose data is damaged."""


def raise_unreadable(error: Unreadable) -> None:
    """Stop a listing at the first post that cannot be read."""
    raise error


def get_one_by_one(refs: Sequence[Ref], get: Callable[[Ref], Remote]) -> dict[Ref, Remote]:
    """Implement `Platform.get_many` for a platform that returns only one post per request.

    Args:
        refs: The posts to read.
        get: The platform's own `get`.

    Returns:
        The posts that exist and are not in the trash.
    """
    found = {}
    for ref in refs:
        with suppress(NotFound, Unreadable):
            post = get(ref)
            # As in every listing: what is in the trash counts as gone.
            if post.state is not State.TRASHED:
                found[ref] = post
    return found
