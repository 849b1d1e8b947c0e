"""How WordPress reads, checks and rewrites the attributes of one tag.

Before 7.1 a reader of its own, which keeps the quotes and references that it finds; from 7.1 an
HTML5 one, which decodes and re-encodes every value.
https://developer.wordpress.org/reference/functions/wp_kses_hair/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from blogkit.sanitizers.wordpress.css import filter_style
from blogkit.sanitizers.wordpress.entities import esc_attr
from blogkit.sanitizers.wordpress.kses_tables import ADDRESSES, Version, allowed
from blogkit.sanitizers.wordpress.protocols import strip_bad_protocol

HTML5_ATTRIBUTES: Version = (7, 1)

_NAME = re.compile(r"[_a-zA-Z][-_a-zA-Z0-9:.]*")
_EQUALS = re.compile(r"\s*=\s*", re.ASCII)
_SPACE_OR_END = re.compile(r"\s+|\Z", re.ASCII)
_VALUES = (
    (re.compile(r'"([^"]*)"(?:\s+|/?$)', re.ASCII), '"'),
    (re.compile(r"'([^']*)'(?:\s+|/?$)", re.ASCII), "'"),
    (re.compile(r"([^\s\"']+)(?:\s+|/?$)", re.ASCII), ""),
)
_UNREADABLE = re.compile(r"""(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|\S)*\s*""", re.ASCII)
_HTML5_NAME = re.compile(r"[ \t\f\r\n/]*(=?[^=/> \t\f\r\n]*)")
_HTML5_VALUE = re.compile(
    r"""[ \t\f\r\n]*=[ \t\f\r\n]*("[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^> \t\f\r\n]*)"""
)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_DATA = re.compile(r"data-[a-z0-9_-]+\Z")
_DATA_BEFORE_6_6 = re.compile(r"data(?:-[a-z0-9_]+)+\Z")
_SYNTAX = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;"})


@dataclass(frozen=True)
class KsesAttribute:
    """name as it will be written; value: verbatim, with its protocol checked; whole: what is
    written.
    """

    name: str
    value: str
    whole: str
    bare: bool = False


def read_attributes(source: str, version: Version) -> list[KsesAttribute]:
    """Return the attributes in the text between a tag's name and its `>`, the first of each
    name.
    """
    found: dict[str, KsesAttribute] = {}
    for attribute in _html5(source) if version >= HTML5_ATTRIBUTES else _hair(source):
        found.setdefault(attribute.name, attribute)
    return list(found.values())


def _hair(source: str) -> Iterator[KsesAttribute]:
    position = 0
    while position < len(source):
        name = _NAME.match(source, position)
        if not name:
            position = _skip(source, position)
            continue
        position = name.end()
        if equals := _EQUALS.match(source, position):
            position = equals.end()
            for pattern, quote in _VALUES:
                if value := pattern.match(source, position):
                    yield _written(name[0], value[1], quote or '"')
                    position = value.end()
                    break
            else:
                position = _skip(source, position)
        elif space := _SPACE_OR_END.match(source, position):
            yield KsesAttribute(name[0], "", name[0], bare=True)
            position = space.end()
        else:
            position = _skip(source, position)


def _skip(source: str, position: int) -> int:
    junk = _UNREADABLE.match(source, position)
    return max(junk.end() if junk else 0, position + 1)


def _written(name: str, value: str, quote: str) -> KsesAttribute:
    if name.lower() in ADDRESSES:
        value = strip_bad_protocol(value)
    return KsesAttribute(name, value, f"{name}={quote}{value}{quote}")


def _html5(source: str) -> list[KsesAttribute]:
    """https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state; an
    unclosed quote loses every attribute.
    """
    found: list[KsesAttribute] = []
    text, position = source + ">", 0
    while position < len(text):
        name = _HTML5_NAME.match(text, position)
        if not name or not name[1]:
            break
        position = name.end()
        value = _HTML5_VALUE.match(text, position)
        if not value:
            found.append(KsesAttribute(_lower(name[1]), "", _lower(name[1]), bare=True))
            continue
        position = value.end()
        if position >= len(text):
            return []
        inner = value[1][1:-1] if value[1][:1] in {'"', "'"} else value[1]
        found.append(_recoded(_lower(name[1]), inner))
    return found


def _lower(name: str) -> str:
    return re.sub("[A-Z]", lambda match: match[0].lower(), name)


def decode_normalised(value: str) -> str:
    """Return a value with decoded character references; by now, every `&` begins one."""
    return _REFERENCE.sub(lambda match: unescape(match[0]), value)


def _recoded(name: str, value: str) -> KsesAttribute:
    plain = decode_normalised(value)
    if name in ADDRESSES:
        plain = strip_bad_protocol(plain)
    recoded = plain.translate(_SYNTAX)
    return KsesAttribute(name, recoded, f'{name}="{recoded}"')


def filter_attribute(
    element: str, attribute: KsesAttribute, version: Version
) -> KsesAttribute | None:
    """Return the attribute as it is stored on this element, or None."""
    name = attribute.name.lower()
    names = allowed(version).get(element.lower(), frozenset())
    if name not in names or name == "data-*":
        data = _DATA if version >= (6, 6) else _DATA_BEFORE_6_6
        if "data-*" not in names or not data.match(name):
            return None
    if name == "style":
        return _styled(attribute, version)
    if element.lower() == "a" and name == "download" and not attribute.bare:
        return None
    return attribute


def _styled(attribute: KsesAttribute, version: Version) -> KsesAttribute | None:
    html5 = version >= HTML5_ATTRIBUTES
    before = decode_normalised(attribute.value) if html5 else attribute.value
    style = filter_style(before, version)
    if style in {"", "0"}:
        return None
    if html5 and style == before:
        return attribute
    written = esc_attr(style, version) if html5 else style
    return KsesAttribute(
        attribute.name, written, attribute.whole.replace(attribute.value, written), attribute.bare
    )
