"""Build HTML from parts, and find offsets and lines in its source."""

from __future__ import annotations

from typing import cast

from blogkit.html import LineIndex
from blogkit.posts.post import WidgetCall

Parts = tuple[str | WidgetCall, ...]
"""HTML in which calls are not rendered yet. Neighbouring texts are one part."""


class HtmlBuilder:
    """Text and widget calls in order.

    A space goes before a block that follows other content, and before no closing tag: excerpts,
    which are made by removing the tags, then keep words apart, and WordPress's automatic paragraphs
    find nothing to wrap.
    """

    def __init__(self) -> None:
        self._parts: list[str | WidgetCall] = []
        self._has_calls = False
        self._fresh = True  # the open element is still empty

    def inline(self, text: str) -> None:
        """Add text or inline HTML."""
        self._parts.append(text)
        self._fresh = False

    def open(self, tag: str) -> None:
        """Add the start tag of an element that holds blocks."""
        self._parts.append(tag if self._fresh else f" {tag}")
        self._fresh = True

    def block(self, content: str | WidgetCall) -> None:
        """Add a whole block at once."""
        if not self._fresh:
            self._parts.append(" ")
        self._parts.append(content)
        self._fresh = False
        if not isinstance(content, str):
            self._has_calls = True

    def close(self, tag: str) -> None:
        """Add the end tag of an element."""
        self._parts.append(tag)
        self._fresh = False

    def done(self) -> Parts:
        """Return what was built."""
        if self._has_calls:
            return join(self._parts)
        text = self.text()
        return (text,) if text else ()

    def text(self) -> str:
        """Return what was built without its calls, for a place where they are not allowed."""
        texts = (part for part in self._parts if isinstance(part, str))
        return "".join(texts if self._has_calls else cast("list[str]", self._parts))


def join(parts: list[str | WidgetCall]) -> Parts:
    """Return the parts with neighbouring texts merged and empty ones dropped."""
    joined: list[str | WidgetCall] = []
    texts: list[str] = []
    for part in [*parts, None]:  # None ends the last run of texts
        if isinstance(part, str):
            texts.append(part)
            continue
        if any(texts):
            joined.append("".join(texts))
        texts = []
        if part is not None:
            joined.append(part)
    return tuple(joined)


class RawSource:
    """The parser's text, by byte offsets.

    Args:
        text: The source.
        line: The file's line of its first line.
    """

    def __init__(self, text: str, line: int) -> None:
        self.bytes = text.encode()
        self._first = line
        self._lines = LineIndex(self.bytes)

    def line(self, offset: int) -> int:
        """Return the file's line at a byte offset."""
        return self._first + self._lines.before(offset)

    def column(self, offset: int) -> int:
        """Return how many characters are before a byte offset on its line."""
        return len(self.cut(self.bytes.rfind(b"\n", 0, offset) + 1, offset))

    def cut(self, start: int, end: int) -> str:
        """Return the text between two byte offsets."""
        return self.bytes[start:end].decode()
