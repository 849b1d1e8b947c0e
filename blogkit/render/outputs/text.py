"""Plain text for e-mail, for reading aloud, and for anything without HTML."""

from __future__ import annotations

import unicodedata

from bs4.element import Tag

from blogkit.render.outputs.base import Lines, OutputWriter

_WIDTH = 76
"""Columns that mail programs show without wrapping
(https://www.rfc-editor.org/rfc/rfc3676#section-4.2).
"""


class TextWriter(OutputWriter):
    """Text in order; links with their address in brackets, labels with a colon."""

    between_items: Lines = []  # noqa: RUF012

    def heading(self, level: int, words: str) -> Lines:
        """Return the words, underlined."""
        return [words, ("=" if level < 3 else "-") * min(_width(words), _WIDTH)] if words else []

    def quote(self, lines: Lines) -> Lines:
        """Return the lines after `>`, as in e-mail."""
        return [f"> {line}".rstrip() for line in lines]

    def code(self, words: str, language: str) -> Lines:  # noqa: ARG002
        """Return the lines, indented."""
        return [f"    {line}".rstrip() for line in words.split("\n")]

    def term(self, words: str, meanings: list[Lines]) -> Lines:
        """Return `Term: meaning` on one line if it fits the form, else an indented list."""
        label = words if not words or words[-1] in ":?!.…" else f"{words}:"
        if len(meanings) == 1 and len(meanings[0]) == 1:
            return [f"{label} {meanings[0][0]}".strip()]
        return [label, *(f"  {line}".rstrip() for meaning in meanings for line in meaning)]

    def table(self, caption: Lines, head: list[str], rows: list[list[str]]) -> Lines:
        """Return aligned columns if they fit the width, else cells separated by bars."""
        table = [*([head] if head else []), *rows]
        if not table:
            return caption
        widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
        if sum(widths) + 2 * len(widths) > _WIDTH:
            lines = [" | ".join(row).rstrip() for row in table]
        else:
            lines = [
                "  ".join(
                    cell + " " * (width - _width(cell))
                    for cell, width in zip(row, widths, strict=True)
                ).rstrip()
                for row in table
            ]
        rule = ["-" * min(max(map(_width, lines)), _WIDTH)] if head else []
        return [
            *caption,
            *([""] if caption else []),
            *lines[: len(rule)],
            *rule,
            *lines[len(rule) :],
        ]

    def marked(self, tag: Tag, words: str) -> str:
        """Return the words, and a link's address in brackets unless the words contain it."""
        address = str(tag.get("href", "")) if tag.name == "a" else ""
        shown = address.removeprefix("mailto:")
        if not address or address.startswith("#") or shown.rstrip("/") in words:
            return words
        return f"{words} ({shown})"

    def text(self, words: str) -> str:
        """Return the words."""
        return words

    def image(self, tag: Tag) -> str:
        """Return the image's text."""
        return str(tag.get("alt", ""))


def _width(text: str) -> int:
    """Return the columns of a text in a monospaced font.

    See https://www.unicode.org/reports/tr11/ for wide characters; a joiner and a variation selector
    take no column.
    """
    return sum(
        0
        if unicodedata.combining(c) or c in "\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
