"""Skip a large pattern where none of its words occurs.

Texts without them, which most are, cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FOLDED = re.compile("[\u0130\u0131\u017f\u212a]")
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
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    letters: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, or None."""
        return self.pattern.search(text) if self.may_hold(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in order."""
        return self.pattern.finditer(text) if self.may_hold(text) else iter(())

    def may_hold(self, text: str) -> bool:
        """Return whether the text may hold a match; False is certain."""
        if self.letters and not self.letters.search(text):
            return False
        if self.pattern.flags & re.IGNORECASE:
            if _FOLDED.search(text):
                return True
            text = text.lower()
        return any(word in text for word in self.words)


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
