"""Read `[words]`: the blog's own words for those that widgets and pages print, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blogkit.config.tables import TableReader

_DIGITS = "0123456789"
OwnWords = Mapping[str, Mapping[str, str | Mapping[str, str]]]


def read_own_words(reader: TableReader, raw: Any) -> OwnWords:
    """Return the words of each language; report what is not text.

    Args:
        reader: Collects the problems.
        raw: What the file has under `words`.
    """
    found: dict[str, Mapping[str, str | Mapping[str, str]]] = {}
    for language, table in reader.mapping("words", raw).items():
        where = f"words.{language}"
        if not isinstance(table, dict):
            message = f'"{language}" must be below the header of a language, such as [words.hi]'
            reader.problem("words", language, message)
            continue
        for english, words in [*table.items()]:
            if not _is_text(words):
                message = (
                    f'"{english}" must be text in quotes, or for numbers'
                    ' { one = "{number} …", other = "{number} …" }'
                )
                reader.problem(where, english, message)
            elif english == _DIGITS and not (isinstance(words, str) and len(words) == len(_DIGITS)):
                reader.problem(
                    where, english, f'"{english}" must be ten digits, such as "०१२३४५६७८९"'
                )
                del table[english]
        found[language] = {english: words for english, words in table.items() if _is_text(words)}
    return found


def _is_text(words: object) -> bool:
    if isinstance(words, dict):
        return "other" in words and all(isinstance(text, str) for text in words.values())
    return isinstance(words, str)
