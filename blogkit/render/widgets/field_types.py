"""The type of a widget's field, for help, schemas and data in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator
from pydantic.functional_validators import AfterValidator

from blogkit.dataclass import dataclass
from blogkit.render.widgets import fields
from blogkit.render.widgets.fields import Fields

FieldTypeName = Literal[
    "inline", "text", "address", "image", "quiz", "date", "markdown", "file", "table",
    "choice", "bool", "int", "float", "list", "fields", "other",
]  # fmt: skip

_TYPES: dict[FieldTypeName, Any] = {
    "inline": fields.Inline,
    "address": fields.Url,
    "image": fields.ImageUrl,
    "quiz": fields.QuizUrl,
    "date": fields.PartialDate,
    "markdown": fields.Markdown,
    "file": fields.DataFile,
    "table": fields.MarkdownTable,
    "text": fields.Text,
}
_WORDS: dict[FieldTypeName, str] = {
    "inline": "text with **bold**, *italic*, links",
    "address": "address",
    "image": "file name or address of an image",
    "quiz": "address",
    "date": "date: 2026, 2026-12 or 2026-12-01",
    "markdown": "Markdown of any kind",
    "file": "file name",
    "table": "Markdown table",
    "text": "plain text",
    "bool": "true or false",
    "int": "number",
    "float": "number",
    "fields": "fields below",
    "other": "value",
}


@dataclass(frozen=True)
class FieldType:
    """The type of a widget's field.

    Attributes:
        what: Its name.
        options: The values of a choice.
        item: The type of a list's items.
        model: The fields of a mapping.
        loose: Whether a simpler form is accepted as well, such as a text.
    """

    what: FieldTypeName
    options: tuple[str, ...] = ()
    item: FieldType | None = None
    model: type[Fields] | None = None
    loose: bool = False

    @property
    def words(self) -> str:
        """Return the type in words for people who write posts."""
        if self.what == "choice":
            return ", ".join(option or '""' for option in self.options if option) or "text"
        if self.what == "list" and self.item:
            if self.item.model:
                return f"list of {'texts or of ' if self.item.loose else ''}the fields below"
            return "list of lists" if self.item.what == "list" else "list"
        return _WORDS[self.what]

    @property
    def inner(self) -> type[Fields] | None:
        """Return the model of the value, or of a list's items."""
        return self.model or (self.item.inner if self.item else None)


def fields_of(model: type[Fields]) -> Iterator[tuple[str, FieldType]]:
    """Yield every field of a model with its type."""
    for name, info in model.model_fields.items():
        yield name, field_type(info.annotation, info.metadata)


def field_type(annotation: Any, metadata: Iterable[Any] = ()) -> FieldType:
    """Return the type of a field.

    Args:
        annotation: What the model's class has after the field's name.
        metadata: What pydantic took out of `Annotated` already.
    """
    while get_origin(annotation) in (Union, UnionType) or hasattr(annotation, "__metadata__"):
        if hasattr(annotation, "__metadata__"):
            metadata = (*annotation.__metadata__, *metadata)
            annotation = annotation.__origin__
        else:
            annotation = next(
                (arg for arg in get_args(annotation) if arg is not type(None)), annotation
            )
    # Pydantic unpacks `Annotated`, so a type such as `Inline` is known by its validators only.
    calls = _validators(metadata)
    if known := next(
        (
            what
            for what, kind in _TYPES.items()
            if calls and calls == _validators(kind.__metadata__)
        ),
        None,
    ):
        return FieldType(known)
    if get_origin(annotation) is list:
        return FieldType(
            "list", item=field_type(next(iter(get_args(annotation)), Any)), loose=bool(calls)
        )
    if get_origin(annotation) is Literal:
        return FieldType(
            "choice",
            options=tuple(str(option) for option in get_args(annotation)),
            loose=bool(calls),
        )
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return FieldType("fields", model=annotation, loose=bool(calls))
    plain: dict[Any, FieldTypeName] = {bool: "bool", int: "int", float: "float", str: "text"}
    return FieldType(plain.get(annotation, "other"), loose=bool(calls))


def _validators(metadata: Iterable[Any]) -> tuple[Callable[..., Any], ...]:
    return tuple(
        item.func for item in metadata if isinstance(item, BeforeValidator | AfterValidator)
    )
