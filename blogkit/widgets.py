"""What a `widget.py` imports: fields, their types, and the errors that a validator raises.

Part of the public API. `docs/widgets.md` shows how to write a widget.
"""

from blogkit.render.widgets.fields import (
    DataFile,
    Field,
    FieldError,
    Fields,
    Heading,
    ImageUrl,
    Inline,
    Markdown,
    MarkdownTable,
    PartialDate,
    QuizUrl,
    Text,
    Url,
    nearest,
    when,
)

__all__ = [
    "DataFile",
    "Field",
    "FieldError",
    "Fields",
    "Heading",
    "ImageUrl",
    "Inline",
    "Markdown",
    "MarkdownTable",
    "PartialDate",
    "QuizUrl",
    "Text",
    "Url",
    "nearest",
    "when",
]
