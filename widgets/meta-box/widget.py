"""Key details at a glance: a list of labels and values."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.widgets.fields import Field, FieldError, Fields, Inline, PartialDate, Text, Url


class Item(Fields):
    icon: Text = Field("", description="An emoji before the label, for decoration")
    label: Inline = Field(description="The name of the detail")
    value: Inline = Field("", description="The detail. Default: the date")
    href: Url = Field("", description="Where the value links to")
    date: PartialDate = Field(
        "", description="The value as a date for machines: 2026, 2026-12 or 2026-12-01"
    )


class Widget(Fields):
    title: Inline = Field("", description="The box's heading")
    icon: Text = Field("", description="An emoji before the heading, for decoration")
    items: list[Item] = Field(min_length=1, description="The details, in reading order")

    def check(self) -> Iterator[FieldError]:
        for number, item in enumerate(self.items):
            if not (item.value or item.date):
                yield FieldError(
                    ("items", number),
                    f'"{item.label}" has neither value: nor date:',
                    "missing-field",
                )
