"""Decode JSON that may have been written to do harm."""

from __future__ import annotations

import json
from typing import Any, NoReturn

_MAX_PARTS = 2_000_000
"""Most values of one answer. Ten thousand posts have about 300,000; each value takes about 64 bytes
of memory, however short it is in the text.
"""


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
    if sum(map(text.count, ",[{")) > _MAX_PARTS:
        raise HostileJson(f"more than {_MAX_PARTS:,} values")
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise HostileJson("JSON that is nested too deeply") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
