"""Footnotes of a table: `[^a]` in a cell is a mark.

Notes are numbered in the order of their marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from blogkit.patterns import lazy_pattern
from blogkit.posts.markdown import inline

# Code spans and escaped characters come first: a mark in them is text.
_MARK = lazy_pattern(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\.|[ \t]*\[\^([^\]\[\s]+)\]", re.DOTALL)
_TRAILING = re.compile(r"(.*?)((?:[ \t]*\[\^[^\]\[\s]+\])*)\Z", re.DOTALL)
_OPEN, _CLOSE = (
    "\ufdd0",
    "\ufdd1",
)  # noncharacters, so no text has them (https://www.unicode.org/faq/private_use.html)


def footnote_marks(text: str) -> Iterator[str]:
    """Return the names of the notes that a text refers to, in order."""
    return (match[2] for match in _MARK.finditer(text) if match[2]) if "[^" in text else iter(())


def split_footnotes(text: str) -> tuple[str, str]:
    """Return a text without the marks at its end, and those marks."""
    if not text.endswith("]"):
        return text, ""
    match = _TRAILING.match(text)
    return (match[1], match[2]) if match else (text, "")


class TableFootnotes:
    """The notes of one table, in the order of their marks.

    Args:
        texts: Each note's inline Markdown, by its name.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._numbers: dict[str, int] = {}

    def html(self, text: str) -> Markup:
        """Return a text's inline Markdown with numbered marks.

        They are apart from the words: `12 [1]` is not 121.
        """
        if "[^" not in text:
            return Markup(inline(text))  # inline escapes  # noqa: S704
        html = inline(_MARK.sub(self._placeholder, text))
        # inline escapes
        return Markup(re.sub(f"{_OPEN}([0-9]+){_CLOSE}", r" <sup>[\1]</sup>", html))  # noqa: S704

    def shown(self) -> list[tuple[int, Markup]]:
        """Return the number and text of each note in use."""
        return [
            (number, Markup(inline(self._texts[name])))  # noqa: S704
            for name, number in self._numbers.items()  # noqa: RUF100, S704
        ]

    def _placeholder(self, match: re.Match[str]) -> str:
        if not match[2]:
            return match[0]
        return f"{_OPEN}{self._numbers.setdefault(match[2], len(self._numbers) + 1)}{_CLOSE}"
