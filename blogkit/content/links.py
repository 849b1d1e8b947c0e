"""Which addresses may stand in a link, and how an address is written into an attribute."""

from __future__ import annotations

import re
from urllib.parse import quote

from blogkit.html import escape_attribute

_IGNORED = re.compile(r"[\x00-\x20\x7f]")  # browsers drop these before they look for a scheme
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE = "-_.+!*'(),%#@?=;:/&$~"


def scheme(url: str) -> str:
    """The scheme as a browser sees it (`java\\nscript:` is "javascript"), lower case; "" for relative addresses."""
    found = _SCHEME.match(_IGNORED.sub("", url))
    return found[1].lower() if found else ""


def may_link(url: str) -> bool:
    """Whether a link in a post's body keeps its address: everything but what runs as a program."""
    return scheme(url) not in ("javascript", "vbscript", "data")


def may_show(url: str) -> bool:
    """Whether an image keeps its address. An image may carry its own data."""
    return may_link(url) or _IGNORED.sub("", url).lower().startswith("data:image/")


def may_link_inline(url: str) -> bool:
    """Whether a link in a widget's text field keeps its address: the web, mail, telephone, and this page or site."""
    return scheme(url) in ("", "http", "https", "mailto", "tel")


def address(url: str) -> str:
    """An address as the value of a double-quoted attribute, percent-encoded where needed."""
    return escape_attribute(quote(url, safe=_SAFE))
