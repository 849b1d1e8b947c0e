"""Where the elements of a piece of HTML begin and end. The kept parts are cut by these offsets and never re-serialised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser

from blogkit.content.tags import Token, scan
from blogkit.survival.elements import BLOCK


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
RAW = _names("script style")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_NO_END = _names("li dt dd tr td th thead tbody tfoot colgroup caption option optgroup p html head body")
"""Elements whose end tag HTML lets one leave out."""
_ENDS_P = BLOCK - VOID - RAW - _names("head html body title li dt dd td th tr tbody thead tfoot caption legend summary option optgroup")
_SIBLINGS = {
    "li": (_names("li"), _names("ul ol menu")),
    "dt": (_names("dt dd"), _names("dl")),
    "dd": (_names("dt dd"), _names("dl")),
    "td": (_names("td th"), _names("table tr")),
    "th": (_names("td th"), _names("table tr")),
    "tr": (_names("tr"), _names("table")),
    "tbody": (_names("thead tbody tfoot caption colgroup"), _names("table")),
    "tfoot": (_names("thead tbody caption colgroup"), _names("table")),
    "thead": (_names("caption colgroup"), _names("table")),
}
"""What a start tag ends, and within what."""


@dataclass(frozen=True)
class Text:
    """Characters between tags, at [start, end)."""

    start: int
    end: int


@dataclass(frozen=True)
class Comment:
    """A comment at [start, end). text: its content; closed: it has its end."""

    start: int
    end: int
    text: str
    closed: bool = True


@dataclass(eq=False)
class Element:
    """An element at [start, end), its content at [inner, inner_end). tidy: every tag in it has its counterpart."""

    source: str = field(repr=False)
    name: str
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    tidy: bool = True
    parent: Element | None = field(default=None, repr=False)
    items: list[Text | Comment | Element] = field(default_factory=list, repr=False)

    @property
    def children(self) -> list[Element]:
        """The elements directly in it."""
        return [item for item in self.items if isinstance(item, Element)]

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Its attributes, character references read."""
        return _attributes(self.source[self.start : self.inner]) if self.inner - self.start > len(self.name) + 2 else {}

    @cached_property
    def marks(self) -> str:
        """Its class and id: the words by which templates name their parts."""
        return f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}".lower()

    def all(self) -> Iterator[Element]:
        """Every element in it, in the source's order."""
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    def is_tidy(self) -> bool:
        """Whether it and all in it can be cut out without leaving half of anything."""
        return self.tidy and all(element.tidy for element in self.all())

    def text(self) -> str:
        """The words in it, with single spaces."""
        return " ".join(unescape(_raw_text(self)).split())


def _raw_text(element: Element) -> str:
    parts: list[str] = []
    waiting: list[Text | Comment | Element | str] = list(reversed(element.items))
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Text):
            parts.append(element.source[item.start : item.end])
        elif isinstance(item, Element) and item.name not in RAW:
            edge = " " if item.name in BLOCK else ""
            waiting.append(edge)
            waiting += reversed(item.items)
            waiting.append(edge)
    return "".join(parts)


class _Tag(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        self.found = {name: value or "" for name, value in reversed(attrs)}


def _attributes(tag: str) -> dict[str, str]:
    parser = _Tag()
    parser.feed(tag)
    return parser.found


def build(source: str) -> Element:
    """The elements of a source, in a nameless one that holds them all."""
    builder = _Builder(source)
    for token in scan(source):
        builder.feed(token)
    return builder.done()


class _Builder:
    def __init__(self, source: str) -> None:
        self._source = source
        self._open = [Element(source, "", 0, 0)]
        self._counts: dict[str, int] = {}
        self._at = 0

    def feed(self, token: Token) -> None:
        self._text(token.start)
        self._at = token.end
        if token.kind == "comment":
            self._open[-1].items.append(Comment(token.start, token.end, token.text, token.closed))
        elif token.kind == "start":
            self._start(token)
        elif self._counts.get(token.name):
            while self._open[-1].name != token.name:
                self._close(token.start)
            self._close(token.start, token.end)
        else:
            self._open[-1].tidy = False  # an end without a beginning

    def done(self) -> Element:
        self._text(len(self._source))
        while len(self._open) > 1:
            self._close(len(self._source))
        root = self._open[0]
        root.inner_end = root.end = len(self._source)
        return root

    def _start(self, token: Token) -> None:
        name = token.name
        if name in _ENDS_P and self._open[-1].name == "p":
            self._close(token.start)
        closes, within = _SIBLINGS.get(name, (frozenset(), frozenset()))
        if closes:
            self._end_sibling(closes, within, token.start)
        element = Element(self._source, name, token.start, token.end, token.end, token.end, parent=self._open[-1])
        self._open[-1].items.append(element)
        if name not in VOID:
            self._open.append(element)
            self._counts[name] = self._counts.get(name, 0) + 1

    def _end_sibling(self, closes: frozenset[str], within: frozenset[str], at: int) -> None:
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].name in closes:
                while len(self._open) > index:
                    self._close(at)
                return
            if self._open[index].name in within or index < len(self._open) - 8:
                return

    def _close(self, inner_end: int, end: int = 0) -> None:
        element = self._open.pop()
        self._counts[element.name] -= 1
        element.inner_end, element.end = inner_end, end or inner_end
        if not end and element.name not in _NO_END:
            element.tidy = self._open[-1].tidy = False

    def _text(self, end: int) -> None:
        if end > self._at:
            self._open[-1].items.append(Text(self._at, end))
            self._at = end
