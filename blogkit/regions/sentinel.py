"""Write and find the sentinel, a comment with the post's key, and the same key in an attribute.

It is what identifies a post if the journal is lost. A comment must not contain `&`, `>` or `--`:
WordPress rewrites it (https://developer.wordpress.org/reference/functions/wp_kses_split2/). Where
it is not certain that a site keeps comments, the first element of the body carries the key, too.

Plugins that duplicate or translate posts copy the comment with the text. From its second version
on, a post's comment can carry the site's id of the post, so that copies can be told apart.

The request that creates a post adds a creation id, which no other creation has. Two posts with the
same key and different creation ids are two creations of ours, and no copies.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from blogkit.patterns import lazy_pattern

if TYPE_CHECKING:  # a plan without changes looks into no body
    from blogkit.html import Token

# no two hyphens, and none at an end, where it would touch those of the comment
_PLAIN_KEY = lazy_pattern(r"[A-Za-z0-9_.]+(?:-[A-Za-z0-9_.]+)*\Z")
_CREATION = r"[0-9a-z]{1,32}(?:-[0-9a-z]{1,32}){0,4}"
_SENTINEL = lazy_pattern(
    r"<!-- blogkit:post key=(?P<key>\S+)(?: id=(?P<id>[A-Za-z0-9_-]{1,64}))?"
    rf"(?: creation=(?P<creation>{_CREATION}))? -->"
)
# inside a tag: what follows ends it; looking no farther keeps a hostile body from costing much
_IN_TAG = r"(?=[^<>]{0,4096}>)"
_ATTRIBUTE = lazy_pattern(rf' data-blogkit-post="(?P<key>[^"<>\s]+)"{_IN_TAG}')
_CREATION_ATTRIBUTE = lazy_pattern(rf' data-blogkit-creation="(?P<creation>{_CREATION})"{_IN_TAG}')
_COMMENT = r"<!-- blogkit:(?:post|address) [^<>]*-->"
_COMMENTS = lazy_pattern(_COMMENT)
_CARRIERS = lazy_pattern(rf'{_COMMENT}| data-blogkit-(?:post|address|creation)="[^"<>]*"{_IN_TAG}')
_KEY_BLOCK = lazy_pattern(
    r"\s*<!-- wp:html(?: \{[^<>]{0,1000}\})? -->\s*<!-- blogkit:post [^<>]*-->\s*"
    r"<!-- /wp:html -->\s*\Z"
)
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


def with_key_attribute(body: str, key: str) -> str:
    """Return the body with the key on its first element that readers see.

    An empty paragraph does not count, because sites remove it. A body without such an element is
    put into a `<div>`.

    Args:
        body: HTML that is our own.
        key: The post's key.
    """
    attribute = f' data-blogkit-post="{encode_key(key)}"'
    from blogkit.html import tokenize

    tokens = tokenize(body)
    for number, token in enumerate(tokens):
        if token.kind == "start" and token.name not in ("style", "script"):
            if token.name == "p" and _is_empty(body, tokens[number + 1 :]):
                continue
            at = token.start + 1 + len(token.name)
            return body[:at] + attribute + body[at:]
    return f"<div{attribute}>{body}</div>"


def _is_empty(body: str, following: Sequence[Token]) -> bool:
    """Return whether a paragraph, of which all that follows its tag is given, shows nothing."""
    for token in following:
        shows = token.kind == "text" and body[token.start : token.end].strip()
        if token.kind != "comment" and (token.kind != "text" or shows):
            return token.kind == "end" and token.name == "p"
    return False


def beside_key(body: str, comment: str, attribute: str) -> str:
    """Return the body with a comment and an attribute beside those that carry the post's key.

    Args:
        body: A body with a sentinel.
        comment: What follows the comment with the key.
        attribute: What follows the attribute with the key, if the body has that.
    """
    body = _SENTINEL.sub(lambda match: match[0] + comment, body, count=1)
    return _ATTRIBUTE.sub(lambda match: match[0] + attribute, body, count=1)


def without_key_attribute(body: str) -> str:
    """Return the body without the attribute that carries a post's key."""
    return _ATTRIBUTE.sub("", body) if " data-blogkit-post=" in body else body


def without_sentinel(body: str) -> str:
    """Return the body without anything that carries the post's key, or is beside it."""
    # Looking for attributes, too, takes ten times as long, and most bodies have none.
    carriers = _CARRIERS if " data-blogkit-" in body else _COMMENTS
    return carriers.sub("", body)


def without_key_block(body: str) -> str:
    """Return the body without its key, and without the block that holds nothing else.

    WordPress's editor has the comment in a block of its own at the end of the text.
    """
    return without_sentinel(_KEY_BLOCK.sub("", body))


def without_keys(meant: str, stored: str) -> tuple[str, str]:
    """Return two bodies to compare: without what carries the post's key, if both have the same.

    One of the two places of the key is enough.

    Args:
        meant: The body that was sent.
        stored: The body that the site answers.
    """
    if find_sentinel(meant) != find_sentinel(stored):
        return meant, stored
    return without_sentinel(meant), without_sentinel(stored)


def find_sentinel(body: str) -> str | None:
    """Return the key of a body; None if it has none or several different ones."""
    found = (*_SENTINEL.finditer(body), *_ATTRIBUTE.finditer(body))
    keys = {decode_key(match["key"]) for match in found}
    # Text copied from one post into another brings its key along; which one is right cannot be
    # told.
    return keys.pop() if len(keys) == 1 else None


def sentinel_id(body: str) -> str:
    """Return the id of the post that a body was written for; "" if it does not tell."""
    ids = {match["id"] for match in _SENTINEL.finditer(body)}
    return (ids.pop() or "") if len(ids) == 1 else ""


def creation_id(body: str) -> str:
    """Return what only the creation of this post has; "" if the body has none or several."""
    found = (*_SENTINEL.finditer(body), *_CREATION_ATTRIBUTE.finditer(body))
    marks = {match["creation"] for match in found if match["creation"]}
    return marks.pop() if len(marks) == 1 else ""


def with_sentinel_id(body: str, key: str, post_id: str) -> str:
    """Return a body whose comment with this key carries the id of its post.

    Args:
        body: A body with or without such a comment.
        key: The post's key.
        post_id: The site's id of the post.
    """
    return _SENTINEL.sub(
        lambda match: _marked(match, key, post_id, match["creation"]),
        body,
    )


def with_creation_id(body: str, key: str, mark: str) -> str:
    """Return a body whose comment and attribute with this key have a creation id beside it.

    Args:
        body: A body with or without such a comment.
        key: The post's key.
        mark: Words of a-z and 0-9, joined by single hyphens.
    """
    body = _CREATION_ATTRIBUTE.sub("", body)
    body = _SENTINEL.sub(lambda match: _marked(match, key, match["id"], mark), body)
    attribute = f' data-blogkit-creation="{mark}"'
    return _ATTRIBUTE.sub(
        lambda match: match[0] + (attribute if decode_key(match["key"]) == key else ""), body
    )


def _marked(match: re.Match[str], key: str, post_id: str | None, mark: str | None) -> str:
    """Return a sentinel with this id and creation id, if it has the key."""
    if decode_key(match["key"]) != key:
        return match[0]
    words = (f" id={post_id}" if post_id else "", f" creation={mark}" if mark else "")
    return f"{sentinel(key).removesuffix(' -->')}{''.join(words)} -->"
