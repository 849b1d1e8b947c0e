"""Which cases of a long family run.

Some tests prove one property at very many points: a kill at every boundary, every way in which an
answer can be damaged. CI proves it at all of them. Elsewhere `make test` takes a fixed sample that
is spread over the family, and `make quick` a smaller one. The summary of pytest tells how many
cases were left out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TypeVar

Case = TypeVar("Case")
_noted: list[int] = []


def profile(environment: Mapping[str, str]) -> str:
    """Return the name of the Hypothesis profile, which also decides how many cases run."""
    return environment.get("HYPOTHESIS_PROFILE") or ("ci" if environment.get("CI") else "dev")


def is_whole() -> bool:
    """Return whether every case of a family runs."""
    return profile(os.environ) in ("ci", "fuzz")


def spread(
    cases: Sequence[Case], *, quick: int = 0, local: int = 0, turn: int = 0
) -> Sequence[Case]:
    """Return the cases to run.

    Args:
        cases: The family, in an order that is the same in every run.
        quick: How many `make quick` takes at most; 0 means as many as `make test`.
        local: How many `make test` takes at most without CI=true; 0 means each.
        turn: A number that makes similar families begin at different cases.
    """
    most = 0 if is_whole() else (quick or local) if profile(os.environ) == "quick" else local
    if not most or len(cases) <= most:
        return cases
    step = -(-len(cases) // most)
    return cases[turn % step :: step]


def sample(
    cases: Sequence[Case], *, quick: int = 0, local: int = 0, turn: int = 0
) -> Sequence[Case]:
    """Return what `spread` returns, and count the others for the test that runs now."""
    kept = spread(cases, quick=quick, local=local, turn=turn)
    note(len(cases) - len(kept))
    return kept


def note(left_out: int) -> None:
    """Count cases that the test that runs now leaves out."""
    if left_out:
        _noted.append(left_out)


def noted() -> list[int]:
    """Return the counts since the last call."""
    found = [*_noted]
    _noted.clear()
    return found
