"""Every text and background that occur together, and their contrast.

Pages are white to black, and sites write in black to grey on them: a colour has to be readable at
both ends, in light and in dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from blogkit.patterns import lazy_pattern
from blogkit.render.looks.colours import Colour, colour, contrast, in_hex, ink, light_and_dark
from blogkit.render.looks.declarations import Declarations
from blogkit.render.looks.tokens import Tokens

LOWEST = 4.5
"""The contrast that text needs: https://www.w3.org/TR/WCAG22/#contrast-minimum"""

LOWEST_SHAPE = 3.0
"""The contrast of bars, markers and buttons against the page:
https://www.w3.org/TR/WCAG22/#non-text-contrast"""

_WHITE, _BLACK = Colour(1, 1, 1), Colour(0, 0, 0)
MODES = ("light", "dark")
_PAGES = {
    "light": ((_WHITE, _BLACK), (_WHITE, Colour(0.2, 0.2, 0.2))),
    "dark": ((_BLACK, _WHITE), (Colour(2 / 15, 2 / 15, 2 / 15), Colour(0.8, 0.8, 0.8))),
}
"""The page and what a site writes on it, at both ends."""

_DARK_PAGE = Colour(24 / 255, 24 / 255, 24 / 255)
"""The dark page against which shapes are seen: the grey of most dark themes."""

_HEX = re.compile(r"#[0-9a-f]{3,8}\b")
_HALVES = re.compile(r"light-dark\((#[0-9a-f]+),(#[0-9a-f]+)\)")
_FUNCTION = re.compile(r"([\w-]+)\(")
_GRADIENT = re.compile(r"(?:repeating-)?(?:linear|radial|conic)-gradient\Z")
_TOKEN = lazy_pattern(r"var\(--bk-([a-z-]+)(?:,((?:[^()]|\([^()]*\))*))?\)")
_WORD = re.compile(r"(?<![\w#.-])[a-z][\w-]*(?![\w(-])")
_NOT_COLOUR = lazy_pattern(
    r"(?:to|at|from|in|srgb|left|right|top|bottom|center|circle|ellipse|round|space|scroll|fixed"
    r"|local|cover|contain|auto|important|(?:closest|farthest)-(?:side|corner)"
    r"|(?:no-)?repeat(?:-[xy])?|(?:border|padding|content)-box)\Z"
)
"""Words that a gradient or a background may have beside its colours."""

_NO_GROUND = frozenset({"", "none", "transparent", "inherit", "initial", "unset"})
_SIGNS = frozenset({"icon", "marker", "marker-now", "sign"})
"""Parts that hold a decoration, which needs the contrast of a shape."""


class Pair(NamedTuple):
    """A text and a background colour that occur together.

    Attributes:
        text: Its name and value in blogkit.toml.
        ground: Its name and value in blogkit.toml.
        mode: light or dark.
        ratio: The contrast, from 1 to 21.
        lowest: The contrast that it needs.
    """

    text: str
    ground: str
    mode: str
    ratio: float
    lowest: float = LOWEST

    @property
    def is_readable(self) -> bool:
        """Whether the contrast suffices."""
        return self.ratio >= self.lowest


def token_pairs(tokens: Tokens) -> Iterator[Pair]:
    """Yield the pairs that a theme's tokens make, each with its lowest contrast."""
    for mode, ends in _PAGES.items():
        dark = mode == "dark"
        for ground in ("accent", "badge"):
            if fill := _fill(tokens.raw(ground), dark=dark):
                words = _fill(tokens.on_accent, dark=dark)
                pages = [(fill.over(page), words or site) for page, site in ends]
                name = ground if getattr(tokens, ground) else "accent"
                if name == ground:
                    yield _pair(tokens, "on_accent", ground, pages, mode)
        yield _fill_on_page(tokens, mode)
        tint = colour(tokens.tint) or _WHITE
        for name in ("text", "ink", "muted"):
            value = getattr(tokens, name)
            if value or name == "text":
                inks = [ink(value, site, dark=dark) or site for _, site in ends]
                boxes = [(tint.over(page), one) for (page, _), one in zip(ends, inks, strict=True)]
                yield _pair(tokens, name, "tint", boxes, mode)
                pages = [(page, one) for (page, _), one in zip(ends, inks, strict=True)]
                yield _pair(tokens, name, "", pages, mode)


def _fill_on_page(tokens: Tokens, mode: str) -> Pair:
    dark = mode == "dark"
    page = _DARK_PAGE if dark else _WHITE
    fill = (_fill(tokens.accent, dark=dark) or page).over(page)
    return Pair(f'accent "{tokens.accent}"', "the page", mode, contrast(fill, page), LOWEST_SHAPE)


def _pair(
    tokens: Tokens, text: str, ground: str, found: list[tuple[Colour, Colour]], mode: str
) -> Pair:
    value = getattr(tokens, text)
    named = f'{text} "{value}"' if value else "the site's own text"
    below = f'{ground} "{getattr(tokens, ground)}"' if ground else "the page"
    return Pair(named, below, mode, min(_contrast(over, under) for under, over in found))


def part_pairs(parts: Mapping[str, Declarations], root: str, tokens: Tokens) -> Iterator[Pair]:
    """Yield the pairs that a widget's parts make, each with its lowest contrast.

    A part without a background is read on that of the widget, if it has one that hides the page;
    a gradient counts with each of its stops.

    Args:
        parts: The declarations of each part, as they are written in the end.
        root: The part of the widget itself.
        tokens: The values of tokens.
    """
    below = ground_of(parts.get(root, {}))
    for part, declared in parts.items():
        words, ground = declared.get("color", ""), ground_of(declared)
        if not words and (not ground or part == root):
            continue
        layers = [ground] if part == root else [below, ground]
        for mode in MODES:
            ratio = contrast_on(words, layers, mode, tokens)
            if ratio is not None:
                lowest = LOWEST_SHAPE if part in _SIGNS else LOWEST
                named = f'{part} "{words}"' if words else f"the site's own text in {part}"
                shown = ground or (below if part != root else "")
                under = f'background "{shown}"' if shown else "the page"
                yield Pair(named, under, mode, ratio, lowest)


def contrast_on(
    words: str, layers: Sequence[str], mode: str, tokens: Tokens | None = None
) -> float | None:
    """Return the lowest contrast of words, on all pages of a mode; None if one cannot be read.

    Args:
        words: Their colour; "" for the site's own.
        layers: The backgrounds below them, the lowest first; "" for none.
        mode: light or dark.
        tokens: The values of variables that fall back to nothing.
    """
    ratios = []
    for page, site in _PAGES[mode]:
        unders = [page]
        for layer in filter(None, layers):
            stops = _stops(_value(layer, tokens, mode), site)
            unders = [stop.over(under) for stop in stops for under in unders]
        text = _words(_value(words, tokens, mode), site)
        if not text or not unders:
            return None
        ratios += [_contrast(text, under) for under in unders]
    return min(ratios)


def ground_of(declared: Declarations) -> str:
    """Return the background among declarations, with all its colours; "" for none."""
    fill = image = ""
    for name, value in declared.items():
        if name == "background":
            fill, image = value, ""
        elif name == "background-color":
            fill = f"{fill} {value}" if "gradient(" in fill else value
        elif name == "background-image":
            image = value
    return " ".join(value for value in (fill, image) if value not in _NO_GROUND)


def unread(declared: Declarations, tokens: Tokens) -> str:
    """Return the colour or background among declarations that cannot be read; "" if all can.

    Args:
        declared: The declarations.
        tokens: The values of tokens.
    """
    words, ground = declared.get("color", ""), ground_of(declared)
    if contrast_on(words, [], "light", tokens) is None:
        return words
    return ground if contrast_on("", [ground], "light", tokens) is None else ""


def _stops(ground: str, site: Colour) -> list[Colour]:
    """Return the colours that a background shows: one, or each stop of a gradient.

    Nothing if one of them cannot be read.
    """
    if one := ink(ground, site, dark=False):
        return [one]
    if not all(map(_GRADIENT.match, _FUNCTION.findall(ground))):
        return []
    ground = ground.replace("transparent", "#0000")
    if not all(map(_NOT_COLOUR.match, _WORD.findall(ground))):
        return []
    stops = [colour(text) for text in _HEX.findall(ground)]
    return [stop for stop in stops if stop] if all(stops) else []


def _words(words: str, site: Colour) -> Colour | None:
    return site if words in ("", "inherit", "unset") else ink(words, site, dark=False)


def _value(text: str, tokens: Tokens | None, mode: str) -> str:
    """Return a value with its colours in hex, those of a mode, and the values of its variables.

    A variable's value is a token's, or what it falls back to.
    """
    known = tokens or Tokens()

    def token(found: re.Match[str]) -> str:
        return found[2] if found[2] is not None else known.raw(found[1])

    written = in_hex(_TOKEN.sub(token, text.removesuffix("!important").strip()))
    return _HALVES.sub(lambda found: found[2 if mode == "dark" else 1], written)


def _fill(text: str, *, dark: bool) -> Colour | None:
    pair = light_and_dark(text)
    return pair[dark] if pair else None


def _contrast(over: Colour, under: Colour) -> float:
    return contrast(over.over(under), under)
