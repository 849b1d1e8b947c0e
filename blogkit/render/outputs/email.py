"""HTML for e-mail: plain colours, `Label: value` instead of definition lists, no classes.

Mail programs drop declarations with var() and calc(), and colours with opacity
(https://www.caniemail.com/).
"""

from __future__ import annotations

import re

from blogkit.html import Piece, change, decode, pieces
from blogkit.html.elements import SEPARATORS
from blogkit.render.looks.colours import Colour, colour, ink, light_and_dark

_PAPER = Colour(1, 1, 1)
_INK = "#222222"
"""On what was translucent: a mail program in dark mode would write white on it."""
_VARIABLE = re.compile(r"var\(--[\w-]+,((?:[^()]|\([^()]*\))*)\)")
_PAIR = re.compile(r"light-dark\([^()]*\)")
_MIXED = re.compile(r"color-mix\([^()]*\)")
_TRANSLUCENT = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{4})\b")
_COMPUTED = re.compile(r"(?:calc|min|max|clamp)\(")
_COLUMN = re.compile(r"(?:float|width):[^;\"]*;?")
"""What makes a label a column beside its value."""
_ENDS = re.compile(r"[:?!.…]\s*\Z")


def converted(html: str) -> str:
    """Return a fragment for mail programs."""
    return change(_without_definitions(html), _plain)


def plain_style(style: str) -> str:
    """Return the declarations of a style that mail programs support, as on a white page."""
    # The fallback of a variable may be a variable.
    while _VARIABLE.search(style):
        style = _VARIABLE.sub(r"\1", style)
    style = _PAIR.sub(
        lambda match: _hex(pair[0]) if (pair := light_and_dark(match[0])) else match[0], style
    )
    style = _MIXED.sub(_mixed, style)
    declarations = [item for item in style.split(";") if item and not _COMPUTED.search(item)]
    if _COMPUTED.search(style):  # what has lost its width may not float
        declarations = [item for item in declarations if not item.startswith("float:")]
    solid = [
        _TRANSLUCENT.sub(
            lambda match: _hex(found) if (found := colour(match[0])) else match[0], item
        )
        for item in declarations
    ]
    names = {item.partition(":")[0] for item in solid}
    return ";".join(
        [*solid, *([f"color:{_INK}"] if "background" in names and "color" not in names else [])]
    )


def _hex(one: Colour) -> str:
    return one.over(_PAPER).hex()


def _mixed(match: re.Match[str]) -> str:
    found = ink(match[0], colour(_INK) or _PAPER, dark=False)
    return _hex(found) if found else match[0]


def _plain(piece: Piece) -> str:
    if piece.kind != "start":
        return piece.text
    if (style := piece.attribute("style")) is not None:
        text = piece.with_attribute("style", plain_style(style) or None)
        piece = Piece("start", text, piece.name)
    return piece.with_attribute("class", None)


def _without_definitions(html: str) -> str:
    """Replace definition lists with paragraphs `Label: value` and blocks for longer values."""
    found = list(pieces(html))
    out: list[str] = []
    ends: list[str] = []
    label = ""
    skipped = -1
    for number, piece in enumerate(found):
        if number <= skipped:
            continue
        opens, rest = piece.kind == "start", piece.text[3:]
        if piece.name == "dl":
            out.append(f"<div{rest}" if opens else "</div>")
        elif piece.name == "dt" and opens:
            out.append(f"<p{_COLUMN.sub('', rest)}")
            label = ""
        elif piece.name == "dt":
            value = _next(found, number)
            if value < len(found) and found[value].name == "dd" and not _holds_blocks(found, value):
                out.append(" " if _ENDS.search(decode(label)) else ": ")
                ends.append("</p>")
                skipped = value
            else:
                out.append("</p>")
        elif piece.name == "dd" and opens:
            name = "div" if _holds_blocks(found, number) else "p"
            out.append(f"<{name}{rest}")
            ends.append(f"</{name}>")
        elif piece.name == "dd":
            out.append(ends.pop() if ends else "")
        else:
            out.append(piece.text)
            label += piece.text if piece.kind == "text" else ""
    return "".join(out)


def _next(found: list[Piece], number: int) -> int:
    """Return the index of the next piece that is more than whitespace."""
    return next((n for n in range(number + 1, len(found)) if found[n].text.strip()), len(found))


def _holds_blocks(found: list[Piece], number: int) -> bool:
    """Return whether the element that opens here begins with a block."""
    inside = _next(found, number)
    return (
        inside < len(found) and found[inside].kind == "start" and found[inside].name in SEPARATORS
    )
