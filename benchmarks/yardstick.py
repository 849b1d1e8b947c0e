"""How fast Python is on this machine at this moment, so that a budget holds on every machine.

The same work is timed everywhere: to find the tags of a text with a regular expression, count
them, and put the text together again, as most of blogkit does. `python -m benchmarks.yardstick`
prints how many times slower than the reference this machine is when all its cores work.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

REFERENCE = 8.0
"""Milliseconds on the machine for which the budgets are written."""
_TEXT = (
    '<p class="a">Plain words and <b>others</b>, a <a href="https://example.com/">link</a>.</p>\n'
)
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z]+=\"[^\"]*\")*)>")
_LOAD_SECONDS = 15
"""A virtual machine that was idle may be fast for a moment."""


def slowness() -> float:
    """Return how many times slower than the reference this machine is: the best of five."""
    return min(_milliseconds() for _ in range(5)) / REFERENCE


def slowness_at_work() -> float:
    """Return how many times slower than the reference this machine is when all its cores work."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        return max(pool.map(_usual, [_LOAD_SECONDS] * cores)) / REFERENCE


def _usual(seconds: int) -> float:
    end, found = time.monotonic() + seconds, [_milliseconds()]
    while time.monotonic() < end:
        found.append(_milliseconds())
    return statistics.median(found)


def _milliseconds() -> float:
    started = time.process_time()
    text = _TEXT * 3000
    counted: Counter[str] = Counter()
    pieces, end = [], 0
    for found in _TAG.finditer(text):
        closing, name, attributes = found.groups()
        if not closing:
            counted[name] += 1
        pieces += [text[end : found.start()], f"<{closing}{name}{attributes.strip()}>"]
        end = found.end()
    assert len("".join(pieces)) + len(counted) > 0
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    print(f"{slowness_at_work():.1f}")
