"""Addresses of posts on Blogger, from the blog's root."""

from __future__ import annotations

import re
from datetime import datetime

_NAME = "[A-Za-z0-9._-]+"
"""What a custom permalink may hold: https://support.google.com/blogger/answer/2523525."""
_SLUG = re.compile(_NAME)
_PERMALINK = re.compile(rf"/(?:\d{{4}}/\d{{2}}|p)/{_NAME}\.html")


def is_permalink(path: str) -> bool:
    """Return whether Blogger can have a post at this path.

    Args:
        path: A path from the blog's root.
    """
    return _PERMALINK.fullmatch(path) is not None


def permalink_of(kind: str, slug: str, at: datetime | None) -> str:
    """Return the permalink of a post: "/2018/05/slug.html", or "/p/slug.html" of a page.

    Args:
        kind: As in `ArchivedPost`.
        slug: The last part, without an ending.
        at: When it went live, in the blog's time zone.

    Returns:
        The path; "" if Blogger does not take the slug, or if the date is missing.
    """
    if not _SLUG.fullmatch(slug) or (kind != "page" and at is None):
        return ""
    return f"/p/{slug}.html" if kind == "page" else f"/{at:%Y}/{at:%m}/{slug}.html"
