"""A closing text, with cards for what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.widgets.fields import Field, FieldError, Fields, Inline, Markdown


class Card(Fields):
    title: Inline = Field(description="What the card is about")
    text: Inline = Field("", description="One or two sentences about it")


class Widget(Fields):
    title: Inline = Field("", description="The conclusion's heading")
    body: Markdown = Field("", description="The closing text")
    cards: list[Card] = Field(
        [],
        description=(
            "Cards for what follows from it: side by side if there is room, below each other on"
            " phones"
        ),
    )

    def check(self) -> Iterator[FieldError]:
        if not (self.body.strip() or self.cards):
            yield FieldError(
                (), "the conclusion is empty; write its text between the fences", "missing-field"
            )
