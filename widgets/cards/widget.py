"""Cards side by side, such as a comparison, or a numbered agenda."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from blogkit.render.widgets.fields import Field, FieldError, Fields, Inline, Text


class Item(Fields):
    label: Inline = Field("", description="What the point is about, in bold")
    text: Inline = Field(min_length=1, description="The point")


def _item(value: Any) -> Any:
    """Accept a point that is written as its text alone."""
    return value if isinstance(value, dict | Item) else {"text": value}


class Card(Fields):
    icon: Text = Field("", description="An emoji before the title, for decoration")
    title: Inline = Field(min_length=1, description="What the card is about")
    text: Inline = Field("", description="A sentence or two")
    items: list[Annotated[Item, BeforeValidator(_item)]] = Field(
        [], description="A list of points: texts, or the label and text of each"
    )
    tone: Literal["", "accent", "good", "bad", "warning"] = Field(
        "", description="The colour of the bar: accent, good, bad or warning"
    )
    footer: Inline = Field("", description="A note at the end, in small letters")


class Widget(Fields):
    title: Inline = Field("", description="The heading above the cards")
    intro: Inline = Field("", description="A sentence or two before them")
    columns: Literal[1, 2, 3] = Field(
        2,
        description=(
            "How many cards to place side by side if there is room: 1, 2 or 3 (3 needs a style"
            " sheet)"
        ),
    )
    numbered: bool = Field(
        False, description="Number the cards and place them below each other, as in an agenda"
    )
    start: int = Field(1, ge=0, description="The number of the first one")
    cards: list[Card] = Field(min_length=1, description="The cards, in reading order")

    def check(self) -> Iterator[FieldError]:
        for number, card in enumerate(self.cards):
            if not (card.text or card.items):
                yield FieldError(
                    ("cards", number),
                    f'"{card.title}" has neither text: nor items:',
                    "missing-field",
                )
        if self.start != 1 and not self.numbered:
            yield FieldError(("start",), "start: requires numbered: true")

    @property
    def row(self) -> list[str]:
        """Return the styles of the element that holds the cards."""
        return ["row", "three"] if self.columns == 3 else ["row"]

    def parts(self, index: int) -> list[str]:
        """Return the styles of a card: its side, and its tone."""
        side = [] if self.columns == 1 else ["half", "end" if index % 2 else "start"]
        tone = self.cards[index].tone
        return ["card", *side, *([tone] if tone else [])]
