"""JSON Schemas for editors: of each widget's fields, and of front matter.

They accept what blogkit accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from blogkit.errors import UsageError, nearest
from blogkit.posts import dates
from blogkit.posts.aliases import ALIASES
from blogkit.posts.fields import LANGUAGE, TYPE
from blogkit.posts.front_matter_schema import KEYS, Key
from blogkit.render.widgets.fields import Fields, Text
from blogkit.render.widgets.registry import Registry, WidgetType

FRONT_MATTER = "front-matter"
"""The name of the only schema that does not belong to a widget."""

# what editors read; https://json-schema.org/specification-links#draft-7
_DRAFT = "http://json-schema.org/draft-07/schema#"
_SCALAR = ["string", "number", "boolean"]
_AS_WRITTEN = get_args(Text)[1].func


class _Written(GenerateJsonSchema):
    """Allow values as authors write them.

    A number may be a text, a text may be a column, and an optional value may be empty.
    """

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        function = schema["function"]["function"]
        if function is _AS_WRITTEN:
            # YAML reads `2026` as a number and `true` as a boolean; the model takes what the author
            # wrote.
            return {**inner, "type": [*_SCALAR, "null"]}
        if getattr(function, "__qualname__", "").startswith(f"{Fields.__name__}."):
            return inner
        return {
            "anyOf": [inner, {"type": _SCALAR}]
        }  # what it takes beyond that, only the function knows


def schemas(registry: Registry, sites: Sequence[str], name: str = "") -> dict[str, Any]:
    """Return the schemas of front matter and of every widget, or one of them, by name.

    Args:
        registry: The widgets.
        sites: The names of the project's sites.
        name: A widget's name or `FRONT_MATTER`; empty means all.

    Raises:
        UsageError: No widget has this name; the hint has the nearest name.
    """
    if name in registry.left_out:
        _ = registry[name]  # raises an error that says how to trust it
    if name and name != FRONT_MATTER and name not in registry:
        hint = nearest(name, [FRONT_MATTER, *registry]) or (
            "to see all widgets, run: blogkit widget list"
        )
        raise UsageError(f'there is no widget "{name}"', hint=hint)
    return {
        each: of_front_matter(sites) if each == FRONT_MATTER else of_widget(registry[each])
        for each in ([name] if name else [FRONT_MATTER, *registry])
    }


_OWN_LANGUAGE = {
    "type": ["string", "null"],
    "pattern": f"^(?:{LANGUAGE.pattern})$",
    "description": "The language of this widget, if it is not the post's: hi, ur, en-IN",
}


def of_widget(kind: WidgetType) -> dict[str, Any]:
    """Return the schema of a widget's call or data file."""
    schema = kind.model.model_json_schema(schema_generator=_Written)
    for part in (schema, *schema.get("$defs", {}).values()):
        _settle(part)
    schema.setdefault("properties", {}).setdefault("language", _OWN_LANGUAGE)
    return {"$schema": _DRAFT, **schema, "title": kind.name, "description": kind.purpose}


def _settle(part: dict[str, Any]) -> None:
    """Allow null for optional fields of a mapping, but not for required ones."""
    part.pop("title", None)
    part.pop("description", None) if part.get("type") == "object" else None
    needed = part.get("required", [])
    for name, field in part.get("properties", {}).items():
        part["properties"][name] = _without_nothing(field) if name in needed else _or_nothing(field)


# YAML reads a name with nothing after its colon as null.
def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    kinds = field.get("type")
    if kinds is None:
        about: dict[str, Any] = {
            name: field[name] for name in ("description", "default") if name in field
        }
        rest = {name: value for name, value in field.items() if name not in about}
        options = rest.pop("anyOf", None) or [rest]
        return {
            "anyOf": options if {"type": "null"} in options else [*options, {"type": "null"}],
            **about,
        }
    kinds = kinds if isinstance(kinds, list) else [kinds]
    found = {**field, "type": kinds if "null" in kinds else [*kinds, "null"]}
    return (
        {**found, "enum": [*field["enum"], None]}
        if "enum" in field and None not in field["enum"]
        else found
    )


def _without_nothing(field: dict[str, Any]) -> dict[str, Any]:
    kinds = field.get("type")
    return (
        {**field, "type": [kind for kind in kinds if kind != "null"]}
        if isinstance(kinds, list)
        else field
    )


def of_front_matter(sites: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema of front matter; `sites` are the allowed names, none for any."""
    options = {"sites": tuple(sites)}
    return {
        "$schema": _DRAFT,
        "title": FRONT_MATTER,
        "description": "The lines at the top of a post",
        "type": "object",
        "additionalProperties": False,
        "required": ["title"],
        "properties": {
            name: _of_key(name, key, options.get(name, key.options)) for name, key in KEYS.items()
        },
        "patternProperties": {f"^({'|'.join(ALIASES)})$": {}},
    }


_TYPES = {
    "flag": ("boolean",),
    "number": ("integer",),
    "fields": ("object",),
    "terms": ("object",),
    "place": ("object", "string"),
}
"""The types of JSON that a key of front matter takes."""


def _of_key(name: str, key: Key, options: tuple[str, ...]) -> dict[str, Any]:
    about: dict[str, Any] = {"description": key.about}
    if name == "title":
        return {"type": _SCALAR, "minLength": 1, **about}
    text = {"type": [*_SCALAR, "null"]}
    if name == "type":
        return {**text, "pattern": f"^\\s*(?:{TYPE.pattern})\\s*$", **about}
    if key.takes in _TYPES:
        return {"type": [*_TYPES[key.takes], "null"], **about}
    if key.takes == "words":
        word: Mapping[str, Any] = {"enum": list(options)} if options else {"type": _SCALAR}
        return {"anyOf": [{"type": "array", "items": word}, text], **about}
    if key.takes == "option":
        flags = (True, False) if {"open", "closed"}.issubset(options) else ()
        return {"enum": [*options, *flags, None], **about}
    if key.takes == "moment":
        words = "|".join(
            "".join(f"[{letter.upper()}{letter}]" for letter in word)
            for word in dates.PUBLISH_WORDS
        )
        moment = re.sub(
            r"\?P<\w+>", "", dates.MOMENT.pattern
        )  # the pattern, as JavaScript reads it
        patterns = [
            {"type": "string", "pattern": f"^\\s*(?:{words}|{moment})\\s*$"},
            {"type": "null"},
        ]
        return {"anyOf": [{"enum": list(dates.PUBLISH_WORDS)}, *patterns], **about}
    if key.takes == "language":
        return {"type": ["string", "null"], "pattern": f"^(?:{LANGUAGE.pattern})$", **about}
    return {**text, **about}
