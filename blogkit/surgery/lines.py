"""Blank lines as `wpautop` sees them: where WordPress ends a paragraph in a post without blocks.

https://developer.wordpress.org/reference/functions/wpautop/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE_END = r"(?:\r\n|\n|\r(?!\n))"
_BLANK = re.compile(rf"{_LINE_END}\s*?{_LINE_END}\s*")


def blank(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The blank lines between two offsets: each with the offset behind the white space that follows it."""
    for match in _BLANK.finditer(text, start, end):
        yield match.span()


def has_blank(text: str) -> bool:
    """Is there a blank line in this white space?"""
    return _BLANK.search(text) is not None
