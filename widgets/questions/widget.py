"""Questions that were asked before, or may be: with their paper, year and marks, and an answer to unfold."""

from __future__ import annotations

from blogkit.render.exam import Asked
from blogkit.render.fields import Field, Fields, Inline


class Question(Asked):
    text: Inline = Field(min_length=1, description="The question")
    kind: Inline = Field("", description="What is wanted: Essay, Short note, Analyse, Discuss")
    options: list[Inline] = Field([], description="What to choose from, shown with letters")
    answer: Inline = Field("", description="The answer, or what belongs in it")

    @property
    def shown_facts(self) -> list[str]:
        """What is said below the question."""
        return [self.kind, *self.facts] if self.kind else self.facts


class Widget(Fields):
    badge: Inline = Field("", description="A word before the heading: PYQs, Practice")
    title: Inline = Field("", description="The heading above the questions")
    intro: Inline = Field("", description="A sentence or two before them")
    start: int = Field(1, ge=0, description="The number of the first question")
    open: bool = Field(False, description="Whether the answers are shown at first; without a style sheet, folded ones are not printed")
    answer_label: Inline = Field("Answer to question", description="The words to press for an answer; its number follows")
    items: list[Question] = Field(min_length=1, description="The questions, in reading order")
