"""The attributes of a start tag, each with its offsets in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from blogkit.html.references import decode_attribute, escape_attribute
from blogkit.html.tokenizer import Token, lower

_SPACE = r"\t\n\f\r "
_AFTER = "\t\n\f\r />"
_VALUE = rf"\"[^\"]*\"|'[^']*'|(?![\"'])[^{_SPACE}>]*"
# In a finished tag every quote that opens a value is closed: this matches what `tag_end` walked.
# A name may begin with `=`:
# https://html.spec.whatwg.org/multipage/parsing.html#parse-error-unexpected-equals-sign-before-attribute-name
_NAME = rf"=[^{_SPACE}/>=]*|[^{_SPACE}/>=]+"
_ATTRIBUTE = re.compile(rf"({_NAME})(?:[{_SPACE}]*=[{_SPACE}]*({_VALUE}))?")


class Attribute(NamedTuple):
    """An attribute as it is written.

    Attributes:
        name: Its name in lower case.
        start: The offset of its value, without quotes.
        end: The end of its value; equal to `start` if the attribute has none.
        quote: `"`, `'` or nothing.
        value: The value with its character references replaced; "" if it has none.
        outer: The offset of its name.
        outer_end: The end of the whole attribute, with the closing quote.
    """

    name: str
    start: int
    end: int
    quote: str
    value: str
    outer: int
    outer_end: int


def attributes(html: str, token: Token, *, repeated: bool = False) -> Iterator[Attribute]:
    """Yield the attributes of a start tag in order.

    A second attribute of the same name is left out, as browsers do
    (https://html.spec.whatwg.org/multipage/parsing.html#parse-error-duplicate-attribute).

    Args:
        html: The source.
        token: The tag. End tags may have attributes, too, which browsers ignore.
        repeated: Yield second attributes of the same name, too.
    """
    seen: set[str] = set()
    for found in _every(html, token):
        if repeated or found.name not in seen:
            seen.add(found.name)
            yield found


def _every(html: str, token: Token) -> Iterator[Attribute]:
    inside = token.start + 1 + len(token.name) + (token.kind == "end")
    for match in _ATTRIBUTE.finditer(html, inside, token.end - 1):
        start, end = match.span(2) if match[2] is not None else (match.end(), match.end())
        quote = html[start] if match[2] and match[2][0] in "\"'" else ""
        start, end = start + len(quote), end - len(quote)
        value = decode_attribute(html[start:end])
        yield Attribute(lower(match[1]), start, end, quote, value, match.start(), match.end())


def is_stray(name: str) -> bool:
    """Return whether an attribute is a slip of the keyboard: the second quote in `alt="A map""`."""
    return any(character in name for character in "\"'<=")


def attribute(html: str, token: Token, name: str) -> str | None:
    """Return the value of one attribute of a start tag, or None if it has no such attribute.

    Args:
        html: The source.
        token: The start tag.
        name: The attribute's name in lower case.
    """
    return next((found.value for found in attributes(html, token) if found.name == name), None)


def declarations(style: str) -> list[tuple[str, str]]:
    """Return the declarations of a style attribute as pairs of property and value.

    Filters divide them at every `;`, and browsers those that filters keep.

    Args:
        style: The value of the attribute, with character references replaced.
    """
    pairs = [part.partition(":") for part in style.split(";") if part.strip()]
    return [(name.strip(), " ".join(value.split())) for name, _, value in pairs]


def with_attribute(tag: str, token: Token, name: str, value: str | None) -> str:
    """Return a start tag with another value for an attribute that it has.

    Args:
        tag: The source that `token` is a start tag of.
        token: The start tag.
        name: The attribute, in lower case. A tag without it is returned unchanged.
        value: The new value as plain text; None removes the attribute.
    """
    named = [found for found in _every(tag, token) if found.name == name]
    if value is not None:
        if not named:
            return tag[token.start : token.end]
        first = named[0]
        written = f'{name}="{escape_attribute(value)}"'
        return tag[token.start : first.outer] + written + tag[first.outer_end : token.end]
    kept, at = "", token.start
    for found in named:  # a second one of this name would count if only the first went
        kept, at = kept + tag[at : found.outer].rstrip(), found.outer_end
        if tag[at] not in _AFTER:
            kept += " "
    return kept + tag[at : token.end]
