"""Split a body into prose, quotes and elements. Used only for reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Any, Literal

from blogkit.dataclass import dataclass
from blogkit.html import LineIndex
from blogkit.lint.markup import MOST_AROUND, Tag, prose_of, tags_of
from blogkit.patterns import lazy_pattern
from blogkit.posts import markdown
from blogkit.posts.widget_fences import call_name

_NAMES = {"Link": "a", "Image": "img", "TableCell": "td", "Item": "li", "Table": "table"}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_READ = frozenset({*_NAMES, "CodeBlock", "BlockQuote", "Heading"})
_CHOSEN_ID = lazy_pattern(r"\s*\{#[^\s{}]+\}\s*\Z")
_FENCE = lazy_pattern(r"[ \t]*(`{3,}|~{3,})(.*)")
_CODE_IN_LINE = lazy_pattern(r"`[^`\n]+`|^[ \t]*#[ \t].*$")
_NOTHING = 0xFF
"""A byte that no UTF-8 has (https://www.rfc-editor.org/rfc/rfc3629)."""
_BLANKS = bytes(
    ord("\n") if byte == ord("\n") else _NOTHING if 0x80 <= byte < 0xC0 else ord(" ")
    for byte in range(256)
)
"""A space for each character and the line breaks, as long as the text in bytes."""
Span = tuple[int, int, Literal["words", "data", "raw"]]
"""Where it begins and ends, in bytes."""
OutlineCall = tuple[str, str, str, int]
"""A widget call's name, title, text and line."""


@dataclass(slots=True)
class LintElement:
    """A heading, link, image, table, table cell, list item or raw HTML tag.

    Attributes:
        name: The name of the HTML element, in lower case.
        line: The file's line where it begins.
        text: Its words; an image's alternative text.
        attributes: Its attributes. A table of raw HTML that has a caption has "<caption>" among
            them.
        raw: Whether it is written as HTML.
        holds_image: Whether an image is in it.
    """

    name: str
    line: int
    text: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)
    raw: bool = False
    holds_image: bool = False

    @property
    def level(self) -> int:
        """The level of a heading, 1 to 6; 0 for other elements."""
        return _LEVELS.get(self.name, 0)


@dataclass(frozen=True)
class Outline:
    """A body in parts.

    Attributes:
        own: The body with everything but its author's own text blanked: without quotes.
        parts: The elements in order.
        calls: The widget calls.
    """

    own: str
    parts: list[LintElement]
    calls: list[OutlineCall]

    @staticmethod
    def of(body: str, kind: Literal["md", "html"], line: int = 0) -> Outline:
        """Return the outline of a body.

        Args:
            body: The body with LF line endings.
            kind: How it is written.
            line: The file's line of its first line.
        """
        if kind == "html":
            return Outline(prose_of(body), [_of_tag(tag, line) for tag in tags_of(body)], [])
        reader = _Reader(body, line)
        return Outline(reader.text(reader.own), reader.parts, reader.calls)


def prose_with_quotes(body: str, kind: Literal["md", "html"]) -> str:
    """Return a body with everything but its text blanked. Line breaks and offsets stay.

    Args:
        body: The body with LF line endings.
        kind: How it is written.
    """
    if kind == "html":
        return prose_of(body)
    reader = _Reader(body, 0)
    return reader.text(reader.words)


def parts_and_calls(body: str, line: int) -> tuple[list[LintElement], list[OutlineCall]]:
    """Return the elements and the calls of a Markdown body, where its texts are not needed.

    Args:
        body: The body.
        line: The file's line of its first line.
    """
    reader = _Reader(body, line)
    return reader.parts, reader.calls


def _of_tag(tag: Tag, first: int) -> LintElement:
    words = " ".join(tag.text.split())
    return LintElement(tag.name, first + tag.line, words, tag.attributes, True, tag.holds_image)


class _Reader:
    """Receives the parser's events; tracks spans of text and open elements."""

    def __init__(self, body: str, line: int) -> None:
        self._body, self._first = body, line
        text = markdown.parser_text(body)
        # The parser first: Python then keeps the text's bytes.
        events = markdown.events(text)
        self._source = text.encode()
        self.words: list[Span] = []
        self.own: list[Span] = []
        self.raw: list[Span] = []
        self.parts: list[LintElement] = []
        self.calls: list[OutlineCall] = []
        self._lines = LineIndex(self._source)
        self._open: list[tuple[LintElement, list[str]]] = []  # with their words
        self._quotes = 0
        self._call: tuple[str, str, list[str], int] | None = None
        self._inside = (0, 0)  # of the call that is open
        self._code = False
        self._read(events)

    def _read(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Take the parser's events. One loop: a post has hundreds of them."""
        words, own, opened = self.words, self.own, self._open
        for event, span in events:
            if isinstance(event, str):
                if opened and event in ("SoftBreak", "HardBreak"):
                    self._say(" ")
                continue
            ((kind, value),) = event.items()
            if kind == "Text":
                if self._code:
                    self._take_code(value, span["start"], span["end"])
                    continue
                place: Span = (span["start"], span["end"], "words")
                words.append(place)
                if not self._quotes:
                    own.append(place)
                if opened:
                    self._say(value)
            elif kind == "Start":
                name = value if isinstance(value, str) else next(iter(value))
                if name in _READ:
                    self._start(name, value, span["start"])
            elif kind == "End":
                name = value if isinstance(value, str) else next(iter(value))
                if name in _READ:
                    self._end(name)
            elif kind == "Code":
                self._say(value)
            elif kind in ("Html", "InlineHtml"):
                self.raw.append((span["start"], span["end"], "raw"))
        if self.raw:
            # Markdown between tags stays, so that `<td>**x**</td>` has words; `<` in it is no tag.
            markup = self._kept(sorted([*self.raw, *self.words]), neutral=True)
            self.parts += [_of_tag(tag, self._first) for tag in tags_of(markup)]
            self.parts.sort(key=lambda part: part.line)

    def text(self, words: list[Span]) -> str:
        """Return the body with everything but these words and the text of raw HTML blanked."""
        kept = self._kept(words)
        return _laid_over(kept, prose_of(self._kept(self.raw))) if self.raw else kept

    def _line(self, offset: int) -> int:
        return self._first + self._lines.before(offset)

    def _start(self, name: str, data: Any, start: int) -> None:
        if name == "CodeBlock":
            self._start_code(data[name], start)
        elif name == "BlockQuote":
            self._quotes += 1
        elif name == "Heading":
            self._begin(LintElement(data[name]["level"].lower(), self._line(start)))
        else:
            element = LintElement(_NAMES[name], self._line(start))
            if name == "Link":
                link = data[name]
                mail = "mailto:" if link["link_type"] == "Email" else ""
                element.attributes["href"] = mail + link["dest_url"]
            elif name == "Image":
                element.attributes["src"] = data[name]["dest_url"]
                for around, _ in self._open[-MOST_AROUND:]:
                    around.holds_image = True
            self._begin(element)

    def _start_code(self, kind: Any, start: int) -> None:
        info = kind["Fenced"] if isinstance(kind, dict) and "Fenced" in kind else None
        named = call_name(info) if info is not None else None
        self._code, self._inside = True, (start, start)
        self._call = (*named, [], self._line(start)) if named else None
        if named and named[1]:
            end = self._source.find(b"\n", start)
            self._keep(
                self._source.find(b"}", start) + 1,
                end if end >= 0 else len(self._source),
                "words",
            )

    def _begin(self, element: LintElement) -> None:
        self.parts.append(element)
        self._open.append((element, []))

    def _end(self, name: str) -> None:
        if name == "CodeBlock":
            if self._call:
                called, title, texts, line = self._call
                self.calls.append((called, title, "".join(texts), line + 1))
                self._keep(*self._inside, "data")
            self._code, self._call = False, None
        elif name == "BlockQuote":
            self._quotes -= 1
        else:
            element, words = self._open.pop()
            text = "".join(words)
            if name == "Heading":
                # `## Title {#id}`: the id is not shown.
                text = _CHOSEN_ID.sub("", text)
            element.text = " ".join(text.split())
            if name == "Image":
                element.attributes["alt"] = element.text

    def _take_code(self, text: str, start: int, end: int) -> None:
        if self._call:
            self._inside = (self._inside[0] if self._call[2] else start, end)
            self._call[2].append(text)

    def _keep(self, start: int, end: int, kind: Literal["words", "data"]) -> None:
        self.words.append((start, end, kind))
        if not self._quotes:
            self.own.append((start, end, kind))

    def _say(self, text: str) -> None:
        for _, words in self._open[-MOST_AROUND:]:
            words.append(text)

    def _kept(self, spans: list[Span], *, neutral: bool = False) -> str:
        """Return the body with everything but these spans blanked; line breaks stay.

        If it is `neutral`, no tag begins in the text.
        """
        out, at, source = [], 0, self._source
        blanks = source.translate(_BLANKS)
        for start, end, kind in spans:
            if at < start:
                out.append(blanks[at:start])
                at = start
            piece = source[at:end]
            if kind == "data":
                piece = _without_code(piece.decode()).encode()
            if neutral and kind != "raw":
                piece = piece.replace(b"<", b" ").replace(b"&", b" ")
            out.append(piece)
            at = max(at, end)
        out.append(blanks[at:])
        return _as_written(b"".join(out).translate(None, bytes([_NOTHING])).decode(), self._body)


def _as_written(kept: str, body: str) -> str:
    """Return a text with the characters of the body that the parser reads as U+FFFD."""
    if "\ufffd" not in kept:
        return kept
    return "".join(b if a == "\ufffd" else a for a, b in zip(kept, body, strict=False))


def _without_code(data: str) -> str:
    """Return a call's content with its code and its YAML comments blanked."""
    if not any(sign in data for sign in ("`", "~~~", "#")):
        return data
    lines, fence = [], ""
    for line in data.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(" " * len(line))
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif mark and not mark[2].lstrip().startswith("{"):
            fence = mark[1]
            lines.append(" " * len(line))
        else:
            lines.append(_CODE_IN_LINE.sub(lambda found: " " * len(found[0]), line))
    return "\n".join(lines)


def _laid_over(one: str, other: str) -> str:
    """Merge two texts of equal length, each blank where the other has text."""
    return "".join(b if a == " " else a for a, b in zip(one, other, strict=True))
