"""When a post was published, by whom, and in which categories, on one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator

from blogkit.render.widgets.fields import (
    Field,
    FieldError,
    Fields,
    Inline,
    Label,
    PartialDate,
    Url,
)


class Category(Fields):
    label: Inline = Field(min_length=1, description="The category's name")
    href: Url = Field("", description="The address of the list of its posts")


class Words(Fields):
    published: Label = Field("Published on", description="The text before the date")
    updated: Label = Field("Updated on", description="The text before the date of the last change")
    author: Label = Field("By", description="The text before the author")
    reading_time: Label = Field("min read", description="The text after the number of minutes")
    categories: Label = Field("Category:", description="The text before the categories")


def _category(value: Any) -> Any:
    """Accept a category that is written as its name alone."""
    return value if isinstance(value, dict | Category) else {"label": value}


class Widget(Fields):
    published: PartialDate = Field("", description="The date of publication: 2026-12-01")
    published_text: Inline = Field(
        "", description="The date as readers see it. Default: the date in the post's language"
    )
    updated: PartialDate = Field("", description="The date of the last change")
    updated_text: Inline = Field("", description="The date as readers see it")
    author: Inline = Field("", description="The author's name. May be a link: [name](https://…)")
    reading_time: int | None = Field(None, ge=1, description="The reading time in minutes")
    categories: list[Annotated[Category, BeforeValidator(_category)]] = Field(
        [], description="The post's categories: names, or the label and href of each"
    )
    words: Words = Field(Words(), description="The texts around these, for other languages")

    def check(self) -> Iterator[FieldError]:
        if not any(getattr(self, name) for name in type(self).model_fields if name != "words"):
            yield FieldError(
                (), "byline is empty; add published:, author: or categories:", "missing-field"
            )

    @property
    def dates(self) -> list[tuple[str, str, str]]:
        """Return the words before each date, the date as written for readers, and for machines."""
        given = (
            (self.words.published, self.published_text, self.published),
            (self.words.updated, self.updated_text, self.updated),
        )
        return [(before, text, date) for before, text, date in given if text or date]
