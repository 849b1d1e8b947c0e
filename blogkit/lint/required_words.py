"""Skip a large pattern where none of its words occurs.

Texts without them, which most are, cost next to nothing: all words of a text are taken once, for
all patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from blogkit.dataclass import dataclass
from blogkit.patterns import lazy_pattern

_FOLDED = lazy_pattern("[\u0130\u0131\u017f\u212a]")
"""The letters outside ASCII that `re.IGNORECASE` takes for i, s and k:
https://docs.python.org/3/library/re.html#re.IGNORECASE
"""
_ASCII = bytes(range(0x80))
_LETTERS = bytes(
    ord(chr(byte).lower()) if byte < 0x80 and chr(byte).isalpha() else ord(" ")
    for byte in range(256)
)
"""The letters of ASCII in lower case, and a space for everything else."""
_NO_CAPITALS = bytes(byte for byte in range(256) if not 0x41 <= byte <= 0x5A)
_FEWEST_CAPITALS = 3
_BEFORE = " \t¡"
"""What may be before the first word of a line."""


class SearchedText:
    """A text in which many words are looked for.

    In bytes, Python finds a word faster than in a text with an emoji, and takes a fraction of the
    time to make them lower-case.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def data(self) -> bytes:
        """The text in UTF-8."""
        return self.text.encode("utf-8", "surrogatepass")

    @cached_property
    def low(self) -> bytes:
        """The same with the letters of ASCII in lower case."""
        return self.data.lower()

    @cached_property
    def words(self) -> frozenset[bytes]:
        """Every run of ASCII letters, in lower case."""
        return frozenset(self.data.translate(_LETTERS).split())

    @cached_property
    def capitals(self) -> bytes:
        """Its capitals of ASCII. Neighbours in the text are neighbours here, too."""
        return self.data.translate(None, _NO_CAPITALS)

    @cached_property
    def foreign(self) -> str:
        """Its characters outside ASCII. Neighbours in the text are neighbours here, too."""
        return self.data.translate(None, _ASCII).decode("utf-8", "surrogatepass")

    @cached_property
    def low_foreign(self) -> str:
        """The same in lower case."""
        return self.foreign.lower()

    @cached_property
    def low_text(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def is_folded(self) -> bool:
        """Whether a letter is in it that patterns without case take for one of ASCII."""
        return bool(_FOLDED.search(self.foreign))


@dataclass(frozen=True)
class Needles:
    """A pattern with what it needs: every match holds one of the words or of the parts.

    Attributes:
        pattern: What is looked for.
        words: Whole words in letters of ASCII and lower case, one or several with a space between
            them.
        parts: Other texts, in lower case if there are words or if the pattern ignores case.
        letters: Every match holds one of these letters, too, none of which is in ASCII.
        in_line: Only the line decides whether something in it is a match.
        at_start: Every match begins a line, with one of the words, or of the parts if there are no
            words.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    letters: re.Pattern[str] | None = None
    in_line: bool = False
    at_start: bool = False

    def search(self, text: str | SearchedText) -> re.Match[str] | None:
        """Return the first match, or None."""
        return next(self.finditer(text), None)

    def finditer(self, text: str | SearchedText) -> Iterator[re.Match[str]]:
        """Yield all matches in order."""
        searched = searchable(text)
        for start, end in self._places(searched):
            if self.at_start and not searched.is_folded:
                found = self.pattern.match(searched.text, start, end)
                yield from (found,) if found else ()
            else:
                yield from self.pattern.finditer(searched.text, start, end)

    def may_hold(self, text: str | SearchedText) -> bool:
        """Return whether the text may hold a match; False is certain."""
        return bool(self._places(searchable(text)))

    def _places(self, searched: SearchedText) -> Sequence[tuple[int, int]]:
        """Return where matches may be, in order."""
        whole = ((0, len(searched.text)),)
        if self.letters and not self.letters.search(searched.foreign):
            return ()
        if self._is_low and searched.is_folded:
            return whole
        needed = self._needed(searched)
        if not needed:
            return ()
        read = searched.low_text if self._is_low else searched.text
        if self.in_line:
            return sorted(self._lines(read, needed).items())
        return whole if any(word in read for word in needed) else ()

    def _needed(self, searched: SearchedText) -> Sequence[str]:
        """Return the words and the parts that the text may hold."""
        found: list[str] = []
        if self.words and not self._rarest.isdisjoint(searched.words):
            found = [word for single, word in self._single_words if single <= searched.words]
        if self.at_start:
            needed = found if self.words else self.parts
            return needed if needed and self._may_start(searched) else ()
        return [*found, *self._parts_in(searched)] if self.parts else found

    def _parts_in(self, searched: SearchedText) -> Iterator[str]:
        """Yield the parts that the text may hold."""
        data = searched.low if self._is_low else searched.data
        foreign = searched.low_foreign if self._is_low else searched.foreign
        for part, plain, capitals, letters in self._signs:
            if letters:
                if letters in foreign:
                    yield part
            elif capitals:
                if capitals in searched.capitals:
                    yield part
            elif plain in data:
                yield part

    def _may_start(self, searched: SearchedText) -> bool:
        """Return whether a line begins with what is needed."""
        data = searched.low if self._is_low else searched.data
        return bool(self._first.search(b"\n" + data))

    def _lines(self, read: str, needed: Sequence[str]) -> dict[int, int]:
        """Return where the lines that hold what is needed begin and end."""
        lines = {}
        for word in needed:
            at = read.find(word)
            while at >= 0:
                start = read.rfind("\n", 0, at) + 1
                end = read.find("\n", at)
                end = end if end >= 0 else len(read)
                if not (self.at_start and read[start:at].strip(_BEFORE)):
                    lines[start] = end
                at = read.find(word, end)
        return lines

    @cached_property
    def _is_low(self) -> bool:
        return bool(self.words or self.pattern.flags & re.IGNORECASE)

    @cached_property
    def _single_words(self) -> list[tuple[frozenset[bytes], str]]:
        """Each of the words after the single words in it."""
        return [(frozenset(word.encode().split()), word) for word in self.words]

    @cached_property
    def _rarest(self) -> frozenset[bytes]:
        """One single word of each: the longest, which is rare in most texts."""
        return frozenset(max(word.encode().split(), key=len) for word in self.words)

    @cached_property
    def _signs(self) -> list[tuple[str, bytes, bytes, str]]:
        """Each part with its bytes, its capitals if they are enough, and what is not in ASCII."""
        found = []
        for part in self.parts:
            plain = part.encode()
            capitals = plain.translate(None, _NO_CAPITALS)
            chosen = capitals if len(capitals) >= _FEWEST_CAPITALS else b""
            foreign = "".join(letter for letter in part if not letter.isascii())
            found.append((part, plain, chosen, foreign))
        return found

    @cached_property
    def _first(self) -> re.Pattern[bytes]:
        """What a line may begin with, in bytes."""
        starts = b"|".join(re.escape(word.encode()) for word in self.words or self.parts)
        return re.compile(b"\n[" + _BEFORE.encode() + b"]*(?:" + starts + b")")


@dataclass(frozen=True)
class Either:
    """Several patterns, each with the words that it needs.

    Attributes:
        needles: The patterns.
    """

    needles: tuple[Needles, ...]

    def search(self, text: str | SearchedText) -> re.Match[str] | None:
        """Return the first match in the text, or None."""
        return next(self.finditer(text), None)

    def finditer(self, text: str | SearchedText) -> Iterator[re.Match[str]]:
        """Return all matches in order."""
        searched = searchable(text)
        found = [match for each in self.needles for match in each.finditer(searched)]
        return iter(sorted(found, key=lambda match: match.start()))

    def may_hold(self, text: str | SearchedText) -> bool:
        """Return whether the text may hold a match; False is certain."""
        searched = searchable(text)
        return any(each.may_hold(searched) for each in self.needles)


def searchable(text: str | SearchedText) -> SearchedText:
    """Return a text in which words can be looked for."""
    return text if isinstance(text, SearchedText) else SearchedText(text)
