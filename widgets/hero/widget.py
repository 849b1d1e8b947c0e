"""The opening of a post: a badge, the headline, a summary sentence and a picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

from blogkit.render.widgets.fields import (
    Field,
    FieldError,
    Fields,
    ImageUrl,
    Inline,
    PartialDate,
    Text,
)

Tone = Literal["latest", "breaking", "updated", "exclusive", "explainer"]


class Badge(Fields):
    text: Inline = Field("", description="The word on the badge. Default: the tone")
    tone: Tone = Field(
        "latest",
        description=(
            "The meaning and colour of the badge: latest, breaking, updated, exclusive or explainer"
        ),
    )
    until: PartialDate = Field("", description="The last day the badge is valid: 2026-12-31")

    @property
    def shown(self) -> str:
        """The word on the badge; a colon after it would only be for sites that strip tags."""
        return self.text or self.phrase(self.tone.capitalize())


class Picture(Fields):
    src: ImageUrl = Field(
        min_length=1,
        description="A file in your blog's folder (images/map.jpg) or an https:// address",
    )
    alt: Text = Field(min_length=1, description="Alternative text: what the picture shows")
    credit: Inline = Field("", description="Who made the picture or owns it")
    ai_generated: bool = Field(
        False, description="The picture is AI-generated. Readers see a note below it"
    )


def _badge(value: Any) -> Any:
    """Accept a badge that is written as its word alone; the words of the tones bring colours."""
    if not isinstance(value, str):
        return value
    word = value.strip().removesuffix(":").casefold()
    return {"text": value, "tone": word if word in get_args(Tone) else "latest"}


class Widget(Fields):
    title: Inline = Field(
        "", description="The headline. Omit it if the theme shows the post's title just above"
    )
    deck: Inline = Field("", description="What it is about, in a sentence or two")
    icons: list[Text] = Field([], description="Emojis before the first words, for decoration")
    badge: Annotated[Badge, BeforeValidator(_badge)] | None = Field(
        None, description="A badge above the headline: its text, tone and until"
    )
    image: Picture | None = Field(
        None, description="A picture: its src, alt, credit and ai_generated"
    )

    def check(self) -> Iterator[FieldError]:
        if not (self.title or self.deck):
            yield FieldError((), "hero has neither a title nor deck:", "missing-field")

    @property
    def decoration(self) -> str:
        """The icons in a row."""
        return "".join(self.icons)
