"""Mirror declarations for right-to-left text: sites and old browsers lack logical properties.

WordPress keeps no `margin-inline-start` before 6.9, so styles are written from left to right, and
turned round here (https://www.w3.org/TR/css-logical-1/).
"""

from __future__ import annotations

import re

_SIDE = re.compile(r"(?<=-)(left|right)\b")
_OTHER = {"left": "right", "right": "left"}
_ANGLE = re.compile(r"linear-gradient\((\d+)deg")


def physical(name: str, value: str) -> tuple[str, str]:
    """Return a declaration with logical sides as left-to-right text has them.

    Args:
        name: A property.
        value: Its value.
    """
    name = name.replace("border-inline-start", "border-left")
    name = name.replace("border-inline-end", "border-right")
    if name == "float":
        value = {"inline-start": "left", "inline-end": "right"}.get(value, value)
    return name, value


def mirrored(name: str, value: str) -> tuple[str, str]:
    """Return a declaration as right-to-left text needs it; `text-align` stays as it is written.

    Args:
        name: A property, with physical sides.
        value: Its value.
    """
    if name.startswith(("border", "margin", "padding")):
        name = _SIDE.sub(lambda match: _OTHER[match[1]], name)
    if name == "float":
        return name, _OTHER.get(value, value)
    if name in ("margin", "padding"):
        sides = _words(value)
        if len(sides) == 4:
            sides[1], sides[3] = sides[3], sides[1]
        return name, " ".join(sides)
    if name == "border-radius":
        return name, "/".join(map(_corners, value.split("/")))
    if name.startswith("background"):
        value = _ANGLE.sub(lambda match: f"linear-gradient({-int(match[1]) % 360}deg", value)
    return name, value


def _corners(value: str) -> str:
    """Return the corners of a box, which begin at the top left and go round."""
    found = _words(value)
    if len(found) == 1:
        return value
    # The last two default to those across (https://www.w3.org/TR/css-backgrounds-3/#border-radius).
    top_left, top_right, bottom_right, bottom_left = (
        found
        if len(found) == 4
        else [*found[:2], found[2] if len(found) == 3 else found[0], found[1]]
    )
    return f"{top_right} {top_left} {bottom_left} {bottom_right}"


def _words(value: str) -> list[str]:
    """Split a value at the spaces that are not inside brackets."""
    return re.findall(r"(?:[^\s(]|\([^()]*\))+", value)
