"""The style sheet of a site's pages: a base, and one of six looks that match the presets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def looks() -> list[str]:
    """Return the names of the looks, which are those of the presets."""
    return sorted(path.stem for path in (_FOLDER / "looks").glob("*.css"))


def style_sheet(look: str, tokens: Mapping[str, str] = {}) -> str:
    """Return the CSS of every page of a site.

    Args:
        look: One of `looks`.
        tokens: Values of the sheet's variables: fill, on-fill, hue, line, tint, radius.
    """
    values = {**_TOKENS, **tokens}
    root = ":root{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"
    sheets = [
        (_FOLDER / name).read_text(encoding="utf-8") for name in ("base.css", f"looks/{look}.css")
    ]
    return root + "\n" + _SPACE.sub("\n", _COMMENT.sub("", "\n".join(sheets))).strip()


_TOKENS = {
    "fill": "#4b5563",
    "on-fill": "#ffffff",
    "hue": "currentcolor",
    "line": "#8886",
    "tint": "#88888814",
    "radius": "8px",
}


PLAIN = style_sheet("minimal")
"""The sheet of a site without a theme."""
