"""An element of a source, by its offsets."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.html.elements import HIDDEN, IMPLIED_END, SEPARATORS
from blogkit.html.references import decode
from blogkit.html.tags import attributes
from blogkit.html.tokenizer import Token


class Element:
    """One element of a source.

    Args:
        source: The source that it is part of.
        token: Its start tag.
        parent: The element around it; None for an outermost one.

    Attributes:
        token: Its start tag.
        source: The source that it is part of.
        name: Its name in lower case.
        start: The offset of its start tag.
        inner: The end of its start tag.
        inner_end: The offset of its end tag.
        end: The end of its end tag; equal to `inner_end` if the end is implied.
        closed: Whether it has an end tag, or needs none.
        holds_block: Whether block elements are in it.
        strays: Whether end tags without a start tag are directly in it.
        items: What is directly in it, in order: elements, and tokens of text, comments and raw
            content.
        parent: The element around it.
    """

    __slots__ = (
        "_attributes",
        "closed",
        "end",
        "holds_block",
        "inner",
        "inner_end",
        "items",
        "name",
        "parent",
        "source",
        "start",
        "strays",
        "token",
    )

    def __init__(self, source: str, token: Token, parent: Element | None) -> None:
        self.source = source
        self.token = token
        self.name = token.name
        self.parent = parent
        self.start, self.inner = token.start, token.end
        self.inner_end = self.end = token.end
        self.closed = self.holds_block = self.strays = False
        self.items: list[Element | Token] = []
        self._attributes: dict[str, str] | None = None

    def __repr__(self) -> str:
        return f"<{self.name} at {self.start}-{self.end}>"

    @property
    def ancestors(self) -> Iterator[Element]:
        """Its parent, the parent of that, and so on."""
        parent = self.parent
        while parent:
            yield parent
            parent = parent.parent

    @property
    def children(self) -> list[Element]:
        """The elements directly in it."""
        return [item for item in self.items if isinstance(item, Element)]

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes with character references replaced."""
        if self._attributes is None:
            found = attributes(self.source, self.token)
            self._attributes = {attribute.name: attribute.value for attribute in found}
        return self._attributes

    @property
    def inner_html(self) -> str:
        """The source between its tags."""
        return self.source[self.inner : self.inner_end]

    def descendants(self) -> Iterator[Element]:
        """Yield every element in it, in the order of the source.

        It keeps its own stack: a thousand nested `<b>` are deeper than Python's recursion limit.
        """
        waiting = self.children[::-1]  # reversed, because the last one is taken first
        while waiting:
            element = waiting.pop()
            yield element
            waiting += element.children[::-1]

    def walk(self) -> Iterator[Element | Token | str]:
        """Yield everything in it in order, and the name of each element again where it ends."""
        waiting: list[Element | Token | str] = [*self.items[::-1]]
        while waiting:
            item = waiting.pop()
            yield item
            if isinstance(item, Element):
                waiting += [item.name, *item.items[::-1]]

    def is_tidy(self, may_be_implied: frozenset[str] = IMPLIED_END) -> bool:
        """Return whether every tag in it has its counterpart.

        Then it can be cut out without leaving half of anything.

        Args:
            may_be_implied: The elements whose end tag may be left out.
        """
        every = (self, *self.descendants())
        return all(_is_sound(element, may_be_implied) for element in every)

    def text(self) -> str:
        """Return the words in it with single spaces, without scripts and styles."""
        parts: list[str] = []
        waiting: list[Element | Token | str] = [*self.items[::-1]]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                parts.append(item)
            elif isinstance(item, Element):
                if item.name not in HIDDEN:
                    edge = " " if item.name in SEPARATORS else ""
                    waiting += [edge, *item.items[::-1], edge]
            elif item.kind in {"text", "raw"}:
                parts.append(self.source[item.start : item.end])
        return " ".join(decode("".join(parts)).split())


def _is_sound(element: Element, may_be_implied: frozenset[str]) -> bool:
    if element.strays or not (element.closed or element.name in may_be_implied or not element.name):
        return False
    # `<b><p>x</b>y</p>`: the paragraph goes on after the element that it began in
    return all(child.end <= element.inner_end for child in element.children)
