"""The style sheet of a site's pages: a base, and one of six looks that match the presets."""

from __future__ import annotations

import re
from pathlib import Path

from blogkit.render.looks.theme import Theme

_FOLDER = Path(__file__).parent
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def looks() -> list[str]:
    """Return the names of the looks, which are those of the presets."""
    return sorted(path.stem for path in (_FOLDER / "looks").glob("*.css"))


def style_sheet(theme: Theme) -> str:
    """Return the CSS of every page of a site: the look and the tokens of its widgets.

    Args:
        theme: The blog's theme. An old preset has the look of the one that took its place.
    """
    values = {
        "fill": theme.accent,
        "on-fill": theme.on_accent,
        "hue": theme.ink or "currentcolor",
        "line": theme.line,
        "tint": theme.tint,
        "radius": theme.radius,
    }
    root = ":root{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"
    files = ("base.css", f"looks/{theme.look.replaced_by or theme.preset}.css")
    sheets = [(_FOLDER / name).read_text(encoding="utf-8") for name in files]
    return root + "\n" + _SPACE.sub("\n", _COMMENT.sub("", "\n".join(sheets))).strip()
