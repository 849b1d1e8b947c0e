"""`blogkit widget`: list, show, create and check widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from blogkit.cli.options import common
from blogkit.cli.shared import the_output
from blogkit.cli.write.widget_context import WidgetContext, find_context, widget_names
from blogkit.cli.write.widget_dev import check, eject, new
from blogkit.cli.write.widget_render import render, schema
from blogkit.errors import ContentError, Problem

if TYPE_CHECKING:
    from blogkit.render.widgets.fields import Fields
    from blogkit.render.widgets.registry import WidgetType


@click.group(epilog="Example: blogkit widget show timeline")
@common
def widget() -> None:
    """List, show, create and check widgets: built-in ones, those of installed packages, and your
    own in widgets/.
    """  # noqa: D205


for command in (render, new, eject, check, schema):
    widget.add_command(command)


@widget.command(name="list", epilog="Example: blogkit widget list --json")
@common
def list_() -> int:
    """List the widgets: name, origin and purpose. With --json, also all their fields."""
    output, place = the_output(), find_context()
    kinds, problems = _loaded(place)
    output.table(
        [[kind.name, owner(kind), kind.purpose] for kind in kinds], ["name", "from", "purpose"]
    )
    for problem in problems:
        output.problem(place.shown(problem))
    output.report(
        {
            "widgets": [described(kind) for kind in kinds],
            "problems": [vars(place.shown(problem)) for problem in problems],
        }
    )
    output.say()
    output.say("To see a widget's fields and an example, run: blogkit widget show NAME")
    return 1 if problems else 0


@widget.command(epilog="Example: blogkit widget show timeline")
@click.argument("name", shell_complete=widget_names)
@common
def show(name: str) -> None:
    """Show a widget's fields (with types, defaults and descriptions) and an example to copy."""
    output, place = the_output(), find_context()
    kind = place.registry[name]
    if output.as_json:
        output.report(described(kind))
        return
    output.say(f"{kind.name}, from {owner(kind)}: {place.relative(kind.folder)}")
    output.say(kind.purpose)
    output.say()
    for title, model in _models(kind.model):
        if title:
            output.lines(f"\nFields of each item in {title}:\n")
        rows = [
            [f["name"], f["takes"], "required" if f["required"] else f["shown"], f["description"]]
            for f in _fields(model)
        ]
        output.table(rows, ["field", "takes", "default", "description"])
    output.lines("\nExample:\n")
    output.result(kind.example)


def owner(kind: WidgetType) -> str:
    """Return where a widget comes from."""
    return {"workspace": "this project", "builtin": "blogkit"}.get(kind.origin, kind.package)


def described(kind: WidgetType) -> dict[str, Any]:
    """Return a widget as data."""
    return {
        "name": kind.name,
        "origin": kind.origin,
        "package": kind.package,
        "folder": str(kind.folder),
        "purpose": kind.purpose,
        "fields": [_as_data(field) for field in _fields(kind.model)],
        "example": kind.example,
    }


def _loaded(place: WidgetContext) -> tuple[list[WidgetType], list[Problem]]:
    """Return every widget that can be loaded, and the problems of the others."""
    kinds: list[WidgetType] = []
    problems: list[Problem] = []
    # One widget that is broken must not hide the others: the list is where its author looks first.
    for name in place.registry:
        try:
            kinds.append(place.registry[name])
        except ContentError as error:
            problems += error.problems
    return kinds, problems


def _fields(model: type[Fields]) -> Iterator[dict[str, Any]]:
    from blogkit.render.widgets.field_types import fields_of

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
    """Return a field as data. Recursive items are described once."""
    kept = {name: field[name] for name in ("name", "takes", "required", "default", "description")}
    options = {"options": field["options"]} if field["options"] else {}
    model = None if field["model"] in around else field["model"]
    inner = (
        {"fields": [_as_data(each, (*around, model)) for each in _fields(model)]} if model else {}
    )
    return {**kept, **options, **inner}


def _shown(default: object) -> str:
    if default is None or default in ("", []):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)


def _models(model: type[Fields]) -> Iterator[tuple[str, type[Fields]]]:
    """Yield a model and those of its fields, each once, with the field's name."""
    waiting, seen = [("", model)], set()
    while waiting:
        title, one = waiting.pop(0)
        if one not in seen:
            seen.add(one)
            yield title, one
            waiting += [(field["name"], field["model"]) for field in _fields(one) if field["model"]]
