"""The lines of a text, with their places in it, and the marks at their beginnings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogkit.dataclass import dataclass

_BULLET = re.compile(r"(?P<mark>[-*+•◦▪‣●○■·►▶➤–]|o(?=\s{2}))\ufe0f?[ \t]+(?P<text>\S.*)")
_NUMBER = re.compile(r"(?P<mark>(?P<number>[0-9]{1,3})[.)])[ \t]+(?P<text>\S.*)")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^`]*)$")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.*\S)\1")


@dataclass(frozen=True)
class Row:
    """A line of the source.

    Attributes:
        text: The line without its line break, and without marks that were removed from it.
        line: Its number in the file, from 1.
        start: Its offset in the source.
        end: The offset behind it, without its line break.
    """

    text: str
    line: int
    start: int
    end: int

    @property
    def words(self) -> str:
        """The line without white space around it."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """The width of the white space before the words."""
        return len(self.text.expandtabs(4)) - len(self.text.expandtabs(4).lstrip())


@dataclass(frozen=True)
class ItemMark:
    """What begins an item of a list.

    Attributes:
        text: The item without it.
        number: The number that was written; None for a bullet.
    """

    text: str
    number: int | None


def text_rows(source: str) -> list[Row]:
    """Return the lines of a text with LF line endings."""
    rows, at = [], 0
    for number, text in enumerate(source.split("\n"), 1):
        rows.append(Row(text, number, at, at + len(text)))
        at += len(text) + 1
    return rows


def item_mark(row: Row) -> ItemMark | None:
    """Return the bullet or number that begins a line; None for other lines."""
    if found := _BULLET.fullmatch(row.words):
        # a dash before a number or a name may also be a range or a speaker; en dashes are bullets
        # only if the line is indented
        return None if found["mark"] == "–" and not row.indent else ItemMark(found["text"], None)
    if found := _NUMBER.fullmatch(row.words):
        return ItemMark(found["text"], int(found["number"]))
    return None


def heading_of(text: str) -> tuple[int, str] | None:
    """Return the level and the words of a Markdown heading; None for other lines."""
    found = _HEADING.fullmatch(text)
    return (len(found["marks"]), found["text"]) if found else None


def unmarked(text: str) -> str:
    """Return a text without the emphasis around all of it."""
    text = text.strip()
    while (found := _EMPHASIS.fullmatch(text)) and found[1] not in found[2]:
        text = found[2].strip()
    return text


def in_fences(rows: Sequence[Row]) -> frozenset[int]:
    """Return the indexes of the lines in code fences, with the fences themselves."""
    found: set[int] = set()
    fence = ""
    for at, row in enumerate(rows):
        mark = _FENCE.match(row.text)
        if fence:
            found.add(at)
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif mark:
            fence = mark[1]
            found.add(at)
    return frozenset(found)
