"""Give headings ids: readable, the same on every run, unique in a post.

Letters and digits of every script stay, as on GitHub: "भारत की नीति" is `भारत-की-नीति`. Browsers
find such ids from a percent-encoded `#…`, sites keep them, and transliteration would be wrong in
some language. `## Heading {#short-name}` chooses one.
"""

from __future__ import annotations

import unicodedata

_FALLBACK = "section"


def heading_slug(text: str) -> str:
    """Return the letters and digits of a text as lower-case words joined by `-`."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text).lower():
        category = unicodedata.category(char)
        follows_letter = bool(kept) and kept[-1] != "-"
        # Vowel signs are marks (Mn, Mc) that belong to the word; selectors of emoji are marks, too.
        if category[0] in "LN" or (
            category in ("Mn", "Mc") and follows_letter and not "\ufe00" <= char <= "\ufe0f"
        ):
            kept.append(char)
        elif follows_letter and category not in ("Cf", "Me") and char not in "'’":
            kept.append("-")
    return "".join(kept).strip("-")


class Anchors:
    """The ids given out in one post."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}  # id → the last number tried behind it

    def give(self, text: str, chosen: str = "") -> str:
        """Return a free id for a heading: the chosen one or a slug of its text, maybe numbered.

        Args:
            text: The heading's plain text.
            chosen: What its author wrote in `{#…}`.
        """
        base = name = chosen or heading_slug(text) or _FALLBACK
        while name in self._taken:
            self._taken[base] += 1
            name = f"{base}-{self._taken[base]}"
        self._taken[name] = 0
        return name
