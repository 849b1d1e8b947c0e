"""What recognisers get, and what they find: blocks of a text, and the widget that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blogkit.dataclass import dataclass
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.text.blocks import TextBlock
from blogkit.importers.text.rows import Row, unmarked
from blogkit.importers.text.words import PLAIN_EMPHASIS
from blogkit.posts.markdown import escape_markdown

SourceSpan = tuple[int, int]
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]}\"'”’]")


@dataclass(frozen=True)
class TextWidget:
    """A widget in a text.

    Attributes:
        match: The widget's call.
        end: The index of the block behind it.
        own: The spans of the source that the widget writes itself: "A)", "Answer:".
        asks: What the author has to decide about it; "" for nothing.
    """

    match: WidgetMatch
    end: int
    own: tuple[SourceSpan, ...] = ()
    asks: str = ""


class UncertainPart(Uncertain):
    """A part of several blocks that is not certainly a widget.

    Args:
        why: The reason.
        end: The index of the block behind it.
        is_open: Whether only the author can decide about it.
    """

    def __init__(self, why: str, end: int, *, is_open: bool) -> None:
        super().__init__(why)
        self.end, self.is_open = end, is_open


@dataclass(frozen=True)
class Reading:
    """The blocks of a text.

    Attributes:
        blocks: The blocks in order.
        plain: Whether they are plain text, not Markdown.
        awaits_quiz: Whether the text tells its author to add the link of a mock test.
    """

    blocks: Sequence[TextBlock]
    plain: bool
    awaits_quiz: bool = False

    def inline(self, text: str) -> str:
        """Return a piece of the text as inline Markdown."""
        return plain_markdown(text) if self.plain else " ".join(text.split())

    def head(self, at: int) -> str:
        """Return the words of the heading, or of the line that is used as one; "" for others.

        Args:
            at: The block's index.
        """
        if not 0 <= at < len(self.blocks):
            return ""
        block = self.blocks[at]
        if block.kind == "heading":
            return unmarked(block.text)
        if block.kind != "paragraph" or len(block.rows) > 1 or len(block.words) > 120:
            return ""
        bare = unmarked(block.words)
        if bare != block.words:
            return bare.rstrip(":")
        return block.words.rstrip(":") if self.plain and block.words[-1] not in ".,;!" else ""


def plain_markdown(text: str) -> str:
    """Return plain text as inline Markdown that shows exactly these characters.

    Only *bold* and _italic_ words, as messengers write them, lose the marks around them.
    """
    parts, at = [], 0
    for found in PLAIN_EMPHASIS.finditer(text):
        mark = "**" if found["mark"] == "*" else "*"
        parts += [_escaped(text[at : found.start()]), f"{mark}{_escaped(found['inner'])}{mark}"]
        at = found.end()
    return " ".join("".join([*parts, _escaped(text[at:])]).split())


def _escaped(text: str) -> str:
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [escape_markdown(text[at : found.start()]), f"<{found[0]}>"]
        at = found.end()
    return "".join([*parts, escape_markdown(text[at:])])


def prefix_of(row: Row, rest: str) -> SourceSpan:
    """Return the span of what is before the rest of a line.

    Args:
        row: The line.
        rest: Its end.
    """
    place = row.text.rfind(rest) if rest else len(row.text)
    return row.start, row.start + max(place, 0)
