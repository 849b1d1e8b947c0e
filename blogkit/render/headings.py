"""The headings of a post, for widgets that list them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from blogkit.dataclass import dataclass
from blogkit.html import pieces, words
from blogkit.posts.post import Block
from blogkit.render import quiz
from blogkit.render.urls import canonical

_HEADING = re.compile(r"h([1-6])\Z")
_PLAIN = re.compile(r"<h([1-6]) id=\"([^\"&<>]+)\">([^<]*)</h\1>\Z")
"""A heading of words only, as most are."""
# The number of a footnote is not part of the heading's text.
_NOTE_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading that links can point to.

    Attributes:
        level: 1 to 6.
        text: Without Markdown.
        href: Its address in the post, `#…`.
    """

    level: int
    text: str
    href: str


def headings(blocks: Iterable[Block]) -> tuple[Heading, ...]:
    """Return the linkable headings of a body, in order.

    Those are the headings of Markdown, and those with an id in HTML.
    """
    parts = [
        part
        for block in blocks
        if block.kind in {"heading", "html"}
        for part in block.parts
        if isinstance(part, str)
    ]
    return tuple(heading for part in parts for heading in _in_html(part))


def _in_html(html: str) -> Iterator[Heading]:
    if plain := _PLAIN.match(html):
        yield from _heading(int(plain[1]), plain[3], plain[2])
        return
    anchor, level, content = "", 0, ""
    for piece in pieces(html):
        match = _HEADING.match(piece.name)
        if match and piece.kind == "start":
            anchor, level, content = piece.attribute("id") or "", int(match[1]), ""
        elif match and level:
            yield from _heading(level, _NOTE_MARK.sub("", content), anchor)
            level = 0
        elif level:
            content += piece.text


def _heading(level: int, content: str, anchor: str) -> Iterator[Heading]:
    text = " ".join(words(content).split())
    if anchor and text:
        yield Heading(level, text, canonical(f"#{quiz.without_token(anchor)}"))
