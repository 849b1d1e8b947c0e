"""The stack of open elements, which answers in constant time how deep the nearest of some names is.

A walk down the stack for each end tag would make the work grow with the square of the source:
`<span><div>`, ten thousand times `<i>`, ten thousand times `</span>`.
"""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.html.element import Element

Names = frozenset[str]


class OpenElements:
    """The elements that are open, the outermost first.

    An element that was taken out of the middle leaves a gap, so that the others keep their places.
    """

    def __init__(self) -> None:
        self._stack: list[Element | None] = []
        self._places: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[Element]:
        return (element for element in self._stack if element)

    @property
    def top(self) -> Element | None:
        """The innermost open element."""
        return self._stack[-1] if self._stack else None

    def push(self, element: Element) -> None:
        """Open an element."""
        self._places.setdefault(element.name, []).append(len(self._stack))
        self._stack.append(element)

    def pop(self) -> Element:
        """Take out the innermost element and return it.

        Returns:
            The element that is no longer open.
        """
        return self.remove(len(self._stack) - 1)

    def remove(self, place: int) -> Element:
        """Take out the element at a place, which must be the innermost of its name.

        Args:
            place: Its place in the stack, from 0 for the outermost.

        Returns:
            The element that is no longer open.

        Raises:
            LookupError: The place is a gap.
        """
        element = self._stack[place]
        if element is None:
            raise LookupError(f"no element is open at {place}")
        places = self._places[element.name]
        places.pop()
        if not places:
            del self._places[element.name]
        self._stack[place] = None
        while self._stack and self._stack[-1] is None:
            self._stack.pop()
        return element

    def holds(self, place: int) -> bool:
        """Return whether an element is open at this place or inside it."""
        return len(self._stack) > place

    def has_none(self, names: Names) -> bool:
        """Return whether no element with one of these names is open."""
        return names.isdisjoint(self._places)

    def last(self, names: Names) -> int:
        """Return the place of the innermost element with one of these names; -1 if none is open."""
        if len(self._places) < len(names):  # as nearly always
            places = [found[-1] for name, found in self._places.items() if name in names]
        else:
            places = [self._places[name][-1] for name in names if name in self._places]
        return max(places, default=-1)

    def find(self, names: Names, barriers: Names) -> int | None:
        """Return the place of the innermost of these names, unless a barrier is further inside.

        Args:
            names: Names in lower case, one of which is looked for.
            barriers: Names that an end tag does not reach out of.

        Returns:
            The place in the stack; None if there is none, or a barrier is in between.
        """
        top = self.top
        if top and top.name in names:
            return len(self._stack) - 1
        if names.isdisjoint(self._places):
            return None
        place = self.last(names)
        return place if self.last(barriers) <= place else None
