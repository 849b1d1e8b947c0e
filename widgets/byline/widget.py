"""When a post was published, by whom, and what it is about, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator

from blogkit.render.fields import Field, Fields, Flaw, Inline, PartialDate, Url


class Category(Fields):
    label: Inline = Field(min_length=1, description="The category's name")
    href: Url = Field("", description="Where its posts are listed")


class Words(Fields):
    published: Inline = Field("Published on", description="Before the date")
    updated: Inline = Field("Updated on", description="Before the date of the last change")
    author: Inline = Field("By", description="Before the author")
    reading_time: Inline = Field("min read", description="After the number of minutes")
    categories: Inline = Field("Category:", description="Before the categories")


def _category(value: Any) -> Any:
    """A category may be written as its name alone."""
    return value if isinstance(value, dict | Category) else {"label": value}


class Widget(Fields):
    published: PartialDate = Field("", description="The day of publication: 2026-12-01")
    published_text: Inline = Field("", description="That day as readers see it; when absent, in the words of the post's language")
    updated: PartialDate = Field("", description="The day of the last change")
    updated_text: Inline = Field("", description="That day as readers see it")
    author: Inline = Field("", description="Who wrote it; a link if wanted: [name](https://…)")
    reading_time: int | None = Field(None, ge=1, description="How many minutes it takes to read")
    categories: list[Annotated[Category, BeforeValidator(_category)]] = Field(
        [], description="What it is about: names, or label and href of each"
    )
    words: Words = Field(Words(), description="The words around these, for other languages")

    def check(self) -> Iterator[Flaw]:
        if not any(getattr(self, name) for name in type(self).model_fields if name != "words"):
            yield Flaw((), "byline says nothing; write published:, author: or categories:", "missing-field")

    @property
    def dates(self) -> list[tuple[str, str, str]]:
        """The words before each date, the date as written for readers, and for machines."""
        given = (
            (self.words.published, self.published_text, self.published),
            (self.words.updated, self.updated_text, self.updated),
        )
        return [(before, text, date) for before, text, date in given if text or date]
