"""Links to other posts."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Label, Url


class Item(Fields):
    title: Inline = Field(min_length=1, description="The other post's title")
    href: Url = Field(min_length=1, description="Its address")
    note: Inline = Field("", description="Why to read it, in a few words")


class Widget(Fields):
    title: Label = Field("Read next", description="The heading above the links")
    items: list[Item] = Field(min_length=1, description="The posts")
