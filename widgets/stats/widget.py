"""Key figures, each on its own tile."""

from __future__ import annotations

from typing import Literal

from blogkit.render.widgets.fields import Field, Fields, Inline

_TRENDS = {"up": ("▲", "Up"), "down": ("▼", "Down"), "steady": ("■", "Steady")}


class Figure(Fields):
    value: Inline = Field(
        min_length=1,
        description="The figure as readers see it, with its unit: 6.8 %, ₹1.2 lakh crore",
    )
    label: Inline = Field(min_length=1, description="What the figure measures")
    note: Inline = Field("", description="What to compare it with, or where it comes from")
    trend: Literal["", "up", "down", "steady"] = Field(
        "", description="The trend: up, down or steady; also shown in words"
    )

    @property
    def arrow(self) -> str:
        """The sign of the trend, for decoration."""
        return _TRENDS[self.trend][0] if self.trend else ""

    @property
    def direction(self) -> str:
        """The trend in a word."""
        return self.phrase(_TRENDS[self.trend][1]) if self.trend else ""


class Widget(Fields):
    title: Inline = Field("", description="The heading above the figures")
    items: list[Figure] = Field(min_length=1, description="The figures, in reading order")
