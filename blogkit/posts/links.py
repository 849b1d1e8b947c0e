"""Which addresses links may have, and how to escape an address in an attribute."""

from __future__ import annotations

import re
from urllib.parse import quote

from blogkit.html import escape_attribute

_IGNORED = re.compile(r"[\x00-\x20\x7f]")  # browsers drop these before they look for a scheme
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE = "-_.+!*'(),%#@?=;:/&$~"


def scheme(url: str) -> str:
    """Return the lower-case scheme as a browser reads it (`java\\nscript:` is "javascript"); ""
    for relative addresses.
    """
    found = _SCHEME.match(_IGNORED.sub("", url))
    return found[1].lower() if found else ""


def may_link(url: str) -> bool:
    """Return whether a link in a post's body keeps its address: anything but code."""
    return scheme(url) not in ("javascript", "vbscript", "data")


def may_show(url: str) -> bool:
    """Return whether an image keeps its address. An image may contain its own data."""
    return may_link(url) or _IGNORED.sub("", url).lower().startswith("data:image/")


def may_link_inline(url: str) -> bool:
    """Return whether a link in a widget's text keeps its address: web, mail, telephone, this
    page or site.
    """
    return scheme(url) in ("", "http", "https", "mailto", "tel")


def address(url: str) -> str:
    """Return an address as the value of a double-quoted attribute, percent-encoded where needed."""
    return escape_attribute(quote(url, safe=_SAFE))
