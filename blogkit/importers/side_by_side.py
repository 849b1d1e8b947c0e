"""Set an import beside its post: what each line of the source became, and where it is there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.importers.report import Imported, ImportedPart, ImportEntry

MarkedKind = Literal["kept", "recognised", "left", "dropped", "taken"]
_KINDS: tuple[MarkedKind, ...] = ("kept", "recognised", "left", "dropped", "taken")
_KEPT, _CALL, _LEFT, _DROPPED, _TAKEN = range(len(_KINDS))
_CALLED = re.compile(r"[ \t]*(?:`{3,}|~{3,}|<!--[ \t]*)\{[\w-]+\}")


@dataclass(frozen=True)
class MarkedText:
    """A piece of a line with one outcome.

    Attributes:
        text: The source's characters.
        kind: "kept", "recognised" as a widget, "left" as it was though it may be one, "dropped", or
            "taken" into the front matter.
        place: The line of the post's file where it is; 0 if it is not there.
    """

    text: str
    kind: MarkedKind
    place: int


@dataclass(frozen=True)
class MarkedLine:
    """A line of the source.

    Attributes:
        number: Its number in the file, from 1.
        parts: Its text in pieces.
    """

    number: int
    parts: tuple[MarkedText, ...]


@dataclass(frozen=True)
class LinkedEntry:
    """An entry of the list, with its places on both sides.

    Attributes:
        entry: The entry.
        line: The index of its line in the source; -1 for the whole post.
        place: The line of the post's file that it is about; 0 if it is not there.
    """

    entry: ImportEntry
    line: int
    place: int


def marked_lines(imported: Imported) -> tuple[MarkedLine, ...]:
    """Return the lines of the source with the outcome of each piece.

    Args:
        imported: The import.
    """
    source, painted = imported.source, bytearray(len(imported.source))
    starts, places = _places(imported)
    for piece in imported.pieces:
        if piece.kind == "call":
            _paint(painted, piece.start, piece.end, _CALL)
    for start, end in imported.left_out:
        _paint(painted, start, end, _DROPPED)
    for piece in imported.pieces:
        if piece.kind == "taken":
            _paint(painted, piece.start, piece.end, _TAKEN)
    left = {one.line for one in imported.kept}
    found: list[MarkedLine] = []
    begin = 0
    for index, text in enumerate(source.split("\n")):
        number = _number(imported, index)
        kinds = bytes(painted[begin : begin + len(text)])
        if number in left:
            kinds = kinds.replace(bytes([_KEPT]), bytes([_LEFT]))
        bounds = sorted({0, len(text), *_changes(kinds), *_within(starts, begin, len(text))})
        parts = []
        for a, b in pairwise(bounds):
            owner = bisect_right(starts, begin + a) - 1
            is_out = kinds[a] in (_DROPPED, _TAKEN)
            place = places[owner] if owner >= 0 and not is_out else 0
            parts.append(MarkedText(text[a:b], _KINDS[kinds[a]], place))
        found.append(MarkedLine(number, tuple(parts)))
        begin += len(text) + 1
    return tuple(found)


def linked_entries(imported: Imported, lines: tuple[MarkedLine, ...]) -> tuple[LinkedEntry, ...]:
    """Return the list of what was done, with the places of each entry on both sides.

    Args:
        imported: The import.
        lines: Its lines, from `marked_lines`.
    """
    at_number: dict[int, list[tuple[int, MarkedText]]] = {}
    for index, line in enumerate(lines):
        parts = at_number.setdefault(line.number, [])
        parts += [(index, part) for part in line.parts if part.text.strip()]
    told: Counter[int] = Counter()
    found = []
    for entry in imported.entries:
        index, place = _linked(entry, at_number.get(entry.line, []), told[entry.line])
        told[entry.line] += entry.kind == "recognised"
        found.append(LinkedEntry(entry, index, place))
    return tuple(found)


def _linked(
    entry: ImportEntry, parts: list[tuple[int, MarkedText]], earlier: int
) -> tuple[int, int]:
    """Return the index of an entry's line, and its place in the post.

    Args:
        entry: The entry.
        parts: The pieces of the lines with its number, each with the index of its line.
        earlier: How many widgets of the same line come before.
    """
    if entry.kind == "dropped":
        return next((at for at, part in parts if not part.place), parts[0][0] if parts else -1), 0
    shown = {part.place: at for at, part in reversed(parts) if part.place}
    same = {part.place for _, part in parts if part.place and part.kind == entry.kind}
    places = sorted(same or shown)
    if not places:
        return (parts[0][0] if parts else -1), 0
    place = places[min(earlier, len(places) - 1)]
    return shown[place], place


def _paint(painted: bytearray, start: int, end: int, kind: int) -> None:
    painted[start:end] = bytes([kind]) * (end - start)


def _changes(kinds: bytes) -> Iterator[int]:
    return (found.start() for found in re.finditer(rb"(.)\1*", kinds, re.DOTALL))


def _within(starts: list[int], begin: int, length: int) -> list[int]:
    first, last = bisect_left(starts, begin), bisect_left(starts, begin + length)
    return [start - begin for start in starts[first:last]]


def _number(imported: Imported, index: int) -> int:
    numbers = imported.numbers
    return numbers[min(index, len(numbers) - 1)] if numbers else index + 1


def _places(imported: Imported) -> tuple[list[int], list[int]]:
    """Return where the pieces that are in the post begin, and their lines in the post's file.

    The post has them in the source's order, so each is found behind the one before.
    """
    rows = imported.text.split("\n")
    at = rows.index("---", 1) + 1 if rows[0] == "---" and "---" in rows[1:] else 0
    calls = [number for number, row in enumerate(rows) if _CALLED.match(row)]
    by_text: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        by_text.setdefault(row.strip(), []).append(number)
    starts: list[int] = []
    places: list[int] = []
    for piece in imported.pieces:
        if piece.kind not in ("kept", "call"):
            continue
        found = _row_of(piece, at, calls, by_text)
        if found >= 0:
            at = found + (len(piece.text.strip().split("\n")) if piece.kind == "kept" else 1)
            starts.append(piece.start)
            places.append(found + 1)
    return starts, places


def _row_of(piece: ImportedPart, at: int, calls: list[int], by_text: dict[str, list[int]]) -> int:
    """Return the row of the post where a piece begins, not above a row; -1 if it is not there."""
    first = piece.text.strip().partition("\n")[0].strip()
    rows = calls if piece.kind == "call" else by_text.get(first, []) if first else []
    found = bisect_left(rows, at)
    return rows[found] if found < len(rows) else -1
