"""The changes made to a post after it went live, newest first."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Label, PartialDate, when


class Update(Fields):
    date: PartialDate = Field(min_length=1, description="The date of the change: 2026-12-01")
    text: Inline = Field(min_length=1, description="What was changed or corrected")


class Widget(Fields):
    title: Label = Field("Updates", description="The heading above the list")
    items: list[Update] = Field(
        min_length=1,
        description=(
            "The changes, in any order. For changes on the same day, write the later one last"
        ),
    )

    @property
    def newest_first(self) -> list[Update]:
        """The changes as they are shown."""
        return sorted(self.items, key=lambda item: when(item.date) or ())[::-1]
