"""The tokens of `[theme]`: colours and lengths that the styles of all widgets share."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import partial

from blogkit.dataclass import dataclass
from blogkit.errors import ConfigError
from blogkit.render.looks.colours import Colour, colour, contrast, ink, light_and_dark

VARIABLES = ("accent", "on_accent", "badge", "ink", "text", "muted")
"""The tokens that stay variables in every post (`var(--bk-accent,#4f5bd5)`), so that a site's
own CSS can change them. The others, which occur in many places, are written out to save bytes.
"""

_TOKEN = re.compile(r"var\(--bk-([a-z-]+)\)")
_LENGTH = re.compile(r"(?:0|[0-9]*\.?[0-9]+(?:px|em|rem|%))\Z")
_LENGTHS = frozenset({"radius", "space", "pad"})
_INKS = frozenset({"ink", "text", "muted"})
_BLACK = Colour(0, 0, 0)
_WORDS = ("#ffffff", "#18181b")


@dataclass(frozen=True)
class Tokens:
    """The tokens for style sheets. An empty one is left to the site.

    Colours are `#hex`; those that stay variables may be `light-dark(#hex,#hex)`, and inks may be
    mixed with the site's own: `color-mix(in srgb,#hex 55%,currentcolor)`.

    Attributes:
        accent: Buttons, marks and bars.
        on_accent: The words on accent and badge; "" for white or black, what is read better.
        badge: Behind short labels; "" for accent.
        ink: Titles, dates and numbers; "" for the site's own colour.
        text: Words in boxes.
        muted: Remarks and credits.
        line: Borders.
        tint: Behind boxes.
        radius: Corners.
        space: Above and below a widget.
        pad: Left and right inside a box.

    Raises:
        ConfigError: A value cannot be read.
    """

    accent: str = "light-dark(#18181b,#f4f4f5)"
    on_accent: str = ""
    badge: str = ""
    ink: str = ""
    text: str = ""
    muted: str = "color-mix(in srgb,currentcolor 76%,transparent)"
    line: str = "#8886"
    tint: str = "#88888814"
    radius: str = "8px"
    space: str = "32px"
    pad: str = "18px"

    def __post_init__(self) -> None:
        for item in fields(Tokens):
            # The values are normalised once, although the class is frozen
            # (https://docs.python.org/3/library/dataclasses.html#frozen-instances).
            object.__setattr__(self, item.name, _checked(item.name, getattr(self, item.name)))
        if not self.on_accent:
            object.__setattr__(self, "on_accent", _on(self.accent))

    def raw(self, token: str) -> str:
        """Return a token's own value, without the variable that it stays in posts.

        Args:
            token: As style sheets name it: `on-accent`.
        """
        return str(getattr(self, self._name(token)))

    def value(self, token: str) -> str:
        """Return what a style has for a token; "" is left to the site.

        Args:
            token: As style sheets name it: `on-accent`.
        """
        name, value = self._name(token), self.raw(token)
        return (
            f"var(--bk-{name.replace('_', '-')},{value})" if value and name in VARIABLES else value
        )

    def fill(self, css: str) -> str:
        """Return CSS with the tokens' values, or with variables that fall back to them."""
        return _TOKEN.sub(lambda match: self.value(match[1]) or "inherit", css)

    def leaves_open(self, css: str) -> bool:
        """Return whether a value needs a token that is left to the site."""
        return any(not self.value(token) for token in _TOKEN.findall(css))

    def _name(self, token: str) -> str:
        name = token.replace("-", "_")
        return "accent" if name == "badge" and not self.badge else name


NAMES = tuple(item.name for item in fields(Tokens))
"""The tokens as blogkit.toml names them."""

TOKENS = tuple(name.replace("_", "-") for name in NAMES)
"""The tokens as style sheets name them: `var(--bk-on-accent)`."""

_OPTIONAL = _INKS | {"badge", "on_accent"}


def _on(fill: str) -> str:
    """Return white or black, what is read better on a fill, for each half of a pair."""
    halves = [max(_WORDS, key=partial(_contrast, half)) for half in light_and_dark(fill) or ()]
    return halves[0] if len(set(halves)) == 1 else f"light-dark({','.join(halves)})"


def _contrast(fill: Colour, words: str) -> float:
    return contrast(colour(words) or fill, fill)


def _checked(name: str, value: object) -> str:
    """Return a token's value in the form that sites keep."""
    if isinstance(value, str):
        text = re.sub(r"\s*([(),])\s*", r"\1", " ".join(value.split())).lower()
        if (name in _OPTIONAL and not text) or _fits(name, text):
            return text
    kind = 'a length, such as "8px"' if name in _LENGTHS else 'a colour, such as "#2563eb"'
    more = ' or "light-dark(#2563eb,#8ab4f8)"' if name in VARIABLES else ""
    more += ' or "color-mix(in srgb,#2563eb 50%,currentcolor)"' if name in _INKS else ""
    raise ConfigError(
        f'[theme] {name} = "{value}" is not {kind}{more}',
        hint="WordPress removes colour names and functions such as rgb()",
    )


def _fits(name: str, text: str) -> bool:
    if name in _LENGTHS:
        return bool(_LENGTH.match(text))
    if name in _INKS:
        return ink(text, _BLACK, dark=False) is not None
    return bool(light_and_dark(text) if name in VARIABLES else colour(text))
