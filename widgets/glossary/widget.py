"""The terms of a subject and their meanings."""

from __future__ import annotations

from typing import Literal

from blogkit.html import words
from blogkit.render.widgets.fields import Field, Fields, Inline


class Entry(Fields):
    term: Inline = Field(min_length=1, description="The term")
    meaning: Inline = Field(min_length=1, description="What it means, in a sentence or two")


class Widget(Fields):
    title: Inline = Field("", description="The heading above the terms")
    items: list[Entry] = Field(min_length=1, description="The terms")
    order: Literal["given", "alphabet"] = Field(
        "given", description="The order of the terms: as written (given) or alphabetical (alphabet)"
    )

    @property
    def ordered(self) -> list[Entry]:
        """The terms as they are shown."""
        if self.order == "given":
            return self.items
        return sorted(self.items, key=lambda entry: words(entry.term).strip("*_`").casefold())
