"""Decode data that may be damaged, or written to do harm, with bounded memory."""

from __future__ import annotations

import json
import zlib
from typing import Any, NoReturn

_MAX_PARTS = 2_000_000
"""Most values of one answer. Ten thousand posts have about 300,000; each value takes about 64 bytes
of memory, however short it is in the text.
"""
_MAX_BYTES = 50_000_000
"""Most bytes that compressed data becomes, as many as an answer of a site may hold."""

_TOO_DEEP = "JSON that is nested too deeply"


class HostileJson(ValueError):
    """JSON that no blog sends; the message tells what is wrong with it."""


def decode_json(text: str) -> Any:
    """Return a text of RFC 8259, decoded with bounded memory.

    Args:
        text: The body of an answer.

    Raises:
        HostileJson: It is nested too deeply, or has too many values.
        ValueError: It is not JSON, as `NaN` and `Infinity` are not
            (https://www.rfc-editor.org/rfc/rfc8259#section-6), or a number has thousands of digits.
    """
    _count(text)
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise HostileJson(_TOO_DEEP) from None


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
        raise HostileJson(_TOO_DEEP) from None
    return value, text[end:].strip()


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
