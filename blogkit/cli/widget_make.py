"""`blogkit widget new`, `eject` and `check`: widgets of one's own, held to the contract of ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.output import Output
from blogkit.cli.widget_place import Place, find_place, widget_names
from blogkit.cli.workbench import start_folder, the_output
from blogkit.errors import ContentError, Problem, UsageError

if TYPE_CHECKING:
    from blogkit.render.registry import Registry


@click.command(epilog="Example: blogkit widget new exam-card")
@click.argument("name")
@common
def new(name: str) -> None:
    """Start a widget of your own in widgets/: a small one that works, to be changed."""
    from blogkit.render import starter

    output, place = the_output(), find_place(needs_workspace=True)
    _say_made(output, place, starter.start(name, place.own))


@click.command(epilog="Example: blogkit widget eject timeline")
@click.argument("name", shell_complete=widget_names)
@common
def eject(name: str) -> None:
    """Copy a widget into widgets/, to be changed: from now on posts of this workspace use the copy."""
    from blogkit.render import starter

    output, place = the_output(), find_place(needs_workspace=True)
    _say_made(output, place, starter.eject(place.registry[name], place.own))
    output.say(f"Remove {place.relative(place.own / name)} to go back to the original.")


def _say_made(output: Output, place: Place, folder: Path) -> None:
    files = sorted(place.relative(path) for path in folder.rglob("*") if path.is_file())
    output.report({"widget": folder.name, "folder": place.relative(folder), "created": files})
    output.say(f"{place.relative(folder)}/")
    for name, what in _PARTS:
        output.say(f"  {name:<14} {what}")
    output.say(f"Next: change them, then blogkit widget check {folder.name} --accept, and look at what changed in expected/.")


_PARTS = (
    ("widget.py", "the fields: name, type, default, one line each"),
    ("template.html", "the HTML, in Jinja"),
    ("style.css", "the look, by class"),
    ("example.md", "a call, as in a post"),
    ("expected/", "what the example renders to, accepted by you"),
)


@dataclass(frozen=True)
class _Subject:
    """A folder to check. registry: finds it, and what its example calls; guarded: not the user's, so nothing is written there."""

    folder: Path
    registry: Registry
    guarded: bool = False


@click.command(epilog="Example: blogkit widget check exam-card")
@click.argument("name", required=False, default="", metavar="[NAME|FOLDER]", shell_complete=widget_names)
@click.option("--accept", is_flag=True, help="Write what the example renders to now into expected/.")
@common
def check(name: str, accept: bool) -> int:
    """Hold widgets to the contract that ours keep: all in widgets/, the one of this name, or those of a folder.

    Complete and described; the example renders to what was accepted; and the output, for every kind of site, needs no
    script, is kept by WordPress byte for byte, reads well without styles, and shows any words as they were typed.
    Exit code 1 when something breaks it.
    """
    output, place = the_output(), find_place()
    subjects = _subjects(place, name)
    results = [_checked(output, place, subject, accept) for subject in subjects]
    errors = sum(len(result["problems"]) for result in results)
    output.report({"widgets": results, "errors": errors})
    if not subjects:
        output.say("no widgets of your own yet: blogkit widget new NAME, or blogkit widget eject NAME")
    return 1 if errors else 0


def _subjects(place: Place, name: str) -> list[_Subject]:
    from blogkit.render.packages import offered
    from blogkit.render.registry import REQUIRED, Registry, builtin_folder, is_name, widget_folders

    folder = (start_folder() / name).resolve() if name else place.own
    if name and is_name(name) and name in place.registry and not folder.is_dir():
        return [_Subject(place.registry[name].folder, place.registry, place.registry[name].origin != "workspace")]
    if name and not folder.is_dir():
        place.registry[name]  # says that there is none, and the nearest name
    found = [folder] if any((folder / part).is_file() for part in REQUIRED) else list(widget_folders(folder))
    if name and not found:
        raise UsageError(f"there are no widgets in {name}", hint="name a widget, its folder, or a folder that holds such folders")
    return [_Subject(each, Registry([each.parent, place.own, builtin_folder()], packages=offered)) for each in found]


def _checked(output: Output, place: Place, subject: _Subject, accept: bool) -> dict[str, Any]:
    """Check one widget and say what is found."""
    from blogkit.render import contract

    name, folder = subject.folder.name, subject.folder
    root = place.root if folder.is_relative_to(place.root) else folder.parent
    changed: list[Path] = []
    problems: tuple[Problem, ...] = ()
    sizes: dict[str, int] = {}
    if accept and subject.guarded:
        raise UsageError(f'"{name}" is not a widget of this workspace', hint=f"blogkit widget eject {name} makes a copy to change")
    try:
        changed = contract.accept(folder, subject.registry, root) if accept else []
        examined = contract.examine(folder, subject.registry, root)
        problems, sizes = examined.problems, examined.sizes
    except ContentError as error:
        problems = error.problems
    shown = [place.shown(problem) for problem in problems]
    for path in changed:
        output.say(f"accepted: {place.relative(path)}")
    for problem in shown:
        output.problem(problem)
    if not shown:
        output.say(f"{name}: keeps the contract ({', '.join(f'{form} {size:,} bytes' for form, size in sizes.items())})", "green")
    return {
        "name": name,
        "folder": place.relative(folder),
        "bytes": sizes,
        "accepted": [place.relative(path) for path in changed],
        "problems": [vars(problem) for problem in shown],
    }
