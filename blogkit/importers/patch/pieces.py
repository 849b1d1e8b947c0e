"""Cut a body into its top-level pieces, each with a form in which it can be compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from blogkit.dataclass import dataclass
from blogkit.html import Element, Tree
from blogkit.html.blocks import delimiters
from blogkit.html.elements import SEPARATORS
from blogkit.render.formats.pieces import without_marks
from blogkit.sanitizers.normal_form import Part, normal_form

_OURS = re.compile(r"<!-- blogkit:(?:post|address) [^>]*-->")
_ATTRIBUTES = re.compile(r' data-blogkit-(?:post|address|creation)="[^"<>]*"')
"""What the first element of a post carries for sites that drop comments."""
_SHEET = re.compile(r"<style[\s>].*?</style>", re.DOTALL | re.IGNORECASE)
# The editor's own classes, which it derives from a block's attributes.
_CLASS = re.compile(r"wp-(?:block|element|image)-?\S*|size-\S+|has-fixed-layout|has-alpha-\S+")
_LEFT_OUT = frozenset({"dir", "lang", "loading", "decoding", "srcset", "sizes"})


@dataclass(frozen=True)
class BodyPiece:
    """A top-level piece of a body.

    Attributes:
        source: Its source, with the comments of its block if it has them.
    """

    source: str

    @cached_property
    def html(self) -> str:
        """Its HTML without the comments of blocks."""
        parts, at = [], 0
        for found in delimiters(self.source):
            parts.append(self.source[at : found.start])
            at = found.end
        return "".join([*parts, self.source[at:]]).strip()

    @cached_property
    def key(self) -> tuple[Part, ...]:
        """A form that is the same for pieces that show the same, however an editor writes them."""
        return tuple(map(_plain, normal_form(without_marks(self.html))))


def pieces_of(body: str) -> list[BodyPiece]:
    """Return the top-level pieces of a body, without the comments and the style sheet of blogkit.

    Args:
        body: A body as a site stores it: blocks of WordPress's editor, or plain HTML.
    """
    found = (BodyPiece(source) for source in _sources(_ATTRIBUTES.sub("", body)))
    return [piece for piece in found if _shows_something(piece.html)]


def _shows_something(html: str) -> bool:
    return bool(_SHEET.sub("", _OURS.sub("", html)).strip())


def _sources(body: str) -> Iterator[str]:
    depth = start = at = 0
    for found in delimiters(body):
        if depth == 0 and not found.close:
            yield from _elements(body[at : found.start])
            start = found.start
        depth += 0 if found.void else -1 if found.close else 1
        if depth <= 0:
            depth = 0
            yield body[start : found.end]
            at = start = found.end
    yield from _elements(body[at:])


def _elements(html: str) -> Iterator[str]:
    """Yield each top-level element, and each run of text and inline elements between them."""
    run = ""
    for item in Tree(html, scripting=False).root.items:
        source = html[item.start : item.end]
        block = isinstance(item, Element) and item.name in SEPARATORS | {"style"}
        if block or (not isinstance(item, Element) and item.kind == "comment"):
            yield from filter(str.strip, (run, source))
            run = ""
        else:
            run += source
    if run.strip():
        yield run


def _plain(part: Part) -> Part:
    if part.kind != "start":
        return part
    kept = []
    for name, value in part.attributes:
        if name == "class":
            value = " ".join(word for word in value.split() if not _CLASS.fullmatch(word))
        if name not in _LEFT_OUT and (value or name != "class"):
            kept.append((name, value))
    return Part(part.kind, part.text, tuple(kept))
