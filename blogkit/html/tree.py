"""Where each element of an HTML source begins and ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from blogkit.html.builder import Builder
from blogkit.html.element import Element
from blogkit.html.lines import LineIndex
from blogkit.html.tags import Attribute, attributes
from blogkit.html.tokenizer import Token, tokenize


class Tree:
    """A source and its elements.

    Attributes:
        html: The source.
        tokens: Its tokens, without gaps.
        elements: Its elements in the order of their start tags.
        root: A nameless element that holds them all; it is the parent of none.
        strays: The end tags that end nothing.
        left_open: The elements that are still open at the end, the outermost first.
    """

    def __init__(self, html: str, *, scripting: bool = True, page: bool = False) -> None:
        """Read a source.

        Args:
            html: The source.
            scripting: Whether scripts run where it is shown; see `tokenize`.
            page: Whether it is a whole page. In a fragment, browsers ignore `<html>`, `<head>` and
                `<body>`.
        """
        self.html = html
        self.tokens = tokenize(html, scripting=scripting)
        builder = Builder(html, page=page)
        for token in self.tokens:
            builder.take(token)
        self.strays = builder.strays
        self.left_open = list(builder.open)
        builder.finish()
        self.elements, self.root = builder.elements, builder.root
        self._starts = [element.start for element in self.elements]

    @property
    def cut(self) -> Token | None:
        """The unfinished tag, comment or raw content in which the source ends."""
        return self.tokens[-1] if self.tokens and self.tokens[-1].kind == "cut" else None

    def attributes(self, element: Element) -> Iterator[Attribute]:
        """Yield the attributes of an element with their offsets."""
        return attributes(self.html, element.token)

    def attribute(self, element: Element, name: str) -> str | None:
        """Return the value of one attribute, or None if the element has no such attribute.

        Args:
            element: An element of this tree.
            name: The attribute's name in lower case.
        """
        return element.attributes.get(name)

    def path(self, offset: int) -> list[Element]:
        """Return the elements that are open at this offset, the innermost first.

        One without an end tag is still open where its end is implied: what is put there would come
        into it.

        Args:
            offset: A place between two characters. At the start of a start tag the element is not
                open yet; at the end of an end tag it no longer is.
        """
        # An element is not open at its own start: what is put there comes before it.
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return []
        nearest = self.elements[index]
        around = (nearest, *nearest.ancestors)
        return [element for element in around if _is_open(element, offset)]

    def token_at(self, offset: int) -> int:
        """Return the index of the first token that begins at or after this offset."""
        return bisect_left(self._token_starts, offset)

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return self._lines.before(offset) + 1

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.html)

    @cached_property
    def tables(self) -> list[Element]:
        """The outermost tables."""
        found: list[Element] = []
        for element in self.elements:
            if element.name == "table" and (not found or element.start >= found[-1].end):
                found.append(element)
        return found

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]


def _is_open(element: Element, offset: int) -> bool:
    # at its end, an element without an end tag would still take what is put there
    return element.start < offset < element.end or (offset == element.end and not element.closed)
