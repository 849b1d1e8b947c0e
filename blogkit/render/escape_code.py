"""Write scripts and style sheets in ASCII, with the same meaning.

Some sites store every other character as a character reference, which means nothing inside them.
"""

from __future__ import annotations

import re

from blogkit.html import attribute, tokenize
from blogkit.patterns import lazy_pattern

_NOT_ASCII = re.compile(r"(\\*)([^\x00-\x7f])")
# Templates and data for other programs have rules of their own.
_CODE = lazy_pattern(
    r"|module|(text|application)/([\w.+-]*(javascript|ecmascript|json)|x-mathjax-config)"
)
_ELEMENT = re.compile("<(script|style)", re.IGNORECASE)


def escape_code(html: str) -> str:
    """Return HTML whose scripts and style sheets hold only ASCII.

    An escape stands for its character in the strings, templates and names of JavaScript
    (https://tc39.es/ecma262/#prod-UnicodeEscapeSequence), in JSON and in CSS
    (https://drafts.csswg.org/css-syntax/#escaping). Everything else stays as it is.

    Args:
        html: Any HTML.
    """
    if html.isascii() or not _ELEMENT.search(html):
        return html
    pieces: list[str] = []
    kind = ""
    for token in tokenize(html, scripting=False):
        text = html[token.start : token.end]
        if token.kind == "start":
            kind = (attribute(html, token, "type") or "").strip().lower()
        elif token.kind in ("raw", "cut") and token.name == "script" and _CODE.fullmatch(kind):
            text = _NOT_ASCII.sub(_in_script, text)
        elif token.kind in ("raw", "cut") and token.name == "style":
            text = _NOT_ASCII.sub(_in_style, text)
        pieces.append(text)
    return "".join(pieces)


def _in_script(found: re.Match[str]) -> str:
    units = found[2].encode("utf-16-be")
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    return _backslashes(found) + "".join(f"\\u{pair.hex()}" for pair in pairs)


def _in_style(found: re.Match[str]) -> str:
    return f"{_backslashes(found)}\\{ord(found[2]):x} "


def _backslashes(found: re.Match[str]) -> str:
    """Return those before a character, without one that escapes the character itself."""
    return found[1][: len(found[1]) // 2 * 2]
