"""Fields and labels of exam questions, shared by several widgets."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.field_values import InlineText
from blogkit.render.widgets.fields import Field, Fields, Inline, Text

_LETTERS_OF_OPTIONS = "A B C D E F G H"
"""The English words for what options are called."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ExamQuestion(Fields):
    """The exam a question is from, and its marks."""

    exam: Inline = Field("", description="The examination: UPSC Mains, SSC CGL")
    year: int | None = Field(
        None,
        ge=1850,
        le=2150,
        description="The year in which it was asked. Without a year, it is a practice question",
    )
    paper: Inline = Field("", description="The paper: GS-II")
    subject: Inline = Field("", description="The subject: International Relations")
    marks: Text = Field("", description="The marks it is worth: 15, or in words")
    words: Text = Field("", description="The word limit of the answer: 250, or in words")
    source: Inline = Field(
        "", description="Where the question is from. May be a link: [name](https://…)"
    )

    def letter_of(self, place: int) -> str:
        """Return what the option at a place is called: A, B, …, Z, AA, … in most languages.

        Args:
            place: Counted from 0.
        """
        if place < len(names := self.phrase(_LETTERS_OF_OPTIONS).split()):
            return names[place]
        before, last = divmod(place, len(_LETTERS))
        return (_LETTERS[before - 1] if before else "") + _LETTERS[last]

    @property
    def facts(self) -> list[str]:
        """Return the set fields in display order."""
        return [fact for fact in self._facts() if fact]

    def _facts(self) -> Iterator[str]:
        yield InlineText(" ".join(filter(None, (self.exam, str(self.year or "")))))
        yield self.paper
        yield self.subject
        yield self._counted(self.marks, "{number} marks")
        yield self._counted(self.words, "{number} words")
        yield InlineText(f"{self.phrase('Source:')} {self.source}") if self.source else ""

    def _counted(self, number: str, words: str) -> str:
        """Return 15 as "15 marks"; other texts stay."""
        plain = number.replace(".", "", 1)
        return self.phrase(words, number) if plain.isascii() and plain.isdigit() else number
