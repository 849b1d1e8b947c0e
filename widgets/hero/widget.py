"""The opening of a post: a badge, the headline, what it is about in a sentence, and a picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

from blogkit.render.fields import Field, Fields, Flaw, ImageUrl, Inline, PartialDate, Text

Tone = Literal["latest", "breaking", "updated", "exclusive", "explainer"]


class Badge(Fields):
    text: Inline = Field("", description="The word on the badge; when absent, the tone")
    tone: Tone = Field("latest", description="What the badge says, as a colour: latest, breaking, updated, exclusive or explainer")
    until: PartialDate = Field("", description="The last day on which the badge is true: 2026-12-31")

    @property
    def shown(self) -> str:
        """The word on the badge."""
        return self.text or self.tone.capitalize()

    @property
    def separator(self) -> str:
        """What keeps the word apart from the headline where tags are stripped."""
        return "" if self.text.endswith(":") else ":"


class Picture(Fields):
    src: ImageUrl = Field(min_length=1, description="A file of the workspace (images/map.jpg), or an https:// address")
    alt: Text = Field(min_length=1, description="What the picture shows, for those who do not see it")
    credit: Inline = Field("", description="Whose picture it is")
    ai_generated: bool = Field(False, description="Whether a machine made the picture: said below it")


def _badge(value: Any) -> Any:
    """A badge may be written as its word alone; the words of the tones bring their colour."""
    if not isinstance(value, str):
        return value
    word = value.strip().removesuffix(":").casefold()
    return {"text": value, "tone": word if word in get_args(Tone) else "latest"}


class Widget(Fields):
    title: Inline = Field("", description="The headline; leave it out where the theme shows the post's title just above")
    deck: Inline = Field("", description="What it is about, in a sentence or two")
    icons: list[Text] = Field([], description="Emojis before the first words, for decoration")
    badge: Annotated[Badge, BeforeValidator(_badge)] | None = Field(None, description="A word above the headline: its text, tone and until")
    image: Picture | None = Field(None, description="A picture: its src, alt, credit and ai_generated")

    def check(self) -> Iterator[Flaw]:
        if not (self.title or self.deck):
            yield Flaw((), "hero has neither a title nor deck:", "missing-field")

    @property
    def decoration(self) -> str:
        """The icons in a row."""
        return "".join(self.icons)
