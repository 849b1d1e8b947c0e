"""The bytes of our own blocks as the block editor's serialiser writes them.

So the first save in the editor changes no line that its user did not touch. Where versions differ,
this is the form of the newest; `blogkit.html.spelling` knows the others. An account without
`unfiltered_html` stores ` />` for `/>`, whatever it sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.html import decode_attribute
from blogkit.html.blocks import Delimiter, delimiters, serialize

# React's serialiser closes what a block's `save` returns; the DOM's writes the void elements in
# rich text (https://developer.wordpress.org/block-editor/reference-guides/packages/packages-element/#rendertostring).
_CLOSED = re.compile(r"<(hr|img)\b([^<>]*?)\s*/?>")
_VOID = re.compile(r"<(br|img|wbr)\b([^<>]*?)(?:(?<=[\"\s])\s*|(?<=br)|(?<=wbr))/>")
_SAVED = frozenset({"image", "separator"})
_RICH = frozenset({"paragraph", "heading", "list-item", "table", "code"})
_HEADING = re.compile(r'<h([1-6]) class="wp-block-heading" id="([^"<>]*)">')


def as_editor_saves(body: str) -> str:
    """Return a composed body with its blocks as the editor would save them.

    Args:
        body: What `compose_wordpress` returned. Custom HTML stays as it is.
    """
    return "".join(_pieces(body))


def _pieces(body: str) -> Iterator[str]:
    path: list[str] = []
    at, opening = 0, ""
    for found in delimiters(body):
        content = _content(path[-1] if path else "", body[at : found.start])
        if opening:
            opening, content = _anchored(opening, content)
        yield opening + content
        comment = body[found.start : found.end]
        opening = comment if _is_heading(found) else ""
        yield "" if opening else comment
        if found.close:
            del path[-1:]
        elif not found.void:
            path.append(found.name)
        at = found.end
    yield opening + body[at:]


def _content(block: str, html: str) -> str:
    if block in _SAVED:
        return _CLOSED.sub(r"<\1\2/>", html)
    return _VOID.sub(lambda tag: f"<{tag[1]}{tag[2].rstrip()}>", html) if block in _RICH else html


def _is_heading(found: Delimiter) -> bool:
    return found.name == "heading" and not found.close and "anchor" not in found.attributes


def _anchored(opening: str, content: str) -> tuple[str, str]:
    """Return a heading whose id is in its comment, too, as WordPress 7 keeps it."""
    heading = _HEADING.match(content.lstrip("\n"))
    found = next(delimiters(opening))
    if heading is None:
        return opening, content
    anchor = decode_attribute(heading[2])
    tag = f'<h{heading[1]} id="{heading[2]}" class="wp-block-heading">'
    given = serialize({**found.attributes, "anchor": anchor})
    return f"<!-- wp:heading {given} -->", content.replace(heading[0], tag, 1)
