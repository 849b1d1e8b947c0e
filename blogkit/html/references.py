"""Character references: read them as browsers do, and write text so that it needs no others.

https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state. The standard
library's `html.unescape` knows one set of rules for text and attributes, so it turns the address
`?a=1&copy=2` into `?a=1©=2`; it drops control characters, and it raises an error for a number of
more than 4,300 digits.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

REFERENCE = r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)"
"""A pattern for whatever may be a character reference."""
_REFERENCE = re.compile(REFERENCE)
# Digits of the largest code point, 1114111. Python refuses to read more than 4,300 of them:
# https://docs.python.org/3/library/stdtypes.html#integer-string-conversion-length-limitation
_LONGEST_NUMBER = 7


def decode(text: str) -> str:
    """Return text from between tags with its character references replaced."""
    return _REFERENCE.sub(_in_text, text) if "&" in text else text


def decode_attribute(value: str) -> str:
    """Return the value of an attribute with its character references replaced.

    A name without `;` is not a reference if `=`, a letter or a digit follows: it is more likely a
    parameter of an address (`?a=1&copy=2`).
    """
    return _REFERENCE.sub(_in_attribute, value) if "&" in value else value


def decode_with_offsets(
    html: str,
    start: int,
    end: int,
    *,
    attribute: bool = False,
) -> tuple[str, list[int]]:
    """Decode part of a source and keep the way back.

    Args:
        html: The source.
        start: Where the text, or the value of the attribute, begins.
        end: Where it ends.
        attribute: Whether it is the value of an attribute.

    Returns:
        The plain text, and for each of its characters the offset in the source, then `end`.
    """
    replace = _in_attribute if attribute else _in_text
    parts: list[str] = []
    offsets: list[int] = []
    at = start
    for match in _REFERENCE.finditer(html, start, end):
        plain = replace(match)
        parts += html[at : match.start()], plain
        offsets += [*range(at, match.start()), *[match.start()] * len(plain)]
        at = match.end()
    parts.append(html[at:end])
    return "".join(parts), [*offsets, *range(at, end + 1)]


def escape_text(text: str) -> str:
    """Return plain text as it is written between tags."""
    # Most texts have none of the three, and to ask is faster than to replace nothing.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def escape_attribute(value: str, quote: str = '"') -> str:
    """Return plain text as it is written in an attribute between these quotes.

    Args:
        value: The plain text. `<` and `>` are escaped too, because filters that look for tags by
            pattern find them in attributes.
        quote: `"` or `'`, the quotes around it.
    """
    escaped = escape_text(value)
    return escaped.replace("'", "&#39;") if quote == "'" else escaped.replace('"', "&quot;")


def _in_text(match: re.Match[str]) -> str:
    reference = match[0]
    return _number(reference) if reference[1] == "#" else unescape(reference)


def _in_attribute(match: re.Match[str]) -> str:
    reference = match[0]
    if reference[1] == "#":
        return _number(reference)
    if reference.endswith(";"):
        # "&notin;" is a name; "&notit;" begins with one, but a letter follows it there
        return unescape(reference) if reference[1:] in html5 else reference
    follows = match.string[match.end() : match.end() + 1]
    is_parameter = follows == "=" or (follows.isascii() and follows.isalnum())
    return reference if is_parameter or reference[1:] not in html5 else unescape(reference)


def _number(reference: str) -> str:
    digits = reference[2:].rstrip(";")
    hexadecimal = digits[0] in "xX"
    digits = (digits[1:] if hexadecimal else digits).lstrip("0")
    if len(digits) > _LONGEST_NUMBER:
        return "\ufffd"
    code = int(digits or "0", 16 if hexadecimal else 10)
    if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and not 0x80 <= code <= 0x9F:
        return chr(code)
    # Numbers from 0x80 to 0x9F mean what they mean in Windows-1252:
    # https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
    return unescape(f"&#{code};")
