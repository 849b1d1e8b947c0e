"""`blogkit theme`: list the presets and print a style sheet."""

from __future__ import annotations

import click

from blogkit.cli.options import common
from blogkit.cli.shared import current_project, the_output


@click.group(epilog="Example: blogkit theme css > widgets.css")
@common
def theme() -> None:
    """Choose the look of your widgets: [theme] in blogkit.toml."""


@theme.command(epilog="Example: blogkit theme css > widgets.css")
@common
def css() -> None:
    """Print an optional style sheet for the site's theme.

    Posts don't need a style sheet. If you add this one to your site (WordPress: Additional CSS;
    Blogger: Customize, Advanced, Add CSS), all posts, including old ones, get hover, print and grid
    styles and the colours of [theme].
    """
    from blogkit.render.widgets.theme_sheet import theme_sheet

    output, project = the_output(), current_project()
    sheet = theme_sheet(project.widgets, project.theme)
    if output.as_json:
        output.report({"css": sheet})
    else:
        output.result(sheet)


@theme.command(name="list", epilog="Example: blogkit theme list")
@common
def list_() -> None:
    """List the presets and the contrast of their text."""
    from dataclasses import asdict

    from blogkit.render.widgets.theme import PRESETS, Theme, theme_from_settings

    output, project = the_output(), current_project()
    themes = {
        "(none)": Theme(),
        **{name: theme_from_settings({"preset": name}) for name in PRESETS},
        "yours": project.theme,
    }
    lowest = {
        name: round(min(pair.ratio for pair in one.pairs()), 1) for name, one in themes.items()
    }
    rows = [
        [name, one.accent, one.badge or one.accent, one.tint, one.radius, f"{lowest[name]:.1f}"]
        for name, one in themes.items()
    ]
    output.table(rows, ["preset", "accent", "badge", "tint", "radius", "contrast"])
    output.say()
    output.say(
        'In blogkit.toml, below [theme], set preset = "slate" and any token. Contrast is the'
        " lowest of all text; it must be at least 4.5."
    )
    output.report(
        {
            "themes": {
                name: {**asdict(one), "contrast": lowest[name]} for name, one in themes.items()
            }
        }
    )
