"""Describe a conflict in one line: the field, and both values where they differ."""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.html import words
from blogkit.sync.actions import Desired
from blogkit.sync.merging.merge import FieldConflict

_LONGEST = 60
_BEFORE = 2
"""Words before the first difference, which tell where it is."""


def conflict_line(desired: Desired, conflicts: Sequence[FieldConflict]) -> str:
    """Return the line for a post whose file and site have different values in some fields.

    Args:
        desired: What the post should be.
        conflicts: The fields.
    """
    fields = "; ".join(
        f"its {one.name} is “{there}” on the site and “{here}” in {desired.name}"
        for one in conflicts
        for there, here in [_shown(one)]
    )
    return f"conflict: “{desired.title}” on {desired.site} was changed on both sides: {fields}"


def _shown(conflict: FieldConflict) -> tuple[str, str]:
    """Return the values from a little before their first difference, as readers see them."""
    there, here = conflict.there, conflict.here
    if conflict.name == "body" and words(there).split() != words(here).split():
        there, here = words(there), words(here)
    one, other = there.split(), here.split()
    same = zip(one, other, strict=False)
    first = next((at for at, pair in enumerate(same) if pair[0] != pair[1]), 0)
    start = max(first - _BEFORE, 0)
    return _short(one, start), _short(other, start)


def _short(texts: Sequence[str], start: int) -> str:
    text = " ".join(texts[start:])
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
    return f"… {short}" if start else short
