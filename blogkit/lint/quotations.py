"""Which parts of a text are in quotation marks."""

from __future__ import annotations

from bisect import bisect_left

from blogkit.patterns import lazy_pattern

_OPENS, _CLOSES = "\"“'‘«„`", "\"”'’»“`"
_MARKS = lazy_pattern('["“”\n]')


class Quotations:
    """The quotation marks of a text, found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at: dict[str, list[int]] = {'"': [], "“": [], "”": [], "\n": []}
        for mark in _MARKS.finditer(text):
            self._at[mark[0]].append(mark.start())

    def hold(self, start: int, end: int) -> bool:
        """Return whether [start, end) is in quotation marks on its own line."""
        breaks = self._at["\n"]
        first, last = bisect_left(breaks, start), bisect_left(breaks, end)
        line = breaks[first - 1] + 1 if first else 0
        stop = breaks[last] if last < len(breaks) else len(self._text)
        if line < start and end < stop:
            around = self._text[start - 1], self._text[end]
            if around[0] in _OPENS and around[1] in _CLOSES:
                return True
        return (self._count('"', line, start) % 2 == 1 and self._count('"', end, stop) > 0) or (
            self._count("“", line, start) > self._count("”", line, start)
            and self._count("”", end, stop) > 0
        )

    def _count(self, mark: str, start: int, stop: int) -> int:
        places = self._at[mark]
        return bisect_left(places, stop) - bisect_left(places, start)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether part of a short text is in quotation marks on its own line.

    Args:
        text: The whole text.
        start: Where the part begins, in characters.
        end: Where it ends.
    """
    return Quotations(text).hold(start, end)
