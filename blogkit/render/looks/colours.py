"""Colours in the form that sites keep, and their contrast.

See https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from blogkit.dataclass import dataclass
from blogkit.patterns import lazy_pattern

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\Z")
_PAIR = re.compile(r"light-dark\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)\Z")
_MIX = re.compile(r"color-mix\(in srgb,(#[0-9a-f]+) ([0-9]{1,2})%,currentcolor\)\Z")
_FADED = re.compile(r"color-mix\(in srgb,currentcolor ([0-9]{1,2})%,transparent\)\Z")
_OTHER = lazy_pattern(r"(?<![\w#-])(?:(?:rgb|hsl)a?\([^()]*\)|[a-z]+(?![\w(-]))")
"""What may be a colour in another notation: a function or a word, but not part of `var(--tan)`."""


@dataclass(frozen=True)
class Colour:
    """A colour in sRGB.

    Attributes:
        red: From 0 to 1, as are the others.
        opacity: 0 is invisible.
    """

    red: float
    green: float
    blue: float
    opacity: float = 1.0

    def over(self, ground: Colour) -> Colour:
        """Return the visible colour if this one is on top of an opaque one."""
        mixed = (
            self.opacity * top + (1 - self.opacity) * below
            for top, below in zip(self._channels(), ground._channels(), strict=True)
        )
        return Colour(*mixed)

    def hex(self) -> str:
        """Return the notation `#rrggbb`; the opacity is left out."""
        return "#" + "".join(f"{round(255 * channel):02x}" for channel in self._channels())

    def luminance(self) -> float:
        """Return the relative luminance, from 0 (black) to 1 (white).

        See https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
        """
        red, green, blue = (
            # WCAG had 0.03928 here until 2021; at 8 bits a channel it makes no difference
            # (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in self._channels()
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def _channels(self) -> tuple[float, float, float]:
        return self.red, self.green, self.blue


def colour(text: str) -> Colour | None:
    """Return the colour of a hex notation; None for any other text."""
    if not _HEX.match(text):
        return None
    digits = text[1:] if len(text) > 5 else "".join(2 * digit for digit in text[1:])
    return Colour(*(int(digits[i : i + 2], 16) / 255 for i in range(0, len(digits), 2)))


@lru_cache(maxsize=256)
def in_hex(css: str) -> str:
    """Return a value in lower case, with the colours that are names, rgb() or hsl() as `#hex`."""
    return _OTHER.sub(lambda found: _hex(found[0]), css.lower())


def _hex(text: str) -> str:
    if text in ("currentcolor", "transparent", "in", "srgb"):  # parts of an ink
        return text
    from tinycss2.color3 import parse_color  # nearly all values are in hex already

    found = parse_color(text)
    if not isinstance(found, tuple):
        return text
    return "#" + "".join(f"{round(255 * min(max(one, 0), 1)):02x}" for one in found)


def light_and_dark(text: str) -> tuple[Colour, Colour] | None:
    """Return the colours in light and dark themes of `#hex` or `light-dark(#hex,#hex)`.

    None for any other text.
    """
    pair = _PAIR.match(text)
    light, dark = (colour(pair[1]), colour(pair[2])) if pair else (colour(text), colour(text))
    return (light, dark) if light and dark else None


def ink(text: str, current: Colour, *, dark: bool) -> Colour | None:
    """Return the colour of words; None if the text is not an ink.

    Besides `#hex` and `light-dark(#hex,#hex)`, an ink may be made from what the site writes in:
    `currentcolor`, `color-mix(in srgb,#hex N%,currentcolor)` and
    `color-mix(in srgb,currentcolor N%,transparent)`. Those fit light and dark pages alike, also if
    the page does not declare its `color-scheme`.

    Args:
        text: The value, without white space that CSS does not need.
        current: What the site writes in.
        dark: Whether the page is dark.
    """
    if text == "currentcolor":
        return current
    if found := _MIX.match(text):
        hue = colour(found[1])
        return hue and replace(hue, opacity=int(found[2]) / 100).over(current)
    if found := _FADED.match(text):
        return replace(current, opacity=int(found[1]) / 100)
    pair = light_and_dark(text)
    return pair[dark] if pair else None


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    Args:
        one: An opaque colour.
        other: Another one; the order does not matter.
    """
    high, low = sorted((one.luminance(), other.luminance()), reverse=True)
    return (high + 0.05) / (low + 0.05)
