"""Where each element of an HTML source begins and ends, with the ends that nobody wrote, as a browser would put them.

https://html.spec.whatwg.org/multipage/parsing.html#tree-construction, as far as it decides what contains what. What the source holds stays
where it is: an element that a browser moves out of a table is still found inside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from blogkit.markup.elements import (
    BLOCK,
    CELLS,
    CLOSES_P,
    FOREIGN,
    FORMATTING,
    HEADINGS,
    OUT_OF_FOREIGN,
    ROW_GROUPS,
    RUBY,
    SCOPE,
    SPECIAL,
    TABLE,
    VOID,
)
from blogkit.markup.tokens import Attribute, Token, attributes, tokenize

_IMPLIES = CLOSES_P | RUBY | TABLE | frozenset({"option", "optgroup", "a", "nobr", "button"})
_ROOTS = frozenset({"html", "head", "body", "frame", "frameset"})


class Element:
    """One element. start, inner: its start tag; inner_end, end: its end tag (equal when the end is implied); closed: it has an end tag;
    holds_block: block elements stand in it."""

    __slots__ = ("closed", "end", "holds_block", "inner", "inner_end", "name", "parent", "start", "token")

    def __init__(self, token: Token, parent: Element | None) -> None:
        self.token = token
        self.name = token.name
        self.parent = parent
        self.start, self.inner = token.start, token.end
        self.inner_end = self.end = token.end
        self.closed = False
        self.holds_block = False

    @property
    def ancestors(self) -> Iterator[Element]:
        """Its parent, the parent of that, and so on."""
        parent = self.parent
        while parent:
            yield parent
            parent = parent.parent


class Spans:
    """A source and what stands where in it."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.tokens = tokenize(html)
        builder = _Builder(len(html))
        for token in self.tokens:
            builder.take(token)
        self.strays = builder.strays
        self.left_open = list(builder.stack)
        builder.finish()
        self.elements = builder.elements
        self._starts = [element.start for element in self.elements]
        self._token_starts = [token.start for token in self.tokens]

    @property
    def cut(self) -> Token | None:
        """The unfinished tag, comment or raw text in which the source ends."""
        return self.tokens[-1] if self.tokens and self.tokens[-1].kind == "cut" else None

    def attributes(self, element: Element) -> Iterator[Attribute]:
        """The attributes of an element."""
        return attributes(self.html, element.token)

    def attribute(self, element: Element, name: str) -> str | None:
        """The decoded value of one attribute."""
        return next((found.value for found in self.attributes(element) if found.name == name), None)

    def path(self, offset: int) -> list[Element]:
        """The elements that are open at this offset, the innermost first. One without an end tag is still open where its end is implied:
        what is put there would come into it."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return []
        nearest = self.elements[index]
        around = (nearest, *nearest.ancestors)
        return [element for element in around if element.start < offset < element.end or (offset == element.end and not element.closed)]

    def token_at(self, offset: int) -> int:
        """The index of the first token that begins at or after this offset."""
        return bisect_left(self._token_starts, offset)

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self.html.count("\n", 0, offset) + 1

    @cached_property
    def tables(self) -> list[Element]:
        """The outermost tables."""
        tables = [element for element in self.elements if element.name == "table"]
        return [table for table in tables if not any(parent.name == "table" for parent in table.ancestors)]


class _Builder:
    """The stack of open elements, fed with tokens."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.elements: list[Element] = []
        self.stack: list[Element] = []
        self.strays: list[Token] = []
        self.open = Counter[str]()  # how many of each name the stack holds: most end tags need no look at it

    def take(self, token: Token) -> None:
        if token.kind == "start" and token.name not in _ROOTS:
            self._start(token)
        elif token.kind == "end" and token.name not in _ROOTS and not self._end(token):
            self.strays.append(token)

    def finish(self) -> None:
        while self.stack:
            self._pop(self.length)

    def _start(self, token: Token) -> None:
        name = token.name
        in_foreign = bool(self.open["svg"] or self.open["math"]) and self._leave_foreign(token)
        if not in_foreign and name in _IMPLIES:
            self._imply(name, token.start)
        element = Element(token, self.stack[-1] if self.stack else None)
        self.elements.append(element)
        if name in BLOCK:
            for parent in element.ancestors:
                if parent.holds_block:
                    break
                parent.holds_block = True
        if name in VOID or (token.empty and (in_foreign or name in FOREIGN)):
            element.closed = True
        else:
            self.stack.append(element)
            self.open[name] += 1

    def _leave_foreign(self, token: Token) -> bool:
        """Is the next element part of an SVG or a formula? An element of HTML ends one that was left open."""
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].name in {"foreignobject", "desc", "title", "annotation-xml"}:
                return False
            if self.stack[index].name in FOREIGN:
                if token.name in OUT_OF_FOREIGN:
                    self._cut(index, token.start)
                    return False
                return True
        return False

    def _imply(self, name: str, at: int) -> None:
        """Put the ends that the start of this element implies."""
        if name in CLOSES_P and self.open["p"]:
            self._close_in_scope({"p"}, at, {"button"})
        if name in HEADINGS and self.stack and self.stack[-1].name in HEADINGS:
            self._pop(at)
        elif name == "li":
            self._close_item({"li"}, at)
        elif name in {"dd", "dt"}:
            self._close_item({"dd", "dt"}, at)
        elif name in RUBY | {"option", "optgroup"}:
            self._imply_short(name, at)
        elif name in {"a", "nobr"}:
            self._formatting(name, at, at)
        elif name == "button":
            self._close_in_scope({"button"}, at)
        elif name in TABLE:
            self._imply_table(name, at)

    def _imply_short(self, name: str, at: int) -> None:
        closers = {"option"} if name == "option" else {"option", "optgroup"} if name == "optgroup" else RUBY
        while self.stack and self.stack[-1].name in closers:
            self._pop(at)

    def _imply_table(self, name: str, at: int) -> None:
        ends: dict[str, frozenset[str]] = {
            "table": frozenset({"table"}) if self.stack and self.stack[-1].name in TABLE - CELLS - {"caption"} else frozenset(),
            "tr": frozenset({"tr"}),
            **dict.fromkeys(CELLS, CELLS),
            **dict.fromkeys((*ROW_GROUPS, "caption", "colgroup"), ROW_GROUPS | {"caption", "colgroup"}),
        }
        closed = ends[name] | ({"caption", "colgroup"} if name == "tr" else frozenset())
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].name in closed:
                self._cut(index, at)
                return
            if self.stack[index].name in {"table", "template"}:
                return

    def _close_item(self, names: set[str], at: int) -> None:
        for index in range(len(self.stack) - 1, -1, -1):
            name = self.stack[index].name
            if name in names:
                self._cut(index, at)
                return
            if name in SPECIAL - {"address", "div", "p"}:
                return

    def _close_in_scope(self, names: set[str] | frozenset[str], at: int, barriers: set[str] | frozenset[str] = frozenset()) -> bool:
        index = self._find(names, SCOPE | barriers)
        if index is None:
            return False
        self._cut(index, at)
        return True

    def _find(self, names: set[str] | frozenset[str], barriers: frozenset[str]) -> int | None:
        if not any(self.open[name] for name in names):
            return None
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].name in names:
                return index
            if self.stack[index].name in barriers:
                return None
        return None

    def _end(self, token: Token) -> bool:
        name = token.name
        if name in HEADINGS:
            index = self._find(HEADINGS, SCOPE)
        elif name in FORMATTING:
            return self._formatting(name, token.start, token.end)
        elif name == "p":
            index = self._find({"p"}, SCOPE | {"button"})
        elif name == "li":
            index = self._find({"li"}, SCOPE | {"ol", "ul"})
        elif name in TABLE:
            index = self._find({name}, frozenset({"html", "table", "template"}))
        elif name in BLOCK or name in SCOPE or name in {"button", "select"}:
            index = self._find({name}, SCOPE)
        else:
            index = self._find({name}, SPECIAL)
        if index is None:
            return False
        self._cut(index, token.start, token.end)
        return True

    def _formatting(self, name: str, start: int, end: int) -> bool:
        """End an inline element: blocks that began in it go on after it (the "adoption agency")."""
        index = self._find({name}, SCOPE)
        if index is None:
            return False
        blocks = [position for position in range(index + 1, len(self.stack)) if self.stack[position].name in SPECIAL]
        if not blocks:
            self._cut(index, start, end)
            return True
        element = self.stack.pop(index)
        self.open[name] -= 1
        element.inner_end, element.end, element.closed = start, end, end > start
        return True

    def _cut(self, index: int, start: int, end: int | None = None) -> None:
        """End this element and all that are open in it."""
        while len(self.stack) > index + 1:
            self._pop(start)
        self._pop(start, end)

    def _pop(self, start: int, end: int | None = None) -> None:
        element = self.stack.pop()
        self.open[element.name] -= 1
        element.inner_end, element.end, element.closed = start, start if end is None else end, end is not None
