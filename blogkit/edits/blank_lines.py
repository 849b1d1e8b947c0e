"""Find blank lines as `wpautop` does: where WordPress ends a paragraph in a post without blocks.

https://developer.wordpress.org/reference/functions/wpautop/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# wpautop makes all of them LF first
_LINE_END = r"(?:\r\n|\n|\r(?!\n))"
_BLANK = re.compile(rf"{_LINE_END}\s*?{_LINE_END}\s*")


def blank_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the blank lines between two offsets.

    Args:
        text: The source.
        start: Where to begin.
        end: Where to stop.

    Yields:
        The offset of each, and the offset after the white space that follows it.
    """
    for match in _BLANK.finditer(text, start, end):
        yield match.span()


def has_blank(text: str) -> bool:
    """Return whether this whitespace contains a blank line."""
    return _BLANK.search(text) is not None
