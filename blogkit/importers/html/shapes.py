"""Find the structure of an element that may be a widget: a heading, then similar details."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.html import Element
from blogkit.html.elements import HEADINGS, HIDDEN, SEPARATORS
from blogkit.importers.html.elements import Item, class_and_id, text_of
from blogkit.importers.html.inline import Line, Uncertain, lines_of

_LISTS = frozenset({"ul", "ol", "menu", "dl", "table"})
_TITLES = re.compile(r"\b\w*(?:title|heading|header|badge)\b")
_DEEPEST = 8


@dataclass(frozen=True)
class WidgetCandidate:
    """An element that may be a widget.

    Attributes:
        element: The element.
        hints: The names of its parts and of those around it.
        heading: The words above it.
        skipped: Whether a part was dropped before.
        has_open_address: Whether a script of the page still contains the placeholder of an address.
    """

    element: Element
    hints: str
    heading: str
    skipped: Callable[[Item], bool]
    has_open_address: bool = False

    def speaks_of(self, pattern: re.Pattern[str]) -> bool:
        """Return whether its names or the heading above it identify it."""
        return bool(pattern.search(self.hints) or pattern.search(self.heading))


@dataclass(frozen=True)
class WidgetMatch:
    """An unfinished widget call.

    Attributes:
        name: The widget's name.
        title: Its title, as Markdown; "" for none.
        fields: The fields, in the order of the widget's model.
        quiz: The mock test's address; "" for none.
        own: The spans of the source that the widget writes itself, such as "A)" and "Answer:".
    """

    name: str
    title: str
    fields: dict[str, Any]
    quiz: str = ""
    own: tuple[tuple[int, int], ...] = ()


@dataclass
class Shape:
    """A heading and details.

    Attributes:
        heads: The lines of the heading.
        groups: The lines of each detail.
        ordered: Whether the details are a numbered list.
        start: The number of the first one.
    """

    heads: list[Line] = field(default_factory=list)
    groups: list[list[Line]] = field(default_factory=list)
    ordered: bool = False
    start: int = 1


def shape_of(candidate: WidgetCandidate, element: Element | None = None, depth: int = 0) -> Shape:
    """Return the structure of an element.

    Args:
        candidate: What may be a widget.
        element: A part of it to look at; absent = all of it.
        depth: How deep that part is.

    Raises:
        Uncertain: It is not a heading and details.
    """
    element = element or candidate.element
    if element.name in ("ul", "ol", "menu"):
        return _list(candidate, element)
    if element.name == "dl":
        return Shape(groups=_pairs(candidate, element))
    parts = [
        part for part in element.children if not candidate.skipped(part) and part.name not in HIDDEN
    ]
    loose = [item for item in element.items if (text_of(element.source, item) or "").strip()]
    if (
        loose
        or not parts
        or not any(part.name in SEPARATORS and part.name != "br" for part in parts)
    ):
        return Shape(groups=[[line] for line in lines_of(element, candidate.skipped)])
    heads: list[Line] = []
    while len(parts) > 1 and _is_title(candidate, parts[0]):
        heads += lines_of(parts.pop(0), candidate.skipped)
    # generated pages wrap a list in several boxes
    if len(parts) == 1 and depth < _DEEPEST:
        inner = shape_of(candidate, parts[0], depth + 1)
        inner.heads = heads + inner.heads
        return inner
    if any(part.name in _LISTS for part in parts):
        raise Uncertain("it contains other content next to a list")
    return Shape(heads, [lines for part in parts if (lines := lines_of(part, candidate.skipped))])


def _list(candidate: WidgetCandidate, element: Element) -> Shape:
    items = [item for item in element.children if not candidate.skipped(item)]
    loose = any((text_of(element.source, item) or "").strip() for item in element.items)
    if loose or any(item.name != "li" for item in items):
        raise Uncertain("the list contains more than items")
    if any(inner.name in _LISTS for item in items for inner in item.descendants()):
        raise Uncertain("it contains a nested list")
    groups = [lines for item in items if (lines := lines_of(item, candidate.skipped))]
    first = element.attributes.get("start", "1")
    odd = {"reversed", "type"} & set(element.attributes) or any(
        "value" in item.attributes for item in items
    )
    if element.name == "ol" and (odd or not first.isdecimal()):
        raise Uncertain("the list has its own numbering")
    return Shape([], groups, element.name == "ol", int(first) if first.isdecimal() else 1)


def _pairs(candidate: WidgetCandidate, element: Element) -> list[list[Line]]:
    parts = [
        part
        for child in element.children
        for part in (child.children if child.name == "div" else [child])
    ]
    if [part.name for part in parts] != ["dt", "dd"] * (len(parts) // 2):
        raise Uncertain("its terms and values are not in pairs")
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [
        lines_of(term, candidate.skipped) + lines_of(value, candidate.skipped)
        for term, value in pairs
    ]


def _is_title(candidate: WidgetCandidate, element: Element) -> bool:
    if element.name in HEADINGS or _TITLES.search(class_and_id(element)):
        return element.name not in _LISTS
    lines = (
        lines_of(element, candidate.skipped)
        if element.name in ("p", "div", "summary", "span")
        else []
    )
    return len(lines) == 1 and re.fullmatch(r"\*\*[^*]+\*\*", lines[0].markdown_or("")) is not None


def title_of(heads: list[Line]) -> str:
    """Return a one-line heading as Markdown, "" without one.

    Raises:
        Uncertain: The heading has several lines.
    """
    if len(heads) > 1:
        raise Uncertain("its heading has several lines")
    return heads[0].markdown(bold=False) if heads else ""
