"""How a widget looks, worked out once for all posts of one kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from blogkit.dataclass import dataclass
from blogkit.render.looks.presets import Mark
from blogkit.render.widgets.compiled import FixedCall
from blogkit.render.widgets.stylist import Stylist


@dataclass(frozen=True)
class Look:
    """How a widget looks on sites of one kind.

    Attributes:
        style: What templates call as `style(…)`.
        constants: The values of the template's variables.
        sheet: Its enhancements.
    """

    style: Stylist
    constants: Mapping[str, Markup | Mark]
    sheet: str


def look_of(stylist: Stylist, constants: Mapping[str, FixedCall]) -> Look:
    """Return a widget's look.

    Args:
        stylist: Has the attributes of its parts.
        constants: The template's variables, each with the call that gives its value.
    """
    ask: Mapping[str, Callable[..., Markup | Mark]] = {
        "style": stylist,
        "styled": stylist.styled,
        "mark": stylist.mark,
    }
    values = {variable: ask[call.name](*call.parts) for variable, call in constants.items()}
    return Look(stylist, values, stylist.theme.fill(stylist.sheet.enhancements))
