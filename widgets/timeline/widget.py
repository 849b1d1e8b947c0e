"""Events on a line, sorted by date or as written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from blogkit.render.formats.dates import are_dates
from blogkit.render.phrases.lookup import languages, word_list
from blogkit.render.widgets.fields import (
    Field,
    FieldError,
    Fields,
    Inline,
    PartialDate,
    Text,
    Url,
    when,
)


@cache
def _now_words() -> frozenset[str]:
    return frozenset(str(word_list(language)["Now"]).casefold() for language in languages())


# An event that is still going on comes after all others.
_OPEN_END = (9999,)


class Event(Fields):
    label: Inline = Field(
        "", description="The time as readers see it: 2022, Summer 2023, Now. Default: the date"
    )
    date: PartialDate = Field(
        "", description="The time for sorting: 2022, 2022-02 or 2022-02-03. Default: the label"
    )
    title: Inline = Field(description="What happened, in a few words")
    text: Inline = Field("", description="One or two sentences about it")
    href: Url = Field("", description="Where the title links to")
    icon: Text = Field("", description="An emoji before the title, for decoration")
    current: bool = Field(False, description="This is the present state; it gets the label Now")

    @property
    def moment(self) -> tuple[int, ...] | None:
        """Return when it happened, as numbers that sort; None if the event has no date."""
        return when(self.date or self.label) or (_OPEN_END if self.current else None)

    @property
    def words(self) -> str:
        """Return the label; "" if it is a date in numbers, which the language writes in words."""
        return "" if are_dates([self.label]) else self.label

    @property
    def machine_date(self) -> str:
        """Return the date for machines; "" if the event has none."""
        return self.date or ("" if self.words else self.label)

    @property
    def shown(self) -> str:
        """Return the text of the date; a partial date is not in words yet."""
        return self.label or self.date or self.phrase("Now")

    @property
    def says_now(self) -> bool:
        """Whether the date itself is the word Now, in whatever language."""
        shown = self.shown.casefold()
        if shown == self.phrase("Now").casefold():
            return True
        # a date is not a word, and to read the words of all languages takes time
        return not when(shown) and shown in _now_words()

    @property
    def is_now(self) -> bool:
        """Whether this is the present state."""
        return self.current or self.says_now


class Widget(Fields):
    title: Inline = Field("", description="The timeline's heading")
    order: Literal["asc", "desc", "given"] = Field(
        "given", description="Oldest first (asc), newest first (desc), or as written (given)"
    )
    events: list[Event] = Field(min_length=1, description="The events")

    def check(self) -> Iterator[FieldError]:
        for number, event in enumerate(self.events):
            if not (event.label or event.date or event.current):
                yield FieldError(
                    ("events", number),
                    f'"{event.title}" has neither label: nor date:',
                    "missing-field",
                )
            elif self.order != "given" and event.moment is None:
                message = (
                    f'"{event.label}" is not a sortable date; add date: (2022, 2022-02 or'
                    " 2022-02-03), or use order: given"
                )
                yield FieldError(("events", number), message)

    @property
    def ordered(self) -> list[Event]:
        """The events as they are shown. Events of the same date stay as written."""
        if self.order == "given":
            return self.events
        return sorted(
            self.events, key=lambda event: event.moment or (), reverse=self.order == "desc"
        )
