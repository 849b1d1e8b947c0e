"""Turn the HTML of a word processor into Markdown, of which each line knows where it is from.

Word and Google Docs write the look of every word into the page. A post takes only what the look
means: headings, lists, tables, links, bold and italic words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from blogkit.html import Element, LineIndex, Token, Tree, decode
from blogkit.html.elements import HEADINGS, HIDDEN, SEPARATORS
from blogkit.importers.report import Dropped
from blogkit.posts.markdown import escape_markdown
from blogkit.sanitizers.verdict import shorten

_OF_WORD = re.compile(r"class=[\"']?Mso|schemas-microsoft-com|\bmso-[a-z-]+\s*:", re.IGNORECASE)
_OF_DOCS = re.compile(r"docs-internal-guid-|themes\.googleusercontent\.com/fonts|\bdoc-content\b")
_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_LISTED = re.compile(r"\bMsoListParagraph|mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_MARK = re.compile(r"\A\s*(?:(?P<bullet>[·•o§▪◦-])|(?P<number>\d{1,3})[.)۔-])(?:[\s\u00a0]+|\Z)")
_GUARD = re.compile(r"([-+#=>|]|\d{1,9}(?=[.)](?:\s|\Z)))")
_TITLE = re.compile(r"\bMsoTitle\b|(?:^|\s)title(?:\s|$)")
_CLASSES = re.compile(r"<[a-z0-9]+\b[^>]{0,200}?\bclass=[\"']?([^\"'>]{1,200})", re.IGNORECASE)
_IMAGE = "an image of the document; save it as a file and insert it"
_BLOCKS = SEPARATORS | {"body", "html", "center"}


@dataclass
class MarkdownDocument:
    """A document as Markdown.

    Attributes:
        lines: The lines of Markdown.
        numbers: For each of them the line of the document's HTML, from 1.
        dropped: What has no place in a post.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The Markdown."""
        return "\n".join(self.lines) + "\n"


def is_document(html: str) -> bool:
    """Return whether a page was written by Word or Google Docs."""
    head = html[:200_000]
    return bool(_OF_WORD.search(head) or _OF_DOCS.search(head))


def document_of(html: str) -> MarkdownDocument:
    """Return the HTML of a word processor as Markdown.

    Args:
        html: The whole page.
    """
    writer = _Writer(html)
    try:
        writer.blocks(Tree(html, scripting=False, page=True).root)
    except RecursionError:
        words = " ".join(Tree(html, scripting=False, page=True).root.text().split())
        writer.document = MarkdownDocument([escape_markdown(words)], [1])
    return writer.document


class _Writer:
    def __init__(self, html: str) -> None:
        self.html, self.document = html, MarkdownDocument()
        self._index = LineIndex(html)
        # below a title in its own style, "Heading 1" is the level of sections
        has_sections = re.search(r"<h1\b(?![^>]*\b(?:Mso)?title)", html, re.IGNORECASE)
        self._is_titled = has_sections and any(map(_TITLE.search, _CLASSES.findall(html)))

    def blocks(self, holder: Element, indent: str = "") -> None:
        """Write what an element holds."""
        run: list[Element | Token] = []
        for item in [*holder.items, None]:
            if item is not None and not (isinstance(item, Element) and _is_block(item)):
                run.append(item)
                continue
            self._paragraph(run, indent)
            run = []
            if isinstance(item, Element):
                self._block(item, indent)

    def _block(self, element: Element, indent: str) -> None:
        if element.name in HIDDEN or element.name == "head":
            return
        if _is_comment(element):
            self._drop(element, "a comment beside the document")
            return
        style = f"{element.attributes.get('class', '')} {element.attributes.get('style', '')}"
        level = int(element.name[1]) if element.name in HEADINGS else 0
        if _TITLE.search(style):
            level = 1
        elif level and self._is_titled:
            level = min(level + 1, 6)
        if level:
            words = self._inline(element.items).replace("\n", " ").strip()
            bare = re.sub(r"\A\*\*(.*)\*\*\Z", r"\1", words)
            self._write(element, f"{'#' * level} {bare}" if bare else "")
        elif element.name in ("ul", "ol"):
            self._list(element, indent)
        elif element.name == "table":
            self._table(element)
        elif element.name == "hr":
            self._write(element, "---")
        elif element.name == "p" and _LISTED.search(style):
            self._listed(element, style)
        elif any(isinstance(item, Element) and _is_block(item) for item in element.items):
            self.blocks(element, indent)
        else:
            self._paragraph(element.items, indent)

    def _paragraph(self, items: Sequence[Element | Token], indent: str) -> None:
        words = self._inline(items).strip(" \n")
        if words:
            text = "\n".join(_guarded(line.strip()) for line in words.split("\n"))
            self._write(items[0], text, indent)

    def _listed(self, element: Element, style: str) -> None:
        """Write an item of a list that Word wrote as a paragraph with a bullet in it."""
        words = self._inline(element.items).replace("\n", " ").strip()
        found = _MARK.match(words.replace("\\", ""))
        level = _LEVEL.search(style)
        indent = "  " * ((int(level[1]) if level else 1) - 1)
        if not found:
            self._write(element, words)
            return
        rest = (
            words.replace("\\", "", 1)[found.end() :] if words[0] == "\\" else words[found.end() :]
        )
        mark = f"{int(found['number'])}." if found["number"] else "-"
        self._write(element, f"{mark} {rest.strip()}", indent, tight=True)

    def _list(self, element: Element, indent: str) -> None:
        start = element.attributes.get("start", "1")
        number = int(start) if start.isdecimal() else 1
        for item in element.children:
            if item.name in ("ul", "ol"):
                self._list(item, indent + "  ")
                continue
            inner = [
                part
                for part in item.items
                if not (isinstance(part, Element) and part.name in ("ul", "ol"))
            ]
            words = " ".join(self._inline(inner, flat=True).split())
            # Google Docs writes levels as classes of lists that follow each other
            nested = re.search(r"lst-\S+-(\d)", element.attributes.get("class", ""))
            deep = indent + "   " * (int(nested[1]) if nested and not indent else 0)
            mark = f"{number}." if element.name == "ol" else "-"
            self._write(item, f"{mark} {words}".rstrip(), deep, tight=True)
            number += 1
            for part in item.children:
                if part.name in ("ul", "ol"):
                    self._list(part, deep + "   ")

    def _table(self, element: Element) -> None:
        rows = [row for row in element.descendants() if row.name == "tr"]
        cells = [
            [self._cell(cell) for cell in row.children if cell.name in ("td", "th")] for row in rows
        ]
        cells = [row for row in cells if any(row)]
        if not cells:
            return
        if len({len(row) for row in cells}) > 1 or len(cells[0]) < 2 or len(cells) < 2:
            for row, line in zip(rows, cells, strict=False):
                self._write(row, "\n".join(_guarded(cell) for cell in line if cell))
            return
        lines = [f"| {' | '.join(row)} |" for row in cells]
        self._write(rows[0], lines[0])
        self._write(rows[0], "| " + " | ".join(["---"] * len(cells[0])) + " |", tight=True)
        for row, written in zip(rows[1:], lines[1:], strict=False):
            self._write(row, written, tight=True)

    def _cell(self, element: Element) -> str:
        return " ".join(self._inline(element.items, flat=True).split()).replace("|", "\\|")

    def _write(
        self, item: Element | Token, text: str, indent: str = "", *, tight: bool = False
    ) -> None:
        if not text.strip():
            return
        document, number = self.document, self._index.before(item.start) + 1
        before = document.lines[-1].lstrip() if document.lines else ""
        joins = tight and re.match(r"(?:-|\d+\.|\|)", before)
        if document.lines and not joins:
            document.lines.append("")
            document.numbers.append(number)
        for line in text.split("\n"):
            document.lines.append(indent + line)
            document.numbers.append(number)

    def _inline(self, items: Iterable[Element | Token], *, flat: bool = False) -> str:
        parts = []
        for item in items:
            if isinstance(item, Element):
                parts.append(self._element(item, flat=flat))
            elif item.kind not in ("comment", "cut") and not self.html.startswith("<!", item.start):
                text = decode(self.html[item.start : item.end]).replace("\u00ad", "")
                parts.append(escape_markdown(re.sub(r"[ \t\r\n\f\u00a0]+", " ", text)))
        return "".join(parts)

    def _element(self, element: Element, *, flat: bool) -> str:
        if element.name in HIDDEN or element.name in ("style", "script", "o:p"):
            return ""
        if element.name == "br":
            return " " if flat else "\\\n"
        if element.name == "img":
            return self._image(element)
        if _marks_comment(element):
            self._drop(element, "the mark of a comment")
            return ""
        inner = self._inline(element.items, flat=flat)
        if flat and _is_block(element):
            return f" {inner} "
        href = element.attributes.get("href", "")
        if element.name == "a" and href and not href.startswith("#") and inner.strip():
            return f"[{inner.strip()}]({_target(href)})"
        style = element.attributes.get("style", "")
        is_bold = element.name in ("b", "strong") or _BOLD.search(style)
        is_italic = element.name in ("i", "em") or _ITALIC.search(style)
        if is_italic:
            inner = _marked(inner, "*")
        if is_bold and not _NOT_BOLD.search(style):
            inner = _marked(inner, "**")
        return inner

    def _drop(self, element: Element, why: str) -> None:
        words = " ".join(element.text().split())
        line = self._index.before(element.start) + 1
        self.document.dropped.append(Dropped(line, why, shorten(words)))

    def _image(self, element: Element) -> str:
        source = element.attributes.get("src", "").strip()
        alt = " ".join(element.attributes.get("alt", "").split())
        if re.match(r"https://(?!\S*googleusercontent)\S+\Z", source):
            return f"![{escape_markdown(alt)}]({source})"
        line = self._index.before(element.start) + 1
        self.document.dropped.append(Dropped(line, _IMAGE, alt or source[:40] or "image"))
        return ""


def _is_comment(element: Element) -> bool:
    """Return whether an element is the words of a comment, which both programs write at the end."""
    if re.search(r"mso-element\s*:\s*comment", element.attributes.get("style", "")):
        return True
    first = element
    for _ in range(2):  # the paragraph, or the box around it
        first = first.children[0] if first.children else first
        if re.fullmatch(r"cmnt\d+", first.attributes.get("id", "")):
            return True
    return False


def _marks_comment(element: Element) -> bool:
    """Return whether an element is the link from the text to a comment."""
    named = element.attributes.get("id", "")
    return element.name == "a" and (
        named.startswith("cmnt_ref")
        or "msocomanchor" in element.attributes.get("class", "").lower()
    )


def _is_block(element: Element) -> bool:
    return (element.name in _BLOCKS and element.name != "br") or any(
        inner.name in SEPARATORS and inner.name != "br" for inner in element.descendants()
    )


def _marked(inner: str, mark: str) -> str:
    words = inner.strip(" ")
    if not words or mark in words or "\n" in words:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip(" "))], inner[len(inner.rstrip(" ")) :]
    return f"{before}{mark}{words}{mark}{after}"


def _guarded(line: str) -> str:
    found = _GUARD.match(line)
    if not found:
        return line
    at = found.end() if line[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _target(href: str) -> str:
    """Return a link's address, without Google's own around it."""
    parts = urlsplit(href)
    if (parts.hostname or "").endswith("google.com") and parts.path == "/url":
        href = parse_qs(parts.query).get("q", [href])[0]
    return f"<{href}>" if re.search(r"[\s()<>]", href) else href
