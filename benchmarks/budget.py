"""Compare what posts cost with what they may cost."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def exceeded(found: Mapping[str, float], budgets: Mapping[str, float]) -> int:
    """Print what is over its budget.

    Args:
        found: Milliseconds of the processor for each post, as the reference machine takes them.
        budgets: The same, as it may be.

    Returns:
        The exit code: 1 if anything is over its budget.
    """
    over = [name for name, cost in found.items() if name in budgets and cost > budgets[name]]
    for name in over:
        print(
            f"error: {name}: a post costs {found[name]:.1f} ms of the processor, the budget is"
            f" {budgets[name]:g} ms; find the cause with: python -m cProfile -m benchmarks.prepare",
            file=sys.stderr,
        )
    return 1 if over else 0
