"""Look whether readers see a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.errors import NotFound, Unreadable, UsageError
from blogkit.platforms.base import PostKind, Ref, Remote
from blogkit.project.context import ProjectContext
from blogkit.project.live.addresses import parse_address, same_address
from blogkit.project.live.public import public_feed

if TYPE_CHECKING:
    from blogkit.platforms.blogger.public_feed import PublicFeed

_KINDS: tuple[PostKind, ...] = ("post", "page")


def seen_by_readers(context: ProjectContext, site: str, reference: str) -> Remote | None:
    """Return a post as readers see it now, without signing in and past caches.

    Args:
        context: The call's context.
        site: The site's name.
        reference: The post's address or id.

    Returns:
        The post; None if readers do not see it.

    Raises:
        UsageError: The site has no public feed that blogkit reads.
        SiteError: The feed cannot be read.
    """
    feed = public_feed(context.config.site(site), context.settings)
    if feed is None:
        raise UsageError(
            f"site {site} has no public feed that blogkit can read",
            hint="open the post in a private window of your browser",
        )
    address = parse_address(reference)
    refs = address.ids if address else [Ref(reference, kind) for kind in _KINDS]
    if refs:
        return next((post for ref in refs if (post := _by_id(feed, ref))), None)
    return _by_address(feed, reference)


def _by_id(feed: PublicFeed, ref: Ref) -> Remote | None:
    try:
        return feed.get(ref)
    except NotFound:
        return None


def _by_address(feed: PublicFeed, address: str) -> Remote | None:
    damaged = []
    for kind in _KINDS:
        for item in feed.every(kind):
            if isinstance(item, Unreadable):
                damaged.append(item)
            elif same_address(item.url, address):
                return item
    if damaged:
        raise damaged[0]  # it may be the one
    return None
