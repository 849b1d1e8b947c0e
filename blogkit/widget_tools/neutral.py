"""Check that no filter between a stored post and its readers can change HTML.

WordPress makes paragraphs of line breaks, typographic quotes of straight ones, pictures of smilies
and calls of brackets when it shows a post. These conditions suffice for it to leave HTML alone; a
fuzz test shows that on running copies of WordPress. https://developer.wordpress.org/reference/hooks/the_content/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.html import Element, Token, Tree
from blogkit.html.elements import HEADINGS
from blogkit.render.encode import escape_stable

_TEXT = HEADINGS | {"p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "summary", "pre"}
"""Blocks that hold text."""
_BLOCK_NAMES = """
    article aside blockquote details div dl figure footer header hr nav ol section table tbody
    tfoot thead tr ul
"""
_BLOCKS = _TEXT | frozenset(_BLOCK_NAMES.split())
_INLINE_NAMES = """
    a abbr b bdi bdo br cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_CALLED = re.compile(r"\[/?[A-Za-z]|Wordpress")
_SHOWN = 100


def violations(html: str) -> list[str]:
    """Return what a site may change when it shows HTML; [] if no filter touches it.

    Args:
        html: Finished HTML, such as a widget's.
    """
    found = list(dict.fromkeys(_violations(html)))
    if not found and escape_stable(html) != html:
        return ["its text is not encoded as sites store it"]
    return found


def _violations(html: str) -> Iterator[str]:
    if re.search(r"[\r\n\t\f]", html):
        yield "the output contains a line break or a tab"
    if re.search(r"<br\b[^>]*> ?<br\b", html, re.IGNORECASE):
        yield "two line breaks follow each other: use two <p>"
    tree = Tree(html, scripting=False)
    if tree.cut or tree.strays or not tree.root.is_tidy(frozenset()):
        yield "a tag has no counterpart"
    yield from _in_block(tree.root)
    for element in tree.elements:
        yield from _attributes(element)
        if element.name == "figcaption" and (not element.parent or element.parent.name != "figure"):
            yield "<figcaption> is not directly in <figure>"
        if element.name in _BLOCKS:
            yield from _in_block(element)
        elif element.name not in _INLINE:
            yield f"<{element.name}> is not an element for text"
        elif element.holds_block:
            yield f'"{_source(element)}": a block is inside <{element.name}>'


def _in_block(element: Element) -> Iterator[str]:
    """Report what is wrong directly in a block, or around the outermost ones."""
    source, items = element.source, element.items
    first_block = next((at for at, item in enumerate(items) if _is_block(item)), len(items))
    text, blocks = items[:first_block], items[first_block:]
    if any(isinstance(item, Token) and item.kind != "text" for item in items):
        yield f"a comment is in {_name(element)}"
    words = source[text[0].start : text[-1].end] if text else ""
    edged = words.removesuffix(" ") if blocks and words.strip() else words
    if edged != edged.strip(" "):
        yield f'"{_source(element)}": whitespace at the edge of a block'
    if text and any(
        isinstance(item, Element) and item.name == "br" for item in (text[0], text[-1])
    ):
        yield f"a <br> is at the edge of {_name(element)}"
    if words.strip() and element.name not in _TEXT:
        yield f'"{_short(words)}" is directly in {_name(element)}: put it in <p>'
    if words.strip() and blocks and element.name != "li":
        yield f'"{_short(words)}" is next to blocks in {_name(element)}: put it in <p>'
    for at, item in enumerate(blocks):
        if at % 2 == 0 and not _is_block(item):
            yield f'"{_short(source[item.start : item.end])}" is next to blocks: put it in <p>'
            return
        if at % 2 and source[item.start : item.end] != " ":
            yield f'"{_short(source[item.start :])}": one space belongs between two blocks'
            return
    if blocks and len(blocks) % 2 == 0:
        yield f'"{_source(element)}": whitespace at the edge of a block'


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if found := _CALLED.search(value):
            yield f'"{found[0]}" in {name} of <{element.name}> may be changed'


def _is_block(item: Element | Token) -> bool:
    return isinstance(item, Element) and item.name in _BLOCKS


def _name(element: Element) -> str:
    return f"<{element.name}>" if element.name else "no block"


def _source(element: Element) -> str:
    return _short(element.source[element.start : element.end])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
