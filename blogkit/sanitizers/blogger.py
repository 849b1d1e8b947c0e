"""Blogger's known rewrites, so that they do not count as edits or losses.

It keeps scripts and styles; it stores characters outside ASCII as references, also inside scripts
and style sheets, where they then mean nothing; it answers `<a name="more"></a>` for the jump break
`<!--more-->`; and a blog may be set to turn line ends into breaks.
https://developers.google.com/blogger/docs/3.0/reference/posts
"""

from __future__ import annotations

import re

_JUMP = re.compile(r"<!--\s*more\s*-->")
_STORED_JUMP = re.compile(r"<a\s+name=(?:'more'|\"more\"|more)\s*>\s*</a>", re.IGNORECASE)
_RAW = re.compile(r"(<(script|style)\b[^>]*>)(.*?)(</\2\s*>)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def as_stored(html: str, *, line_breaks: bool = False) -> str:
    """Return the HTML as the API returns it after a write. line_breaks: the blog turns line ends
    into `<br />`.
    """
    html = _JUMP.sub('<a name="more"></a>', html)
    html = _NOT_ASCII.sub(lambda match: f"&#{ord(match[0])};", html)
    return html.replace("\r\n", "\n").replace("\n", "<br />\n") if line_breaks else html


def as_sent(html: str) -> str:
    """The HTML that a person would have written for what the API answered: the jump break is a
    comment again, and characters are characters. Scripts and style sheets are left as they are.
    """
    pieces: list[str] = []
    position = 0
    for raw in _RAW.finditer(html):
        pieces += (_readable(html[position : raw.start()]), raw[0])
        position = raw.end()
    return "".join((*pieces, _readable(html[position:])))


def _readable(html: str) -> str:
    return _NUMBER.sub(_character, _STORED_JUMP.sub("<!--more-->", html))


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    plain = 0xA0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return chr(code) if plain else match[0]
