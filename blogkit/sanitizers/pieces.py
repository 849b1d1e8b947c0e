"""Split HTML into the pieces that a filter judges one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from blogkit.html import Token, tags, tokenize
from blogkit.html.elements import RCDATA


class SourcePiece(NamedTuple):
    """A tag, a comment or a stray `<` of the source. raw: the content of a script, a style sheet
    and the like that begins here.
    """

    source: str
    start: int
    name: str = ""
    raw: str = ""

    @property
    def attributes(self) -> str:
        """The source between the tag's name and its end."""
        return self.source[1 + len(self.name) : -1]


def split_pieces(html: str) -> Iterator[SourcePiece]:
    """Yield the tags, comments and stray `<` of a source, in order."""
    tokens = tokenize(html, scripting=False)
    for token, following in zip_longest(tokens, tokens[1:]):
        source = html[token.start : token.end]
        if token.kind == "start":
            raw = ""
            if (
                following
                and following.kind in {"raw", "cut"}
                and following.name
                and following.name not in RCDATA
            ):
                raw = html[following.start : following.end]
            yield SourcePiece(source, token.start, token.name, raw)
        elif token.kind == "text":
            if "<" in source:
                yield from (
                    SourcePiece("<", token.start + match.start())
                    for match in re.finditer("<", source)
                )
        elif token.kind == "comment" and source.startswith("<!--"):
            yield SourcePiece(source, token.start)
        elif token.kind in {"comment", "cut"} and not token.name:
            yield SourcePiece("<", token.start)


def attributes_of(piece: SourcePiece) -> Iterator[tags.Attribute]:
    """Yield the attributes of a tag, with offsets in its source."""
    return tags.attributes(piece.source, Token("start", piece.name, 0, len(piece.source)))
