"""Read the letters of all scripts: joiners, letters with their marks, digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_JOINED = (
    "\u0620-\u0669\u066e-\u06d3\u06d5-\u0963\u0966-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa"
)
_STRAY_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_JOINERS = "\u200c\u200d"


def without_stray_joiners(text: str) -> str:
    """Return a text with ZWJ and ZWNJ only where they are part of the spelling.

    Between letters of Arabic and Indic scripts they choose the shape, and so the word: Bengali
    RAB needs one, as does the Persian "me-khaham" (https://www.unicode.org/reports/tr31/,
    section 2.3). Elsewhere, as in emojis and at the ends of words, they are not seen.

    Args:
        text: The text.
    """
    return _STRAY_JOINER.sub("", text)


def clusters(text: str) -> Iterator[str]:
    """Yield the letters of a text, each with its marks and what is joined to it.

    A consonant and the one that its virama joins stay together, as a reader sees them
    (https://www.unicode.org/reports/tr29/, rule GB9c).

    Args:
        text: The text.
    """
    letter = ""
    for char in text:
        belongs = unicodedata.category(char)[0] == "M" or char in _JOINERS
        joined = letter[-1:] in _JOINERS or unicodedata.combining(letter[-1:] or " ") == _VIRAMA
        if letter and not (belongs or joined):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


_VIRAMA = 9
"""The canonical combining class of viramas (https://www.unicode.org/reports/tr44/)."""


def plain_digits(text: str) -> str:
    """Return a text with the digits 0 to 9 in place of those of other scripts.

    Args:
        text: The text, such as "१९४७".
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
