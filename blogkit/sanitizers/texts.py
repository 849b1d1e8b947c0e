"""Judge text and values: the characters and references that WordPress reads in its own way."""

from __future__ import annotations

import re
from html.entities import html5
from unicodedata import category

from blogkit.html import decode, decode_attribute
from blogkit.patterns import lazy_pattern
from blogkit.sanitizers.facts import REFERENCES
from blogkit.sanitizers.verdict import Loss, unsure

_UNUSUAL = re.compile(r"[&<>\x00-\x08\x0b\x0c\x0e-\x1f]")  # a single set is found ten times as fast
_SPECIAL = lazy_pattern(
    r"(?P<twice>&(?:amp|#0*38|#[xX]0*26);#(?=[\dxX]))"
    r"|&(?P<reference>#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*)?(?P<end>;)?"
    r"|<|-(?<!--)-+>|[\x00-\x08\x0b\x0c\x0e-\x1f]",
    re.ASCII,
)


def judge_text(source: str, *, is_attribute: bool = False) -> tuple[str, list[Loss]]:
    """Judge text between tags, or the value of an attribute.

    Args:
        source: The text as it is written.
        is_attribute: Whether it is the value of an attribute.

    Returns:
        What WordPress stores, and the losses with offsets in the source.
    """
    losses: list[Loss] = []
    parts: list[str] = []
    at = 0
    for found in _SPECIAL.finditer(source) if _UNUSUAL.search(source) else ():
        text, start = found[0], found.start()
        if text[0] != "&" or found["twice"]:
            losses.append(_forbidden(text, start))
        elif not _is_kept(found):
            parts += source[at:start], "&amp;"
            at = start + 1
            seen = source[start : found.end() + 1]
            plain = (decode_attribute if is_attribute else decode)(seen)
            losses += [] if plain == seen else [_unknown(text, start)]
    return "".join((*parts, source[at:])), losses


def _forbidden(text: str, start: int) -> Loss:
    if text == "<":
        return Loss(
            'a bare "<" and the text after it may be removed',
            "WordPress reads it as the start of a tag",
            "write &lt;",
            malformed=True,
            start=start,
        )
    if text.endswith(">"):
        return unsure('"-->" may be changed', "write --&gt;, and no tags inside comments", start)
    if text[0] == "&":
        return unsure(f'"{text}" may be read as a reference', "write &amp;&#35;", start)
    return unsure(f"the control character U+{ord(text):04X} would be removed", "remove it", start)


def _is_kept(found: re.Match[str]) -> bool:
    """Return whether WordPress keeps a reference, as it does those of HTML 4 and of characters."""
    name = found["reference"]
    if not found["end"] or not name or name[0] != "#":
        return bool(found["end"]) and name in REFERENCES
    code = int(f"0{name[1:]}", 16 if name[1] in "xX" else 10)
    return code in {9, 10} or (code <= 0x10FFFF and category(chr(code)) not in {"Cc", "Cn", "Cs"})


def _unknown(reference: str, start: int) -> Loss:
    return Loss(
        f'"{reference}" would be shown literally',
        "WordPress does not know this reference",
        f"write the character {html5.get(reference[1:], decode(reference))}",
        malformed=reference[1] == "#",
        start=start,
    )
