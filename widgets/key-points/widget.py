"""Points to remember, in groups that may contain nested lists and other widgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator

from blogkit.render.widgets.fields import Field, FieldError, Fields, Inline, Markdown


def _point(value: Any) -> Any:
    """Accept a point that is written as its text alone."""
    return value if isinstance(value, dict | Point) else {"text": value}


class Point(Fields):
    label: Inline = Field("", description="What the point is about, in bold")
    text: Inline = Field(min_length=1, description="The point")
    children: list[Annotated[Point, BeforeValidator(_point)]] = Field(
        [], description="Points below it, in the same form"
    )


class Group(Fields):
    title: Inline = Field("", description="What the group is about")
    items: list[Annotated[Point, BeforeValidator(_point)]] = Field(
        [], description="The points: texts, or the label, text and children of each"
    )
    body: Markdown = Field(
        "", description="Markdown after the points. It may contain other widgets"
    )


class Widget(Fields):
    title: Inline = Field("", description="The heading above the groups")
    numbered: bool = Field(True, description="Number the groups")
    start: int = Field(1, ge=0, description="The number of the first group")
    groups: list[Group] = Field(min_length=1, description="The groups, in reading order")

    def check(self) -> Iterator[FieldError]:
        for number, group in enumerate(self.groups):
            if not (group.items or group.body.strip()):
                yield FieldError(
                    ("groups", number),
                    f'"{group.title or number + 1}" has neither items: nor body:',
                    "missing-field",
                )
        if self.start != 1 and not self.numbered:
            yield FieldError(
                ("start",), "start: requires numbered groups; remove it or numbered: false"
            )
