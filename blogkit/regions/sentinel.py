"""Marker comments in a post's body: the sentinel that carries its key. Pure text in, text out.

No `&`, `>` or `--` may stand inside a marker: WordPress rewrites comments that hold them
(https://developer.wordpress.org/reference/functions/wp_kses_split2/).
"""

from __future__ import annotations

import base64
import re

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.]+(?:-[A-Za-z0-9_.]+)*\Z")
_SENTINEL = re.compile(r"<!-- blogkit:post key=(\S+) -->")
_ENCODED = "base64:"


def encode_key(key: str) -> str:
    """The form of a post's key that survives inside a comment: itself when plain ASCII words, else `base64:…`."""
    if _PLAIN_KEY.match(key):
        return key
    return _ENCODED + base64.b64encode(key.encode()).decode()


def decode_key(text: str) -> str:
    """The inverse of `encode_key`; a damaged form is returned as it stands."""
    if not text.startswith(_ENCODED):
        return text
    try:
        return base64.b64decode(text[len(_ENCODED) :], validate=True).decode()
    except ValueError:
        return text


def sentinel(key: str) -> str:
    """The comment that ties a live body to the post with this key."""
    return f"<!-- blogkit:post key={encode_key(key)} -->"


def sentinel_search(key: str) -> str:
    """The text inside the sentinel, for a platform's search; may match longer keys, so compare with `find_sentinel`."""
    return f"blogkit:post key={encode_key(key)}"


def find_sentinel(body: str) -> str | None:
    """The key that a body carries, or None. Several different keys in one body: None, it is nobody's for certain."""
    keys = {decode_key(match) for match in _SENTINEL.findall(body)}
    return keys.pop() if len(keys) == 1 else None
