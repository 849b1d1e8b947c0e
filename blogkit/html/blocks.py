"""The comments that delimit the blocks of WordPress's editor: `<!-- wp:name {"json":1} -->`.

WordPress finds them wherever they are in the text, also inside a script:
https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from blogkit.patterns import lazy_pattern

# The grammar of WordPress's own parser; a name without a namespace belongs to `core`:
# https://developer.wordpress.org/reference/classes/wp_block_parser/next_token/
_NAME = lazy_pattern(r"[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?")

_UNSAFE = re.compile(r'\\\\|\\"|--|[<>&]')
"""In JSON: a backslash by itself, a quote, and what would mean something in a comment."""


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
        # A post may hold any comment that looks like a block; brackets nested ten thousand deep are
        # JSON, too.
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def delimiters(html: str) -> Iterator[Delimiter]:
    """Yield the block delimiters of a body in order.

    Args:
        html: The whole body. Comments inside raw text, such as a script's, count too: WordPress
            finds them there.
    """
    at, end = 0, -1
    while (start := html.find("<!--", at)) >= 0:
        at = start + len("<!--")
        # `end` is searched again only once it is passed: otherwise a body with many openings and no
        # end would be read to its end for each of them.
        if end < at and (end := html.find("-->", at)) < 0:
            return
        if html.find("<!--", at, end) >= 0:
            continue  # a comment that begins in this one is the delimiter, if one of them is
        if found := _read(html, start, end + len("-->")):
            yield found
            at = found.end


def delimiter(comment: str) -> Delimiter | None:
    """Return a comment as a block delimiter, or None if it is another comment.

    Args:
        comment: The comment's source, from `<!--` to `-->`.
    """
    found = next(delimiters(comment), None)
    return found if found and (found.start, found.end) == (0, len(comment)) else None


def _read(html: str, start: int, end: int) -> Delimiter | None:
    """Return a comment as a delimiter: white space, the name, JSON if any, a slash if void."""
    inside = html[start + len("<!--") : end - len("-->")]
    first, *more = inside.split(None, 1) or [""]
    rest = more[0].rstrip() if more else ""
    void = inside.endswith("/")
    if not inside[:1].isspace() or not (void or inside[-1].isspace()):
        return None
    source = rest.removesuffix("/") if void else rest
    name = first.removeprefix("/").removeprefix("wp:")
    is_named = first.removeprefix("/") == f"wp:{name}" and _NAME.fullmatch(name)
    has_json = source.startswith("{") and source.rstrip().endswith("}")
    is_apart = not source or not void or source[-1].isspace()
    if not is_named or not is_apart or (source and not has_json):
        return None
    return Delimiter(name, start, end, first.startswith("/"), void, source.rstrip())


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


def unpaired(html: str) -> Delimiter | None:
    """Return a delimiter without its counterpart, or None if every block is complete."""
    path: list[Delimiter] = []
    for found in delimiters(html):
        if not found.close and not found.void:
            path.append(found)
        elif found.close and (not path or path.pop().name != found.name):
            return found
    return path[-1] if path else None


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
    return _UNSAFE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if found[0] == "\\\\":
        return found[0]
    return "".join(f"\\u{ord(character):04x}" for character in found[0].removeprefix("\\"))
