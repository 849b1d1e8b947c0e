"""Split a body into prose, quotes and elements. Used only for reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from blogkit.html import LineIndex
from blogkit.lint.markup import MOST_AROUND, Tag, prose_of, tags_of
from blogkit.posts import markdown
from blogkit.posts.widget_fences import call_name

_NAMES = {"Link": "a", "Image": "img", "TableCell": "td", "Item": "li", "Table": "table"}
_CHOSEN_ID = re.compile(r"\s*\{#[^\s{}]+\}\s*\Z")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)")
_CODE_IN_LINE = re.compile(r"`[^`\n]+`|^[ \t]*#[ \t].*$")
_SPACES = bytes(byte if byte == ord("\n") else ord(" ") for byte in range(256))
_CONTINUED = bytes(range(0x80, 0xC0))
"""All bytes but the first of a character in UTF-8 (https://www.rfc-editor.org/rfc/rfc3629)."""
Span = tuple[int, int, Literal["words", "data", "raw"]]
"""Where it begins and ends, in bytes."""
OutlineCall = tuple[str, str, str, int]
"""A widget call's name, title, text and line (from 0)."""


@dataclass
class OutlinePart:
    """An element. line: counted from 0, in the body."""

    name: str
    line: int
    text: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)
    raw: bool = False
    holds_image: bool = False
    words: list[str] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Outline:
    """A body in parts.

    Attributes:
        own: The body with everything but its author's own text blanked: without quotes.
        parts: The elements in order, with lines from 0.
        calls: The widget calls.
    """

    own: str
    parts: list[OutlinePart]
    calls: list[OutlineCall]

    @staticmethod
    def of(body: str, kind: Literal["md", "html"]) -> Outline:
        """Return the outline of a body.

        Args:
            body: The body with LF line endings.
            kind: How it is written.
        """
        if kind == "html":
            return Outline(prose_of(body), [_of_tag(tag) for tag in tags_of(body)], [])
        reader = _Reader(body)
        return Outline(reader.text(reader.own), reader.parts, reader.calls)


def prose_with_quotes(body: str, kind: Literal["md", "html"]) -> str:
    """Return a body with everything but its text blanked. Line breaks and offsets stay.

    Args:
        body: The body with LF line endings.
        kind: How it is written.
    """
    if kind == "html":
        return prose_of(body)
    reader = _Reader(body)
    return reader.text(reader.words)


def parts_and_calls(body: str) -> tuple[list[OutlinePart], list[OutlineCall]]:
    """Return the elements and the calls of a Markdown body, where its texts are not needed."""
    reader = _Reader(body)
    return reader.parts, reader.calls


def _of_tag(tag: Tag) -> OutlinePart:
    return OutlinePart(
        tag.name, tag.line, " ".join(tag.text.split()), tag.attributes, True, tag.holds_image
    )


class _Reader:
    """Receives the parser's events; tracks spans of text and open elements."""

    def __init__(self, body: str) -> None:
        self._body = body
        text = markdown.parser_text(body)
        self._source = text.encode()
        self.words: list[Span] = []
        self.own: list[Span] = []
        self.raw: list[Span] = []
        self.parts: list[OutlinePart] = []
        self.calls: list[OutlineCall] = []
        self._lines = LineIndex(self._source)
        self._open: list[OutlinePart] = []
        self._quotes = 0
        self._call: tuple[str, str, list[str], int] | None = None
        self._inside = (0, 0)  # of the call that is open
        self._code = False
        self._read(text)

    def _read(self, text: str) -> None:
        for kind, name, value, start, end in markdown.events(text):
            if kind == "Start":
                self._start(name, value, start)
            elif kind == "End":
                self._end(name)
            elif kind == "Text":
                self._text(value, start, end)
            elif kind == "Code":
                self._say(value)
            elif kind in ("SoftBreak", "HardBreak"):
                self._say(" ")
            elif kind in ("Html", "InlineHtml"):
                self.raw.append((start, end, "raw"))
        if self.raw:
            # Markdown between tags stays, so that `<td>**x**</td>` has words; `<` in it is no tag.
            markup = self._kept(sorted([*self.raw, *self.words]), neutral=True)
            self.parts += [_of_tag(tag) for tag in tags_of(markup)]
            self.parts.sort(key=lambda part: part.line)

    def text(self, words: list[Span]) -> str:
        """Return the body with everything but these words and the text of raw HTML blanked."""
        kept = self._kept(words)
        return _laid_over(kept, prose_of(self._kept(self.raw))) if self.raw else kept

    def _start(self, name: str, value: Any, start: int) -> None:
        if name == "CodeBlock":
            named = (
                call_name(value["Fenced"])
                if isinstance(value, dict) and "Fenced" in value
                else None
            )
            self._code, self._inside = True, (start, start)
            self._call = (*named, [], self._lines.before(start)) if named else None
            if named and named[1]:
                end = self._source.find(b"\n", start)
                self._keep(
                    self._source.find(b"}", start) + 1,
                    end if end >= 0 else len(self._source),
                    "words",
                )
        elif name == "BlockQuote":
            self._quotes += 1
        elif name == "Heading":
            self._begin(OutlinePart(value["level"].lower(), self._lines.before(start)))
        elif name in _NAMES:
            attributes = (
                {"href" if name == "Link" else "src": value["dest_url"]}
                if name in ("Link", "Image")
                else {}
            )
            if name == "Link" and value["link_type"] == "Email":
                attributes["href"] = f"mailto:{value['dest_url']}"
            if name == "Image":
                for part in self._open[-MOST_AROUND:]:
                    part.holds_image = True
            self._begin(
                OutlinePart(_NAMES[name], self._lines.before(start), attributes=dict(attributes))
            )

    def _begin(self, part: OutlinePart) -> None:
        self.parts.append(part)
        self._open.append(part)

    def _end(self, name: str) -> None:
        if name == "CodeBlock":
            if self._call:
                called, title, texts, line = self._call
                self.calls.append((called, title, "".join(texts), line + 1))
                self._keep(*self._inside, "data")
            self._code, self._call = False, None
        elif name == "BlockQuote":
            self._quotes -= 1
        elif name in _NAMES or name == "Heading":
            part = self._open.pop()
            text = "".join(part.words)
            if part.name.startswith("h"):
                # `## Title {#id}`: the id is not shown.
                text = _CHOSEN_ID.sub("", text)
            part.text = " ".join(text.split())
            if name == "Image":
                part.attributes["alt"] = part.text

    def _text(self, text: str, start: int, end: int) -> None:
        if self._call:
            self._inside = (self._inside[0] if self._call[2] else start, end)
            self._call[2].append(text)
        elif not self._code:
            self._keep(start, end, "words")
            self._say(text)

    def _keep(self, start: int, end: int, kind: Literal["words", "data"]) -> None:
        self.words.append((start, end, kind))
        if not self._quotes:
            self.own.append((start, end, kind))

    def _say(self, text: str) -> None:
        for part in self._open[-MOST_AROUND:]:
            part.words.append(text)

    def _kept(self, spans: list[Span], *, neutral: bool = False) -> str:
        """Return the body with everything but these spans blanked; line breaks stay.

        If it is `neutral`, no tag begins in the text.
        """
        out, at, source = [], 0, self._source
        for start, end, kind in spans:
            if at < start:
                out.append(_blank(source[at:start]))
            piece = source[max(start, at) : end]
            if kind == "data":
                piece = _without_code(piece.decode()).encode()
            if neutral and kind != "raw":
                piece = piece.replace(b"<", b" ").replace(b"&", b" ")
            out.append(piece)
            at = max(at, end)
        out.append(_blank(source[at:]))
        return _as_written(b"".join(out).decode(), self._body)


def _as_written(kept: str, body: str) -> str:
    """Return a text with the characters of the body that the parser reads as U+FFFD."""
    if "\ufffd" not in kept:
        return kept
    return "".join(b if a == "\ufffd" else a for a, b in zip(kept, body, strict=False))


def _without_code(data: str) -> str:
    """Return a call's content with its code and its YAML comments blanked."""
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


def _blank(text: bytes) -> bytes:
    """Return a space for each character, and the line breaks."""
    return text.translate(_SPACES, _CONTINUED)


def _laid_over(one: str, other: str) -> str:
    """Merge two texts of equal length, each blank where the other has text."""
    return "".join(b if a == " " else a for a, b in zip(one, other, strict=True))
