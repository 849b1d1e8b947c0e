"""Compare two versions of a sequence with the one that both come from. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from blogkit.dataclass import dataclass


@dataclass(frozen=True)
class Chunk:
    """A part of three sequences, as slices of each.

    Attributes:
        base: Of the sequence that both come from.
        ours: Of our version.
        theirs: Of the other version.
        stable: Whether it is one element that all three have.
    """

    base: slice
    ours: slice
    theirs: slice
    stable: bool


def chunks(
    base: Sequence[Hashable], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> Iterator[Chunk]:
    """Yield the parts of three sequences in order: elements that all have, and what differs.

    Args:
        base: The sequence that both versions come from.
        ours: Our version.
        theirs: The other version.
    """
    here, there = _pairs(base, ours), _pairs(base, theirs)
    at = mine = other = 0
    for place in sorted(here.keys() & there.keys()):
        to = place, here[place], there[place]
        if to != (at, mine, other):
            yield Chunk(slice(at, to[0]), slice(mine, to[1]), slice(other, to[2]), stable=False)
        at, mine, other = (end + 1 for end in to)
        yield Chunk(slice(to[0], at), slice(to[1], mine), slice(to[2], other), stable=True)
    if (at, mine, other) != (len(base), len(ours), len(theirs)):
        ends = slice(at, len(base)), slice(mine, len(ours)), slice(other, len(theirs))
        yield Chunk(*ends, stable=False)


def _pairs(base: Sequence[Hashable], version: Sequence[Hashable]) -> dict[int, int]:
    """Return the place in a version of each element of the base that the version has."""
    blocks = SequenceMatcher(None, base, version, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
