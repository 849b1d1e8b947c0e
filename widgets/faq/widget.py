"""Questions with answers that readers can fold."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline


class Item(Fields):
    question: Inline = Field(min_length=1, description="The question, as a reader would ask it")
    answer: Inline = Field(min_length=1, description="The answer")


class Widget(Fields):
    title: Inline = Field("", description="The heading above the questions")
    items: list[Item] = Field(min_length=1, description="The questions, in reading order")
    open: bool = Field(
        True, description="Show the answers from the start. Folded answers are not printed"
    )
