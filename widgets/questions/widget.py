"""Exam or practice questions with paper, year and marks, and answers to unfold."""

from __future__ import annotations

from blogkit.render.widgets.exam import ExamQuestion
from blogkit.render.widgets.fields import Field, Fields, Inline, Label

LABEL = "Show a model answer"


class Question(ExamQuestion):
    text: Inline = Field(min_length=1, description="The question")
    kind: Inline = Field("", description="The kind of answer: Essay, Short note, Analyse, Discuss")
    options: list[Inline] = Field([], description="The options, shown with letters")
    answer: Inline = Field("", description="The answer, or what belongs in it")

    @property
    def shown_facts(self) -> list[str]:
        """Return the facts below the question."""
        return [self.kind, *self.facts] if self.kind else self.facts


class Widget(Fields):
    badge: Inline = Field("", description="A word before the heading: PYQs, Practice")
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
