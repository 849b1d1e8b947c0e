"""What speaks for something, and what against it."""

from __future__ import annotations

from blogkit.render.fields import Field, Fields, Inline


class Widget(Fields):
    title: Inline = Field("", description="What is weighed")
    pros: list[Inline] = Field(min_length=1, description="What speaks for it")
    cons: list[Inline] = Field(min_length=1, description="What speaks against it")
    pros_title: Inline = Field("For", description="The heading over what speaks for it")
    cons_title: Inline = Field("Against", description="The heading over what speaks against it")
    verdict: Inline = Field("", description="What follows from both")
