"""Finished HTML as pieces (tags, text, script, comments), to change some of them without changing other bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from blogkit.survival.encode import ATTRIBUTE, RAW_TEXT, TOKEN

PieceKind = Literal["tag", "close", "text", "raw", "comment"]


@dataclass(frozen=True)
class Piece:
    """kind: "raw" is the inside of <script> and <style>; name: of the tag, lower case; text: the verbatim piece."""

    kind: PieceKind
    text: str
    name: str = ""

    def attribute(self, wanted: str) -> str | None:
        """Return the decoded value of a start tag's attribute; None if it is absent."""
        for name, value, _, _ in attributes(self):
            if name == wanted:
                return unescape(value)
        return None

    def with_attribute(self, wanted: str, value: str | None) -> str:
        """Return the tag with another value for an existing attribute; None removes it."""
        for name, _, start, end in attributes(self):
            if name == wanted:
                if value is None:
                    return self.text[:start].rstrip() + self.text[end:]
                return f'{self.text[:start]}{name}="{escape(value)}"{self.text[end:]}'
        return self.text


def attributes(piece: Piece) -> Iterator[tuple[str, str, int, int]]:
    """Return each attribute of a start tag: name, raw value, start and end in the tag's text."""
    for match in ATTRIBUTE.finditer(piece.text, len(piece.name) + 1):
        value = match[2] or ""
        yield match[1].lower(), value[1:-1] if value[:1] in {'"', "'"} else value, match.start(), match.end()


def pieces(html: str) -> Iterator[Piece]:
    """Split HTML without loss: the joined pieces are the input."""
    position = 0
    while match := TOKEN.match(html, position):
        position = match.end()
        if match["text"] is not None:
            yield Piece("text", match[0])
        elif match["comment"] is not None:
            yield Piece("comment", match[0])
        else:
            name = match["name"].lower()
            yield Piece("close" if match["close"] else "tag", match[0], name)
            if name in RAW_TEXT and not match["close"]:
                end = re.compile(rf"</{name}", re.IGNORECASE).search(html, position)
                stop = end.start() if end else len(html)
                yield Piece("raw", html[position:stop], name)
                position = stop


def change(html: str, edit: Callable[[Piece], str]) -> str:
    """Return the HTML with each piece replaced by the result of `edit`."""
    return "".join(edit(piece) for piece in pieces(html))


def without_links(html: str) -> str:
    """Return the HTML with links replaced by their text, for use inside another link."""
    return change(html, lambda piece: "" if piece.name == "a" else piece.text)


def words(html: str) -> str:
    """Return only the text, for an attribute."""
    return unescape("".join(piece.text for piece in pieces(html) if piece.kind == "text"))
