"""Skip a large pattern where none of its words occurs.

Texts without them, which most are, cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FOLDED = "\u0130\u0131\u017f\u212a"
"""The letters outside ASCII that `re.IGNORECASE` takes for i, s and k:
https://docs.python.org/3/library/re.html#re.IGNORECASE
"""


@dataclass(frozen=True)
class Needles:
    """A pattern with words that it needs.

    Attributes:
        pattern: What is looked for.
        words: Every match holds one of them. They are in lower case if the pattern ignores case.
        letters: Every match holds one of these letters, too, which are found faster than words.
        in_line: Only the line decides whether something in it is a match.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    letters: re.Pattern[str] | None = None
    in_line: bool = False

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, or None."""
        return next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches in order."""
        for start, end in self._places(text):
            yield from self.pattern.finditer(text, start, end)

    def may_hold(self, text: str) -> bool:
        """Return whether the text may hold a match; False is certain."""
        return next(self._places(text), None) is not None

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where matches may be, in order."""
        if self.letters and not self.letters.search(text):
            return
        read = text
        if self.pattern.flags & re.IGNORECASE:
            if any(letter in text for letter in _FOLDED):
                yield 0, len(text)
                return
            read = text.lower()
        if not self.in_line:
            if any(word in read for word in self.words):
                yield 0, len(text)
            return
        lines = {}
        for word in self.words:
            at = read.find(word)
            while at >= 0:
                end = read.find("\n", at)
                end = end if end >= 0 else len(read)
                lines[read.rfind("\n", 0, at) + 1] = end
                at = read.find(word, end)
        yield from sorted(lines.items())


@dataclass(frozen=True)
class Either:
    """Several patterns, each with the words that it needs.

    Attributes:
        parts: The patterns.
    """

    parts: tuple[Needles, ...]

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in the text, or None."""
        return next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in order."""
        found = (match for part in self.parts for match in part.finditer(text))
        return iter(sorted(found, key=lambda match: match.start()))
