"""The values of a widget's fields: texts, and the checks that need nothing but the value."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup
from pydantic_core import PydanticCustomError

from blogkit.posts.markdown import inline
from blogkit.posts.yaml12 import as_written
from blogkit.render.data.data_files import CONTROL_CHARACTERS
from blogkit.render.formats.dates import when
from blogkit.render.urls import canonical


class InlineText(str):
    """Text whose HTML is its inline Markdown; templates write it as `{{ title }}`."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return Markup(inline(str(self)))  # inline Markdown escapes all HTML  # noqa: S704


# A subclass of `str`, so that the line travels with the text through pydantic and Jinja2.
class MarkdownText(str):
    """Markdown of any kind.

    Attributes:
        line: The post's line where it begins, set by binding.
    """

    line = 0


def plain_error(message: str) -> PydanticCustomError:
    """Return what a validator raises.

    Args:
        message: What is wrong with the value, behind the field's name.
    """
    return PydanticCustomError("plain", "{words}", {"words": message})


def as_text(value: object) -> object:
    """Return numbers, true and false as they were written: `value: 2.50` means the text.

    Args:
        value: What the YAML holds.

    Raises:
        PydanticCustomError: It has a control character.
    """
    if not isinstance(value, str):
        if value is not None and not isinstance(value, bool | int | float):
            return value
        # YAML reads 2.50 as the number 2.5, but readers should see 2.50.
        value = as_written(value)
    value = value.strip(" \t\r\n")
    # Control characters are unprintable, and Python knows faster than a pattern whether all is.
    if not value.isprintable() and CONTROL_CHARACTERS.search(value):
        raise plain_error("contains a control character, which sites remove")
    return value


def link_target(value: str) -> str:
    """Return a link's target: https, http, mailto, tel, or an address on the same site.

    Args:
        value: The address; "" stays.

    Raises:
        PydanticCustomError: It is none of these.
    """
    if not value:
        return value
    if any(c.isspace() for c in value):
        raise plain_error(f'is not an address because it contains a space: "{value}"')
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", value)
    if scheme and scheme[1].lower() not in {"https", "http", "mailto", "tel"}:
        raise plain_error(f'must not be a "{scheme[1]}:" address; use https://…')
    if scheme and scheme[1].lower() in {"https", "http"}:
        try:
            host = urlsplit(value).hostname
        except ValueError:
            host = None
        if not host:
            raise plain_error(f'is not an address because it has no host: "{value}"')
    return canonical(value)


def partial_date(value: str) -> str:
    """Return a year, a month or a day.

    Args:
        value: Such as 2026-12; "" stays.

    Raises:
        PydanticCustomError: It is not a date.
    """
    if value and when(value) is None:
        raise plain_error(f'must be a date such as 2026, 2026-12 or 2026-12-01, not "{value}"')
    return value
