"""What WordPress does to an address: it removes a scheme that is not allowed."""

from __future__ import annotations

import re

from blogkit.sanitizers.wordpress.kses_tables import PROTOCOLS

_CONTROL = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F]")
_SLASH_ZERO = re.compile(r"\\+0+")
_OPEN_COLON = re.compile(r"(&#0*58(?![;0-9])|&#x0*3a(?![;a-f0-9]))", re.IGNORECASE)
_COLON = re.compile(r":|&#0*58;|&#x0*3a;|&colon;", re.IGNORECASE)
_BLANK = " \t\n\r\0\x0b"


def strip_control(text: str) -> str:
    """Return text without control characters (tab, line feed and carriage return stay)."""
    return _CONTROL.sub("", text)


def strip_null(text: str) -> str:
    """`strip_control`, and without `\\0`."""
    return _SLASH_ZERO.sub("", strip_control(text))


def strip_bad_protocol(address: str) -> str:
    """Return the address as WordPress stores it: `javascript:alert(1)` becomes `alert(1)`."""
    address = strip_null(address)
    if address.startswith(("https://", "http://")):
        return address
    for _ in range(6):
        before, address = address, _strip_once(address, 1)
        if before == address:
            return address
    return ""


def _strip_once(address: str, count: int) -> str:
    address = _OPEN_COLON.sub(r"\1;", address)
    parts = _COLON.split(address, maxsplit=1)
    if len(parts) < 2 or "/?" in parts[0]:
        return address
    scheme = _scheme(parts[0])
    rest = parts[1].strip(_BLANK)
    if scheme == "feed:":
        if count > 2:
            return ""
        rest = _strip_once(rest, count + 1)
        if rest in {"", "0"}:
            return rest
    return scheme + rest


def _scheme(text: str) -> str:
    text = re.sub(r"&#([0-9]+);", lambda match: chr(int(match[1]) % 256), text)
    text = re.sub(r"&#[Xx]([0-9A-Fa-f]+);", lambda match: chr(int(match[1], 16) % 256), text)
    text = strip_null(re.sub(r"\s", "", text, flags=re.ASCII)).lower()
    return f"{text}:" if text in PROTOCOLS else ""
