"""Name the front matter that only blogkit's own files have, and that other formats lose."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.archive.post import ArchivedPost, ArchivedState

_LOST = {
    "publish": "posts in the queue are drafts: the file has no queue",
    "language": "posts lost their language",
    "seo": "posts lost their robots tags",
    "comments": "posts that hide their comments are only closed for new ones",
    "image_caption": "posts lost the caption of their featured image",
    "image_title": "posts lost the name of their featured image",
}
"""The others, such as `allow`, mean nothing to other programs."""
_UNDATED = "live pages without a date have that of the export"


def lost_keys(post: ArchivedPost) -> Iterator[str]:
    """Yield a note for each value that a post loses.

    Args:
        post: The post.
    """
    yield from (_LOST[name] for name in post.own if name in _LOST)
    dated = post.published or post.old_date
    if post.kind == "page" and dated is None and post.state is ArchivedState.LIVE:
        yield _UNDATED
