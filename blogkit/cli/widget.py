"""`blogkit widget`: the widgets there are, one alone, new ones, and the contract that they keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.shared import the_output
from blogkit.cli.widget_context import WidgetContext, find_context, widget_names
from blogkit.cli.widget_dev import check, eject, new
from blogkit.cli.widget_render import render, schema
from blogkit.errors import ContentError, Problem

if TYPE_CHECKING:
    from blogkit.render.fields import Fields
    from blogkit.render.registry import Kind


@click.group(epilog="Example: blogkit widget show timeline")
@common
def widget() -> None:
    """The widgets that posts can hold: ours, those of installed packages, and your own in widgets/."""


for command in (render, new, eject, check, schema):
    widget.add_command(command)


@widget.command(name="list", epilog="Example: blogkit widget list --json")
@common
def list_() -> int:
    """List the widgets: name, whose it is, and what it is for. With --json, all their fields as well."""
    output, place = the_output(), find_context()
    kinds, problems = _loaded(place)
    output.table([[kind.name, owner(kind), kind.purpose] for kind in kinds], ["name", "of", "what it is for"])
    for problem in problems:
        output.problem(place.shown(problem))
    output.report({"widgets": [described(kind) for kind in kinds], "problems": [vars(place.shown(problem)) for problem in problems]})
    output.say("\nblogkit widget show NAME: its fields and an example")
    return 1 if problems else 0


@widget.command(epilog="Example: blogkit widget show timeline")
@click.argument("name", shell_complete=widget_names)
@common
def show(name: str) -> None:
    """Show a widget's fields (what each takes, its default, what it is for) and an example to copy."""
    output, place = the_output(), find_context()
    kind = place.registry[name]
    if output.as_json:
        output.report(described(kind))
        return
    output.say(f"{kind.name}, of {owner(kind)}: {place.relative(kind.folder)}")
    output.say(f"{kind.purpose}\n")
    for title, model in _models(kind.model):
        if title:
            output.say(f"\nEach of {title}:\n")
        rows = [[f["name"], f["takes"], "required" if f["required"] else f["shown"], f["description"]] for f in _fields(model)]
        output.table(rows, ["field", "takes", "default", "what it is for"])
    output.say("\nExample:\n")
    output.result(kind.example)


def owner(kind: Kind) -> str:
    """Whose widget it is, in a word."""
    return {"workspace": "this workspace", "builtin": "blogkit"}.get(kind.origin, kind.package)


def described(kind: Kind) -> dict[str, Any]:
    """A widget as data."""
    return {
        "name": kind.name,
        "origin": kind.origin,
        "package": kind.package,
        "folder": str(kind.folder),
        "purpose": kind.purpose,
        "fields": [_as_data(field) for field in _fields(kind.model)],
        "example": kind.example,
    }


def _loaded(place: WidgetContext) -> tuple[list[Kind], list[Problem]]:
    """Every widget that can be loaded, and what is wrong with the others."""
    kinds: list[Kind] = []
    problems: list[Problem] = []
    for name in place.registry:
        try:
            kinds.append(place.registry[name])
        except ContentError as error:
            problems += error.problems
    return kinds, problems


def _fields(model: type[Fields]) -> Iterator[dict[str, Any]]:
    from blogkit.render.takes import fields_of

    for name, kind in fields_of(model):
        info = model.model_fields[name]
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        yield {
            "name": name,
            "takes": kind.words,
            "options": list(kind.options),
            "required": info.is_required(),
            "default": default,
            "shown": _shown(default),
            "description": info.description,
            "model": kind.inner,
        }


def _as_data(field: Mapping[str, Any], around: tuple[object, ...] = ()) -> dict[str, Any]:
    """A field as data. Items that hold items of their own kind are described once."""
    kept = {name: field[name] for name in ("name", "takes", "required", "default", "description")}
    options = {"options": field["options"]} if field["options"] else {}
    model = None if field["model"] in around else field["model"]
    inner = {"fields": [_as_data(each, (*around, model)) for each in _fields(model)]} if model else {}
    return {**kept, **options, **inner}


def _shown(default: object) -> str:
    if default is None or default in ("", []):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)


def _models(model: type[Fields]) -> Iterator[tuple[str, type[Fields]]]:
    """The model, and those of its fields, with the name of the field; each once."""
    waiting, seen = [("", model)], set()
    while waiting:
        title, one = waiting.pop(0)
        if one not in seen:
            seen.add(one)
            yield title, one
            waiting += [(field["name"], field["model"]) for field in _fields(one) if field["model"]]
