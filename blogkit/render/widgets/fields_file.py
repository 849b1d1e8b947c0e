"""Read a widget's fields from its fields.yaml, into the model that a widget.py would have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from keyword import iskeyword
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError, create_model

from blogkit.errors import ContentError, Problem, nearest
from blogkit.paths import shown
from blogkit.posts.yaml12 import Yaml, as_written, load_yaml
from blogkit.render.widgets import fields
from blogkit.render.widgets.fields import Field, Fields
from blogkit.render.widgets.templates import HELPERS

_MOST_BYTES = 100_000
_MOST_FIELDS = 200
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_KEYS = ("name", "type", "description", "required", "default", "choices", "of", "fields")
_TOP = ("purpose", "fields")
_SCALARS: Mapping[str, tuple[Any, Any]] = {
    "text": (fields.Text, ""),
    "inline": (fields.Inline, ""),
    "markdown": (fields.Markdown, ""),
    "url": (fields.Url, ""),
    "image": (fields.ImageUrl, ""),
    "quiz": (fields.QuizUrl, ""),
    "date": (fields.PartialDate, ""),
    "number": (int | float, None),
    "boolean": (bool, False),
    "file": (fields.DataFile, None),
    "table": (fields.MarkdownTable, None),
}
"""Each type's annotation, and the value of a field that is left out."""
FIELD_TYPES = (*_SCALARS, "choice", "list", "group")
"""The values of `type` in a fields.yaml."""
_WITHOUT_DEFAULT = ("file", "table", "list", "group", "markdown")


def read_fields_file(path: Path) -> tuple[type[Fields], str]:
    """Return the model of a widget, and what the widget is for.

    Args:
        path: Its fields.yaml.

    Raises:
        ContentError: The file is wrong; it has all problems, each with its line.
    """
    place = shown(path)
    # The file may come with a folder from somebody else, and a parser's memory is a multiple of its
    # size.
    if path.stat().st_size > _MOST_BYTES:
        raise ContentError(
            [Problem(place, 0, f"the file is larger than {_MOST_BYTES:,} bytes", "", "bad-widget")]
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 (byte {error.start})"
        raise ContentError(
            [Problem(place, 0, message, "save the file as UTF-8", "bad-widget")]
        ) from None
    reader = _Reader(place, load_yaml(text, path=place, line=1))
    model, purpose = reader.widget()
    if reader.problems:
        raise ContentError(reader.problems)
    return model, purpose


@dataclass
class _Reader:
    """Collects every problem of the file instead of stopping at the first."""

    place: str
    yaml: Yaml
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def widget(self) -> tuple[type[Fields], str]:
        top = self.mapping(self.yaml.value, (), _TOP, "write purpose: and fields:")
        purpose = top.get("purpose", "")
        if not isinstance(purpose, str) or "\n" in purpose.strip():
            self.say(("purpose",), "purpose must be one line of text", "")
            purpose = ""
        model = self.model("Widget", top.get("fields", []), ("fields",))
        bodies = [
            name for name, info in model.model_fields.items() if fields.Role.BODY in info.metadata
        ]
        if len(bodies) > 1:
            message = f"{bodies[0]} and {bodies[1]} are both markdown, but a widget has one body"
            self.say(("fields",), message, "use inline for the other one")
        return model, purpose.strip()

    def model(self, name: str, listed: Any, trail: tuple[str | int, ...]) -> type[Fields]:
        """Return a model of these fields, as far as they are right."""
        if not isinstance(listed, list) or not listed:
            hint = "write one as: - {name: title, type: inline, description: The heading}"
            self.say(trail, "fields must be a list of fields", hint)
            listed = []
        made: dict[str, Any] = {}
        for number, raw in enumerate(listed):
            self.count += 1
            if self.count > _MOST_FIELDS:
                self.say((*trail, number), f"a widget has at most {_MOST_FIELDS} fields", "")
                break
            self.field(raw, (*trail, number), made)
        model: type[Fields] = create_model(name, __base__=Fields, **made)
        return model

    def field(self, raw: Any, trail: tuple[str | int, ...], made: dict[str, Any]) -> None:
        """Add one field to those of its model."""
        before = len(self.problems)
        given = self.mapping(raw, trail, _KEYS, "write name:, type: and description:")
        name = self.name(given.get("name"), trail, made, is_top=len(trail) == 2)
        about = given.get("description")
        if not isinstance(about, str) or not about.strip() or "\n" in about.strip():
            hint = "it becomes the field's line in the documentation"
            self.say((*trail, "description"), "description must be one line of text", hint)
        required = given.get("required", False)
        if not isinstance(required, bool):
            self.say((*trail, "required"), "required must be true or false", "")
        kind, default = self.kind(given, trail)
        if len(self.problems) > before:
            return
        options: dict[str, Any] = {"description": str(about).strip()}
        if required and given["type"] == "list":
            options["min_length"] = 1
        if required and "default" in given:
            self.say((*trail, "default"), "a required field has no default", "remove one of them")
        elif required:
            made[name] = (kind, Field(**options))
        else:
            default = self.default(given, kind, default, trail)
            # Zero is a value, and a group has fields with values of their own: only None tells that
            # it was left out.
            kind = kind | None if given["type"] in ("number", "group") else kind
            made[name] = (kind, Field(default, **options))

    def name(
        self, name: Any, trail: tuple[str | int, ...], made: Iterable[str], *, is_top: bool
    ) -> str:
        at = (*trail, "name")
        if not isinstance(name, str) or not _NAME.match(name) or iskeyword(name):
            hint = "use lower-case letters, digits and _, starting with a letter"
            self.say(at, f'"{_as_text(name)}" is not a valid field name', hint)
            return ""
        if name in made:
            self.say(at, f'the field "{name}" is there twice', "remove one of them")
        elif hasattr(Fields, name) or (is_top and name in HELPERS - {"body"}):
            message = f'a field cannot be named "{name}": blogkit uses that name itself'
            self.say(at, message, "choose another name")
        return name

    def kind(self, given: Mapping[str, Any], trail: tuple[str | int, ...]) -> tuple[Any, Any]:
        """Return the annotation of a field, and its value when it is left out."""
        name = given.get("type")
        if name not in FIELD_TYPES:
            text = _as_text(name)
            hint = nearest(text, FIELD_TYPES) or f"one of: {', '.join(FIELD_TYPES)}"
            message = f'"{text}" is not a type of fields' if name is not None else "type is missing"
            self.say((*trail, "type"), message, hint)
            return Any, None
        for key, fits in (
            ("choices", name == "choice"),
            ("of", name == "list"),
            ("fields", name in ("list", "group")),
            ("default", name not in _WITHOUT_DEFAULT),
        ):
            if key in given and not fits:
                self.say((*trail, key), f"a field of type {name} has no {key}", "remove it")
        if name == "choice":
            return self.choice(given, trail)
        if name == "group":
            return self.model("Group", given.get("fields", []), (*trail, "fields")), None
        if name == "list":
            return list[self.item(given, trail)], []  # type: ignore[misc]  # a type made just now
        return _SCALARS[name]

    def choice(self, given: Mapping[str, Any], trail: tuple[str | int, ...]) -> tuple[Any, Any]:
        listed = given.get("choices")
        if not isinstance(listed, list) or not listed or any(map(_is_odd, listed)):
            self.say((*trail, "choices"), "choices must be a list of texts or whole numbers", "")
            return Any, None
        # The parser's integers remember how they were written; `Literal` takes plain ones.
        values = tuple(int(value) if isinstance(value, int) else value for value in listed)
        if given.get("required") is True or "default" in given:
            return Literal[values], None
        return Literal[("", *values)], ""

    def item(self, given: Mapping[str, Any], trail: tuple[str | int, ...]) -> Any:
        """Return the type of a list's items."""
        if "fields" in given and "of" not in given:
            return self.model("Item", given["fields"], (*trail, "fields"))
        name = given.get("of")
        known = [each for each in _SCALARS if each not in ("file", "table", "quiz")]
        if name not in known or "fields" in given:
            hint = nearest(_as_text(name), known) or f"of: {known[1]}, or fields: with a list"
            self.say((*trail, "of" if name else "type"), "a list needs of: or fields:", hint)
            return Any
        return _SCALARS[name][0]

    def default(
        self, given: Mapping[str, Any], kind: Any, usual: Any, trail: tuple[str | int, ...]
    ) -> Any:
        value = given.get("default")
        if value is None:
            return usual
        try:
            TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            message = f"the default is not a value of this type: {error.errors()[0]['msg']}"
            self.say((*trail, "default"), message, "change the default, or the type")
        return value

    def mapping(
        self, raw: Any, trail: tuple[str | int, ...], known: tuple[str, ...], hint: str
    ) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.say(trail, "this must have keys with values", hint)
            return {}
        for key in raw:
            if key not in known:
                other = nearest(key, known) or f"known: {', '.join(known)}"
                self.say((*trail, key), f'unknown key "{key}"', other)
        return raw

    def say(self, trail: tuple[str | int, ...], message: str, hint: str) -> None:
        line = self.yaml.line(*trail)
        self.problems.append(Problem(self.place, line, message, hint, "bad-widget"))


def _as_text(value: Any) -> str:
    """Return a value for a message."""
    return "" if value is None else value if isinstance(value, str) else as_written(value)


def _is_odd(value: Any) -> bool:
    # True equals 1 in Python, and would be the same choice.
    return isinstance(value, bool) or not isinstance(value, str | int) or value == ""
