"""What the texts of a table's columns tell: whether they are figures, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from blogkit.html import words

_NUMBER = r"\d(?:[\d.,:/\u00a0\u202f]*\d)?"  # 7, 12,34,567.5, 2021/22
_UNIT = r"[^\s\d.,:;()/]{1,10}"  # %, lakh, km², करोड़
_FIGURE = re.compile(
    rf"[~≈<>≥≤±+−–-]?\s?(?:[^\W\d_]{{0,3}}\.?\s?[₹$€£¥]?)\s?{_NUMBER}"
    rf"(?:\s?[–-]\s?[₹$€£¥]?\s?{_NUMBER})?(?:\s?{_UNIT}){{0,2}}(?:\s?/\s?{_UNIT})?\Z"
)
"""A figure with its sign, currency and unit, or two of them with a dash."""
_EMPTY = frozenset({"", "-", "–", "—", "…", "n/a", "na", "nil"})

WIDTHS = (420, 520, 640, 780, 960)
"""Widths of tables in pixels for which style.css has a rule."""

_PHONE = 328
"""What a phone of 360 pixels leaves to the text."""
_LETTER, _PADDING = 8.5, 22
_MOST = 220


def are_figures(texts: Iterable[str]) -> bool:
    """Return whether the cells of a column are figures, such as 1,20,000, 7.5 % and ₹3 crore.

    Args:
        texts: The cells, as they are written. Empty ones and dashes do not count.
    """
    plain = [words(text).strip(" *_") for text in texts]
    filled = [text for text in plain if text.casefold() not in _EMPTY]
    return bool(filled) and all(_FIGURE.match(text) for text in filled)


def least_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the width that a table needs to be read well; 0 if it fits every phone.

    Args:
        rows: The cells, with those of the head.
    """
    columns = list(zip_longest(*rows, fillvalue=""))
    narrow = sum(max(map(_longest_word, column)) for column in columns)
    if narrow <= _PHONE:
        return 0
    wide = sum(
        max(max(map(_longest_word, column)), min(max(map(len, column)) * _LETTER / 2.5, _MOST))
        for column in columns
    )
    return next((width for width in WIDTHS if width >= wide), WIDTHS[-1])


def _longest_word(text: str) -> float:
    return max(map(len, words(text).split()), default=0) * _LETTER + _PADDING
