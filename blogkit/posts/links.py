"""Decide which addresses links may have, and escape an address for an attribute."""

from __future__ import annotations

import re
from urllib.parse import quote

from blogkit.html import escape_attribute

_IGNORED = re.compile(r"[\x00-\x20\x7f]")  # browsers drop these before they look for a scheme
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# `%` is among them: what is encoded already must not be encoded again.
_SAFE = "-_.+!*'(),%#@?=;:/&$~"


def scheme(url: str) -> str:
    r"""Return the lower-case scheme of an address as a browser reads it; "" for relative addresses.

    `java\nscript:` is "javascript": browsers remove tabs and line feeds first
    (https://url.spec.whatwg.org/#concept-basic-url-parser).
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
    """Return whether a link in a widget's text keeps its address.

    That is one of the web, of mail or telephone, or of this page or site.
    """
    return scheme(url) in ("", "http", "https", "mailto", "tel")


def address(url: str) -> str:
    """Return an address as the value of a double-quoted attribute, percent-encoded where needed."""
    return escape_attribute(quote(url, safe=_SAFE))
