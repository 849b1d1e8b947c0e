"""What WordPress does to character references before it filters tags."""

from __future__ import annotations

import re

from blogkit.sanitizers.wordpress.kses_tables import ENTITIES, Version

_NAMED = re.compile(r"&amp;([A-Za-z]{2,8}[0-9]{0,2});")
_QUOTES = str.maketrans({"<": "&lt;", ">": "&gt;", "'": "&#039;", '"': "&quot;"})

# Windows-1252 references, which browsers would show as those characters anyway.
_WINDOWS = {
    f"&#{code};": f"&#{ord(character)};"
    if (character := bytes([code]).decode("cp1252", "ignore"))
    else ""
    for code in range(128, 160)
}
_WINDOWS_REFERENCE = re.compile(r"&#1[2-5][0-9];")


def normalize_entities(text: str, version: Version) -> str:
    """Return text with `&amp;` for every `&` that is not a reference WordPress knows: 253 names, or
    a valid number.

    Before 7.1 names are read first, so that `&amp;#39;`, which shows `&#39;`, becomes `&#039;`,
    which shows `'`.
    """
    if "&" not in text:
        return text
    text = text.replace("&", "&amp;")
    if version >= (7, 1):
        return _named(_numbered(text, version))
    return _numbered(_named(text), version)


def esc_attr(text: str, version: Version) -> str:
    """Return text for an attribute or a page: references stay (except `&apos;`), other markup is
    escaped.
    """
    return normalize_entities(text, version).translate(_QUOTES).replace("&apos;", "&amp;apos;")


def convert_windows_references(text: str) -> str:
    """Return `&#150;` and similar references as those of the intended characters."""
    return _WINDOWS_REFERENCE.sub(lambda match: _WINDOWS.get(match[0], match[0]), text)


def _named(text: str) -> str:
    return _NAMED.sub(lambda match: f"&{match[1]};" if match[1] in ENTITIES else match[0], text)


def _numbered(text: str, version: Version) -> str:
    newer = version >= (6, 8)
    decimal = r"&amp;#(0*[1-9][0-9]{0,6});" if newer else r"&amp;#(0*[0-9]{1,7});"
    hexadecimal = (
        r"&amp;#[Xx](0*[1-9A-Fa-f][0-9A-Fa-f]{0,5});"
        if newer
        else r"&amp;#[Xx](0*[0-9A-Fa-f]{1,6});"
    )
    text = re.sub(decimal, _decimal, text)
    return re.sub(hexadecimal, _hexadecimal, text)


def _decimal(match: re.Match[str]) -> str:
    digits = match[1]
    if digits == "0":
        return ""
    return f"&#{digits.lstrip('0'):0>3};" if _valid(int(digits)) else f"&amp;#{digits};"


def _hexadecimal(match: re.Match[str]) -> str:
    digits = match[1]
    if digits == "0":
        return ""
    return f"&#x{digits.lstrip('0')};" if _valid(int(digits, 16)) else f"&amp;#x{digits};"


def _valid(code: int) -> bool:
    return (
        code in {9, 10, 13}
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
