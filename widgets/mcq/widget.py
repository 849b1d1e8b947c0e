"""Multiple-choice questions whose answers unfold without a script."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.widgets.exam import ExamQuestion
from blogkit.render.widgets.fields import Field, FieldError, Fields, Inline, Label, Text

LABEL = "Check the answer"

_MOST_OPTIONS = 26


class Question(ExamQuestion):
    text: Inline = Field(
        min_length=1, description="The question, or the text before its statements"
    )
    statements: list[Inline] = Field([], description="Statements to judge, shown with numbers")
    ask: Inline = Field(
        "", description="The question about the statements, such as which of them are correct"
    )
    options: list[Inline] = Field(description="The options, shown with letters")
    answer: Text = Field(min_length=1, description="The right option: its letter, or its text")
    explanation: Inline = Field("", description="Why the answer is right")

    @property
    def right(self) -> int | None:
        """Return the index of the right option; None if the answer names none."""
        if self.answer in self.options:
            return self.options.index(self.answer)
        called, places = self.answer.strip("().").upper(), range(len(self.options))
        by_letter = {chr(ord("A") + place): place for place in places}
        by_letter |= {self.letter_of(place).upper(): place for place in places}
        return by_letter.get(called)

    @property
    def letter(self) -> str:
        """Return the letter of the right option; `check` has refused questions without one."""
        return self.letter_of(self.right or 0)

    @property
    def right_text(self) -> str:
        """The right option."""
        return self.options[self.right or 0]


class Widget(Fields):
    title: Inline = Field("", description="The heading above the questions")
    intro: Inline = Field("", description="A sentence or two before them")
    start: int = Field(1, ge=0, description="The number of the first question")
    open: bool = Field(
        False,
        description=(
            "Show the answers from the start. Without a style sheet, folded answers are not printed"
        ),
    )
    answer_label: Label = Field(
        LABEL,
        description=(
            "The label that opens an answer. The question's number follows yours, and is only read"
            " aloud after ours"
        ),
    )
    items: list[Question] = Field(min_length=1, description="The questions, in reading order")

    @property
    def own_label(self) -> bool:
        """Return whether the post has another label for the answers."""
        return self.answer_label != self.phrase(LABEL)

    def check(self) -> Iterator[FieldError]:
        for number, item in enumerate(self.items):
            if not 2 <= len(item.options) <= _MOST_OPTIONS:
                yield FieldError(
                    ("items", number, "options"),
                    f"a question must have 2 to {_MOST_OPTIONS} options, not {len(item.options)}",
                )
            elif len(set(item.options)) < len(item.options):
                yield FieldError(("items", number, "options"), "two of the options are the same")
            elif item.right is None:
                letters = f"{item.letter_of(0)} to {item.letter_of(len(item.options) - 1)}"
                yield FieldError(
                    ("items", number, "answer"),
                    f'"{item.answer}" is not one of the options: use its letter, {letters}, or its'
                    " text",
                )
            if bool(item.statements) != bool(item.ask):
                yield FieldError(
                    ("items", number),
                    "statements: and ask: must be used together: the statements, and the question"
                    " about them",
                )
