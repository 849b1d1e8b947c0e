"""`blogkit theme`: list the presets and print a style sheet."""

from __future__ import annotations

from collections.abc import Sequence

import click

from blogkit.cli.options import common
from blogkit.cli.shared import current_project, the_output
from blogkit.cli.suggestions import guiding


def _where_to_set_it(_words: Sequence[str]) -> str:
    return (
        'set the look in blogkit.toml, below [theme]: preset = "exam" (to see the looks: blogkit'
        " theme list)"
    )


@click.group(cls=guiding(_where_to_set_it), epilog="Example: blogkit theme css > widgets.css")
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


@theme.command(name="list", epilog="Example: blogkit theme list --open")
@click.option("--open", "in_browser", is_flag=True, help="Show them in the browser.")
@common
def list_(in_browser: bool) -> None:
    """List the presets and the contrast of their text.

    --open shows the widgets in every preset, and in your own look.
    """
    from dataclasses import asdict

    from blogkit.cli.page import show_page
    from blogkit.cli.write.widget_context import find_context
    from blogkit.project.files.looks import lowest_contrast, themes_page
    from blogkit.render.looks.presets import preset_named, preset_names
    from blogkit.render.looks.theme import theme_from_settings

    output, context = the_output(), find_context()
    project = context.project
    presets = [preset_named(name) for name in preset_names()]
    themes = {one.name: theme_from_settings({"preset": one.name}) for one in presets}
    if project:
        themes["yours"] = project.theme
    lowest = {name: lowest_contrast(one, context.registry) for name, one in themes.items()}
    about = {
        one.name: f"{one.summary} (now {one.replaced_by})" if one.replaced_by else one.summary
        for one in presets
    }
    if project:
        about["yours"] = f"{project.theme.preset}, with your own settings"
    rows = [[name, about[name], one.accent, f"{lowest[name]:.1f}"] for name, one in themes.items()]
    output.table(rows, ["preset", "look", "accent", "contrast"])
    output.say()
    output.say(
        'In blogkit.toml, below [theme], set preset = "exam" and any token. Contrast is the'
        " lowest of all text; it must be at least 4.5. To see the presets: blogkit theme list"
        " --open"
    )
    shown = show_page(output, themes_page(context.registry, project), "looks") if in_browser else ""
    output.report(
        {
            "page": shown,
            "themes": {
                name: {**asdict(one), "summary": about[name], "contrast": lowest[name]}
                for name, one in themes.items()
            },
        }
    )
