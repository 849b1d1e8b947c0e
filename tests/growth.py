"""Work that takes no more time than its input has length.

CPU time is compared with the CPU time of a quarter of the same input, so that a slow or busy machine
is no failure. The rest is left out once a part takes so little that the whole passes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.yardstick import slowness

ENOUGH = 1.6
"""Seconds. At the sizes of the tests, work that grows with the square takes far longer."""
MOST_GROWTH = 9
"""Four times the input may take four times as long, and no longer than this many times."""
MOST_TIME = 1.5
"""How many times the promised time may be used: the yardstick is not exact."""
TRIES = 3


def seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def assert_takes(promised: float, work: Callable[[int], object]) -> None:
    """Fail if the work takes over 1.5 times the CPU time that was promised, each time it is tried.

    Args:
        promised: Seconds on the machine where the promise was made; more are allowed on a slower one.
        work: Is given the number of the try, so that no cache can know its input.
    """
    tries: list[float] = []
    while len(tries) < TRIES:
        spent = seconds(lambda: work(len(tries)))
        if spent <= MOST_TIME * promised:
            return
        tries.append(spent / max(1.0, slowness()))
        if tries[-1] <= MOST_TIME * promised:
            return
    found = ", ".join(f"{spent:.2f}" for spent in tries)
    raise AssertionError(f"takes {found} s on the reference machine; {promised} s are promised")


def assert_linear(work: Callable[[str], object], make: Callable[[int], str], size: int) -> None:
    """Fail if the work grows faster than its input. make: returns an input of about this size."""
    spent = 0.0
    for part in (4, 2, 1):
        text = make(size // part)
        spent = seconds(lambda text=text: work(text))  # type: ignore[misc]
        if spent * part**3 < ENOUGH:  # the whole takes less, even if the work grows with the cube
            return
    quarter, whole = make(size // 4), make(size)
    least = min(seconds(lambda: work(quarter)) for _ in range(2))
    assert min(spent, seconds(lambda: work(whole))) < MOST_GROWTH * least
