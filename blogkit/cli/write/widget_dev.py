"""`blogkit widget new`, `eject` and `check`: create your own widgets, and check them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import start_folder, the_output
from blogkit.cli.write.widget_context import WidgetContext, find_context, widget_names

if TYPE_CHECKING:
    from blogkit.widget_tools.checks import CheckedWidget


@click.command(epilog="Example: blogkit widget new exam-card")
@click.argument("name")
@click.option(
    "--python", is_flag=True, help="Write the fields as Python, for checks between fields."
)
@common
def new(name: str, python: bool) -> None:
    """Create a small working widget in widgets/ for you to change.

    Its fields are in fields.yaml. With --python they are in widget.py, a program, which blogkit
    runs only after you trust it: run blogkit trust after each change.
    """
    from blogkit.widget_tools import scaffold

    output, place = the_output(), find_context(needs_workspace=True)
    _say_made(output, place, scaffold.create_widget(name, place.own, python=python))


@click.command(epilog="Example: blogkit widget eject timeline")
@click.argument("name", shell_complete=widget_names)
@common
def eject(name: str) -> None:
    """Copy a widget to widgets/ so that you can change it. From then on, your posts use the
    copy.
    """  # noqa: D205
    from blogkit.widget_tools import scaffold

    output, place = the_output(), find_context(needs_workspace=True)
    _say_made(output, place, scaffold.eject_widget(place.registry[name], place.own))
    output.say(f"To go back to the original, delete {place.relative(place.own / name)}.")


def _say_made(output: Output, place: WidgetContext, folder: Path) -> None:
    files = sorted(place.relative(path) for path in folder.rglob("*") if path.is_file())
    trusted = _trust_new(place, folder.name)
    output.report(
        {
            "widget": folder.name,
            "folder": place.relative(folder),
            "created": files,
            "trusted": trusted,
        }
    )
    output.say(f"{place.relative(folder)}/")
    output.table(
        [[name, what] for name, what in _PARTS if (folder / name).exists()], ["file", "holds"]
    )
    if trusted:
        output.say("widget.py is trusted as it is now. After you change it, run: blogkit trust")
    output.say(
        f"Next: change them, run blogkit widget check {folder.name} --accept, and review the"
        " changes in expected/."
    )


def _trust_new(place: WidgetContext, name: str) -> bool:
    """Trust the Python that blogkit has just written. Returns whether there is any."""
    if place.project is None:
        return False
    # Only these files: other code in the folder is not ours, and is trusted by its reader.
    items = [item for item in place.project.untrusted if (item.kind, item.name) == ("widget", name)]
    if items:
        place.project.trust(*items)
    return bool(items)


_PARTS = (
    ("fields.yaml", "the fields: name, type and default"),
    ("widget.py", "the fields: name, type and default"),
    ("template.html", "the HTML, in Jinja"),
    ("style.css", "the styles, by class"),
    ("example.md", "an example, as in a post"),
    ("expected/", "the accepted output of the example"),
)


@click.command(epilog="Example: blogkit widget check exam-card")
@click.argument(
    "name", required=False, default="", metavar="[NAME|FOLDER]", shell_complete=widget_names
)
@click.option(
    "--accept", is_flag=True, help="Accept the example's current output: write it to expected/."
)
@common
def check(name: str, accept: bool) -> int:
    """Check your widgets against the rules the built-in ones follow.

    Checks all widgets in widgets/, the one called NAME, or those in FOLDER. A widget must be
    complete and described, and its example must render to the accepted output. For every kind of
    site, its output must need no script, survive WordPress's filter byte for byte, be readable
    without styles, and show any text as typed. Exits with 1 if a widget breaks a rule.
    """
    from blogkit.widget_tools.checks import check_widgets

    output, place = the_output(), find_context()
    found = check_widgets(
        name, start=start_folder(), root=place.root, registry=place.registry, accept=accept
    )
    results = [_shown(output, place, checked) for checked in found]
    errors = sum(len(result["problems"]) for result in results)
    output.report({"widgets": results, "errors": errors})
    if not results:
        output.say("no widgets of your own yet; create one: blogkit widget new NAME")
    return 1 if errors else 0


def _shown(output: Output, place: WidgetContext, checked: CheckedWidget) -> dict[str, Any]:
    """Print what is wrong with one widget, and return it as data."""
    name, problems = checked.folder.name, [place.shown(each) for each in checked.problems]
    accepted = [place.relative(path) for path in checked.accepted]
    for path in accepted:
        output.say(f"accepted: {path}")
    for problem in problems:
        output.problem(problem)
    if not problems:
        sizes = ", ".join(f"{form} {size:,} bytes" for form, size in checked.sizes.items())
        output.say(f"{name}: follows all rules ({sizes})", "green")
    return {
        "name": name,
        "folder": place.relative(checked.folder),
        "bytes": checked.sizes,
        "accepted": accepted,
        "problems": [vars(problem) for problem in problems],
    }
