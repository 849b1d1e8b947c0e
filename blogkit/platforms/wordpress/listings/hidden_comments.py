"""Comments that WordPress hid together with a post in the trash."""

from __future__ import annotations

import logging

from blogkit.errors import PermissionDenied, Rejected
from blogkit.platforms.base import Ref
from blogkit.platforms.wordpress.client import Client

_log = logging.getLogger("blogkit.wordpress")


def refuse_hidden_comments(client: Client, ref: Ref) -> None:
    """Check that a post in the trash has no comments, which WordPress hid together with it.

    Only WordPress's own "Restore" shows them again; a change of the status does not, and clears
    the way back (https://developer.wordpress.org/reference/functions/wp_untrash_post_comments/).

    Args:
        client: The site.
        ref: The post in the trash.

    Raises:
        Rejected: The post has such comments.
    """
    number = ref.id.rpartition("-")[2]
    params = (("post", number), ("status", "post-trashed"), ("context", "edit"), ("per_page", "1"))
    try:
        hidden = client.get("/wp/v2/comments", params, doing="list the comments").data
    except PermissionDenied:
        _log.warning(
            "site %s: this account may not see hidden comments; if %s %s has some, they stay hidden"
            " unless you restore it in WordPress",
            client.site,
            ref.kind,
            ref.id,
        )
        return
    if hidden:
        raise Rejected(
            f"site {client.site}: the comments of {ref.kind} {ref.id} would stay hidden: the REST"
            " API cannot restore them",
            site=client.site,
            hint="restore it in WordPress, in the trash of the list of posts, and publish it there",
        )
