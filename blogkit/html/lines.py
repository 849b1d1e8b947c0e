"""The lines of a text, by offset."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property


class LineIndex:
    """Finds the line of an offset, in any order, without counting from the start each time."""

    def __init__(self, text: str | bytes) -> None:
        self._text = text

    def before(self, offset: int) -> int:
        """Return the number of line feeds before an offset."""
        return bisect_left(self._breaks, offset)

    @cached_property
    def _breaks(self) -> list[int]:
        if isinstance(self._text, bytes):
            return [found.start() for found in re.finditer(rb"\n", self._text)]
        return [found.start() for found in re.finditer(r"\n", self._text)]
