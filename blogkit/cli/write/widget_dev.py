"""`blogkit widget new`, `eject` and `check`: create your own widgets, and check them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.shared import start_folder, the_output
from blogkit.cli.write.widget_context import WidgetContext, find_context, widget_names
from blogkit.errors import ContentError, Problem, UsageError

if TYPE_CHECKING:
    from blogkit.render.widgets.registry import Registry


@click.command(epilog="Example: blogkit widget new exam-card")
@click.argument("name")
@common
def new(name: str) -> None:
    """Create a small working widget in widgets/ for you to change."""
    from blogkit.widget_tools import scaffold

    output, place = the_output(), find_context(needs_workspace=True)
    _say_made(output, place, scaffold.create_widget(name, place.own))


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
    output.report({"widget": folder.name, "folder": place.relative(folder), "created": files})
    output.say(f"{place.relative(folder)}/")
    for name, what in _PARTS:
        output.say(f"  {name:<14} {what}")
    output.say(
        f"Next: change them, run blogkit widget check {folder.name} --accept, and review the"
        " changes in expected/."
    )


_PARTS = (
    ("widget.py", "the fields: name, type and default"),
    ("template.html", "the HTML, in Jinja"),
    ("style.css", "the styles, by class"),
    ("example.md", "an example, as in a post"),
    ("expected/", "the accepted output of the example"),
)


@dataclass(frozen=True)
class _Subject:
    """A folder to check.

    Attributes:
        registry: Finds the widget and those that its example calls.
        guarded: Whether it is not the user's, so read-only.
    """

    folder: Path
    registry: Registry
    guarded: bool = False


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
    output, place = the_output(), find_context()
    subjects = _subjects(place, name)
    results = [_checked(output, place, subject, accept) for subject in subjects]
    errors = sum(len(result["problems"]) for result in results)
    output.report({"widgets": results, "errors": errors})
    if not subjects:
        output.say("no widgets of your own yet; create one: blogkit widget new NAME")
    return 1 if errors else 0


def _subjects(place: WidgetContext, name: str) -> list[_Subject]:
    from blogkit.render.widgets.packages import offered
    from blogkit.render.widgets.registry import (
        REQUIRED,
        Registry,
        builtin_folder,
        is_widget_name,
        widget_folders,
    )

    folder = (start_folder() / name).resolve() if name else place.own
    if name and is_widget_name(name) and name in place.registry and not folder.is_dir():
        return [
            _Subject(
                place.registry[name].folder,
                place.registry,
                place.registry[name].origin != "workspace",
            )
        ]
    if name and not folder.is_dir():
        place.registry[name]  # raises an error that suggests the nearest name
    found = (
        [folder]
        if any((folder / part).is_file() for part in REQUIRED)
        else list(widget_folders(folder))
    )
    if name and not found:
        raise UsageError(
            f"no widgets found in {name}", hint="name a widget, its folder, or a folder of widgets"
        )
    return [
        _Subject(each, Registry([each.parent, place.own, builtin_folder()], packages=offered))
        for each in found
    ]


def _checked(
    output: Output, place: WidgetContext, subject: _Subject, accept: bool
) -> dict[str, Any]:
    """Check one widget and print its problems."""
    from blogkit.widget_tools import conformance, expected_output

    name, folder = subject.folder.name, subject.folder
    root = place.root if folder.is_relative_to(place.root) else folder.parent
    changed: list[Path] = []
    problems: tuple[Problem, ...] = ()
    sizes: dict[str, int] = {}
    if accept and subject.guarded:
        raise UsageError(
            f'"{name}" is not one of your own widgets',
            hint=f"copy it first: blogkit widget eject {name}",
        )
    try:
        changed = expected_output.accept(folder, subject.registry, root) if accept else []
        examined = conformance.check_widget(folder, subject.registry, root)
        problems, sizes = examined.problems, examined.sizes
    except ContentError as error:
        problems = error.problems
    shown = [place.shown(problem) for problem in problems]
    for path in changed:
        output.say(f"accepted: {place.relative(path)}")
    for problem in shown:
        output.problem(problem)
    if not shown:
        output.say(
            f"{name}: follows all rules"
            f" ({', '.join(f'{form} {size:,} bytes' for form, size in sizes.items())})",
            "green",
        )
    return {
        "name": name,
        "folder": place.relative(folder),
        "bytes": sizes,
        "accepted": [place.relative(path) for path in changed],
        "problems": [vars(problem) for problem in shown],
    }
