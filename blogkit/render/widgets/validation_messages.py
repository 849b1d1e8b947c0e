"""Explain validation errors in words for people who write posts."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from blogkit.dataclass import dataclass
from blogkit.errors import nearest

if TYPE_CHECKING:
    from blogkit.render.call_writer import Trail

_KINDS = {
    "string": "text",
    "int": 'a whole number, such as "25"',
    "float": "a number",
    "bool": "true or false",
    "list": 'a list (lines that begin with "- ")',
    "tuple": 'a list (lines that begin with "- ")',
    "dict": 'a mapping (lines such as "key: value")',
    "model": 'a mapping (lines such as "key: value")',
}
_VALUES = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}
_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
}


@dataclass(frozen=True)
class Explained:
    """A validation error in plain words.

    Attributes:
        trail: Where the value is.
        message: What is wrong and why.
        hint: What to do; "" if the message tells.
        code: A stable name in kebab case.
    """

    trail: Trail
    message: str
    hint: str
    code: str


def explain_validation_error(widget: str, model: type[BaseModel], error: ErrorDetails) -> Explained:
    """Return one of pydantic's errors in plain words.

    Args:
        widget: The widget's name.
        model: Its fields.
        error: One of `ValidationError.errors()`
            (https://docs.pydantic.dev/latest/errors/validation_errors/).
    """
    trail, kind = tuple(error["loc"]), error["type"]
    inside = model_at(model, trail[:-1])
    known = list(inside.model_fields) if inside else []
    name = str(trail[-1]) if trail and isinstance(trail[-1], str) else ""
    place = (
        f' in "{owner}"'
        if (owner := next((str(s) for s in trail[:-1][::-1] if isinstance(s, str)), ""))
        else ""
    )
    if kind == "extra_forbidden":
        hint = nearest(name, known) or f"fields: {', '.join(known)}"
        if error["input"] is None and owner:
            hint = (
                "a comma inside {…} starts a new field; put quotes around text that contains a"
                f" comma ({hint})"
            )
        return Explained(
            trail,
            f'unknown field "{name}"{place}' if place else f'{widget} has no field "{name}"',
            hint,
            "unknown-field",
        )
    if kind == "missing":
        described = (
            inside.model_fields[name].description if inside and name in inside.model_fields else ""
        )
        message = f'"{name}" is missing{place}' if place else f'{widget} needs the field "{name}"'
        return Explained(
            trail, message, f"{name}: {described}" if described else "", "missing-field"
        )
    return _wrong_value(trail, error, _subject(trail, place))


def with_fields(hint: str, widget: str) -> str:
    """Return a hint that also names the command that shows the widget's fields.

    Args:
        hint: The hint; "" for none.
        widget: The widget's name.
    """
    command = f"blogkit widget show {widget}"
    return f"{hint} (all fields: {command})" if hint else f"to see all fields, run: {command}"


def _subject(trail: Trail, place: str) -> str:
    """Return the value in question, as the author would name it."""
    if not trail:
        return "this"
    if isinstance(trail[-1], str):
        return f'"{trail[-1]}"{place}'
    owner = next((step for step in trail[::-1] if isinstance(step, str)), "")
    return f'item {trail[-1] + 1} of "{owner}"'


def _wrong_value(trail: Trail, error: ErrorDetails, subject: str) -> Explained:
    kind, limits = error["type"], error.get("ctx", {})
    value = error["input"]
    if kind == "literal_error":
        options = [
            str(option).strip("'")
            for option in str(limits["expected"]).replace(" or ", ", ").split(", ")
        ]
        hint = nearest(str(value), options)
        return Explained(
            trail,
            f"{subject} must be one of {', '.join(options)}, not {_shown(value)}",
            hint,
            "bad-value",
        )
    if kind in _LIMITS:
        words, key = _LIMITS[kind]
        return Explained(
            trail, f"{subject} must be {words} {limits[key]}, not {_shown(value)}", "", "bad-value"
        )
    if kind in {"too_short", "string_too_short"}:
        return Explained(trail, f"{subject} is empty", "", "bad-value")
    # Pydantic puts "Value error, " before the text of a ValueError.
    if kind in {"plain", "value_error"}:
        return Explained(
            trail, f"{subject} {error['msg'].removeprefix('Value error, ')}", "", "bad-value"
        )
    wanted = next((words for prefix, words in _KINDS.items() if kind.startswith(prefix)), "")
    if wanted:
        hint = (
            'put quotes around a text that begins with "{" or "["'
            if wanted == "text" and isinstance(value, dict | list)
            else ""
        )
        return Explained(
            trail, f"{subject} must be {wanted}, not {_shown(value)}", hint, "wrong-type"
        )
    return Explained(trail, f"{subject}: {error['msg']}", "", "bad-value")


def _shown(value: object) -> str:
    """Return a short form of a refused value."""
    if isinstance(value, str):
        return f'"{value[:40]}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(getattr(value, "written", value))
    return next((words for type_, words in _VALUES.items() if isinstance(value, type_)), "that")


def model_at(model: type[BaseModel], trail: Trail) -> type[BaseModel] | None:
    """Return the model that checks a value; None if there is none.

    Args:
        model: The whole call's.
        trail: Where the value is.
    """
    here: Any = model
    for step in trail:
        if isinstance(step, int):
            here = next((arg for arg in get_args(here) if arg is not Ellipsis), None)
        elif _is_model(here) and step in here.model_fields:
            here = here.model_fields[step].annotation
        else:
            return None
        here = _bare(here)
    return here if _is_model(here) else None


def _bare(annotation: Any) -> Any:
    """Return an annotation without `Annotated` and without `| None`."""
    if isinstance(annotation, UnionType) or get_origin(annotation) is Union:
        annotation = next(
            (arg for arg in get_args(annotation) if arg is not type(None)), annotation
        )
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def without(data: Mapping[str, Any], trails: list[Trail]) -> dict[str, Any]:
    """Return the data without the top-level fields of these trails.

    Args:
        data: A call's fields.
        trails: Where the problems are.
    """
    bad = {trail[0] for trail in trails if trail}
    return {name: value for name, value in data.items() if name not in bad}
