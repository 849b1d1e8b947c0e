"""Decide which addresses links may have, and escape an address for an attribute."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from blogkit.html import escape_attribute

_IGNORED = re.compile(r"[\x00-\x20\x7f]")  # browsers drop these before they look for a scheme
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NOWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*)?:/{0,2}", re.IGNORECASE)
# `%` is among them: what is encoded already must not be encoded again.
_SAFE = "-_.+!*'(),%#@?=;:/&$~"


@lru_cache(maxsize=256)  # each link asks several times
def scheme(url: str) -> str:
    r"""Return the lower-case scheme of an address as a browser reads it; "" for relative addresses.

    `java\nscript:` is "javascript": browsers remove tabs and line feeds first
    (https://url.spec.whatwg.org/#concept-basic-url-parser).
    """
    found = _SCHEME.match(_IGNORED.sub("", url))
    return found[1].lower() if found else ""


def leads_nowhere(url: str) -> bool:
    """Return whether an address is only a colon or a scheme, such as `http:` and `https://`.

    WordPress empties most of them, and no browser follows them.
    """
    return bool(_NOWHERE.fullmatch(_IGNORED.sub("", url)))


def may_link(url: str) -> bool:
    """Return whether a link in a post's body keeps its address: one that is not code."""
    return not leads_nowhere(url) and not _is_code(url)


def may_show(url: str) -> bool:
    """Return whether an image keeps its address. An image may contain its own data."""
    return not _is_code(url) or _IGNORED.sub("", url).lower().startswith("data:image/")


def may_link_inline(url: str) -> bool:
    """Return whether a link in a widget's text keeps its address.

    That is one of the web, of mail or telephone, or of this page or site.
    """
    return may_link(url) and scheme(url) in ("", "http", "https", "mailto", "tel")


def link_address(url: str) -> str:
    """Return a link's address as the value of a double-quoted attribute.

    In one without a scheme, a colon is encoded: WordPress takes the text before it for a scheme
    (https://developer.wordpress.org/reference/functions/wp_kses_bad_protocol_once/).
    """
    if scheme(url) or url.startswith("//"):
        return address(url)
    return address(url).replace(":", "%3A")


def address(url: str) -> str:
    """Return an address as the value of a double-quoted attribute, percent-encoded where needed."""
    return escape_attribute(quote(url, safe=_SAFE))


def _is_code(url: str) -> bool:
    return scheme(url) in ("javascript", "vbscript", "data")
