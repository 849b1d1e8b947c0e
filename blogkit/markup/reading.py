"""A source as its reader sees it: entities read, white space and typography folded, inline tags gone. Offsets lead back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from blogkit.markup.elements import BLOCK
from blogkit.markup.spans import Spans

BREAK = "\n"
"""Stands between the texts of two blocks, so that nothing matches across."""
_WHITE = re.compile(r"[\s\u00a0]+")
_DASHES = re.compile("-+")
_TYPOGRAPHY = str.maketrans({**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‐‑‒–—―", "-"), "…": "..."})
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_PIECE = re.compile(
    r"(?P<plain>[A-Za-z0-9.,;:!?()/=_]+)|&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)|[\s\u00a0]+|.", re.DOTALL
)


def fold(text: str) -> str:
    """Plain text in the form in which it is compared: one space for white space, plain quotes and hyphens, nothing invisible."""
    if text.isascii() and "--" not in text:
        return _WHITE.sub(" ", text)
    return _DASHES.sub("-", _WHITE.sub(" ", _UNSEEN.sub("", text.translate(_TYPOGRAPHY))))


def between(spans: Spans, start: int, end: int) -> str:
    """What a reader sees between two offsets, folded."""
    return fold("".join(_shown(spans, start, end)))


def _shown(spans: Spans, start: int, end: int) -> Iterator[str]:
    for index in range(max(0, spans.token_at(start) - 1), len(spans.tokens)):
        token = spans.tokens[index]
        if token.start >= end:
            return
        if token.kind == "text":
            yield unescape(spans.html[max(start, token.start) : min(end, token.end)])
        elif token.start >= start and (token.name == "br" or token.name in BLOCK):
            yield " "


class Match(NamedTuple):
    """Where a text stands in the source."""

    start: int
    end: int


class Reading:
    """The folded text of a whole source, and the way back."""

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self._at: list[int] = []  # where each piece begins in the folded text
        self._pieces: list[tuple[int, int, int]] = []  # (start in the source, end, characters dropped at the front)
        parts: list[str] = []
        length, last = 0, BREAK
        for token in spans.tokens:
            if token.kind == "text":
                part = fold(unescape(spans.html[token.start : token.end]))
            elif token.name == "br" or (token.name in BLOCK and token.kind in {"start", "end"}):
                part = " " if token.name == "br" else BREAK
            else:
                continue
            dropped = 1 if part[:1] in {" ", BREAK} and last in {" ", BREAK} else 0
            if part == BREAK and last == " ":
                dropped = 0
            part = part[dropped:]
            if part:
                self._at.append(length)
                self._pieces.append((token.start, token.end, dropped))
                parts.append(part)
                length, last = length + len(part), part[-1]
        self.text = "".join(parts)

    def find(self, text: str) -> list[Match]:
        """Every place where a reader sees this text; they do not overlap."""
        wanted = fold(text).strip()
        matches: list[Match] = []
        position = self.text.find(wanted) if wanted else -1
        while position >= 0:
            matches.append(self._source(position, position + len(wanted)))
            position = self.text.find(wanted, position + len(wanted))
        return matches

    def lines(self) -> list[tuple[int, str]]:
        """The text of each block, with where it begins in the folded text."""
        return [(match.start(), match[0]) for match in re.finditer(f"[^{BREAK}]+", self.text)]

    def source(self, position: int) -> int:
        """The offset in the source of a character of the folded text."""
        return self._span(position)[0]

    def _source(self, begin: int, stop: int) -> Match:
        return Match(self._span(begin)[0], self._span(stop - 1)[1])

    def _span(self, position: int) -> tuple[int, int]:
        """The source of one character of the folded text."""
        piece = bisect_right(self._at, position) - 1
        start, end, dropped = self._pieces[piece]
        wanted, last = position - self._at[piece] + dropped, ""
        for match in _PIECE.finditer(self.spans.html, start, end):
            if match.lastgroup:  # nothing in it is folded
                if wanted < match.end() - match.start():
                    return match.start() + wanted, match.start() + wanted + 1
                wanted -= match.end() - match.start()
                last = ""
                continue
            part = " " if match[0] == " " else fold(unescape(match[0]))
            if part and part[0] == last and last in {" ", "-"}:
                part = part[1:]
            wanted -= len(part)
            if wanted < 0:
                return match.span()
            last = part[-1:] or last
        return end, end
