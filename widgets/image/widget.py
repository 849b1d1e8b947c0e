"""A picture with a caption, a credit, and a visible label if it is AI-generated."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.render.widgets.fields import Field, FieldError, Fields, ImageUrl, Inline, Text, Url


class Widget(Fields):
    src: ImageUrl = Field(
        min_length=1,
        description=(
            "The picture: a file in your blog's folder (images/map.jpg) or an https:// address"
        ),
    )
    alt: Text = Field(min_length=1, description="Alternative text: what the picture shows")
    caption: Inline = Field("", description="The caption below the picture")
    credit: Inline = Field("", description="Who made the picture or owns it")
    credit_href: Url = Field("", description="Where the credit links to")
    ai_generated: bool = Field(
        False, description="The picture is AI-generated. Readers see a note below it"
    )
    width: int | None = Field(
        None, ge=1, description="Its width in pixels, so that the text does not jump while it loads"
    )
    height: int | None = Field(None, ge=1, description="Its height in pixels")

    @property
    def after_caption(self) -> str:
        """Return what separates the caption from the words after it: nothing after a sentence."""
        return " " if self.caption.endswith((".", "!", "?", "…", "।", "۔")) else " · "

    def check(self) -> Iterator[FieldError]:
        if self.credit_href and not self.credit:
            yield FieldError(("credit_href",), "credit_href: requires credit:", "missing-field")
        if (self.width is None) != (self.height is None):
            given, absent = ("width", "height") if self.width else ("height", "width")
            yield FieldError(
                (given,),
                f"{given}: requires {absent}:, so that browsers can reserve space for the picture",
                "missing-field",
            )
