"""Read large XML files piece by piece, with bounded memory, and nothing that could do harm.

Document types are refused, because entities are defined in them: ones that multiply, and ones that
read other files (https://docs.python.org/3/library/xml.html#xml-security). Archives have none.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from blogkit.errors import ContentError, Problem

_PIECE = 65_536
_MOST_TEXT = 64_000_000
"""Characters of one post. No blog can serve a page of this size."""
_MOST_ELEMENTS = 100_000
_DEEPEST = 40
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
"""XML 1.0 has no place for these (https://www.w3.org/TR/xml/#charsets); WordPress exports them."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class XmlNode:
    """An element.

    Attributes:
        tag: Its name: "namespace}name", or only the name outside of all namespaces.
        line: The file's line on which it begins.
        attributes: Its attributes, named in the same way.
        children: The elements in it.
        text: The text directly in it.
    """

    tag: str
    line: int
    attributes: dict[str, str]
    children: list[XmlNode] = field(default_factory=list)
    text: str = ""

    def first(self, tag: str) -> XmlNode | None:
        """Return the first child of this name; None if there is none."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[XmlNode]:
        """Yield the children of this name."""
        return (child for child in self.children if child.tag == tag)

    def text_of(self, tag: str) -> str:
        """Return the text of the first child of this name; "" if there is none."""
        found = self.first(tag)
        return found.text if found else ""


class PieceReader:
    """Yields the elements of a file's root, or of the `channel` in it, one after the other.

    Args:
        file: The file, from its beginning.
        name: What messages call it.
        without: Elements of which only the number counts; what is in them is not kept.

    Attributes:
        removed: How many control characters were left out so far.
    """

    def __init__(self, file: BinaryIO, name: str, without: frozenset[str] = frozenset()) -> None:
        self._file, self._name, self._without = file, name, without
        self.removed = 0
        self._done: list[XmlNode] = []
        self._open: list[XmlNode] = []
        self._texts: list[list[str]] = []
        self._outer: list[str] = []
        self._ignored = self._elements = self._size = self._skipped_lines = 0

    def __iter__(self) -> Iterator[XmlNode]:
        parser = self._parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text, parser.buffer_size = True, _PIECE
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            for piece in self._pieces():
                parser.Parse(piece, False)
                done, self._done = self._done, []
                yield from done
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "it is not XML")
            raise self._broken(f"the XML is broken here: {reason}", error.lineno) from None

    def _pieces(self) -> Iterator[bytes]:
        piece = self._file.read(_PIECE)
        if piece.startswith(_WIDE):
            while piece:
                yield piece
                piece = self._file.read(_PIECE)
            return
        # PHP may print an empty line before the declaration, which XML has to begin with.
        piece = piece.removeprefix(codecs.BOM_UTF8)
        self._skipped_lines = piece.count(b"\n", 0, len(piece) - len(piece.lstrip()))
        piece = piece.lstrip()
        while piece:
            clean = piece.translate(None, _CONTROLS)
            self.removed += len(piece) - len(clean)
            yield clean
            piece = self._file.read(_PIECE)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._ignored:
            self._ignored += 1
            return
        if not self._open and (not self._outer or (self._outer == ["rss"] and tag == "channel")):
            self._outer.append(tag)
            return
        self._elements += 1
        if len(self._open) >= _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise self._broken("a post has more elements than any blog's posts have")
        node = XmlNode(tag, self._line(), attributes)
        if self._open:
            self._open[-1].children.append(node)
        if tag in self._without:
            self._ignored = 1
            return
        self._open.append(node)
        self._texts.append([])

    def _end(self, _tag: str) -> None:
        if self._ignored:
            self._ignored -= 1
            return
        if not self._open:
            self._outer.pop()
            return
        node = self._open.pop()
        node.text = "".join(self._texts.pop())
        if not self._open:
            self._done.append(node)
            self._elements = self._size = 0

    def _characters(self, text: str) -> None:
        if self._ignored or not self._open:
            return
        self._size += len(text)
        if self._size > _MOST_TEXT:
            raise self._broken(f"a post has more than {_MOST_TEXT:,} characters")
        self._texts[-1].append(text)

    def _refuse_doctype(self, *_declared: object) -> None:
        raise self._broken("it has a document type (<!DOCTYPE …>), which no archive of a blog has")

    def _line(self) -> int:
        return int(self._parser.CurrentLineNumber) + self._skipped_lines

    def _broken(self, reason: str, line: int = 0) -> ContentError:
        line = line + self._skipped_lines if line else self._line()
        hint = "nothing was imported; export the blog again, then run the command again"
        return ContentError([Problem(self._name, line, reason, hint, "broken-archive")])
