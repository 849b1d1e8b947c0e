"""A numbered list of sources."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Label, PartialDate, Url


class Source(Fields):
    title: Inline = Field(min_length=1, description="The document's title")
    href: Url = Field("", description="Where it can be read")
    publisher: Inline = Field("", description="Who published it")
    date: PartialDate = Field("", description="When: 2026, 2026-12 or 2026-12-01")


class Widget(Fields):
    title: Label = Field("Sources", description="The heading above the list")
    items: list[Source] = Field(min_length=1, description="The sources")
