"""Where SVG and MathML are open: there `<title>` holds markup, and `<![CDATA[…]]>` is text.

https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from blogkit.html.elements import FOREIGN, ISLANDS, OUT_OF_FOREIGN, VOID

if TYPE_CHECKING:
    from blogkit.html.tokenizer import Token

_FONT = (" color", " face", " size")  # SVG has a `<font>` of its own, without these


class Foreign:
    """The open roots of SVG and MathML, and the islands of HTML in them.

    Attributes:
        open: The names of those roots and islands, the outermost first.
        inside: Whether the next tag belongs to SVG or MathML.
    """

    __slots__ = ("_counted", "_inner", "_outer", "_roots", "_tokens", "inside", "open")

    def __init__(self, tokens: list[Token]) -> None:
        """Begin a source.

        Args:
            tokens: The tokens so far; the caller adds each before it is taken here.
        """
        self.open: list[str] = []
        self.inside = False
        self._tokens = tokens
        self._counted = 0  # tokens that are in `_outer`, or were in an SVG
        self._outer: Counter[str] = Counter()  # elements that are open around the outermost root
        self._inner: Counter[str] = Counter()  # elements that are open in it
        self._roots: Counter[str] = Counter()  # the names in `open`

    def start(self, html: str, token: Token) -> bool:
        """Take a start tag.

        Args:
            html: The source.
            token: The start tag, already the last of the tokens that were given to the constructor.

        Returns:
            Whether it is an element of HTML, not of SVG or MathML.
        """
        name = token.name
        if not self.open:
            if name not in FOREIGN:
                return True
            self._count(self._tokens[self._counted : -1])
        belongs = name in FOREIGN or (self.inside and not breaks_out(html, token))
        if self.inside and not belongs:
            self._leave()
        elif not token.empty and (name in FOREIGN or (self.inside and name in self._islands)):
            self.open.append(name)
            self._roots[name] += 1
        if self.open:
            self._inner[name] += not (token.empty if belongs else name in VOID)
        else:
            self._counted = len(self._tokens) - (not belongs)
        self.inside = bool(self.open) and self.open[-1] in FOREIGN
        return not belongs

    def end(self, name: str) -> None:
        """Take an end tag.

        Args:
            name: Its name in lower case.
        """
        if self.inside and name in {"br", "p"}:
            self._leave()
        elif self._inner[name] > 0:
            self._inner[name] -= 1
            if self._roots[name] > 0:
                while self._pop() != name:
                    pass
        elif self._outer[name] > 0:  # `<div><svg></div>` ends the SVG, too
            self.open.clear()
        if not self.open:
            self._forget()
            self._counted = len(self._tokens) - 1
        self.inside = bool(self.open) and self.open[-1] in FOREIGN

    def _count(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.kind == "start":
                self._outer[token.name] += token.name not in VOID
            elif token.kind == "end" and self._outer[token.name] > 0:
                self._outer[token.name] -= 1

    def _pop(self) -> str:
        name = self.open.pop()
        self._roots[name] -= 1
        return name

    def _forget(self) -> None:
        self._inner.clear()
        self._roots.clear()

    def _leave(self) -> None:
        """End SVG and MathML up to the next island of HTML."""
        while self.open and self.open[-1] in FOREIGN:
            self._pop()
        if not self.open:
            self._forget()

    @property
    def _islands(self) -> frozenset[str]:
        return ISLANDS[self.open[-1]]


def breaks_out(html: str, token: Token) -> bool:
    """Return whether a start tag ends the SVG or MathML that is open around it.

    Args:
        html: The source.
        token: A start tag in it, directly in SVG or MathML.
    """
    if token.name == "font":
        source = html[token.start : token.end].lower()
        return any(name in source for name in _FONT)
    return token.name in OUT_OF_FOREIGN
