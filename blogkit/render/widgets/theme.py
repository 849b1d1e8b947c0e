"""The look of all widgets: the tokens of `[theme]` in blogkit.toml.

They are checked for contrast in light and dark themes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from blogkit.errors import ConfigError, nearest
from blogkit.render.widgets.colours import Colour, colour, contrast, light_and_dark

PRESETS: Mapping[str, Mapping[str, str]] = {
    "slate": {
        "accent": "#475569",
        "badge": "#334155",
        "line": "#64748b66",
        "tint": "#64748b1f",
        "radius": "4px",
    },
    "forest": {
        "accent": "#166534",
        "badge": "#14532d",
        "line": "#15803d55",
        "tint": "#15803d14",
        "radius": "12px",
    },
    "saffron": {
        "accent": "#b45309",
        "badge": "#9a3412",
        "line": "#d9770666",
        "tint": "#f59e0b1a",
        "radius": "6px",
        "space": "28px",
    },
}
"""Sets of tokens to begin with: `preset = "slate"`. They set no text colours, so that they suit
every site.
"""

VARIABLES = ("accent", "on_accent", "badge", "text", "muted", "tint")
"""The tokens that stay variables in every post (`var(--bk-accent,#0b57d0)`), so that a site's
own CSS can change them. The others, which occur in many places, are written out to save bytes.
"""

LOWEST = 4.5
"""The contrast that text needs: https://www.w3.org/TR/WCAG22/#contrast-minimum"""

_TOKEN = re.compile(r"var\(--bk-([a-z-]+)\)")
_LENGTH = re.compile(r"(?:0|[0-9]*\.?[0-9]+(?:px|em|rem|%))\Z")
_LENGTHS = frozenset({"radius", "space", "pad"})
_LIGHT_PAGES = (Colour(1, 1, 1),)
# Dark pages range from black to dark grey; a colour has to be readable on both.
_DARK_PAGES = (Colour(0, 0, 0), Colour(0x22 / 255, 0x22 / 255, 0x22 / 255))
_SITES_TEXT = (
    Colour(0x33 / 255, 0x33 / 255, 0x33 / 255),
    Colour(0xCC / 255, 0xCC / 255, 0xCC / 255),
)
"""What sites without high contrast write on light and on dark pages."""


class Pair(NamedTuple):
    """A text and a background colour that occur together.

    Attributes:
        text: By its name in blogkit.toml.
        ground: By its name in blogkit.toml.
        mode: light or dark.
        ratio: The contrast, from 1 to 21.
    """

    text: str
    ground: str
    mode: str
    ratio: float


@dataclass(frozen=True)
class Theme:
    """The tokens for style sheets. An empty one is left to the site.

    Colours are `#hex`; if they stay variables, `light-dark(#hex,#hex)` too.

    Attributes:
        accent: Buttons, marks and bars.
        on_accent: The words on accent and badge.
        badge: Behind short labels; "" for accent.
        text: Words in boxes.
        muted: Remarks and credits.
        line: Borders.
        tint: Behind boxes.
        radius: Corners.
        space: Above and below a widget.
        pad: Left and right inside a box.

    Raises:
        ConfigError: A value cannot be read, or a text has too little contrast.
    """

    accent: str = "#0b57d0"
    on_accent: str = "#ffffff"
    badge: str = ""
    text: str = ""
    muted: str = ""
    line: str = "#8886"
    tint: str = "#8881"
    radius: str = "8px"
    space: str = "24px"
    pad: str = "16px"

    def __post_init__(self) -> None:
        for item in fields(self):
            # The values are normalised once, although the class is frozen
            # (https://docs.python.org/3/library/dataclasses.html#frozen-instances).
            object.__setattr__(
                self,
                item.name,
                _checked(item.name, getattr(self, item.name), optional=item.default == ""),
            )
        for pair in self.pairs():
            if pair.ratio < LOWEST:
                message = (
                    f"[theme] {pair.text} on {pair.ground} is not readable in {pair.mode} themes:"
                    f" contrast {pair.ratio:.1f}"
                )
                raise ConfigError(
                    message,
                    hint=(
                        f"use a contrast of at least {LOWEST}; see `blogkit theme list`, or use"
                        " light-dark(#hex,#hex)"
                    ),
                )

    def pairs(self) -> Iterator[Pair]:
        """Return every text and background that occur together, with their lowest contrast."""
        for index, (mode, pages) in enumerate((("light", _LIGHT_PAGES), ("dark", _DARK_PAGES))):
            colours = {
                name: found[index]
                for name in VARIABLES
                if (found := light_and_dark(getattr(self, name)))
            }
            for ground in ("accent", "badge"):
                if ground in colours:
                    yield self._pair(
                        "on_accent",
                        colours["on_accent"],
                        ground,
                        [colours[ground].over(page) for page in pages],
                        mode,
                    )
            boxes = [colours["tint"].over(page) for page in pages]
            yield self._pair("text", colours.get("text", _SITES_TEXT[index]), "tint", boxes, mode)
            if "muted" in colours:
                yield self._pair("muted", colours["muted"], "tint", boxes, mode)
                yield self._pair("muted", colours["muted"], "", list(pages), mode)

    def _pair(self, text: str, ink: Colour, ground: str, grounds: list[Colour], mode: str) -> Pair:
        value = getattr(self, text)
        named = f'{text} "{value}"' if value else "the site's own text"
        below = f'{ground} "{getattr(self, ground)}"' if ground else "the page"
        return Pair(named, below, mode, min(contrast(ink.over(one), one) for one in grounds))

    def fill(self, css: str) -> str:
        """Return CSS with the tokens' values, or with variables that fall back to them."""
        return _TOKEN.sub(lambda match: self.value(match[1]) or "inherit", css)

    def value(self, token: str) -> str:
        """Return a token's value; "" is left to the site."""
        name = token.replace("-", "_")
        if name == "badge" and not self.badge:
            name = "accent"
        value = str(getattr(self, name))
        return (
            f"var(--bk-{name.replace('_', '-')},{value})" if value and name in VARIABLES else value
        )

    def leaves_open(self, css: str) -> bool:
        """Return whether a value needs a token that is left to the site."""
        return any(not self.value(token) for token in _TOKEN.findall(css))


TOKENS = tuple(item.name.replace("_", "-") for item in fields(Theme))
"""The tokens as style sheets name them: `var(--bk-on-accent)`."""


def theme_from_settings(settings: Mapping[str, str]) -> Theme:
    """Return the theme of `[theme]`: the preset, overridden by single tokens.

    Raises:
        ConfigError: A name or a value is wrong, or a text has too little contrast.
    """
    names = [item.name for item in fields(Theme)]
    given = {name.replace("-", "_"): value for name, value in settings.items()}
    preset = given.pop("preset", "")
    if preset and preset not in PRESETS:
        hint = nearest(preset, PRESETS) or f"presets: {', '.join(PRESETS)}"
        raise ConfigError(f'blogkit.toml: [theme] no preset is named "{preset}"', hint=hint)
    for name in given:
        if name not in names:
            hint = nearest(name, [*names, "preset"]) or f"tokens: {', '.join(names)}; and preset"
            raise ConfigError(f'blogkit.toml: [theme] has no "{name}"', hint=hint)
    return Theme(**{**PRESETS.get(preset, {}), **given})


def _checked(name: str, value: object, *, optional: bool) -> str:
    """Return a token's value in the form that sites keep."""
    if isinstance(value, str):
        text = re.sub(r"\s+", "", value)
        if (optional and not text) or (
            _LENGTH.match(text) if name in _LENGTHS else _is_colour(name, text)
        ):
            return text.lower()
    kind = 'a length, such as "8px"' if name in _LENGTHS else 'a colour, such as "#0b57d0"'
    more = ' or "light-dark(#0b57d0,#8ab4f8)"' if name in VARIABLES else ""
    raise ConfigError(
        f'[theme] {name} = "{value}" is not {kind}{more}',
        hint="WordPress removes colour names and functions such as rgb()",
    )


def _is_colour(name: str, text: str) -> bool:
    return bool(light_and_dark(text) if name in VARIABLES else colour(text))
