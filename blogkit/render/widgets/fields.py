"""The public imports of a `widget.py`: the model's base and the field types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeGuard

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.functional_validators import AfterValidator

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, nearest
from blogkit.paths import flaw
from blogkit.render import quiz
from blogkit.render.data import markdown_table
from blogkit.render.data.data_files import DataTable, read_data_file
from blogkit.render.field_values import (
    InlineText,
    MarkdownText,
    as_text,
    link_target,
    partial_date,
    plain_error,
)
from blogkit.render.formats.dates import when
from blogkit.render.headings import Heading
from blogkit.render.phrases.lookup import ENGLISH, Phrases, Words
from blogkit.render.urls import canonical

__all__ = [
    "DataFile",
    "Field",
    "FieldError",
    "Fields",
    "Heading",
    "ImageUrl",
    "Inline",
    "Label",
    "Markdown",
    "MarkdownTable",
    "PartialDate",
    "QuizUrl",
    "Text",
    "Url",
    "nearest",
    "when",
]

_TRANSLATED = object()
"""Marks fields whose default is a text for readers."""


@dataclass
class Context:
    """What validation needs besides the values.

    Attributes:
        root: The blog's folder, for data files.
        allow_http: Accept addresses that are not encrypted.
        headings: Of the post.
        phrases: The words that widgets print, in the post's language.
        problems: Collects problems of other files.
        files: Collects the files that were read.
        words: The blog's own words, by language.
    """

    root: Path
    allow_http: bool = False
    headings: tuple[Heading, ...] = ()
    phrases: Phrases = ENGLISH
    problems: list[Problem] = field(default_factory=list)
    files: set[Path] = field(default_factory=set)
    words: Mapping[str, Words] = field(default_factory=dict)


class Role(Enum):
    """What the renderer does with a field besides passing it to the template."""

    BODY = "body"
    QUIZ = "quiz"
    TABLE = "table"


@dataclass(frozen=True)
class FieldError:
    """A problem that `Fields.check` finds.

    Attributes:
        trail: Where the value is, such as ("rows", 2).
        message: What is wrong and why.
        code: A stable name in kebab case.
    """

    trail: tuple[str | int, ...]
    message: str
    code: str = "bad-value"


class Fields(BaseModel):
    """The base of every widget's model.

    Unknown fields are errors, and every field needs a one-line description.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for name, info in cls.model_fields.items():
            if not info.description or "\n" in info.description:
                raise TypeError(
                    f'field "{name}" of {cls.__name__} needs a one-line description: {name}: … ='
                    ' Field(…, description="…")'
                )

    # Not a private attribute, which pydantic would set for each item of each list.
    _phrases: ClassVar[Phrases] = ENGLISH

    def model_post_init(self, context: Any) -> None:
        """Keep the words of the post's language."""
        if _is_translated(context):
            self.__dict__["_phrases"] = context.phrases

    @model_validator(mode="before")
    @classmethod
    def _given(cls, data: Any, info: ValidationInfo) -> Any:
        """Treat a field with nothing after its colon as absent. Unknown names are refused later.

        Absent labels get the words of the post's language.
        """
        if not isinstance(data, dict):
            return data
        if None in data.values():
            data = {
                name: value
                for name, value in data.items()
                if value is not None or name not in cls.model_fields
            }
        if not _is_translated(info.context):
            return data
        labels = {
            name: info.context.phrases(default) if isinstance(default, str) else {}
            for name, default in _labels(cls).items()
        }
        return labels | data

    def phrase(self, english: str, number: str | int | None = None) -> str:
        """Return words that the widget prints, in the post's language.

        Args:
            english: The words in English; they stay if the language's list lacks them.
            number: For "{number} minutes", the number.
        """
        return self._phrases(english, number)

    def figures(self, text: str) -> str:
        """Return a number or a date with the digits of the post's language.

        Args:
            text: The text, with the digits 0 to 9.
        """
        return self._phrases.figures(text)

    @classmethod
    def field_for(cls, role: Role) -> str:
        """Return the name of the field with this role, or ""."""
        return _field_for(cls, role)

    def check(self) -> Iterator[FieldError]:
        """Yield problems between fields that are valid by themselves. Widgets override it."""
        yield from ()

    # most widgets have no use for them
    def check_headings(self, headings: Sequence[Heading]) -> Iterator[FieldError]:  # noqa: ARG002
        """Yield problems between the fields and the post's headings. Widgets override it."""
        yield from ()


def _is_translated(context: object) -> TypeGuard[Context]:
    """Return whether the words for readers are not the English ones."""
    if not isinstance(context, Context) or context.phrases is ENGLISH:
        return False
    return context.phrases != ENGLISH


@cache
def _field_for(model: type[Fields], role: Role) -> str:
    return next((name for name, info in model.model_fields.items() if role in info.metadata), "")


@cache
def _labels(model: type[Fields]) -> dict[str, object]:
    """Return the defaults that are words for readers: texts, and models that hold such texts."""
    return {
        name: info.default
        for name, info in model.model_fields.items()
        if _TRANSLATED in info.metadata
        or (isinstance(info.default, Fields) and _labels(type(info.default)))
    }


def _picture(value: str, info: ValidationInfo) -> str:
    """Check an image's address: https, or a local file.

    A local file is looked up when the post is rendered.
    """
    # As in `is_local`: a single letter before the colon is a drive of Windows.
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//|#", value):
        return value
    http = isinstance(info.context, Context) and info.context.allow_http
    if not value.lower().startswith(("https://", "http://") if http else "https://"):
        raise plain_error(
            "must be a file in your blog's folder (images/map.jpg) or an https:// address, not"
            f' "{value}"'
        )
    return link_target(value)


def _quiz_address(value: str, info: ValidationInfo) -> str:
    if not value or quiz.is_token(value):
        return value
    wrong = quiz.objection(
        value, allow_http=isinstance(info.context, Context) and info.context.allow_http
    )
    if wrong:
        raise plain_error(wrong)
    return canonical(value)


def _data_file(value: object, info: ValidationInfo) -> object:
    if value is None or isinstance(value, DataTable):
        return value
    if not isinstance(value, str):
        raise plain_error("must be the name of a CSV, TSV or JSON file in your blog's folder")
    if not isinstance(info.context, Context):
        raise plain_error("names a file, but there is no blog's folder to read it from")
    if not flaw(value):
        info.context.files.add(info.context.root / value)
    try:
        return read_data_file(info.context.root, value)
    except ContentError as error:
        info.context.problems.extend(error.problems)
        return None
    except ValueError as error:
        raise plain_error(str(error)) from None


def _pipe_table(value: object) -> object:
    if value is None or isinstance(value, DataTable):
        return value
    if not isinstance(value, str):
        raise plain_error("must be a Markdown table: lines such as | a | b |")
    try:
        return markdown_table.read_markdown_table(value, path="", line=1)
    except ContentError as error:
        raise plain_error(
            f"is not a Markdown table: line {error.problems[0].line}: {error.problems[0].message}"
        ) from None


Text = Annotated[str, BeforeValidator(as_text)]
"""Plain text: every character stays as it is."""

Inline = Annotated[str, BeforeValidator(as_text), AfterValidator(InlineText)]
"""Text with inline Markdown: **bold**, *italic*, `code`, [links](https://…). HTML in it is
shown, not obeyed.
"""

Label = Annotated[str, BeforeValidator(as_text), AfterValidator(InlineText), _TRANSLATED]
"""The same, with a default that is translated into the post's language."""

Url = Annotated[str, BeforeValidator(as_text), AfterValidator(link_target)]
"""Where a link goes."""

ImageUrl = Annotated[str, BeforeValidator(as_text), AfterValidator(_picture)]
"""Where an image is: a file in the blog's folder, which is uploaded, or an address."""

QuizUrl = Annotated[str, BeforeValidator(as_text), AfterValidator(_quiz_address), Role.QUIZ]
"""The address of a mock test; when absent, the renderer fills in the post's own."""

PartialDate = Annotated[str, BeforeValidator(as_text), AfterValidator(partial_date)]
"""A year, a month or a day: 2026, 2026-12, 2026-12-01."""

Markdown = Annotated[str, AfterValidator(MarkdownText), Role.BODY]
"""Markdown of any kind, with further widget calls in it. The one that a widget's own model has
is its body, which templates write as `{{ body }}`; those inside its items are fields like
others, and are written as `{{ markdown(item.body) }}`.
"""

DataFile = Annotated[
    InstanceOf[DataTable] | None, BeforeValidator(_data_file), WithJsonSchema({"type": "string"})
]
"""A CSV, TSV or JSON file in the blog's folder, read into a `DataTable`."""

MarkdownTable = Annotated[
    InstanceOf[DataTable] | None,
    BeforeValidator(_pipe_table),
    WithJsonSchema({"type": "string"}),
    Role.TABLE,
]
"""A Markdown table, read into a `DataTable`. It may follow the other fields, or be the whole
content of the call.
"""
