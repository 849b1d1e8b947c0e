"""What it all comes to: a closing text, and cards for what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.fields import Field, Fields, Flaw, Inline, Markdown


class Card(Fields):
    title: Inline = Field(description="What the card is about")
    text: Inline = Field("", description="One or two sentences about it")


class Widget(Fields):
    title: Inline = Field("", description="The conclusion's heading")
    body: Markdown = Field("", description="The closing text")
    cards: list[Card] = Field([], description="What follows from it: side by side where there is room, below each other on phones")

    def check(self) -> Iterator[Flaw]:
        if not (self.body.strip() or self.cards):
            yield Flaw((), "the conclusion says nothing; write its text between the fences", "missing-field")
