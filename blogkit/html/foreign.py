"""Where SVG and MathML are open: there `<title>` holds markup, and `<![CDATA[…]]>` is text.

https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.html.elements import FOREIGN, ISLANDS, OUT_OF_FOREIGN

if TYPE_CHECKING:
    from blogkit.html.tokenizer import Token

_FONT = (" color", " face", " size")


class Foreign:
    """The open roots of SVG and MathML, and the islands of HTML in them."""

    __slots__ = ("inside", "open")

    def __init__(self) -> None:
        self.open: list[str] = []
        self.inside = False
        """Whether the next tag belongs to SVG or MathML."""

    def start(self, html: str, token: Token) -> bool:
        """Take a start tag. Return whether it is an element of HTML."""
        name = token.name
        if not self.open and name not in FOREIGN:
            return True
        belongs = name in FOREIGN or (self.inside and not breaks_out(html, token))
        if self.inside and not belongs:
            while self.open and self.open[-1] in FOREIGN:
                self.open.pop()
        elif not token.empty and (name in FOREIGN or (self.inside and name in self._islands)):
            self.open.append(name)
        self.inside = bool(self.open) and self.open[-1] in FOREIGN
        return not belongs

    def end(self, name: str) -> None:
        """Take an end tag."""
        if self.inside and name in {"br", "p"}:
            while self.open and self.open[-1] in FOREIGN:
                self.open.pop()
        elif name in self.open:
            while self.open.pop() != name:
                pass
        self.inside = bool(self.open) and self.open[-1] in FOREIGN

    @property
    def _islands(self) -> frozenset[str]:
        return ISLANDS[self.open[-1]]


def breaks_out(html: str, token: Token) -> bool:
    """Return whether a start tag ends the SVG or MathML that is open around it."""
    if token.name == "font":
        source = html[token.start : token.end].lower()
        return any(name in source for name in _FONT)
    return token.name in OUT_OF_FOREIGN
