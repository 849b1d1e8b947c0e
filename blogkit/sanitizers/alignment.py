"""Align two lists with difflib, in time that stays within bounds.

`SequenceMatcher` needs time that grows with the square of lists that repeat a few values, as the
names of a page's elements do (https://docs.python.org/3/library/difflib.html#difflib.SequenceMatcher).
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]
_EXACT = 4_000_000
_POSSIBLE = 50_000_000
"""Pairs of values. Above the first limit frequent values are not aligned, above the second none."""


def align(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Return how to turn one list into the other, as `SequenceMatcher.get_opcodes` does.

    Args:
        before: The first list.
        after: The second list.
    """
    shortest = min(len(before), len(after))
    head = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    rest = shortest - head
    tail = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    left = before[head : len(before) - tail], after[head : len(after) - tail]
    pairs = len(left[0]) * len(left[1])
    found: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    if pairs > _POSSIBLE or not pairs:
        if left[0] or left[1]:
            found.append(("replace", head, len(before) - tail, head, len(after) - tail))
    else:
        matcher = SequenceMatcher(None, *left, autojunk=pairs > _EXACT)
        found += [
            (tag, start + head, end + head, new_start + head, new_end + head)
            for tag, start, end, new_start, new_end in matcher.get_opcodes()
        ]
    if tail:
        found.append(("equal", len(before) - tail, len(before), len(after) - tail, len(after)))
    return found
