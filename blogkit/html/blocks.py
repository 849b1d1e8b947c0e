"""The comments that delimit the blocks of WordPress's editor: `<!-- wp:name {"json":1} -->`.

They are found as WordPress finds them, wherever they are in the text:
https://developer.wordpress.org/reference/classes/wp_block_parser/next_token/. Its one pattern has a
possessive part; here the JSON is found by its end, which takes the same text, and the work grows
linearly with the source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_NAME = r"(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*"
_OPENING = re.compile(rf"<!--\s+(/)?wp:({_NAME})\s+(?:(\{{)|(/)?-->)", re.ASCII)
_JSON_END = re.compile(r"\}\s+(/)?-->", re.ASCII)
# As https://developer.wordpress.org/reference/functions/serialize_block_attributes/ does it, in its
# order: `\"` is the last, because the escapes before it hold backslashes but no quotes.
_ESCAPES = (
    ("--", r"\u002d\u002d"),
    ("<", r"\u003c"),
    (">", r"\u003e"),
    ("&", r"\u0026"),
    (r"\"", r"\u0022"),
)


class Delimiter(NamedTuple):
    """A comment that begins or ends a block.

    Attributes:
        name: The block's name as it is written; `core/` is usually left out.
        start: The offset of the comment.
        end: The offset behind it.
        close: Whether it ends a block.
        void: Whether it is a block by itself (`/-->`).
        json: The source of its attributes; "" if it has none.
    """

    name: str
    start: int
    end: int
    close: bool
    void: bool
    json: str

    @property
    def attributes(self) -> dict[str, Any]:
        """Its attributes; {} if they cannot be read."""
        try:
            found = json.loads(self.json) if self.json else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def delimiters(html: str) -> Iterator[Delimiter]:
    """Yield the block delimiters of a body in order.

    Args:
        html: The whole body. Comments inside raw text, such as a script's, count too: WordPress
            finds them there.
    """
    at = 0
    json_may_end = True
    while match := _OPENING.search(html, at):
        at = match.end()
        if not match[3]:
            yield Delimiter(match[2], match.start(), at, bool(match[1]), bool(match[4]), "")
            continue
        # If this JSON has no end, no later one has: do not look again.
        end = _JSON_END.search(html, match.start(3)) if json_may_end else None
        json_may_end = end is not None
        if end:
            at = end.end()
            source = html[match.start(3) : end.start() + 1]
            yield Delimiter(match[2], match.start(), at, bool(match[1]), bool(end[1]), source)


def delimiter(comment: str) -> Delimiter | None:
    """Return a comment as a block delimiter, or None if it is another comment.

    Args:
        comment: The comment's source, from `<!--` to `-->`.
    """
    found = next(delimiters(comment), None)
    return found if found and (found.start, found.end) == (0, len(comment)) else None


def has_blocks(body: str) -> bool:
    """Return whether a post was made in the block editor, as WordPress's `has_blocks` does.

    https://developer.wordpress.org/reference/functions/has_blocks/
    """
    return "<!-- wp:" in body


def whole_blocks(content: str) -> bool:
    """Return whether each block that begins in this content ends in it, and the other way round."""
    depth = 0
    for found in delimiters(content):
        depth += 0 if found.void else -1 if found.close else 1
        if depth < 0:
            return False
    return depth == 0


def only_blocks(html: str) -> bool:
    """Return whether this is one or more whole blocks with nothing between them."""
    path: list[str] = []
    at = 0
    for found in delimiters(html):
        if not path and html[at : found.start].strip():
            return False
        if found.close:
            if not path or path.pop() != found.name:
                return False
        elif not found.void:
            path.append(found.name)
        at = found.end
    return at > 0 and not path and not html[at:].strip()


def block_around(body: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    """Return the span of the block of this name that holds this span and nothing else.

    Args:
        body: The whole body.
        start: Where the span begins.
        end: The offset behind it.
        name: The block's name without `core/`, such as `html`.

    Returns:
        The offsets of the block with its delimiters; None if another block, or none, is directly
        around the span, or if anything but white space is beside it.
    """
    opening: Delimiter | None = None
    for found in delimiters(body):
        if found.end <= start:
            opening = found
        elif found.start >= end:
            whole = opening and opening.name == found.name == name and found.close
            if not opening or not whole or opening.close or opening.void:
                return None
            alone = not body[opening.end : start].strip() and not body[end : found.start].strip()
            return (opening.start, found.end) if alone else None
    return None


def without_delimiters(html: str) -> str:
    """Return the HTML without block delimiters: inside an HTML block they would end it early."""
    # Again until none is left: `<!-- wp:<!-- wp:a -->html -->` holds one that appears when the one
    # inside it is gone.
    while spans := [(found.start, found.end) for found in delimiters(html)]:
        begins, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(html)]
        kept = zip(begins, ends, strict=True)
        html = "".join(html[begin:end] for begin, end in kept)
    return html


def wrap(name: str, inner: str, attributes: object = None) -> str:
    """Return content as one block of this name.

    Args:
        name: The block's name without `core/`, such as `html`.
        inner: The block's content, which gets its own lines between the delimiters, as in the
            editor.
        attributes: The block's attributes, as what JSON can hold; nothing is written if they are
            empty.
    """
    given = f" {serialize(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{given} -->\n{inner}\n<!-- /wp:{name} -->"


def serialize(attributes: object) -> str:
    """Return the attributes of a block as JSON.

    The form is that of the editor's `serializeAttributes`: WordPress 6.8 and newer rewrite any
    other when they save a post.

    Args:
        attributes: What JSON can hold; usually a dict.
    """
    return escape_json(json.dumps(attributes, ensure_ascii=False, separators=(",", ":")))


def escape_json(text: str) -> str:
    """Return JSON without what would mean something in a comment or an attribute."""
    for plain, safe in _ESCAPES:
        text = text.replace(plain, safe)
    return text
