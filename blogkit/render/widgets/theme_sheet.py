"""The optional style sheet for a site's theme, with everything that inline styles cannot do."""

from __future__ import annotations

from blogkit.render.looks.theme import Theme
from blogkit.render.looks.tokens import VARIABLES
from blogkit.render.widgets.registry import Registry


def theme_sheet(registry: Registry, theme: Theme) -> str:
    """Return hover, print and grid styles of all widgets, and the colours that posts take.

    Args:
        registry: The widgets.
        theme: The tokens' values.

    Raises:
        ContentError: A widget's folder is wrong.
    """
    colours = {f"--bk-{name.replace('_', '-')}": getattr(theme, name) for name in VARIABLES}
    colours["--bk-badge"] = theme.badge or theme.accent
    values = ";".join(f"{name}:{value}" for name, value in colours.items() if value)
    sheets = {name: theme.fill(registry[name].style.enhancements) for name in registry.names()}
    return (
        "\n".join(
            [
                f":root{{{values}}}",
                *(f"/* {name} */\n{sheet}" for name, sheet in sheets.items() if sheet),
            ]
        )
        + "\n"
    )
