"""Judge text and values: the characters and references that WordPress reads in its own way."""

from __future__ import annotations

import re
from html.entities import html5

from blogkit.html import decode, decode_attribute
from blogkit.sanitizers.facts import REFERENCES
from blogkit.sanitizers.verdict import Loss, unsure

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
_SPECIAL = re.compile(
    r"&(?:#(?P<number>\d{1,7}|[xX][0-9A-Fa-f]{1,6})(?![0-9A-Fa-f])"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*))?(?P<end>;(?P<more>#[\dxX])?)?|<|(?<!-)--+>|" + _CONTROL,
    re.ASCII,
)
_PLAIN = ((9, 10), (0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0xFDCF), (0xFDF0, 0xFFFD))


def judge_text(source: str, *, is_attribute: bool = False) -> tuple[str, list[Loss]]:
    """Judge text between tags, or the value of an attribute.

    Args:
        source: The text as it is written.
        is_attribute: Whether it is the value of an attribute.

    Returns:
        What WordPress stores, and the losses with offsets in the source.
    """
    read = decode_attribute if is_attribute else decode
    losses: list[Loss] = []
    parts: list[str] = []
    at = 0
    for found in _SPECIAL.finditer(source):
        start = found.start()
        if found[0][0] != "&":
            losses.append(_forbidden(found[0], start))
        elif _is_known(found):
            losses += _doubtful(found)
        else:
            parts += source[at:start], "&amp;"
            at = start + 1
            seen = source[start : found.end() + 1]
            losses += [] if read(seen) == seen else [_unknown(found, read(found[0]))]
    return "".join((*parts, source[at:])), losses


def _is_known(found: re.Match[str]) -> bool:
    return bool(found["end"]) and (found["name"] in REFERENCES or bool(found["number"]))


def _forbidden(text: str, start: int) -> Loss:
    if text == "<":
        what = 'a bare "<" and the text after it may be removed'
        reason = "WordPress reads it as the start of a tag"
        return Loss(what, reason, "write &lt;", malformed=True, start=start)
    if text.endswith(">"):
        reason = "WordPress reads it as the end of a comment"
        return unsure('"-->" may be changed', reason, "write --&gt;", start)
    what = f"the control character U+{ord(text):04X} would be removed"
    return Loss(what, "WordPress removes it", "remove it", malformed=True, start=start)


def _doubtful(found: re.Match[str]) -> list[Loss]:
    """Return the loss of a reference that WordPress knows and may read in another way."""
    code = _code(found["number"]) if found["number"] else 0
    if found["more"] and (code == ord("&") or found["name"] == "amp"):
        what = '"&amp;#" may be read as the start of a character reference'
        reason = "WordPress before 7.1 reads references twice"
        return [unsure(what, reason, "write &amp;&#35;", found.start())]
    is_astral = 0x10000 <= code <= 0x10FFFF and code & 0xFFFE != 0xFFFE
    if found["name"] or is_astral or any(first <= code <= last for first, last in _PLAIN):
        return []
    return [_unknown(found, decode(found[0]))]


def _unknown(found: re.Match[str], plain: str) -> Loss:
    written = found[0].removesuffix(found["more"] or "")
    fix = f"write the character {html5.get(written[1:], plain)}"
    if written[1:2] == "#":
        what = f'"{written}" may be changed or shown literally'
        reason = "WordPress does not allow every number"
        return Loss(what, reason, fix, malformed=True, start=found.start())
    what = f'"{written}" would be shown literally'
    return Loss(what, "WordPress does not know this name", fix, start=found.start())


def _code(number: str) -> int:
    return int(number[1:], 16) if number[0] in "xX" else int(number)
