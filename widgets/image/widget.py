"""A picture with its caption, its credit, and a visible label when a machine made it."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.fields import Field, Fields, Flaw, ImageUrl, Inline, Text, Url


class Widget(Fields):
    src: ImageUrl = Field(min_length=1, description="The picture: a file of the workspace (images/map.jpg) or an https:// address")
    alt: Text = Field(min_length=1, description="What the picture shows, for those who cannot see it")
    caption: Inline = Field("", description="The words below the picture")
    credit: Inline = Field("", description="Who made it, or whose it is")
    credit_href: Url = Field("", description="Where the credit links to")
    ai_generated: bool = Field(False, description="Whether a machine made it: readers are told so")
    width: int | None = Field(None, ge=1, description="Its width in pixels, so that the text does not jump while it loads")
    height: int | None = Field(None, ge=1, description="Its height in pixels")

    def check(self) -> Iterator[Flaw]:
        if self.credit_href and not self.credit:
            yield Flaw(("credit_href",), "credit_href: has no credit: to link", "missing-field")
        if (self.width is None) != (self.height is None):
            given, absent = ("width", "height") if self.width else ("height", "width")
            yield Flaw((given,), f"{given}: needs {absent}: too, or browsers cannot keep the room free", "missing-field")
