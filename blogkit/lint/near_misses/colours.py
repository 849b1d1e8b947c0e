"""Find colours in pasted HTML that cannot be read in a light or in a dark theme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blogkit.html import Element, Tree
from blogkit.lint.context import LintContext
from blogkit.lint.near_misses.miss import Miss, miss
from blogkit.patterns import lazy_pattern
from blogkit.posts.post import WidgetCall
from blogkit.render.looks.colours import Colour, colour, contrast

COLOUR_CODE = "colour-without-background"
_COLOUR = lazy_pattern(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = lazy_pattern(
    r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*(?!none|transparent|inherit)\S", re.IGNORECASE
)
_RGB = lazy_pattern(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")
_NAMES = {"black": "#000000", "white": "#ffffff", "navy": "#000080", "yellow": "#ffff00"}
_NAMES |= {"darkblue": "#00008b", "maroon": "#800000", "darkgreen": "#006400", "purple": "#800080"}
_LIGHT, _DARK = Colour(1, 1, 1), Colour(0.07, 0.07, 0.07)
_LEAST = 3.0
"""The contrast of large text: https://www.w3.org/TR/WCAG22/#contrast-minimum"""


def unreadable_colours(context: LintContext) -> Iterator[Miss]:
    """Yield texts whose colour is set without a background."""
    if "color" not in context.post.body:
        return
    for block in context.blocks:
        if block.kind not in ("html", "paragraph"):
            continue
        html = "".join(part for part in block.parts if not isinstance(part, WidgetCall))
        if "color" not in html:
            continue
        tree = Tree(html, scripting=False)
        for element, theme in _found(tree.root):
            words = " ".join(element.text().split())[:40]
            message = f'the colour of "{words}" cannot be read in a {theme} theme'
            hint = "remove color:, or set background-color: with it"
            line = block.line + tree.line(element.start) - 1
            yield miss(context, COLOUR_CODE, line, message, hint)


def _found(holder: Element) -> Iterator[tuple[Element, str]]:
    waiting = [*reversed(holder.children)]  # no recursion: hostile HTML is deeply nested
    while waiting:
        element = waiting.pop()
        style = element.attributes.get("style", "")
        if _GROUND.search(style) or element.attributes.get("bgcolor"):
            continue
        written = _COLOUR.search(style)
        given = _read(written[1] if written else element.attributes.get("color", ""))
        theme = _theme(given) if given else ""
        if not theme:
            waiting.extend(reversed(element.children))
        elif element.text().strip():
            yield element, theme


def _read(text: str) -> Colour | None:
    text = text.strip().lower()
    if found := _RGB.fullmatch(text):
        return Colour(*(min(int(value), 255) / 255 for value in found.groups()))
    return colour(_NAMES.get(text, text))


def _theme(given: Colour) -> str:
    """Return the theme in which a colour cannot be read; "" for none."""
    if contrast(given, _DARK) < _LEAST:
        return "dark"
    return "light" if contrast(given, _LIGHT) < 2 else ""
