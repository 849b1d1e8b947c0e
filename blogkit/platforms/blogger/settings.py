"""The settings of a post under Blogger's names. Pure.

https://developers.google.com/blogger/docs/3.0/reference/posts#resource
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from blogkit.platforms.base import Draft
from blogkit.platforms.settings import fits

if TYPE_CHECKING:  # pydantic is imported when there is an answer to read
    from blogkit.platforms.blogger.models import BloggerPost

BLOGGER_KEYS = frozenset({"comments", "location"})
"""The keys of front matter that Blogger can set."""
_COMMENTS = {
    "open": "ALLOW",
    "closed": "DONT_ALLOW_SHOW_EXISTING",
    "hidden": "DONT_ALLOW_HIDE_EXISTING",
}
_WORDS = {value: word for word, value in _COMMENTS.items()}


def blogger_settings(post: BloggerPost, kind: str) -> dict[str, Any]:
    """Return a post's settings; pages have none.

    Args:
        post: The resource.
        kind: Post or page.
    """
    if kind == "page":
        return {}
    word = _WORDS.get(post.reader_comments)
    return {**({"comments": word} if word else {}), "location": _place(post.location)}


def blogger_fields(settings: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields to send, without those that the blog has already.

    Args:
        settings: The desired values.
        found: The post's settings as they are; {} for a new post.
    """
    fields: dict[str, Any] = {}
    for name, value in settings.items():
        if name in found and fits(value, found[name]):
            continue
        if name == "comments":
            fields["readerComments"] = _COMMENTS[value]
        elif name == "location" and (value or found):
            fields["location"] = value or {}
    return fields


def kept_by_blogger(draft: Draft) -> dict[str, Any]:
    """Return those settings of a draft that Blogger has."""
    return {n: v for n, v in draft.settings.items() if n in BLOGGER_KEYS and draft.kind == "post"}


def _place(location: Mapping[str, Any]) -> dict[str, Any] | str:
    """Return a location as in front matter; "" for none. Google's JSON leaves out what is 0."""
    if not location:
        return ""
    numbers = {part: location.get(part, 0.0) for part in ("lat", "lng")}
    return {"name": location.get("name", ""), **numbers}
