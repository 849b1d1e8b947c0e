"""Markdown that reads back as the same words in the same structure.

It is CommonMark with tables and strikethrough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bs4.element import PageElement, Tag

from blogkit.posts.markdown import escape_closing_hashes, escape_markdown
from blogkit.render.outputs.base import LINE_BREAK, Lines, OutputWriter

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_LINE_START = re.compile(r"(#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$))")
_LINE_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


class MarkdownWriter(OutputWriter):
    """Headings, emphasis, links, lists and tables in Markdown. Other text is escaped.

    Args:
        addresses: Replacements of addresses, such as the name of a local image for its placeholder.
    """

    between_items: Lines = [""]  # noqa: RUF012

    def __init__(self, addresses: Mapping[str, str] | None = None) -> None:
        self._addresses = addresses or {}

    def written(self, html: str) -> str:
        """Return a fragment as Markdown."""
        return super().written(html).replace(LINE_BREAK, "\\")

    def paragraph(self, nodes: Iterable[PageElement]) -> Lines:
        """Return lines that end in a backslash where the paragraph has a line break."""
        lines = super().paragraph(nodes)
        return [
            _guarded(line) + (LINE_BREAK if number < len(lines) else "")
            for number, line in enumerate(lines, 1)
        ]

    def heading(self, level: int, words: str) -> Lines:
        """Return an ATX heading (https://spec.commonmark.org/0.31.2/#atx-headings)."""
        return [f"{'#' * level} {escape_closing_hashes(_flat(words))}"] if words else []

    def quote(self, lines: Lines) -> Lines:
        """Return the lines after `>`."""
        return [f"> {line}".rstrip() for line in lines]

    def code(self, words: str, language: str) -> Lines:
        """Return a fenced block; its fence is longer than any in the text."""
        fence = "`" * (1 + max([2, *map(len, re.findall("`{3,}", words))]))
        return [fence + language, *words.split("\n"), fence]

    def term(self, words: str, meanings: list[Lines]) -> Lines:
        """Return a bold label in a list, because Markdown has no definition lists."""
        bare = _flat(words).replace("**", "")
        label = f"**{bare}{'' if bare[-1] in ':?!.…' else ':'}**" if bare else ""
        if len(meanings) == 1 and len(meanings[0]) == 1:
            return [f"- {label} {meanings[0][0]}".rstrip()]
        inside = [line for meaning in meanings for line in ["", *meaning]]
        return [f"- {label}", *(f"  {line}".rstrip() for line in inside)]

    def lettered(self, letter: str) -> str:
        """Return a bullet and the letter: Markdown lists have numbers only."""
        return f"- {letter}. "

    def table(self, caption: Lines, head: list[str], rows: list[list[str]]) -> Lines:
        """Return a table; Markdown has none without a header row, so that may be empty."""
        width = len(head or rows[0]) if head or rows else 0
        if not width:
            return caption
        table = [head or [""] * width, ["---"] * width, *rows]
        lines = [f"| {' | '.join(map(_cell, row))} |" for row in table]
        return [*caption, *([""] if caption else []), *lines]

    def marked(self, tag: Tag, words: str) -> str:
        """Return the words with the element's marks, outside of white space."""
        bare = words.strip(" \n")
        if tag.name == "a":
            return self._linked(str(tag.get("href", "")), words)
        mark = _MARKS.get(tag.name, "")
        if tag.name == "code":
            return _code(tag.get_text())
        # A mark next to white space does not open or close emphasis
        # (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run).
        if not mark or not bare or mark in bare or tag.find_parent(tag.name) is not None:
            return words
        start = words.index(bare)
        return f"{words[:start]}{mark}{bare}{mark}{words[start + len(bare) :]}"

    def text(self, words: str) -> str:
        """Return the words with escapes."""
        # At the end of a line a bare no-break space is white space to Markdown, and dropped.
        return escape_markdown(words).replace("|", r"\|").replace("\xa0", "&nbsp;")

    def image(self, tag: Tag) -> str:
        """Return an image in Markdown."""
        source = str(tag.get("src", ""))
        return f"![{self.text(str(tag.get('alt', '')))}]({_target(self._addresses.get(source, source))})"  # noqa: E501

    def _linked(self, address: str, words: str) -> str:
        if not address or address.startswith("#") or not words.strip():
            return words
        return f"[{words.strip()}]({_target(address)})"


def _flat(words: str) -> str:
    """Return text on one line."""
    return words.replace(LINE_BREAK, "")


def _cell(words: str) -> str:
    """Return the words of a cell, where even a bar in a code span has to be escaped.

    See https://github.github.com/gfm/#example-200
    """
    return re.sub(r"(?<!\\)\|", r"\|", _flat(words))


def _guarded(line: str) -> str:
    """Return a line with its beginning escaped if that has a meaning in Markdown."""
    line = _LINE_START.sub(r"\\\1", line, count=1) if _LINE_START.match(line) else line
    return _LINE_NUMBER.sub(r"\1\\\2", line, count=1) if _LINE_NUMBER.match(line) else line


def _code(text: str) -> str:
    """Return a code span; its fence is longer than any run of backticks in it."""
    fence = "`" * (1 + max([0, *map(len, re.findall("`+", text))]))
    pad = (
        " "
        if text.startswith("`") or text.endswith("`") or (text.startswith(" ") and text.strip())
        else ""
    )
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def _target(address: str) -> str:
    """Return an address for a link's brackets."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address
