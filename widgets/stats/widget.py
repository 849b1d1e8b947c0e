"""Key figures, each on its own tile."""

from __future__ import annotations

import re
from typing import Literal

from markupsafe import Markup, escape

from blogkit.render.widgets.fields import Field, Fields, Inline

_FIGURE = re.compile(r"(\S*\d\S*)\s+([^\d]+)\Z")
"""A figure and its unit: 6.8 %, ₹1.2 lakh crore."""
_HALF, _WHOLE = 7, 15
"""So many digits, with commas as halves, fit into half the width of a phone, and into all of it."""
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
    def number(self) -> Markup:
        """The figure without its unit."""
        return self._parts[0]

    @property
    def unit(self) -> Markup:
        """What follows the figure, such as % or lakh crore; "" if the value is something else."""
        return self._parts[1]

    @property
    def wide(self) -> bool:
        """Whether the figure would break in half the width of a phone."""
        return self._width > _HALF

    @property
    def long(self) -> bool:
        """Whether the figure would break in all of it."""
        return self._width > _WHOLE

    @property
    def _width(self) -> float:
        figures = self.number.striptags().split()
        return max((len(each) - 0.5 * len(re.findall("[.,]", each)) for each in figures), default=0)

    @property
    def _parts(self) -> tuple[Markup, Markup]:
        value = escape(self.value)
        found = None if "<" in value else _FIGURE.match(value)
        # escaped
        return (Markup(found[1]), Markup(found[2])) if found else (value, Markup(""))  # noqa: S704

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
