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
        MODEL_FILES,
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
        if any((folder / part).is_file() for part in (*MODEL_FILES, *REQUIRED))
        else list(widget_folders(folder))
    )
    if name and not found:
        raise UsageError(
            f"no widgets found in {name}", hint="name a widget, its folder, or a folder of widgets"
        )
    return [
        _Subject(
            each,
            Registry(
                [each.parent, place.own, builtin_folder()],
                packages=offered,
                allowed=place.registry.allowed,
            ),
        )
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
    if subject.registry.left_out.get(name) == folder:
        problems = (_untrusted(folder, is_own=folder.parent == place.own),)
    try:
        if not problems:
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


def _untrusted(folder: Path, *, is_own: bool) -> Problem:
    hint = "blogkit trust" if is_own else f"blogkit widget check {folder} --trust"
    message = "the widget was not checked: you have not trusted its files"
    return Problem(str(folder), 0, message, f"read them, then run: {hint}", "untrusted-widget")
