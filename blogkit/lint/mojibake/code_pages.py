"""The bytes that characters of a wrongly read text may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

ENCODINGS = ("cp1252", "cp1254", "cp1250", "cp1251", "iso8859_7")


@cache
def possible_bytes(encoding: str) -> dict[str, tuple[int, ...]]:
    """Return the bytes that each character may come from, including raw C1 controls."""
    table: dict[str, list[int]] = {}
    for byte in range(0x80, 0x100):
        # a program that passes on what it cannot show leaves the control character itself
        names = {chr(byte)} if byte < 0xA0 else set()
        # What a code page leaves undefined, programs show as Windows-1252 has it. ISO 8859-7 has
        # only control characters at 80-9F, so it is the same there.
        for name in (
            (encoding, "cp1252")
            if encoding != "iso8859_7"
            else ("cp1252" if byte < 0xA0 else encoding,)
        ):
            try:
                names.add(bytes([byte]).decode(name))
                break
            except UnicodeDecodeError:
                continue
        for char in names:
            table.setdefault(char, []).append(byte)
    return {char: tuple(values) for char, values in table.items()}


@cache
def lost_bytes(encoding: str) -> list[int]:
    """Return the bytes that an encoding leaves undefined; they are often deleted in transit."""
    return [
        byte
        for byte in range(0x80, 0xA0)
        if not bytes([byte]).decode("cp1252" if encoding == "iso8859_7" else encoding, "ignore")
    ]


@cache
def suspicious_runs(encoding: str) -> re.Pattern[str]:
    """Return runs of characters with a lead byte and its continuation."""
    return re.compile(f"(?:{_leads([encoding])}{_tails([encoding])}{{1,3}})+")


@cache
def first_pattern() -> re.Pattern[str]:
    """Return the pattern that every suspicious run begins with; most texts do not match it."""
    return re.compile(_leads(ENCODINGS) + _tails(ENCODINGS))


def _leads(encodings: Sequence[str]) -> str:
    """Return the pattern of a character that may stand for the first byte of several."""
    return _class_of(encodings, range(0xC2, 0xF5))


def _tails(encodings: Sequence[str]) -> str:
    return _class_of(encodings, range(0x80, 0xC0))


def _class_of(encodings: Sequence[str], wanted: range) -> str:
    chars = {
        char
        for encoding in encodings
        for char, values in possible_bytes(encoding).items()
        if any(value in wanted for value in values)
    }
    return f"[{''.join(map(re.escape, sorted(chars)))}]"
