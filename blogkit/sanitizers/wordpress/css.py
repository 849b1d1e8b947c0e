"""A model of WordPress's `safecss_filter_attr`, by version: what it keeps of an inline style.

https://developer.wordpress.org/reference/functions/safecss_filter_attr/. A declaration is removed
as a whole or kept verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from blogkit.sanitizers.wordpress.kses_tables import Version
from blogkit.sanitizers.wordpress.protocols import strip_bad_protocol, strip_null

_PROPERTIES: Mapping[Version, str] = {
    (
        0,
        0,
    ): (
        """
        align-content align-items align-self background background-attachment background-blend-mode background-color background-image
        background-position background-size border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius
        border-bottom-style border-bottom-width border-collapse border-color border-left border-left-color border-left-style
        border-left-width border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style
        border-top border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width border-width
        caption-side clear color column-count column-fill column-gap column-rule column-span column-width columns cursor direction filter
        flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family font-size font-style font-variant
        font-weight gap grid-auto-columns grid-auto-rows grid-column-end grid-column-gap grid-column-start grid-gap grid-row-end
        grid-row-gap grid-row-start grid-template-columns grid-template-rows height justify-content justify-items justify-self
        letter-spacing line-height list-style-type margin margin-block-end margin-block-start margin-bottom margin-inline-end
        margin-inline-start margin-left margin-right margin-top max-height max-width min-height min-width object-fit object-position
        overflow padding padding-block-end padding-block-start padding-bottom padding-inline-end padding-inline-start padding-left
        padding-right padding-top row-gap text-align text-decoration text-indent text-transform vertical-align width"""
    ),
    (6, 2): "aspect-ratio position top right bottom left z-index",
    (6, 3): "box-shadow",
    (6, 4): "writing-mode",
    (6, 5): "background-repeat",
    (6, 6): "grid-column grid-row container-type",
    (6, 7): "opacity",
    (6, 9): "white-space",
    (7, 0): "display",
    (
        7,
        1,
    ): (
        """
        alignment-baseline baseline-shift clip-path clip-rule color-interpolation color-interpolation-filters color-rendering cx cy d
        dominant-baseline fill fill-opacity fill-rule flood-color flood-opacity font-size-adjust font-stretch
        glyph-orientation-horizontal glyph-orientation-vertical image-rendering lighting-color marker marker-end marker-mid marker-start
        mask mask-type paint-order pointer-events r rx ry shape-rendering stop-color stop-opacity stroke stroke-dasharray
        stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-rendering
        transform transform-origin unicode-bidi vector-effect visibility word-spacing x y"""
    ),
}
_ADDRESSED: Mapping[Version, str] = {
    (0, 0): "background background-image cursor list-style list-style-image",
    (6, 3): "filter",
    (7, 1): "clip-path fill marker marker-end marker-mid marker-start mask stroke",
}
_FUNCTIONS: Mapping[Version, str] = {
    (0, 0): "var calc min max minmax clamp",
    (6, 3): "repeat",
    (
        7,
        1,
    ): (
        """matrix matrix3d perspective rotate rotate3d rotateX rotateY rotateZ scale scale3d scaleX scaleY scaleZ skew skewX skewY
        translate translate3d translateX translateY translateZ circle ellipse inset path polygon rect shape xywh"""
    ),
}
_PAINTED = frozenset({"background", "background-image"})

_BLANK = " \t\n\r\0\x0b"
_VARIABLE = re.compile(r"--[a-zA-Z0-9_-]+$")
_URL = re.compile(r"url\([^)]+\)")
_URL_PARTS = re.compile(r"url\(\s*(['\"]?)(.*)(\1)\s*\)$", re.ASCII)
_WHOLE_GRADIENT = re.compile(
    r"(repeating-)?(linear|radial|conic)-gradient\(([^()]|rgb[a]?\([^()]*\))*\)$"
)
_ANY_GRADIENT = re.compile(
    r"(?:repeating-)?(?:linear|radial|conic)-gradient\((?:[^()]|\([^()]*\))*\)"
)
_UNSAFE = re.compile(r"[\\(&=}]|/\*")


@dataclass(frozen=True)
class DeclarationVerdict:
    """One declaration: the text as stored, the property's name, and why it is removed ("" =
    kept).
    """

    text: str
    prop: str
    reason: str


@cache
def _known(table: str, version: Version) -> frozenset[str]:
    source = {"properties": _PROPERTIES, "addressed": _ADDRESSED, "functions": _FUNCTIONS}[table]
    return frozenset(
        name for since, names in source.items() if since <= version for name in names.split()
    )


def property_since(name: str) -> Version | None:
    """Return the WordPress version from which a property is kept ((0, 0) = before 6.1), None if
    none keeps it.
    """
    return next((since for since, names in _PROPERTIES.items() if name in names.split()), None)


def filter_style(style: str, version: Version) -> str:
    """Return the style as WordPress stores it; "" if nothing is left, and then the attribute
    goes too.
    """
    kept = ""
    for verdict in judge_declarations(style, version):
        if not verdict.reason:
            kept += (";" if kept else "") + verdict.text
    return kept


def judge_declarations(style: str, version: Version) -> Iterator[DeclarationVerdict]:
    """Return each declaration of a style with its verdict.

    WordPress splits at every `;`, even inside quotes.
    """
    plain = re.sub(r"[\n\r\t]", "", strip_null(style))
    for piece in plain.strip(_BLANK).split(";"):
        if piece:
            yield _judge_one(piece.strip(_BLANK), version)


@lru_cache(maxsize=4096)  # the declarations of a widget come back with every item
def _judge_one(item: str, version: Version) -> DeclarationVerdict:
    head, colon, value = item.partition(":")
    prop = head.strip(_BLANK) if colon else ""
    variable = bool(colon) and _VARIABLE.match(prop) is not None
    if colon and not variable and prop not in _known("properties", version):
        return DeclarationVerdict(item, prop, _unknown(prop))
    rest = item
    setting = value.strip(_BLANK)
    if setting.startswith("url(") if variable else prop in _known("addressed", version):
        cleared = _without_urls(item, value)
        if cleared is None:
            return DeclarationVerdict(
                item, prop, "its url() has an address that WordPress does not allow"
            )
        rest = cleared
    if "-gradient(" in setting if variable else prop in _PAINTED:
        rest = _without_gradients(rest, setting, version)
    rest = _without_functions(rest, _known("functions", version))
    if _UNSAFE.search(rest):
        return DeclarationVerdict(item, prop, _unsafe(rest))
    return DeclarationVerdict(item, prop, "")


def _unknown(prop: str) -> str:
    if prop != prop.lower() and property_since(prop.lower()) is not None:
        return "WordPress reads property names in lower case only"
    since = property_since(prop)
    return (
        f"inline {prop} is kept only from WordPress {since[0]}.{since[1]}"
        if since
        else f"WordPress does not keep inline {prop}"
    )


def _unsafe(rest: str) -> str:
    if call := re.search(r"([A-Za-z-]+)\(", rest):
        return f"WordPress does not allow {call[1]}() here; inside a var(--name, …) it is kept"
    found = _UNSAFE.search(rest)
    return f'WordPress does not allow "{found[0] if found else ""}" in a style'


def _without_urls(item: str, value: str) -> str | None:
    """Return the item without its url()s, or None if one of them is not allowed."""
    for url in _URL.findall(value):
        parts = _URL_PARTS.match(url)
        address = parts[2].strip(_BLANK) if parts else ""
        if address in {"", "0"} or strip_bad_protocol(address) != address:
            return None
        item = item.replace(url, "")
    return item


def _without_gradients(item: str, setting: str, version: Version) -> str:
    if version >= (7, 1):
        for gradient in _ANY_GRADIENT.findall(item):
            item = item.replace(gradient, "")
    elif _WHOLE_GRADIENT.match(setting):
        item = item.replace(setting, "")
    return item


def _without_functions(item: str, names: frozenset[str]) -> str:
    """Return the item without calls of these functions, with arguments nested to any depth."""
    opening = re.compile(rf"\b(?:{'|'.join(sorted(names, key=len, reverse=True))})\(", re.ASCII)
    kept: list[str] = []
    position = search = 0
    while call := opening.search(item, search):
        end = _closing(item, call.end())
        if end:
            kept.append(item[position : call.start()])
            position = search = end
        else:
            search = call.start() + 1
    return "".join((*kept, item[position:]))


def _closing(text: str, start: int) -> int:
    """Return the offset after the bracket that closes the one before `start`, 0 if there is
    none.
    """
    depth = 1
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    return 0
