"""The body for Blogger: one fragment without line breaks that could become `<br />`. Pure.

Blogger has broken lines even inside `<script>`
(https://github.com/google/gdata-java-client/issues/417). Style sheets are written in ASCII.
"""

from __future__ import annotations

import re

from blogkit.html import pieces
from blogkit.html.elements import RCDATA
from blogkit.regions import (
    beside_key,
    decode_key,
    encode_key,
    find_sentinel,
    sentinel,
    with_key_attribute,
)
from blogkit.render.document import Document

_BREAK = re.compile(r"[ \t]*\r?\n\s*")
_ADDRESS = re.compile(
    r"<!-- blogkit:address slug=(\S+) title=(\S+) -->"
    r"""| data-blogkit-address="([^\s"<>]+) ([^\s"<>]+)\""""
)


def compose_blogger(document: Document) -> str:
    """Return sentinel, style sheet and content as one line of HTML."""
    sheet = (
        f"<style>{_ascii_css(_BREAK.sub(' ', document.sheet))}</style>" if document.sheet else ""
    )
    content = "".join(_unbroken(fragment.html) for fragment in document.fragments)
    return sentinel(document.key) + sheet + with_key_attribute(content, document.key)


def _unbroken(html: str) -> str:
    """Return the HTML without bare line breaks.

    Inside `<pre>` they become character references.
    """
    out: list[str] = []
    depth = 0  # of <pre>
    for piece in pieces(html):
        if piece.name == "pre":
            depth = depth + 1 if piece.kind == "start" else max(depth - 1, 0)
        if (depth and piece.kind == "text") or (piece.kind == "raw" and piece.name in RCDATA):
            out.append(piece.text.replace("\n", "&#10;"))
        elif piece.kind == "raw" or piece.text.startswith("<!--"):
            out.append(piece.text)
        else:
            out.append(_BREAK.sub(" ", piece.text))
    return "".join(out).strip()


def _ascii_css(css: str) -> str:
    """Return CSS with non-ASCII characters escaped; Blogger would store them as HTML entities."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"\\{ord(match.group()):x} ", css)


def with_address(body: str, slug: str, title: str) -> str:
    """Return the body with the desired address beside the key, in a comment and an attribute.

    The post itself carries both, so that any run can finish an interrupted publication and restore
    the real title.

    Args:
        body: A body with a sentinel. A comment that is there already is replaced.
        slug: The last part of the desired address, without ".html".
        title: The real title.
    """
    if find_sentinel(body) is None:
        return body
    slug, title = encode_key(slug), encode_key(title)
    comment = f"<!-- blogkit:address slug={slug} title={title} -->"
    attribute = f' data-blogkit-address="{slug} {title}"'
    return beside_key(_ADDRESS.sub("", body), comment, attribute)


def desired_address(body: str) -> tuple[str, str] | None:
    """Return (slug, real title) if the post asks for an address."""
    found = _ADDRESS.search(body)
    if found is None:
        return None
    slug, title = (part for part in found.groups() if part is not None)
    return decode_key(slug), decode_key(title)
