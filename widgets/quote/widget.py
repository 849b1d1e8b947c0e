"""A quote with its speaker and source."""

from __future__ import annotations

from blogkit.render.widgets.fields import Field, Fields, Inline, Url


class Widget(Fields):
    text: Inline = Field(min_length=1, description="The quoted words, without quotation marks")
    by: Inline = Field("", description="Who said them")
    role: Inline = Field("", description="The person's role")
    source: Inline = Field("", description="The speech, paper or book the words are from")
    href: Url = Field("", description="Where the source can be read")

    @property
    def where(self) -> str:
        """Return the text of the link to the source."""
        return self.source or (self.phrase("Source") if self.href else "")
