"""The report of an import, for the person who pasted the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Dropped:
    """Removed from the post. line: of the file, from 1; why: what it was; words: its first words
    or characters.
    """

    line: int
    why: str
    words: str


@dataclass(frozen=True, order=True)
class Recognised:
    """Converted to a widget call. words: its title, or its first words."""

    line: int
    widget: str
    words: str


@dataclass(frozen=True, order=True)
class Kept:
    """Kept as HTML although it looks like a widget. why: what is not certain."""

    line: int
    widget: str
    why: str


@dataclass(frozen=True, order=True)
class Repaired:
    """Text decoded with the wrong encoding, fixed."""

    line: int
    old: str
    new: str


@dataclass(frozen=True)
class ImportedPart:
    """A span of the source, at [start, end), and its outcome; the pieces of an import are the whole
    source.

    kind: kept (verbatim), call (a widget's), dropped, or taken (into the front matter); text: of
    what is kept.
    """

    start: int
    end: int
    kind: Literal["kept", "call", "dropped", "taken"]
    text: str = ""


@dataclass(frozen=True)
class Imported:
    """A page as a post.

    text: the post file's; format: md, or html where Markdown would not hand on every byte that was
    kept; title, labels, quiz: as in its front matter; date: the day that the page names, "" without
    one; titled_by: where the title is from; source: the page's text with its encoding put right,
    which the pieces are cut from; left_out: the stretches of it that are not in the post, those
    inside what became a widget among them.
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
