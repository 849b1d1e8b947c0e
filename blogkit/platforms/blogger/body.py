"""The body for Blogger: one fragment without line breaks that could become `<br />`, and with ASCII style sheets.

Pure.
"""

from __future__ import annotations

import re

from blogkit.regions import decode_key, encode_key, find_sentinel, sentinel
from blogkit.render.document import Document

_OPAQUE = re.compile(r"(<(pre|textarea|script|style)\b[^>]*>.*?</\2\s*>|<!--.*?-->)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"[ \t]*\r?\n\s*")
_ADDRESS = re.compile(r"<!-- blogkit:address slug=(\S+) title=(\S+) -->")


def compose(document: Document) -> str:
    """Return sentinel, style sheet and content."""
    sheet = f"<style>{_ascii_css(_BREAK.sub(' ', document.sheet))}</style>" if document.sheet else ""
    return sentinel(document.key) + sheet + "".join(_unbroken(fragment.html) for fragment in document.fragments)


def _unbroken(html: str) -> str:
    """Return the document without bare line breaks, which blogs may turn into `<br />`, even inside `<pre>`."""
    pieces = _OPAQUE.split(html)
    out = []
    for index in range(0, len(pieces), 3):
        out.append(_BREAK.sub(" ", pieces[index]))
        if index + 1 < len(pieces):
            piece, name = pieces[index + 1], pieces[index + 2]
            out.append(piece.replace("\n", "&#10;") if name and name.lower() in {"pre", "textarea"} else piece)
    return "".join(out).strip()


def _ascii_css(css: str) -> str:
    """Return CSS with escapes for non-ASCII characters, which Blogger would store as HTML entities."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"\\{ord(match.group()):x} ", css)


def with_address(body: str, slug: str, title: str) -> str:
    """Return the body with the desired address.

    The post itself carries it, so that any run can finish an interrupted publication and restore the real title.
    """
    key = find_sentinel(body)
    mark = f"<!-- blogkit:address slug={encode_key(slug)} title={encode_key(title)} -->"
    first = sentinel(key) if key is not None else ""
    return body.replace(first, first + mark, 1)


def wished_address(body: str) -> tuple[str, str] | None:
    """Return (slug, real title) if the post asks for an address."""
    found = _ADDRESS.search(body)
    return (decode_key(found.group(1)), decode_key(found.group(2))) if found else None
