"""Tell what a pasted text is: HTML, Markdown or plain text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath
from typing import Literal

from blogkit.importers.html.chat_fence import page_in
from blogkit.importers.text.blocks import is_delimiter
from blogkit.importers.text.rows import in_fences, text_rows

PageKind = Literal["html", "markdown", "text"]
_ENDINGS: dict[str, PageKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
}
_PAGE = re.compile(r"\s*(?:<!doctype\b|<\?xml\b|<html\b|<head\b|<body\b)", re.IGNORECASE)
_BLOCK = re.compile(
    r"\s*</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|section|article|main|header|"
    r"footer|aside|figure|blockquote|span|b|strong|em|i|a|img|center|font|style|script|meta|br|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</(?:p|div|h[1-6]|ul|ol|table|section|article)\s*>", re.IGNORECASE)
_MARKED = re.compile(
    r"\s{0,3}(?:#{1,6}\s+\S|>\s+\S|[-*+]\s+(?:\*\*|\[)|```|~~~|:::|\*\*[^*]+\*\*)|.*(?:\*\*[^*\s][^*]*\*\*|\]\(\S+\)|`[^`]+`)"
)
_UNDERLINE = re.compile(r"={3,}\s*")


def kind_of(text: str, file_name: str) -> PageKind:
    """Return what a text is: as its file's name tells, else by its marks.

    Args:
        text: The text.
        file_name: The file's name; "" for standard input and the clipboard.
    """
    if ending := _ENDINGS.get(PurePath(file_name).suffix.lower()):
        return ending
    if _is_html(text):
        return "html"
    return "markdown" if _is_markdown(text) else "text"


def _is_html(text: str) -> bool:
    if _PAGE.match(text) or page_in(text)[0]:
        return True
    rows = text_rows(text)
    code = in_fences(rows)
    lines = [row.text for at, row in enumerate(rows) if row.words and at not in code]
    tagged = sum(bool(_BLOCK.match(line)) for line in lines)
    marked = sum(bool(_MARKED.match(line)) for line in lines if not _BLOCK.match(line))
    closed = sum(len(_CLOSED.findall(line)) for line in lines)
    return tagged > marked and closed > 0 and tagged * 3 >= len(lines)


def _is_markdown(text: str) -> bool:
    rows = text_rows(text)
    if any(_MARKED.match(row.text) or is_delimiter(row.text) for row in rows):
        return True
    if re.match(r"\s*---\n(?:[A-Za-z_]+:.*\n)", text):
        return True
    return any(above.words and _UNDERLINE.fullmatch(row.text) for above, row in pairwise(rows))
