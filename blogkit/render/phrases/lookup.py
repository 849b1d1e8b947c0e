"""Find the words that widgets and pages print, in the language of the readers.

Each language has one file beside this one; its keys are the English words, and its head names the
sources of the spelling. The forms of "minutes" and the plural rules are those of the Unicode CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.render.formats.plurals import plural_category

Words = Mapping[str, str | Mapping[str, str]]
"""By the English words: a text, or for counted things a text by plural category."""

_FOLDER = Path(__file__).parent
_NUMBER = "{number}"
DIGITS = "0123456789"
"""The English words for a language's digits, of which it must have ten."""
LETTERS = "A B C D E F G H"
"""The English words for what a language calls the options of a question."""


@dataclass(frozen=True)
class Phrases:
    """The words for one language.

    Attributes:
        language: A language tag.
        own: Words of the blog, which win.
    """

    language: str = "en"
    own: Words = field(default_factory=dict, hash=False)

    def __call__(self, english: str, number: str | int | None = None) -> str:
        """Return the words for the readers; the English ones if the language has none.

        Args:
            english: The words, such as "Read next" or "{number} minutes".
            number: What takes the place of {number}, and chooses among the plural forms.
        """
        found, language = self._find(english)
        if number is None:
            return found if isinstance(found, str) else found["other"]
        if not isinstance(found, str):
            found = found.get(plural_category(number, language), found["other"])
        return found.replace(_NUMBER, self.figures(str(number)))

    def _find(self, english: str) -> tuple[str | Mapping[str, str], str]:
        """Return the words for the readers, and the language that they are in."""
        for words in (self.own, word_list(_base(self.language))):
            if english in words:
                return words[english], self.language
        return word_list("en").get(english, english), "en"

    def figures(self, text: str) -> str:
        """Return a number or a date with the digits that readers are used to.

        Args:
            text: The text, with the digits 0 to 9.
        """
        digits = self(DIGITS)
        return text if digits == DIGITS else text.translate(str.maketrans(DIGITS, digits))


ENGLISH = Phrases()


def phrases_for(language: str, own: Mapping[str, Words]) -> Phrases:
    """Return the words for a language.

    Args:
        language: A language tag.
        own: A blog's words by language; those of "hi-IN" and then those of "hi" apply to "hi-IN".
    """
    base = _base(language)
    found = Phrases(language, {**own.get(base, {}), **own.get(language, {})})
    return ENGLISH if found == ENGLISH else found


@cache
def word_list(language: str) -> Words:
    """Return the words of a language such as "hi"; none if it has no file."""
    try:
        text = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    return tomllib.loads(text)


def languages() -> list[str]:
    """Return the languages that have a file."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def missing(phrases: Phrases) -> list[str]:
    """Return the English words that have no translation. Digits and letters need none."""
    known = word_list(_base(phrases.language)).keys() | phrases.own.keys()
    return [english for english in word_list("en") if english not in known | {DIGITS, LETTERS}]


@cache
def _base(language: str) -> str:
    """Return "hi" for "hi-IN"; "" for a text that is not a language tag."""
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base.isascii() and base.isalpha() else ""
