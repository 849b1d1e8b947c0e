"""Write and find the sentinel, a comment with the post's key.

It is what identifies a post if the journal is lost. A comment must not contain `&`, `>` or `--`:
WordPress rewrites it (https://developer.wordpress.org/reference/functions/wp_kses_split2/).
"""

from __future__ import annotations

import base64
import re

# no two hyphens, and none at an end, where it would touch those of the comment
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.]+(?:-[A-Za-z0-9_.]+)*\Z")
_SENTINEL = re.compile(r"<!-- blogkit:post key=(\S+) -->")
_ENCODED = "base64:"


def encode_key(key: str) -> str:
    """Return a key's form for a comment: itself if it is plain ASCII words, else `base64:…`."""
    if _PLAIN_KEY.match(key):
        return key
    return _ENCODED + base64.b64encode(key.encode()).decode()


def decode_key(text: str) -> str:
    """Return the key that `encode_key` encoded; a damaged form is returned unchanged."""
    if not text.startswith(_ENCODED):
        return text
    try:
        return base64.b64decode(text[len(_ENCODED) :], validate=True).decode()
    except ValueError:
        return text


def sentinel(key: str) -> str:
    """Return the comment that identifies the post with this key."""
    return f"<!-- blogkit:post key={encode_key(key)} -->"


def sentinel_search(key: str) -> str:
    """Return a text for a platform's search.

    It may match longer keys, so compare the posts it finds by `find_sentinel`.
    """
    return f"blogkit:post key={encode_key(key)}"


def find_sentinel(body: str) -> str | None:
    """Return the key of a body; None if it has none or several different ones."""
    keys = {decode_key(match) for match in _SENTINEL.findall(body)}
    # Text copied from one post into another brings its key along; which one is right cannot be
    # told.
    return keys.pop() if len(keys) == 1 else None
