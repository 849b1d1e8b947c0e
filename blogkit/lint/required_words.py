"""A large pattern behind a look for a word: texts without any of its words cost next to nothing."""

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
    """pattern: what is looked for; words: every match holds one of them, in lower case where the
    pattern ignores case.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_hold(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_hold(text) else iter(())

    def may_hold(self, text: str) -> bool:
        """Whether the text may hold a match; False is certain."""
        if self.pattern.flags & re.IGNORECASE:
            if _FOLDED.search(text):
                return True
            text = text.lower()
        return any(word in text for word in self.words)
