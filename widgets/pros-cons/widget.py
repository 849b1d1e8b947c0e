"""Arguments for and against something."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Label


class Widget(Fields):
    title: Inline = Field("", description="The subject")
    pros: list[Inline] = Field(min_length=1, description="Arguments for it")
    cons: list[Inline] = Field(min_length=1, description="Arguments against it")
    pros_title: Label = Field("For", description="The heading above the arguments for it")
    cons_title: Label = Field("Against", description="The heading above the arguments against it")
    verdict: Inline = Field("", description="A conclusion from both")
