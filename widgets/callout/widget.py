"""A box in the text for a note, tip, warning, update, background or exam hint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from blogkit.render.widgets.fields import Field, FieldError, Fields, Inline, Markdown, Text

Kind = Literal["exam", "note", "tip", "info", "warning", "update"]
_WORDS: dict[Kind, tuple[str, str]] = {
    "exam": ("📚", "For the exam"),
    "note": ("📝", "Note"),
    "tip": ("💡", "Tip"),
    "info": ("ℹ️", "Background"),
    "warning": ("⚠️", "Warning"),
    "update": ("🔄", "Update"),
}


class Widget(Fields):
    title: Inline = Field(
        "", description="The box's heading. The word for its kind comes before it, except for exam"
    )
    kind: Kind = Field(
        "note", description="The kind of box: exam, note, tip, info, warning or update"
    )
    label: Inline = Field(
        "", description="Another word for the kind, such as one in the post's language"
    )
    icon: Text | None = Field(
        None,
        description=(
            'An emoji before the heading, for decoration. Default: the kind\'s own; "" for none'
        ),
    )
    tags: list[Inline] = Field([], description="The exams or papers it concerns: UPSC, SSC, GS-II")
    body: Markdown = Field("", description="The text, as Markdown. It may contain other widgets")

    def check(self) -> Iterator[FieldError]:
        if not self.body.strip():
            yield FieldError(
                (), "callout has no text; write it after the second ---", "missing-field"
            )

    @property
    def shown_icon(self) -> str:
        """Return the emoji before the heading."""
        return _WORDS[self.kind][0] if self.icon is None else self.icon

    @property
    def word(self) -> str:
        """Return the word for the kind, "" if the title contains it."""
        word = self.label or self.phrase(_WORDS[self.kind][1])
        named = self.title.casefold().startswith(word.casefold()) or (
            self.kind == "exam" and not self.label
        )
        return "" if self.title and named else word
