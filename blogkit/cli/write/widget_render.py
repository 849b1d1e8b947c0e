"""`blogkit widget render` and `schema`: print a widget as HTML, and the schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import the_output
from blogkit.cli.widget_data import read_data, settings_of
from blogkit.cli.write.widget_context import WidgetContext, find_context, widget_names
from blogkit.errors import UsageError

_FORMATS = ("yaml", "json", "csv", "tsv", "md")
_PROFILES = ("strict", "full", "feed", "email", "text", "markdown")


@click.command(
    epilog=(
        "Example: blogkit widget render timeline events.csv --set title='How it came about' >"
        " snippet.html"
    )
)
@click.argument("name", shell_complete=widget_names)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Set a field in addition to the file's, such as title=…; repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="The file's format (default: by its name, or YAML or JSON).",
)
@click.option(
    "--profile",
    type=click.Choice(_PROFILES),
    default="strict",
    help=(
        "The target: strict survives everywhere (default); full has a style sheet; feed, email,"
        " text and markdown are formats."
    ),
)
@click.option("--quiz-url", default="", metavar="URL", help="The quiz link, if the data has none.")
@click.option(
    "--allow-open",
    "allow_pending_quiz",
    is_flag=True,
    help="Show “coming soon” for a pending quiz link.",
)
@click.option("--allow-http", is_flag=True, help="Accept a quiz link without TLS (http:).")
@click.option(
    "--key",
    default="",
    metavar="KEY",
    help="The key of the post, used for element ids (default: derived from the data).",
)
@common
def render(
    name: str,
    file: Path,
    settings: tuple[str, ...],
    form: str | None,
    profile: str,
    **options: Any,
) -> None:
    """Turn YAML, JSON or CSV into one widget's HTML, to paste anywhere.

    Reads FILE, or standard input if FILE is -. A post with the same data gets the same HTML.

    \b
    YAML, JSON   the widget's fields, or a list of its items
    CSV, TSV     the first row names the columns; each other row is an item, or a row of a table
    Markdown     the text between the fences
    """  # noqa: D301
    from blogkit.project.live.snippet import WidgetData

    output, place = the_output(), find_context()
    shown, data = read_data(file)
    widget = place.widget(name, WidgetData(shown, data, form or "", settings_of(settings)))
    text = widget.html(profile, **options)
    if output.as_json:
        key = profile if profile in ("text", "markdown") else "html"
        output.report({"widget": name, "profile": profile, "bytes": len(text.encode()), key: text})
    else:
        output.result(text)


@click.command(epilog="Example: blogkit widget schema timeline > timeline.schema.json")
@click.argument(
    "name", required=False, default="", metavar="[NAME|front-matter]", shell_complete=widget_names
)
@click.option("--vscode", is_flag=True, help="Write the files that VS Code needs to .vscode/.")
@common
def schema(name: str, vscode: bool) -> None:
    """Print JSON Schemas, with which editors complete and check fields while you type.

    Prints the schema of a widget's data or of a post's front matter; without a name, all schemas in
    one object. With --vscode, writes schemas, snippets for posts, settings and a task that runs
    blogkit check. Existing settings and tasks do not change; blogkit shows what to add to them.
    """
    from blogkit.widget_tools.json_schema import schemas

    output, place = the_output(), find_context(needs_workspace=vscode)
    if vscode and name:
        raise UsageError(
            "--vscode writes all schemas and takes no name",
            hint="run: blogkit widget schema --vscode",
        )
    if vscode:
        _write_for_vscode(output, place)
        return
    found = schemas(place.registry, place.sites, name)
    data = found[name] if name else found
    if output.as_json:
        output.report(data)
    else:
        output.result(json.dumps(data, indent=2))


def _write_for_vscode(output: Output, place: WidgetContext) -> None:
    from blogkit.widget_tools import vscode as editor

    files = editor.write_files(place.root, place.registry, place.sites)
    folder = f"{editor.VSCODE_FOLDER}/"
    others = [name for name in files.written if not name.startswith(folder)]
    output.say(
        f"written: {len(files.written) - len(others)} schemas in {folder}, {', '.join(others)}"
    )
    for name, missing in files.kept.items():
        output.say()
        output.say(f"{name} already exists and was not changed; add this to it:")
        output.lines(f"\n{json.dumps(missing, indent=2, ensure_ascii=False)}")
    output.say(
        "Next: name a data file talks.timeline.yaml. VS Code then completes its fields (with the"
        " extension YAML by Red Hat)."
    )
    output.report({"written": files.written, "kept": list(files.kept), "add": files.kept})
