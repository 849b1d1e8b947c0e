"""How to do something, step by step."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline


class Step(Fields):
    title: Inline = Field(min_length=1, description="What to do, in a few words")
    text: Inline = Field("", description="How, in one or two sentences")


class Widget(Fields):
    title: Inline = Field("", description="The heading above the steps")
    items: list[Step] = Field(min_length=1, description="The steps, in their order")
    start: int = Field(
        1, ge=1, description="The first step's number, if the steps continue an earlier list"
    )
