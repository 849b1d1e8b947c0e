"""Report an import to the person who pasted the page."""

from __future__ import annotations

from typing import Literal

from blogkit.dataclass import dataclass

NO_HEADLINE = "no headline was found"
"""Where a title is from that neither the source nor its file has."""


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
    """A part that was kept as it was although it looks like a widget.

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


@dataclass(frozen=True, order=True)
class Needed:
    """Something that only the author can decide.

    Attributes:
        line: The file's line, from 1; 0 for the whole post.
        what: What is open.
        hint: What to do.
    """

    line: int
    what: str
    hint: str


@dataclass(frozen=True, order=True)
class ImportEntry:
    """An entry of the list of what was done with a page.

    Attributes:
        line: The file's line, from 1; 0 for the whole post.
        kind: "recognised", "left" as it was, "dropped", "changed", or "needed" from the author.
        words: What was done, in one line.
    """

    line: int
    kind: Literal["recognised", "left", "dropped", "changed", "needed"]
    words: str


@dataclass(frozen=True)
class ImportedPart:
    """A span of the source and its outcome; the parts of an import are the whole source.

    Attributes:
        start: Where it begins.
        end: The offset behind it.
        kind: "kept", a widget's "call", "dropped", or "taken" into the front matter.
        text: What is kept, as it is in the post: the same HTML or Markdown, or Markdown in the
            place of plain text.
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
        kept: What looks like a widget and stayed as it was.
        repaired: Text that was fixed.
        source: The page's text with its encoding fixed, which the pieces are cut from.
        pieces: The parts of the source and their outcomes.
        left_out: The spans of the source that are not in the post, those inside what became a
            widget among them.
        own: The spans of the source that a widget writes itself, such as "A)" and "Answer:".
        needed: What only the author can decide.
        source_kind: What the source is: "html", "markdown" or "text".
        stem: What to call the post's file; "" takes the title.
        is_page: Whether it is a page, not a post.
        numbers: The file's line for each line of the source, if they are not 1, 2, 3: documents are
            converted to Markdown first, and the source is this Markdown.
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
    own: tuple[tuple[int, int], ...] = ()
    needed: tuple[Needed, ...] = ()
    source_kind: Literal["html", "markdown", "text"] = "html"
    stem: str = ""
    is_page: bool = False
    numbers: tuple[int, ...] = ()

    @property
    def entries(self) -> tuple[ImportEntry, ...]:
        """What was done with each part, and what is left to do, by line."""
        found = [
            *(
                ImportEntry(one.line, "recognised", f"became {_a(one.widget)} widget: {one.words}")
                for one in self.recognised
            ),
            *(
                ImportEntry(
                    one.line,
                    "left",
                    f"{_STAYS[self.source_kind]}, though it may be {_may_be(one.widget)}:"
                    f" {one.why}",
                )
                for one in self.kept
            ),
            *(
                ImportEntry(one.line, "dropped", f"left out ({one.why}): {one.words}")
                for one in self.dropped
            ),
            *(
                ImportEntry(one.line, "changed", f'changed "{one.old}" to "{one.new}"')
                for one in self.repaired
            ),
            *(ImportEntry(one.line, "needed", f"{one.what}; {one.hint}") for one in self.needed),
        ]
        return tuple(sorted(found, key=lambda entry: (entry.line, entry.kind)))


_STAYS = {"html": "stays HTML", "markdown": "stays Markdown", "text": "stays text"}


def _may_be(widget: str) -> str:
    return "a list of questions" if widget == "questions" else _a(widget)


def _a(widget: str) -> str:
    """Return a widget's name with its article; "mcq" is spoken letter by letter."""
    return f"an {widget}" if widget == "mcq" or widget[0] in "aeiou" else f"a {widget}"
