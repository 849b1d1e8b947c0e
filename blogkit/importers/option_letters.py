"""The letters of options in the scripts of the languages that blogkit has words for."""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.render.phrases.lookup import LETTERS, languages, word_list

OPTION_LETTERS = "ABCDEFGH"
"""The letters that an answer has in a widget call."""
_USUAL = (
    "क ख ग घ ङ च छ ज",
    "अ ब स द",
    "अ ब क ड",
    "अ आ इ ई उ ऊ",
    "ક ખ ગ ઘ ચ છ",
    "અ બ ક ડ",
    "அ ஆ இ ஈ உ ஊ",
    "అ ఆ ఇ ఈ ఉ ఊ",
    "أ ب ج د ه و",
    "ا ب ج د ہ و",
    "א ב ג ד ה ו",
)
"""Hindi, Marathi, Gujarati, Tamil, Telugu, Arabic, Urdu and Hebrew, beside what widgets print."""
_PRINTED = (str(word_list(tag).get(LETTERS, LETTERS)) for tag in languages())
_ALPHABETS = [tuple(text.split()) for text in dict.fromkeys((LETTERS, *_PRINTED, *_USUAL))]
_ALL = {letter for alphabet in _ALPHABETS for letter in alphabet} | set(OPTION_LETTERS.lower())
LETTER = "(?:" + "|".join(sorted(_ALL, key=lambda letter: (-len(letter), letter))) + ")"
"""A pattern of one letter."""
ENDED = r"(?![\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0971-\u0dff])"
"""A pattern of the place behind a letter that begins no word. Vowel signs are not in `\\w`."""


def are_in_order(letters: Sequence[str]) -> bool:
    """Return whether letters are the first of one alphabet, in its order."""
    return bool(letters) and bool(_alphabets(letters))


def place_of(letter: str, letters: Sequence[str]) -> int:
    """Return the index of the option that a letter names; -1 if it names none.

    Args:
        letter: The letter of an answer.
        letters: The letters of the options.
    """
    if letter.upper() in OPTION_LETTERS:
        return OPTION_LETTERS.find(letter.upper())
    found = [one.index(letter) for one in _alphabets(letters) if letter in one]
    return found[0] if found else -1


def _alphabets(letters: Sequence[str]) -> list[tuple[str, ...]]:
    upper = tuple(letter.upper() for letter in letters)
    return [one for one in _ALPHABETS if one[: len(upper)] == upper]
