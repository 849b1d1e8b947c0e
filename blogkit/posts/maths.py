r"""Keep formulas out of Markdown: `\(x^2\)`, `\[E = mc^2\]` and `$$…$$` reach the page as written.

Assistants write formulas in these delimiters, and MathJax looks for them on the page
(https://docs.mathjax.org/en/latest/basic/mathematics.html#tex-and-latex-input). In Markdown, `\(`
is an escaped parenthesis, `_` begins emphasis, and a line that begins with `-` is a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from blogkit.patterns import lazy_pattern

_LONGEST = 2000
"""Characters of a formula; delimiters further apart do not belong together."""

# A backslash before a delimiter escapes it, and behind a letter or a slash it is part of an
# address: Mercury_\\(planet\\). A blank line ends the paragraph, and so a formula.
_DELIMITER = lazy_pattern(
    r"(?P<open>(?<![\\\w/.%-])\\[(\[])|(?P<close>\\[)\]])|(?P<both>\$\$)|\n[ \t]*\n", re.ASCII
)
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}

# What a formula has and a sentence in brackets has not.
_SIGNS = lazy_pattern(r"\\[A-Za-z{,;]|\^|(?<![A-Za-z])[A-Za-z]_[\w{]|\{")
_RELATION = re.compile(r"[=<>+]")
_WORD = re.compile(r"[^\W\d_]{4,}")

_FIRST, _LAST = 0x100000, 0x10FFFD
_PLACEHOLDER = lazy_pattern("[\U00100000-\U0010fffd]")
"""A private-use character with the formula's number, and zeros for the rest of its bytes, replace a
formula: the parser finds nothing in them, and every offset in the source stays what it was.
"""


class Maths:
    """The formulas of one text, and the text with placeholders for them.

    Args:
        text: Markdown.
        code: Where code and raw HTML are, as (start, end) in bytes: they stay as they are.

    Attributes:
        text: The text for the parser.
        found: Whether there are formulas.
    """

    def __init__(self, text: str, code: Sequence[tuple[int, int]] = ()) -> None:
        self._formulas: list[tuple[str, int]] = []
        masks = may_have_maths(text) and not _PLACEHOLDER.search(text)
        self.text = self._masked(text, code) if masks else text
        self.found = bool(self._formulas)

    def put_back(self, value: Any) -> Any:
        """Return what the parser returned, with the formulas in it.

        Args:
            value: A text, or the data of a link; other values are returned as they are.
        """
        if not self._formulas:
            return value
        if isinstance(value, dict):
            return {name: self.put_back(inner) for name, inner in value.items()}
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        pieces: list[str] = []
        position = 0
        for found in _PLACEHOLDER.finditer(text):
            formula, length = self._formulas[ord(found[0]) - _FIRST]
            pieces += (text[position : found.start()], formula)
            position = found.start() + length
        return "".join((*pieces, text[position:]))

    def _masked(self, text: str, code: Sequence[tuple[int, int]]) -> str:
        pieces: list[str] = []
        position = place = passed = 0
        for start, end in islice(_formulas(text), _LAST - _FIRST):
            place += len(text[position:start].encode())
            while passed < len(code) and code[passed][1] <= place:
                passed += 1
            formula = text[start:end]
            pieces.append(text[position:start])
            pieces.append(formula if _holds(code, passed, place) else self._placeholder(formula))
            position, place = end, place + len(formula.encode())
        return "".join((*pieces, text[position:]))

    def _placeholder(self, formula: str) -> str:
        mark = chr(_FIRST + len(self._formulas))
        text = mark + "0" * (len(formula.encode()) - len(mark.encode()))
        self._formulas.append((" ".join(formula.split("\n")), len(text)))
        return text


def _holds(code: Sequence[tuple[int, int]], number: int, place: int) -> bool:
    return number < len(code) and code[number][0] <= place


def may_have_maths(text: str) -> bool:
    """Return whether a text has what begins a formula, so that it is worth a closer look."""
    # Python finds one character many times as fast as two.
    return any(sign[0] in text and sign in text for sign in _CLOSING)


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    kind, start = "", 0
    for found in _DELIMITER.finditer(text):
        sign, end = found[0], found.end()
        closes = kind != "" and sign == _CLOSING[kind]
        if closes and end - start <= _LONGEST and _is_formula(kind, text[start + 2 : end - 2]):
            yield start, end
            kind = ""
        elif sign in _CLOSING and found.lastgroup != "close" and kind in ("", sign):
            kind, start = sign, found.start()
        elif closes or found.lastgroup is None:
            kind = ""


def _is_formula(kind: str, inside: str) -> bool:
    r"""Return whether it is a formula, not words in brackets, `\[see the note\]`, or prices."""
    if kind == "\\(":
        return bool(inside.strip())
    return bool(_SIGNS.search(inside) or (_RELATION.search(inside) and not _WORD.search(inside)))
