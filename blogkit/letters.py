"""Read the letters of all scripts: joiners, letters with their marks, digits."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

_JOINED = (
    "\u0620-\u0669\u066e-\u06d3\u06d5-\u0963\u0966-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa"
)
_JOINERS = "\u200c\u200d"


def without_stray_joiners(text: str) -> str:
    """Return a text with ZWJ and ZWNJ only where they are part of the spelling.

    Between letters of Arabic and Indic scripts they choose the shape, and so the word: Bengali
    RAB needs one, as does the Persian "me-khaham" (https://www.unicode.org/reports/tr31/,
    section 2.3). Elsewhere, as in emojis and at the ends of words, they are not seen.

    Args:
        text: The text.
    """
    return text if text.isascii() else _stray_joiner().sub("", text)


@cache
def _stray_joiner() -> re.Pattern[str]:
    return re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")


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


SCRIPTS = {
    "Latn": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Deva": "\u0900-\u0963\u0966-\u097f\ua8e0-\ua8ff",
    "Beng": "\u0980-\u09ff",
    "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff",
    "Orya": "\u0b00-\u0b7f",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
}
"""The scripts that are told apart, by their names in ISO 15924, and their letters."""
_WRITTEN_IN = {
    "Arab": "ar ckb fa ks ps sd ug ur",
    "Beng": "as bn mni",
    "Deva": "bho brx doi hi kok mai mr ne sa",
    "Gujr": "gu",
    "Guru": "pa",
    "Knda": "kn tcy",
    "Latn": "af ca cs cy da de en es et eu fi fil fr ga gl hr hu id is it lt lv ms mt nb nl nn no"
    " pl pt ro sk sl so sq sv sw tl tr uz vi yo zu",
    "Mlym": "ml",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
}
_SCRIPT_OF = {language: name for name, group in _WRITTEN_IN.items() for language in group.split()}


@lru_cache(maxsize=256)
def usual_script(language: str) -> str:
    """Return the script that a language is usually written in; "" if it is not one of `SCRIPTS`.

    Args:
        language: A language tag, which may name the script itself: "pa-Arab".
    """
    first, *subtags = language.replace("_", "-").split("-")
    named = next((tag.title() for tag in subtags if len(tag) == 4 and tag.isalpha()), "")
    return (named if named in SCRIPTS else "") if named else _SCRIPT_OF.get(first.lower(), "")


def count_letters(text: str) -> Counter[str]:
    """Return how many letters and marks of each script a text has.

    Args:
        text: Plain text.
    """
    return Counter(str(found.lastgroup) for found in _letter().finditer(text))


@cache
def _letter() -> re.Pattern[str]:
    # compiled when they are needed: these sets of characters take long, and ASCII has none of them
    return re.compile("|".join(f"(?P<{name}>[{chars}])" for name, chars in SCRIPTS.items()))


def is_latin(text: str) -> bool:
    """Return whether a text has no letter of the other scripts.

    Args:
        text: Plain text or HTML.
    """
    return text.isascii() or not _not_latin().search(text)


@cache
def _not_latin() -> re.Pattern[str]:
    return re.compile(f"[{''.join(list(SCRIPTS.values())[1:])}]")
