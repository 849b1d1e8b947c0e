"""Read HTML as a structure and write it as lines, for plain text and Markdown."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from blogkit.html.elements import SEPARATORS

Lines = list[str]

LINE_BREAK = "\0"
"""Stands for a line break inside a paragraph until white space is settled; HTML cannot hold it."""

_BLOCKS = sorted(SEPARATORS - {"br"})
_WHITE = re.compile(r"[ \t\r\n\f]+")
_SKIPPED = frozenset({"script", "style", "template", "head", "title"})
_HEADINGS = re.compile(r"h([1-6])\Z")
_LETTERS = {"A": str.upper, "a": str.lower}


class OutputWriter(ABC):
    """Writes blocks as lines. Subclasses write inline marks."""

    def written(self, html: str) -> str:
        """Return the text of a fragment, with one empty line between blocks."""
        # BeautifulSoup takes a text without tags and line breaks for a file's name, and warns.
        # Offsets do not matter here, and a tree that has been repaired is easier to write from.
        return "\n".join(self.flow(BeautifulSoup(f"\n{html}", "html.parser"))) + "\n"

    @abstractmethod
    def heading(self, level: int, words: str) -> Lines:
        """Return a heading as lines.

        Args:
            level: 1 to 6.
            words: Its text, with inline marks.
        """

    @abstractmethod
    def quote(self, lines: Lines) -> Lines:
        """Return a quotation as lines.

        Args:
            lines: Its blocks.
        """

    @abstractmethod
    def code(self, words: str, language: str) -> Lines:
        """Return preformatted text as lines.

        Args:
            words: The text, with its line breaks.
            language: The programming language; "" if unknown.
        """

    @abstractmethod
    def term(self, words: str, meanings: list[Lines]) -> Lines:
        """Return a term of a definition list as lines.

        Args:
            words: The term.
            meanings: The blocks of each of its definitions.
        """

    @abstractmethod
    def table(self, caption: Lines, head: list[str], rows: list[list[str]]) -> Lines:
        """Return a table as lines.

        Args:
            caption: The caption's lines.
            head: The cells of the header row; empty if there is none.
            rows: The cells of the other rows, all equally long.
        """

    @abstractmethod
    def marked(self, tag: Tag, words: str) -> str:
        """Return the text of an inline element with the format's marks."""

    @abstractmethod
    def text(self, words: str) -> str:
        """Return plain text in the format."""

    @abstractmethod
    def image(self, tag: Tag) -> str:
        """Return an image as inline text."""

    @property
    @abstractmethod
    def between_items(self) -> Lines:
        """Return the separator between blocks of a list item."""

    def flow(self, parent: Tag, between: Lines | None = None) -> Lines:
        """Return the blocks in an element, with runs of text between them as paragraphs."""
        between = [""] if between is None else between
        found: list[Lines] = []
        run: list[PageElement] = []
        for child in parent.children:
            if isinstance(child, Tag) and _is_block(child):
                found += [self.paragraph(run), self.block(child)]
                run = []
            else:
                run.append(child)
        found.append(self.paragraph(run))
        lines: Lines = []
        for one in filter(None, found):
            lines += [*(between if lines else []), *one]
        return lines

    def block(self, tag: Tag) -> Lines:
        """Return one block element as lines."""
        if match := _HEADINGS.match(tag.name):
            return self.heading(int(match[1]), " ".join(self.paragraph(tag.children)))
        match tag.name:
            case "ul" | "ol" | "menu":
                return self.list(tag)
            case "dl":
                return self.definitions(tag)
            case "table":
                return self.table(*_Table(self, tag).parts)
            case "blockquote":
                return self.quote(self.flow(tag))
            case "pre":
                return self.code(_preformatted(tag), _language(tag))
            case "hr":
                return ["---"]
            case name if name in _SKIPPED:
                return []
        return self.flow(tag)

    def list(self, tag: Tag) -> Lines:
        """Return items with bullets or numbers, and their content indented."""
        lines: Lines = []
        for marker, item in self._numbered(tag):
            inside = self.flow(item, self.between_items) or [""]
            indent = " " * len(marker)
            lines += self._between(lines, inside)
            lines += [
                (marker + inside[0]).rstrip(),
                *(f"{indent}{line}".rstrip() for line in inside[1:]),
            ]
        return lines

    def _between(self, lines: Lines, inside: Lines) -> Lines:
        """Return the separator before an item that is not the first."""
        return self.between_items if lines and len(inside) > 1 else []

    def _numbered(self, tag: Tag) -> Iterator[tuple[str, Tag]]:
        items = list(tag.find_all("li", recursive=False))
        backwards = tag.has_attr("reversed")
        number = _number(tag.get("start"), len(items) if backwards else 1)
        letters = _LETTERS.get(str(tag.get("type", "")))
        for item in items:
            number = _number(item.get("value"), number)
            if tag.name != "ol":
                yield "- ", item
            elif letters and 1 <= number <= 26:
                yield self.lettered(letters(chr(ord("a") + number - 1))), item
            else:
                yield f"{number}. ", item
            number += -1 if backwards else 1

    def lettered(self, letter: str) -> str:
        """Return the mark of an item counted by letters."""
        return f"{letter}. "

    def definitions(self, tag: Tag) -> Lines:
        """Return terms, each with its definitions."""
        lines: Lines = []
        words, meanings = "", []
        for part in [*tag.find_all(["dt", "dd"]), None]:
            if part is not None and part.name == "dd":
                meanings.append(self.flow(part))
                continue
            if words or meanings:
                lines += self.term(words, [meaning for meaning in meanings if meaning])
            words, meanings = " ".join(self.flow(part)) if part is not None else "", []
        return lines

    def paragraph(self, nodes: Iterable[PageElement]) -> Lines:
        """Return a run of text as lines, split at line breaks; [] if there is no text."""
        text = _WHITE.sub(" ", self.inline(nodes))
        lines = [line.strip(" ") for line in text.split(LINE_BREAK)]
        while lines and not lines[-1]:
            lines.pop()
        return lines if any(lines) else []

    def inline(self, nodes: Iterable[PageElement]) -> str:
        """Return text with inline marks."""
        out: Lines = []
        for node in nodes:
            if isinstance(node, PreformattedString):
                continue  # comments and their like
            if isinstance(node, NavigableString):
                out.append(self.text(str(node)))
            elif isinstance(node, Tag) and node.name == "br":
                out.append(LINE_BREAK)
            elif isinstance(node, Tag) and node.name == "img":
                out.append(self.image(node))
            elif isinstance(node, Tag) and node.name not in _SKIPPED:
                out.append(self.marked(node, self.inside(node)))
        return "".join(out)

    def inside(self, tag: Tag) -> str:
        """Return the text in an inline element."""
        return self.inline(tag.children)


class _Table:
    """A table element as caption, head and rows, every row as wide as the widest."""

    def __init__(self, writer: OutputWriter, tag: Tag) -> None:
        caption = tag.find("caption")
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        cells = [
            [self._cell(writer, cell) for cell in row.find_all(["th", "td"], recursive=False)]
            for row in rows
        ]
        width = max(map(len, cells), default=0)
        filled = [row + [""] * (width - len(row)) for row in cells]
        headed = bool(rows) and all(
            cell.name == "th" for cell in rows[0].find_all(["th", "td"], recursive=False)
        )
        self.parts = (
            writer.flow(caption) if caption else [],
            filled[0] if headed else [],
            filled[headed:],
        )

    @staticmethod
    def _cell(writer: OutputWriter, cell: Tag) -> str:
        return " ".join(line.strip() for line in writer.flow(cell, []) if line.strip())


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS or tag.find(_BLOCKS) is not None


def _number(value: object, otherwise: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return otherwise


def _preformatted(tag: Tag) -> str:
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    return tag.get_text().strip("\n")


def _language(tag: Tag) -> str:
    code = tag.find("code")
    names = [str(name) for name in (code.get("class") or [])] if code else []
    return next(
        (name.removeprefix("language-") for name in names if name.startswith("language-")), ""
    )
