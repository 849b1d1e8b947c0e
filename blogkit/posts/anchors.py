"""Give headings ids: readable, the same on every run, unique in a post.

`## Heading {#short-name}` chooses one.
"""

from __future__ import annotations

from blogkit.posts.slugs import slugify

_FALLBACK = "section"


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
        base = name = chosen or slugify(text) or _FALLBACK
        while name in self._taken:
            self._taken[base] += 1
            name = f"{base}-{self._taken[base]}"
        self._taken[name] = 0
        return name
