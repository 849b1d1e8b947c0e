"""Draw a terminal session as an SVG whose steps appear one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

_LINE, _CHARACTER, _SIZE, _MARGIN = 19.5, 7.85, 13, 18
_STEP = 2.6
"""Seconds between two steps."""
_COLOURS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "2": "#8b949e"}
_PIECE = re.compile(r"((?:\x1b\[[0-9;]*m)*)([^\x1b]*)")
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def svg_of(steps: Sequence[tuple[str, str]], columns: int = 92) -> str:
    """Return the picture. With reduced motion, all of it is there at once.

    Args:
        steps: What was typed, and what was shown.
        columns: The width in characters; longer lines are wrapped.
    """
    groups, row = [], 0
    for number, (typed, text) in enumerate(steps):
        lines = [f"\x1b[34m$\x1b[0m {typed}", *_wrapped(text, columns)]
        drawn = "".join(_row(row + at, line) for at, line in enumerate(lines))
        groups.append(f'<g style="--at:{number * _STEP:g}s">{drawn}</g>')
        row += len(lines) + 1
    width, height = columns * _CHARACTER + 2 * _MARGIN, (row - 1) * _LINE + 2 * _MARGIN
    title = "A terminal: from blogkit init to the first post in the browser"
    style = (
        f"text{{font:{_SIZE}px {_FONT};fill:#e6edf3;white-space:pre}}"
        "@media (prefers-reduced-motion:no-preference){"
        "g{animation:show .3s var(--at) backwards}@keyframes show{from{opacity:0}}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{title}">'
        f"<title>{title}</title><style>{style}</style>"
        f'<rect width="100%" height="100%" rx="10" fill="#0d1117"/>'
        f"{''.join(groups)}</svg>\n"
    )


def _row(row: int, line: str) -> str:
    y = _MARGIN + row * _LINE + _SIZE
    pieces = "".join(_pieces(line))
    return f'<text x="{_MARGIN}" y="{y:g}" xml:space="preserve">{pieces}</text>' if pieces else ""


def _pieces(line: str) -> Iterator[str]:
    for colours, text in _PIECE.findall(line):
        if not text:
            continue
        codes = re.findall(r"\d+", colours)
        colour = next((_COLOURS[code] for code in reversed(codes) if code in _COLOURS), "")
        shown = escape(text, quote=False)
        yield f'<tspan fill="{colour}">{shown}</tspan>' if colour else shown


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield lines that fit; a line with colours is short enough."""
    for line in text.split("\n"):
        while "\x1b" not in line and len(line) > columns:
            at = line.rfind(" ", 20, columns) if " " in line[20:columns] else columns
            yield line[:at]
            line = f"    {line[at:].lstrip()}"
        yield line
