"""`blogkit widget render` and `schema`: a widget as a snippet to paste, and what editors need to know of all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import the_output
from blogkit.cli.widget_context import WidgetContext, find_context, widget_names
from blogkit.cli.widget_data import read_data, settings_of
from blogkit.errors import UsageError, nearest

_FORMATS = ("yaml", "json", "csv", "tsv", "md")
_PROFILES = ("strict", "full", "feed", "email", "text", "markdown")


@click.command(epilog="Example: blogkit widget render timeline events.csv --set title='How it came about' > snippet.html")
@click.argument("name", shell_complete=widget_names)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="A field beside the file's, such as title=…; repeatable.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to read the file (default: by its name, else YAML or JSON).")
@click.option(
    "--profile",
    type=click.Choice(_PROFILES),
    default="strict",
    help="strict: survives everywhere (default); full: with a style sheet; feed.",
)
@click.option("--quiz-url", default="", metavar="URL", help="The mock-test address, where the data names none.")
@click.option("--allow-open", "allow_pending_quiz", is_flag=True, help="Show an open mock-test address as coming soon.")
@click.option("--allow-http", is_flag=True, help="Accept a mock-test address without TLS.")
@click.option("--key", default="", metavar="KEY", help="The key of the post that it is for, for its ids (default: made from the data).")
@common
def render(
    name: str,
    file: Path,
    settings: tuple[str, ...],
    form: str | None,
    profile: str,
    **options: Any,
) -> None:
    """Print one widget as HTML to paste, made from FILE (or - for standard input): what a post with this call would get.

    \b
    YAML, JSON   the widget's fields, or a list of its items
    CSV, TSV     the first row names the columns: rows of a table, else one item a row
    Markdown     what would stand between the fences
    """
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
@click.argument("name", required=False, default="", metavar="[NAME|front-matter]", shell_complete=widget_names)
@click.option("--vscode", is_flag=True, help="Write the files that VS Code needs into .vscode/.")
@common
def schema(name: str, vscode: bool) -> None:
    """Print the JSON Schema of a widget's data, of a post's front matter, or, without a name, of all in one object.

    Editors complete and check YAML and JSON by it. With --vscode: writes the schemas, snippets for posts, settings and a
    task that checks; settings and tasks that are there already are kept, and what to add to them is shown.
    """
    from blogkit.render import schema as schemas

    output, place = the_output(), find_context(needs_workspace=vscode)
    if vscode and name:
        raise UsageError("--vscode takes no name: it writes the schemas of all", hint="blogkit widget schema --vscode")
    if vscode:
        _write_for_vscode(output, place)
        return
    if name and name != schemas.FRONT_MATTER and name not in place.registry:
        hint = nearest(name, [schemas.FRONT_MATTER, *place.registry]) or "blogkit widget list names them"
        raise UsageError(f'there is no widget "{name}"', hint=hint)
    found = _schemas(place, [name] if name else [schemas.FRONT_MATTER, *place.registry])
    _print(output, found[name] if name else found)


def _print(output: Output, data: Any) -> None:
    """The document itself, with --json and without."""
    if output.as_json:
        output.report(data)
    else:
        output.result(json.dumps(data, indent=2))


def _schemas(place: WidgetContext, names: Sequence[str]) -> dict[str, Any]:
    from blogkit.render import schema as schemas

    return {
        name: schemas.of_front_matter(place.sites) if name == schemas.FRONT_MATTER else schemas.of_widget(place.registry[name])
        for name in names
    }


def _write_for_vscode(output: Output, place: WidgetContext) -> None:
    from blogkit.render import schema as schemas
    from blogkit.render import vscode as editor

    widgets = place.registry.names()
    ours = {f"{editor.FOLDER}/{name}.json": made for name, made in _schemas(place, [schemas.FRONT_MATTER, *widgets]).items()}
    ours[".vscode/blogkit.code-snippets"] = editor.snippets([place.registry[name] for name in widgets], place.sites)
    theirs = {".vscode/settings.json": editor.settings(widgets), ".vscode/tasks.json": editor.tasks()}
    kept = {name: made for name, made in theirs.items() if not _is_ours(place.root / name, made)}
    written = {**ours, **{name: made for name, made in theirs.items() if name not in kept}}
    for name, made in written.items():
        path = place.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    output.say(f"written: {len(ours) - 1} schemas in {editor.FOLDER}/, {', '.join(name for name in written if name.count('/') == 1)}")
    for name, made in kept.items():
        output.say(f"\n{name} is yours and stays as it is; add to it:\n\n{json.dumps(made, indent=2, ensure_ascii=False)}")
    output.say("Next: name a file of data talks.timeline.yaml, and VS Code completes it (with the extension YAML by Red Hat).")
    output.report({"written": list(written), "kept": list(kept), "add": kept})


def _is_ours(path: Path, made: Any) -> bool:
    """Whether a file may be written: it is not there, or holds just what an earlier run wrote."""
    if not path.exists():
        return True
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")) == made)
    except (ValueError, OSError):
        return False
