"""What somebody said, who it was, and where it stands."""

from __future__ import annotations

from blogkit.render.fields import Field, Fields, Inline, Url


class Widget(Fields):
    text: Inline = Field(min_length=1, description="The words, without quotation marks of their own")
    by: Inline = Field("", description="Who said them")
    role: Inline = Field("", description="What that person is")
    source: Inline = Field("", description="The speech, paper or book they are from")
    href: Url = Field("", description="Where the source can be read")

    @property
    def where(self) -> str:
        """What the link to the source says."""
        return self.source or ("Source" if self.href else "")
