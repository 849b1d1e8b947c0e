"""Fix text that was decoded with the wrong encoding, and name each place by its line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from blogkit.importers.report import Repaired
from blogkit.lint.mojibake import find_mojibake

_MOST_ROUNDS = 4
"""A letter may be certain only when its neighbours are fixed."""


def repaired(text: str, numbers: Sequence[int] = ()) -> tuple[str, tuple[Repaired, ...]]:
    """Return the text with certain encoding errors fixed, and each place.

    Args:
        text: The text.
        numbers: The number of each line, if they are not 1, 2, 3.
    """
    found: list[Repaired] = []
    for _ in range(_MOST_ROUNDS):
        text, more = _repaired_once(text, LineNumbers(text, numbers))
        found += more
        if not more:
            break
    return text, tuple(sorted(found, key=lambda one: one.line))


def without_broken(text: str) -> str:
    """Return a text without what was decoded with the wrong encoding, for a file's name."""
    for hit in reversed(find_mojibake(text)):
        text = text[: hit.start] + text[hit.end :]
    return text


def _repaired_once(text: str, lines: LineNumbers) -> tuple[str, list[Repaired]]:
    parts: list[str] = []
    found: list[Repaired] = []
    at = 0
    for hit in find_mojibake(text):
        if hit.certain:
            found.append(Repaired(lines.at(hit.start), text[hit.start : hit.end], hit.choices[0]))
            parts += [text[at : hit.start], hit.choices[0]]
            at = hit.end
    return "".join([*parts, text[at:]]), found


class LineNumbers:
    """The lines of a text by offset.

    Args:
        text: The text.
        numbers: The number of each line, if they are not 1, 2, 3.
    """

    def __init__(self, text: str, numbers: Sequence[int] = ()) -> None:
        self._numbers = numbers
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        line = bisect_left(self._breaks, offset)
        return self._numbers[min(line, len(self._numbers) - 1)] if self._numbers else line + 1
