"""The text of a source as readers see it, with offsets that lead back to the source.

Character references are read, white space and typography are folded, and inline tags are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from blogkit.html.elements import BLOCK
from blogkit.html.references import REFERENCE, decode
from blogkit.html.tokenizer import Token
from blogkit.html.tree import Tree
from blogkit.patterns import lazy_pattern

BREAK = "\n"
"""Separates the texts of two blocks, so that nothing matches across."""
_WHITE = re.compile(r"[\s\u00a0]+")
# WordPress shows `--` as one dash: https://developer.wordpress.org/reference/functions/wptexturize/
_DASHES = re.compile("-+")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―", "-"),
        "…": "...",
    }
)
# Soft hyphen, zero-width space, word joiner, byte order mark: a text copied from a page holds them.
_UNSEEN = lazy_pattern("[\u00ad\u200b\u2060\ufeff]")
_PIECE = lazy_pattern(rf"(?P<plain>[A-Za-z0-9.,;:!?()/=_]+)|{REFERENCE}|[\s\u00a0]+|.", re.DOTALL)


def fold(text: str) -> str:
    """Return plain text in the form in which texts are compared.

    White space is one space, quotes and hyphens are plain, and nothing is invisible.
    """
    if text.isascii() and "--" not in text:  # most texts; nothing else in ASCII is folded
        return _WHITE.sub(" ", text)
    plain = _UNSEEN.sub("", text.translate(_TYPOGRAPHY))
    return _DASHES.sub("-", _WHITE.sub(" ", plain))


def between(tree: Tree, start: int, end: int) -> str:
    """Return what readers see between two offsets, folded.

    Args:
        tree: The source.
        start: Where to begin; it may be inside a text.
        end: The offset behind the last character.
    """
    return fold("".join(_seen(tree, start, end)))


def _seen(tree: Tree, start: int, end: int) -> Iterator[str]:
    # The token before may reach into the span: a text that began earlier.
    for index in range(max(0, tree.token_at(start) - 1), len(tree.tokens)):
        token = tree.tokens[index]
        if token.start >= end:
            return
        if token.kind == "text":
            yield decode(tree.html[max(start, token.start) : min(end, token.end)])
        elif token.start >= start and (token.name == "br" or token.name in BLOCK):
            yield " "


class Match(NamedTuple):
    """Where a text is in the source.

    Attributes:
        start: The offset of its first character, or of the reference that stands for it.
        end: The offset behind the last one.
    """

    start: int
    end: int


class VisibleText:
    """The folded text of a whole source, and the way back.

    Args:
        tree: The source.

    Attributes:
        tree: The source.
        text: Its folded text; `BREAK` is between two blocks.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._at: list[int] = []  # where each piece begins in the folded text
        self._pieces: list[tuple[Token, int]] = []  # with the characters dropped at the front
        self._spans: tuple[int, list[tuple[int, int]]] = (-1, [])  # of the piece asked for last
        parts: list[str] = []
        length, last = 0, BREAK
        for token in tree.tokens:
            if token.kind == "text":
                part = fold(decode(tree.html[token.start : token.end]))
            elif token.name == "br" or (token.name in BLOCK and token.kind in {"start", "end"}):
                part = " " if token.name == "br" else BREAK
            else:
                continue
            # White space beside white space or the edge of a block is not seen.
            dropped = 1 if part[:1] in {" ", BREAK} and last in {" ", BREAK} else 0
            # Except the edge of a block after a space: without it, a match could run across the
            # edge.
            if part == BREAK and last == " ":
                dropped = 0
            part = part[dropped:]
            if part:
                self._at.append(length)
                self._pieces.append((token, dropped))
                parts.append(part)
                length, last = length + len(part), part[-1]
        self.text = "".join(parts)

    def find(self, text: str) -> list[Match]:
        """Return every place where readers see this text; they do not overlap.

        Args:
            text: Plain text, in any typography and spacing; it is folded first.
        """
        wanted = fold(text).strip()
        matches: list[Match] = []
        position = self.text.find(wanted) if wanted else -1
        while position >= 0:
            matches.append(self._source(position, position + len(wanted)))
            position = self.text.find(wanted, position + len(wanted))
        return matches

    def lines(self) -> list[tuple[int, str]]:
        """Return the text of each block, with where it begins in the folded text."""
        found = re.finditer(f"[^{BREAK}]+", self.text)
        return [(match.start(), match[0]) for match in found]

    def source(self, position: int) -> int:
        """Return the offset in the source of a character of the folded text.

        Args:
            position: The character's place in `text`.
        """
        return self._span(position)[0]

    def _source(self, begin: int, stop: int) -> Match:
        return Match(self._span(begin)[0], self._span(stop - 1)[1])

    def _span(self, position: int) -> tuple[int, int]:
        """Return the source of one character of the folded text."""
        piece = bisect_right(self._at, position) - 1
        token, dropped = self._pieces[piece]
        if token.kind != "text":  # a line break, or the tag of a block
            return token.start, token.end
        if self._spans[0] != piece:  # a long text is walked once, not once a match
            self._spans = piece, self._walk(token)
        spans = self._spans[1]
        place = position - self._at[piece] + dropped
        return spans[place] if place < len(spans) else (token.end, token.end)

    def _walk(self, token: Token) -> list[tuple[int, int]]:
        """Return the source of each character of a folded text."""
        spans: list[tuple[int, int]] = []
        last = ""
        for match in _PIECE.finditer(self.tree.html, token.start, token.end):
            if match.lastgroup:  # nothing in it is folded
                spans += [(at, at + 1) for at in range(*match.span())]
                last = ""
                continue
            part = " " if match[0] == " " else fold(decode(match[0]))
            if part and part[0] == last and last in {" ", "-"}:
                part = part[1:]
            spans += [match.span()] * len(part)
            last = part[-1:] or last
        return spans
