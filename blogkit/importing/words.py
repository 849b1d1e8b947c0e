"""The words of HTML as readers meet them, which an import must not lose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from blogkit.html.elements import SEPARATORS

_SILENT = {"script", "style", "template", "head"}
_EDGES = ":()[]|·•–—-,*"
"""What parts one detail from the next; a widget parts them by its layout."""
_PICTURES = re.compile("([\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3]+)")


@dataclass(frozen=True)
class Read:
    """words: in order; links: their targets, in order; shown: images, forms and other content without words."""

    words: tuple[str, ...]
    links: tuple[str, ...]
    shown: int


_OBJECTS = {"img", "iframe", "video", "audio", "svg", "input", "select", "textarea", "form", "object", "embed", "canvas"}


def read(html: str, *, numbers: bool = False) -> Read:
    """Return what readers get. numbers: numbers before list items count as words."""
    soup = BeautifulSoup(f"\n{html}", "html.parser")
    parts: list[str] = []
    links: list[str] = []
    shown = 0
    waiting: list[PageElement | str] = list(reversed(soup.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            parts.append(node)
        elif isinstance(node, Tag):
            if node.name in _SILENT:
                continue
            if node.name == "a" and node.get("href") and not str(node["href"]).startswith("#"):
                links.append(str(node["href"]))
            shown += node.name in _OBJECTS
            edge = " " if node.name in SEPARATORS else ""
            waiting.append(edge)
            waiting += reversed(node.contents)
            waiting.append(f"{edge}{_number(node)} " if numbers and node.name == "li" else edge)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(str(node))
    return Read(words_of("".join(parts)), tuple(links), shown)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of plain text, without separators between details."""
    apart = _PICTURES.sub(r" \1 ", text)
    return tuple(word for word in (piece.strip(_EDGES) for piece in apart.split()) if word)


def _number(item: Tag) -> str:
    """Return the number before an item of an `<ol>`, "" elsewhere."""
    parent = item.parent
    if parent is None or parent.name != "ol" or parent.get("type") in {"A", "a"}:
        return ""
    first = str(parent.get("start", "1"))
    place = sum(isinstance(other, Tag) and other.name == "li" for other in item.previous_siblings)
    return f"{int(first) + place}." if re.fullmatch(r"\d{1,6}", first) else ""
