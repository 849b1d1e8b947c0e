"""Report an import to the person who pasted the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Dropped:
    """A part that was removed from the post.

    Attributes:
        line: The file's line, from 1.
        why: What it was.
        words: Its first words or characters.
    """

    line: int
    why: str
    words: str


@dataclass(frozen=True, order=True)
class Recognised:
    """A part that was converted to a widget call.

    Attributes:
        line: The file's line, from 1.
        widget: The widget's name.
        words: Its title, or its first words.
    """

    line: int
    widget: str
    words: str


@dataclass(frozen=True, order=True)
class Kept:
    """A part that was kept as HTML although it looks like a widget.

    Attributes:
        line: The file's line, from 1.
        widget: The widget's name.
        why: What is not certain.
    """

    line: int
    widget: str
    why: str


@dataclass(frozen=True, order=True)
class Repaired:
    """Text that was decoded with the wrong encoding, and fixed.

    Attributes:
        line: The file's line, from 1.
        old: The broken text.
        new: The text in its place.
    """

    line: int
    old: str
    new: str


@dataclass(frozen=True)
class ImportedPart:
    """A span of the source and its outcome; the parts of an import are the whole source.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        kind: "kept" verbatim, a widget's "call", "dropped", or "taken" into the front matter.
        text: The source of what is kept.
    """

    start: int
    end: int
    kind: Literal["kept", "call", "dropped", "taken"]
    text: str = ""


@dataclass(frozen=True)
class Imported:
    """A page as a post.

    Attributes:
        text: The post file's text.
        format: "md", or "html" where Markdown would not keep every byte.
        title: The post's title.
        titled_by: Where the title is from, in words for the report.
        labels: The labels of the front matter.
        date: The day that the page names; "" if it names none.
        quiz: The mock test's address in the front matter; "" if there is none.
        dropped: What was removed.
        recognised: What became widgets.
        kept: What looks like a widget and stayed HTML.
        repaired: Text that was fixed.
        source: The page's text with its encoding fixed, which the pieces are cut from.
        pieces: The parts of the source and their outcomes.
        left_out: The spans of the source that are not in the post, those inside what became a
            widget among them.
    """

    text: str
    format: Literal["md", "html"]
    title: str
    titled_by: str
    labels: tuple[str, ...] = ()
    date: str = ""
    quiz: str = ""
    dropped: tuple[Dropped, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    kept: tuple[Kept, ...] = ()
    repaired: tuple[Repaired, ...] = ()
    source: str = ""
    pieces: tuple[ImportedPart, ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()
