"""Judge text and values: the character references that WordPress does not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

from blogkit.html import decode, decode_attribute
from blogkit.html.references import REFERENCE
from blogkit.sanitizers.facts import REFERENCES
from blogkit.sanitizers.verdict import Loss

_SPECIAL = re.compile(r"[&<\x00-\x08\x0b\x0c\x0e-\x1f]|--+>")
_KEPT = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]*);)", re.ASCII)
_DOUBLE = re.compile(r"&(?:amp|#0*38|#[xX]0*26);#[\dxX]")
_BROWSER = re.compile(REFERENCE)
_PLAIN = ((9, 10), (0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0xFDCF), (0xFDF0, 0xFFFD))


def judge_text(source: str, *, is_attribute: bool = False) -> tuple[str, list[Loss]]:
    """Judge text between tags, or the value of an attribute.

    Args:
        source: The text as it is written.
        is_attribute: Whether it is the value of an attribute.

    Returns:
        What WordPress stores, and the losses with offsets in the source.
    """
    if not _SPECIAL.search(source):
        return source, []
    read = decode_attribute if is_attribute else decode
    losses: list[Loss] = []
    parts: list[str] = []
    at = 0
    for found in _SPECIAL.finditer(source):
        start = found.start()
        if start < at:
            continue
        loss = _loss(source, start, read)
        if loss:
            losses.append(loss)
        kept = _KEPT.match(source, start)
        is_known = kept and (kept[3] in REFERENCES or not kept[3])
        if found[0] == "&" and not is_known:
            parts += source[at:start], "&amp;"
            at = start + 1
    return "".join((*parts, source[at:])), losses


def _loss(source: str, start: int, read: Callable[[str], str]) -> Loss | None:
    line = source.count("\n", 0, start)
    if source[start] == "<":
        what = 'a bare "<" and the text after it may be removed'
        reason = "WordPress reads it as the start of a tag"
        return Loss(line, what, reason, "write &lt;", malformed=True, start=start)
    if source[start] == "-":
        what, reason = '"-->" may be changed', "WordPress reads it as the end of a comment"
        return Loss(line, what, reason, "write --&gt;", "warning", malformed=True, start=start)
    if source[start] != "&":
        what = f"the control character U+{ord(source[start]):04X} would be removed"
        reason = "WordPress removes control characters"
        return Loss(line, what, reason, "remove it", malformed=True, start=start)
    if _DOUBLE.match(source, start):
        what = '"&amp;#" may be read as the start of a character reference'
        reason = "WordPress before 7.1 reads references twice"
        return Loss(line, what, reason, "write &amp;&#35;", malformed=True, start=start)
    kept = _KEPT.match(source, start)
    if kept and (kept[3] in REFERENCES or (not kept[3] and _is_plain(kept))):
        return None
    found = _BROWSER.match(source, start)
    with_next = source[start : found.end() + 1] if found else ""
    if not found or read(with_next) == with_next:
        return None  # browsers show it literally, too
    is_number = found[0][1] == "#"
    plain = read(found[0])
    fix = (
        f"write the character {plain}"
        if is_number
        else f"write the character {html5.get(found[0][1:], plain)}"
    )
    what = f'"{found[0]}" would be shown literally'
    reason = "WordPress does not know this name"
    if is_number:
        what = f'"{found[0]}" may be changed or shown literally'
        reason = "WordPress does not allow every number"
    return Loss(line, what, reason, fix, malformed=is_number, start=start)


def _is_plain(kept: re.Match[str]) -> bool:
    code = int(kept[1]) if kept[1] else int(kept[2], 16)
    is_astral = 0x10000 <= code <= 0x10FFFF and code & 0xFFFE != 0xFFFE
    return is_astral or any(first <= code <= last for first, last in _PLAIN)
