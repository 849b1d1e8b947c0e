"""A link to the mock test that looks like a button."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, QuizUrl


class Widget(Fields):
    title: Inline = Field("", description="The heading above the button")
    text: Inline = Field("", description="A sentence or two of invitation")
    label: Inline = Field(
        min_length=1, description="The button's label: what happens when you press it"
    )
    url: QuizUrl = Field("", description="The mock test's address. Default: the post's quiz")
    note: Inline = Field("", description="A note below the button")
    questions: int | None = Field(None, ge=1, description="How many questions the test has")
    minutes: int | None = Field(None, ge=1, description="How many minutes it takes")
    new_tab: bool = Field(False, description="Open in a new tab, and show readers a note")

    @property
    def facts(self) -> list[str]:
        """The length of the test in words, as far as it is given."""
        counts = ((self.questions, "{number} questions"), (self.minutes, "{number} minutes"))
        return [self.phrase(words, count) for count, words in counts if count]
