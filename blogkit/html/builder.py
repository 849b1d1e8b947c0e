"""Build elements from tokens, with implied end tags, as browsers do.

https://html.spec.whatwg.org/multipage/parsing.html#tree-construction, as far as it decides what
contains what. What the source holds stays where it is: an element that a browser moves out of a
table is still found inside it.
"""

from __future__ import annotations

from blogkit.html.element import Element
from blogkit.html.elements import (
    BLOCK,
    CELLS,
    CLOSES_P,
    FOREIGN,
    FORMATTING,
    HEADINGS,
    ISLANDS,
    ROW_GROUPS,
    RUBY,
    SCOPE,
    SPECIAL,
    TABLE,
    VOID,
)
from blogkit.html.foreign import breaks_out
from blogkit.html.open_elements import Names, OpenElements
from blogkit.html.tokenizer import Token

_P, _LI, _DEFINITION, _BUTTON = (
    frozenset({"p"}),
    frozenset({"li"}),
    frozenset({"dd", "dt"}),
    frozenset({"button"}),
)
_SVG, _MATH = frozenset({"svg"}), frozenset({"math"})
_IMPLIES = CLOSES_P | RUBY | TABLE | {"option", "optgroup", "a", "nobr", "button"}
_ROOTS = frozenset({"html", "head", "body", "frame", "frameset"})
# "Scopes" of the standard: an end tag ends an element only if none of these is in between.
# https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-the-specific-scope
_BUTTON_SCOPE = SCOPE | {"button"}
_LIST_SCOPE = SCOPE | {"ol", "ul"}
_TABLE_SCOPE = frozenset({"html", "table", "template"})
# A new `<li>` ends the last one, also out of a `<p>` or `<div>` that was left open in it.
_ITEM_BARRIERS = SPECIAL - {"address", "div", "p"}
_GENERAL = BLOCK | SCOPE | {"button", "select"}
_SECTIONS = ROW_GROUPS | {"caption", "colgroup"}
_CLOSED_BY: dict[str, Names] = {
    "table": frozenset(),
    "tr": frozenset({"tr", "caption", "colgroup"}),
    **dict.fromkeys(CELLS, CELLS),
    **dict.fromkeys(_SECTIONS, _SECTIONS),
}
"""What the start of a part of a table ends."""
_HOLDS_NO_TABLE = TABLE - CELLS - {"caption"}


class Builder:
    """Takes tokens and knows which elements are open.

    Args:
        source: The source that the tokens are of.
        page: Whether it is a whole page. In a fragment, the tags of `<html>`, `<head>`, `<body>`
            and frames are ignored, as browsers do.

    Attributes:
        elements: Every element so far, in the order of the start tags.
        strays: The end tags so far that end nothing.
        open: The elements that are open now.
        root: A nameless element around them all.
    """

    def __init__(self, source: str, *, page: bool = False) -> None:
        self.source = source
        self._ignored = frozenset() if page else _ROOTS
        self.elements: list[Element] = []
        self.strays: list[Token] = []
        self.open = OpenElements()
        self.root = Element(source, Token("start", "", 0, 0), None)

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind == "start":
            if token.name not in self._ignored:
                self._start(token)
        elif token.kind != "end":
            (self.open.top or self.root).items.append(token)
        elif token.name not in self._ignored and not self._end(token):
            self.strays.append(token)
            (self.open.top or self.root).strays = True

    def finish(self) -> None:
        """End what is still open. Call it once, after the last token."""
        length = len(self.source)
        while self.open.top:
            self._pop(length)
        self.root.inner_end = self.root.end = length

    def _start(self, token: Token) -> None:
        name = token.name
        in_foreign = self._in_foreign(token)
        if not in_foreign and name in _IMPLIES:
            self._imply(name, token.start)
        parent = self.open.top
        element = Element(self.source, token, parent)
        self.elements.append(element)
        (parent or self.root).items.append(element)
        if name in BLOCK:
            # Stops at the first that knows it already, so each element is told once, however many
            # blocks it holds.
            for around in element.ancestors:
                if around.holds_block:
                    break
                around.holds_block = True
        if name in VOID or (token.empty and (in_foreign or name in FOREIGN)):
            element.closed = True
        else:
            self.open.push(element)

    @property
    def _foreign(self) -> int | None:
        """The place of the SVG or formula that the next tag belongs to."""
        if self.open.has_none(FOREIGN):
            return None
        svg, math = self.open.last(_SVG), self.open.last(_MATH)
        root, islands = (svg, ISLANDS["svg"]) if svg > math else (math, ISLANDS["math"])
        return None if root < 0 or self.open.last(islands) > root else root

    def _leave_foreign(self, at: int) -> None:
        while (root := self._foreign) is not None:
            self._cut(root, at)

    def _in_foreign(self, token: Token) -> bool:
        """Return whether the next element is part of an SVG or a formula.

        An element of HTML ends one that was left open.
        """
        if self.open.has_none(FOREIGN) or self._foreign is None:
            return False
        if breaks_out(self.source, token):
            self._leave_foreign(token.start)
            return False
        return True

    def _imply(self, name: str, at: int) -> None:
        """Put the ends that the start of this element implies."""
        if name in CLOSES_P:
            self._close(_P, _BUTTON_SCOPE, at)
        top = self.open.top
        # Only the innermost element counts: `<h2><b><h3>` stays nested in a browser.
        if name in HEADINGS and top and top.name in HEADINGS:
            self._pop(at)
        elif name == "li":
            self._close(_LI, _ITEM_BARRIERS, at)
        elif name in _DEFINITION:
            self._close(_DEFINITION, _ITEM_BARRIERS, at)
        elif name in RUBY or name in {"option", "optgroup"}:
            self._imply_short(name, at)
        elif name in {"a", "nobr"}:
            self._formatting(name, at, at)
        elif name == "button":
            self._close(_BUTTON, SCOPE, at)
        elif name == "table":
            # A cell holds another table; anywhere else in a table, a second `<table>` ends the
            # first.
            if top and top.name in _HOLDS_NO_TABLE:
                self._close(frozenset({"table"}), _TABLE_SCOPE, at)
        elif name in TABLE:
            self._close(_CLOSED_BY[name], _TABLE_SCOPE, at)

    def _imply_short(self, name: str, at: int) -> None:
        closed = {"option": {"option"}, "optgroup": {"option", "optgroup"}}.get(name, RUBY)
        while (top := self.open.top) and top.name in closed:
            self._pop(at)

    def _close(self, names: Names, barriers: Names, at: int) -> None:
        place = self.open.find(names, barriers)
        if place is not None:
            self._cut(place, at)

    def _end(self, token: Token) -> bool:
        name = token.name
        # Of all end tags these two leave an SVG, because a browser makes an element of each:
        # https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
        if name in {"br", "p"}:
            self._leave_foreign(token.start)
        top = self.open.top
        if top and top.name == name:  # as nearly always
            self._pop(token.start, token.end)
            return True
        if name in FORMATTING:
            return self._formatting(name, token.start, token.end)
        names = frozenset({name})
        # Any of their end tags ends any of them: `<h2>x</h3>` is a whole heading.
        if name in HEADINGS:
            place = self.open.find(HEADINGS, SCOPE)
        elif name == "p":
            place = self.open.find(_P, _BUTTON_SCOPE)
        elif name == "li":
            place = self.open.find(_LI, _LIST_SCOPE)
        elif name in TABLE:
            place = self.open.find(names, _TABLE_SCOPE)
        elif name in _ROOTS:
            place = self.open.find(names, frozenset())
        elif name in _GENERAL:
            place = self.open.find(names, SCOPE)
        else:
            place = self.open.find(names, SPECIAL)
        if place is None:
            return False
        self._cut(place, token.start, token.end)
        return True

    def _formatting(self, name: str, start: int, end: int) -> bool:
        """End an inline element: blocks that began in it go on after it.

        https://html.spec.whatwg.org/multipage/parsing.html#adoption-agency-algorithm
        """
        place = self.open.find(frozenset({name}), SCOPE)
        if place is None:
            return False
        if self.open.last(SPECIAL) < place:
            self._cut(place, start, end)
            return True
        # A browser would open a copy of it inside the block; the copy has no tag in the source.
        element = self.open.remove(place)
        element.inner_end, element.end, element.closed = start, end, end > start
        return True

    def _cut(self, place: int, start: int, end: int | None = None) -> None:
        """End this element and all that are open in it."""
        while self.open.holds(place + 1):
            self._pop(start)
        self._pop(start, end)

    def _pop(self, start: int, end: int | None = None) -> None:
        element = self.open.pop()
        element.inner_end, element.closed = start, end is not None
        element.end = start if end is None else end
