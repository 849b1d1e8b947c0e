"""Divide the lines of a text into blocks: headings, lists, tables, fences, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.importers.text.rows import ItemMark, Row, heading_of, item_mark

TextBlockKind = Literal["heading", "list", "table", "fence", "html", "quote", "rule", "paragraph"]
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>[^`]*)")
_RULE = re.compile(
    r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|[—─═=_*-]{5,})[ \t]*"
)
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_TAG = re.compile(
    r" {0,3}<(?:!--|/?(?:details|summary|div|section|table|p|ul|ol|dl|h[1-6]|figure|iframe|img|"
    r"style|script|center|aside|article|blockquote|pre|form|button|nav|header|footer)\b)",
    re.IGNORECASE,
)
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class ListItem:
    """An item of a list.

    Attributes:
        mark: The bullet or number, with the words behind it.
        rows: Its lines; the first has the mark.
        children: The items of the list in it.
    """

    mark: ItemMark
    rows: list[Row]
    children: list[ListItem] = field(default_factory=list)


@dataclass(frozen=True)
class TextBlock:
    """A block.

    Attributes:
        kind: What it is.
        rows: Its lines, without blank ones around them.
        level: A heading's level, from 1.
        text: A heading's words; a fence's info string.
        items: A list's items.
    """

    kind: TextBlockKind
    rows: list[Row]
    level: int = 0
    text: str = ""
    items: list[ListItem] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Its offset in the source."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.rows[-1].end

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.rows[0].line

    @property
    def words(self) -> str:
        """A heading's words, or the lines of another block in one."""
        return self.text if self.kind == "heading" else " ".join(row.words for row in self.rows)


def text_blocks(rows: Sequence[Row], *, plain: bool) -> list[TextBlock]:
    """Return the blocks of a text.

    Args:
        rows: Its lines, without what was dropped.
        plain: Whether it is plain text: `#` and fences mean nothing, and nothing is code.
    """
    reader = _Reader(list(rows), plain)
    blocks = []
    while block := reader.next():
        blocks.append(block)
    return blocks


class _Reader:
    def __init__(self, rows: list[Row], plain: bool) -> None:
        self.rows, self.plain, self.at = rows, plain, 0

    def next(self) -> TextBlock | None:
        while self.at < len(self.rows) and not self.rows[self.at].words:
            self.at += 1
        if self.at >= len(self.rows):
            return None
        row = self.rows[self.at]
        if not self.plain and (block := self._markdown(row)):
            return block
        if _RULE.fullmatch(row.text):
            return self._take(TextBlock("rule", [row]))
        if _is_table(self.rows[self.at : self.at + 2], plain=self.plain):
            return self._table()
        if item_mark(row):
            return self._list()
        return self._paragraph()

    def _take(self, block: TextBlock) -> TextBlock:
        self.at += len(block.rows)
        return block

    def _markdown(self, row: Row) -> TextBlock | None:
        if fence := _FENCE.fullmatch(row.text):
            return self._fence(fence["fence"], fence["info"].strip())
        if heading := heading_of(row.text):
            return self._take(TextBlock("heading", [row], *heading))
        if _TAG.match(row.text):
            return self._html()
        if row.text.lstrip().startswith(">") and row.indent < 4:
            return self._while("quote", lambda one: bool(one.words))
        # indented code: https://spec.commonmark.org/0.31.2/#indented-code-blocks
        if row.indent >= 4 and not item_mark(row):
            return self._while("fence", lambda one: one.indent >= 4)
        after = self.rows[self.at + 1 : self.at + 2]
        is_setext = after and _SETEXT.fullmatch(after[0].text) and not item_mark(row)
        if is_setext and not _is_table([row, *after], plain=False):
            level = 1 if after[0].words.startswith("=") else 2
            return self._take(TextBlock("heading", [row, after[0]], level, row.words))
        return None

    def _while(self, kind: TextBlockKind, belongs: Callable[[Row], bool]) -> TextBlock:
        end = self.at + 1
        while end < len(self.rows) and belongs(self.rows[end]):
            end += 1
        return self._take(TextBlock(kind, self.rows[self.at : end]))

    def _fence(self, fence: str, info: str) -> TextBlock:
        end = self.at + 1
        closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
        while end < len(self.rows) and not closing.fullmatch(self.rows[end].text):
            end += 1
        return self._take(TextBlock("fence", self.rows[self.at : end + 1], text=info))

    def _html(self) -> TextBlock:
        """Return raw HTML to where its outermost element ends, or else to the next blank line."""
        text = ""
        for end in range(self.at, min(len(self.rows), self.at + 400)):
            text += self.rows[end].text + "\n"
            following = self.rows[end + 1].words if end + 1 < len(self.rows) else ""
            if not following and _is_closed(text):
                return self._take(TextBlock("html", self.rows[self.at : end + 1]))
        return self._while("html", lambda one: bool(one.words))

    def _table(self) -> TextBlock:
        bars = "\t" not in self.rows[self.at].words
        return self._while(
            "table",
            lambda one: (
                bool(one.words) and bool(_BAR.search(one.text) if bars else "\t" in one.words)
            ),
        )

    def _list(self) -> TextBlock:
        end = self.at
        numbered = _numbered(self.rows[self.at])
        items: list[ListItem] = []
        while end < len(self.rows):
            row = self.rows[end]
            mark = item_mark(row)
            if not row.words:
                after = next((one for one in self.rows[end:] if one.words), None)
                goes_on = after and (
                    (item_mark(after) and (after.indent or _numbered(after) == numbered))
                    or (after.indent >= 2 and items)
                )
                if not goes_on:
                    break
            elif mark and (not row.indent or not items or row.indent <= items[0].rows[0].indent):
                if items and _numbered(row) != numbered and not self._is_nested(items[-1], row):
                    break
                if items and _numbered(row) != numbered:
                    items[-1].children.append(ListItem(mark, [row]))
                else:
                    items.append(ListItem(mark, [row]))
            elif mark:
                items[-1].children.append(ListItem(mark, [row]))
            elif row.indent or (end and self.rows[end - 1].words):
                if not row.indent and (heading_of(row.text) or _RULE.fullmatch(row.text)):
                    break
                # no list in plain text holds a table, and pages lose the line between them
                if self.plain and _is_table(self.rows[end : end + 2], plain=True):
                    break
                (items[-1].children[-1] if items[-1].children else items[-1]).rows.append(row)
            else:
                break
            end += 1
        while not self.rows[end - 1].words:
            end -= 1
        return self._take(TextBlock("list", self.rows[self.at : end], items=items))

    def _is_nested(self, item: ListItem, row: Row) -> bool:
        """Return whether bullets directly below "1. Reasons:" belong to it."""
        return (
            item.mark.number is not None
            and not _numbered(row)
            and bool(self.rows[self.rows.index(row) - 1].words)
        )

    def _paragraph(self) -> TextBlock:
        start = self.at
        end = start + 1
        while end < len(self.rows) and self.rows[end].words and not self._begins(end):
            end += 1
        return self._take(TextBlock("paragraph", self.rows[start:end]))

    def _begins(self, place: int) -> bool:
        """Return whether a block begins within a paragraph."""
        row = self.rows[place]
        mark = item_mark(row)
        # a number within a paragraph begins a list only if it is 1
        if mark and mark.text and (self.plain or mark.number in (None, 1)):
            return True
        if _RULE.fullmatch(row.text) or _is_table(self.rows[place : place + 2], plain=self.plain):
            return True
        return not self.plain and bool(
            _FENCE.fullmatch(row.text)
            or heading_of(row.text)
            or _TAG.match(row.text)
            or row.text.startswith(">")
        )


def _numbered(row: Row) -> bool:
    mark = item_mark(row)
    return mark is not None and mark.number is not None


def _is_table(rows: Sequence[Row], *, plain: bool) -> bool:
    if len(rows) < 2:
        return False
    first, second = rows
    if _BAR.search(first.text) and "-" in second.text and _DELIMITER.fullmatch(second.text):
        return True
    if not plain and not first.words.startswith("|") and "\t" not in first.words:
        return False
    if "\t" in first.words and "\t" in second.words:
        # plain text has no other use for them: a short row does not begin another table
        return plain or first.words.count("\t") == second.words.count("\t")
    bars = len(_BAR.findall(first.words.strip("|")))
    return bool(bars) and bars == len(_BAR.findall(second.words.strip("|")))


def is_delimiter(text: str) -> bool:
    """Return whether a line is the second one of a Markdown table."""
    return "-" in text and "|" in text and bool(_DELIMITER.fullmatch(text))


def _is_closed(html: str) -> bool:
    if html.lstrip().startswith("<!--"):
        return "-->" in html
    found = re.match(r"\s*<([a-zA-Z0-9]+)", html)
    if not found or found[1].lower() in ("img", "p", "li"):
        return True
    name = found[1]
    open_envelope = len(re.findall(rf"<{name}\b", html, re.IGNORECASE))
    return len(re.findall(rf"</{name}\s*>", html, re.IGNORECASE)) >= open_envelope
