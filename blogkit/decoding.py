"""Decode data that may be damaged, or written to do harm, with bounded memory."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any, NoReturn

from blogkit.patterns import lazy_pattern

_MAX_PARTS = 2_000_000
"""Most values of one answer. Ten thousand posts have about 300,000; each value takes about 64 bytes
of memory, however short it is in the text.
"""
_MAX_BYTES = 50_000_000
"""Most bytes that compressed data becomes, as many as an answer of a site may hold."""

_MAX_DEPTH = 200
"""Levels that are kept. No field of a post has ten; Python gives up at about a thousand."""

_TOO_DEEP = "JSON that is nested too deeply"
_TOKEN = lazy_pattern(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class HostileJson(ValueError):
    """JSON that no blog sends; the message tells what is wrong with it."""


def decode_json(text: str) -> Any:
    """Return a text of RFC 8259, decoded with bounded memory.

    Lists and objects below the two hundredth level become null, so that of a listing only the post
    is damaged that has them.

    Args:
        text: The body of an answer.

    Raises:
        HostileJson: It has too many values, or is nested too deeply and broken as well.
        ValueError: It is not JSON, as `NaN` and `Infinity` are not
            (https://www.rfc-editor.org/rfc/rfc8259#section-6), or a number has thousands of digits.
    """
    _count(text)
    try:
        return _DECODER.decode(text)
    except RecursionError:
        return _DECODER.decode(_flattened(text))


def decode_leading(text: str) -> tuple[Any, str]:
    """Return the JSON value that a text begins with, and what follows it.

    Cache plugins add a comment to every answer, and PHP its warnings
    (https://github.com/litespeedtech/lscache_wp/issues/212,
    https://github.com/Automattic/wp-super-cache/issues/261).

    Args:
        text: The body of an answer, from where the value begins.

    Raises:
        HostileJson: As in `decode_json`.
        ValueError: It begins with something else, or the value is cut off.
    """
    _count(text)
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError:
        text = _flattened(text)
        value, end = _DECODER.raw_decode(text)
    return value, text[end:].strip()


def _flattened(text: str) -> str:
    """Return JSON without what is below the deepest level that is kept."""
    pieces: list[str] = []
    depth = position = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth == _MAX_DEPTH + 1:
                pieces.append(text[position : token.start()])
        elif token[0] in "]}":
            depth -= 1
            if depth == _MAX_DEPTH:
                pieces.append("null")
                position = token.end()
            if depth == 0:
                break  # what follows a value is not part of it
    if depth:
        raise HostileJson(_TOO_DEEP)
    return "".join((*pieces, text[position:]))


def _count(text: str) -> None:
    if sum(map(text.count, ",[{")) > _MAX_PARTS:
        raise HostileJson(f"more than {_MAX_PARTS:,} values")


def decompress(data: bytes) -> bytes:
    """Return what was compressed with zlib.

    Args:
        data: All of the compressed data.

    Raises:
        ValueError: It is damaged or cut off, or it would fill the memory.
    """
    stream = zlib.decompressobj()  # unlike `zlib.decompress`, it can stop early
    try:
        whole = stream.decompress(data, _MAX_BYTES)
    except zlib.error as error:
        raise ValueError(f"it is damaged ({error})") from None
    if not stream.eof:  # only the end has the checksum
        raise ValueError("it is cut off, or longer than it may be")
    return whole


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
