"""List the words of HTML as readers meet them, which an import must not lose."""

from __future__ import annotations

import re

from blogkit.dataclass import dataclass
from blogkit.html import Element, Tree
from blogkit.html.elements import SEPARATORS
from blogkit.importers.html.elements import Item, text_of

_SILENT = {"script", "style", "template", "head", "iframe", "noembed", "noframes"}
_EDGES = ":()[]|·•–—-,،*"
"""What separates one detail from the next; a widget separates them by its layout."""
_PICTURES = re.compile("([\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3]+)")


@dataclass(frozen=True)
class WordReader:
    """What readers get.

    Attributes:
        words: The words in order.
        links: The links' targets in order.
        shown: How many images, forms and other things without words there are.
    """

    words: tuple[str, ...]
    links: tuple[str, ...]
    shown: int


_OBJECTS = {
    "img",
    "iframe",
    "video",
    "audio",
    "svg",
    "input",
    "select",
    "textarea",
    "form",
    "object",
    "embed",
    "canvas",
}


def read_words(html: str, *, numbers: bool = False) -> WordReader:
    """Return what readers get.

    Args:
        html: HTML, of the page or of a rendered widget.
        numbers: Whether numbers before list items count as words.
    """
    parts: list[str] = []
    links: list[str] = []
    shown = 0
    waiting: list[Item | str] = [*reversed(Tree(html, scripting=False, page=True).root.items)]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Element):
            parts.append(item if isinstance(item, str) else text_of(html, item) or "")
            continue
        # Counted and not compared: pictures have no words, and none may vanish or appear.
        shown += item.name in _OBJECTS
        # links within the page are not compared: the widgets make their own ids
        if item.name not in _SILENT:
            href = item.attributes.get("href", "") if item.name == "a" else ""
            links += [href] if href and not href.startswith("#") else []
            edge = " " if item.name in SEPARATORS else ""
            waiting += [edge, *reversed(_numbered(item) if numbers else item.items), edge]
    return WordReader(words_of("".join(parts)), tuple(links), shown)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of plain text, without separators between details."""
    apart = _PICTURES.sub(r" \1 ", text)
    return tuple(word for word in (piece.strip(_EDGES) for piece in apart.split()) if word)


def _numbered(element: Element) -> list[Item | str]:
    """Return an element's items, with the number that a browser shows before each of an `<ol>`."""
    first = element.attributes.get("start", "1")
    if (
        element.name != "ol"
        or element.attributes.get("type") in {"A", "a"}
        or not re.fullmatch(r"\d{1,6}", first)
    ):
        return [*element.items]
    found: list[Item | str] = []
    number = int(first)
    for item in element.items:
        if isinstance(item, Element) and item.name == "li":
            found.append(f" {number}. ")
            number += 1
        found.append(item)
    return found
