"""Work that takes no more time than its input has length.

CPU time is compared with the CPU time of a quarter of the same input, so that a slow or busy machine
is no failure. The whole input is left out where a quarter takes so little that the whole one passes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

NOTABLE = 0.7
"""Seconds. At the sizes of the tests, work that grows with the square takes far longer."""
MOST_GROWTH = 9
"""Four times the input may take four times as long, and no longer than this many times."""
ENOUGH = MOST_GROWTH * NOTABLE / 4 / 4**3
"""Seconds for a quarter. If it takes less, the whole input passes even if the work grows with the
cube.
"""


def seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def assert_linear(work: Callable[[str], object], make: Callable[[int], str], size: int) -> None:
    """Fail if the work grows faster than its input. make: returns an input of about this size."""
    large, small = make(size), make(size // 4)
    least = seconds(lambda: work(small))
    if least < ENOUGH:
        return
    spent = seconds(lambda: work(large))
    if spent > NOTABLE:
        least = min(least, seconds(lambda: work(small)))
        assert spent < MOST_GROWTH * max(least, NOTABLE / 4)
