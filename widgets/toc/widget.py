"""A table of contents made from the post's headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import WithJsonSchema

from blogkit.render.widgets.fields import Field, FieldError, Fields, Heading, Label, Text

_LEVELS = re.compile(r"([1-6])(?:\s*[-–]\s*([1-6]))?\Z", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """A heading, and those below it.

    Attributes:
        heading: The heading.
        entries: Headings of lower ranks, up to the next one of this rank.
    """

    heading: Heading
    entries: list[Entry] = field(default_factory=list)


class Widget(Fields):
    title: Label = Field("In this post", description="The heading above the contents")
    levels: Annotated[Text, WithJsonSchema({"type": ["string", "integer"]})] = Field(
        "2-3", description='The heading levels to list: "2" (the largest of a post), or "2-3"'
    )
    numbered: bool = Field(False, description="Number the entries")

    @property
    def span(self) -> range:
        """Return the levels as numbers; none if they are not valid."""
        match = _LEVELS.match(self.levels)
        return range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)

    def check(self) -> Iterator[FieldError]:
        if not self.span:
            yield FieldError(
                ("levels",),
                "levels: must be one level (2) or a range (2-3) between 1 and 6, not"
                f' "{self.levels}"',
            )

    def check_headings(self, headings: Sequence[Heading]) -> Iterator[FieldError]:
        if self.span and not any(heading.level in self.span for heading in headings):
            message = (
                f"the post has no headings of level {self.levels}; add some (## Heading) or change"
                " levels:"
            )
            yield FieldError((), message, "no-headings")

    def tree(self, headings: Sequence[Heading]) -> list[Entry]:
        """Return the headings that are listed, each below the last one of a higher rank."""
        roots: list[Entry] = []
        path: list[Entry] = []
        for heading in headings:
            if heading.level not in self.span:
                continue
            while path and path[-1].heading.level >= heading.level:
                path.pop()
            entry = Entry(heading)
            (path[-1].entries if path else roots).append(entry)
            path.append(entry)
        return roots
