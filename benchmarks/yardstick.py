"""How fast Python is on this machine at this moment, so that a budget holds on every machine.

`python -m benchmarks.yardstick` prints how many times slower than the reference it is.

The same work is timed everywhere: to find the tags of a text with a regular expression, count
them, and put the text together again, as most of blogkit does.
"""

from __future__ import annotations

import re
import time
from collections import Counter

REFERENCE = 8.0
"""Milliseconds on the machine for which the budgets are written."""
_TEXT = (
    '<p class="a">Plain words and <b>others</b>, a <a href="https://example.com/">link</a>.</p>\n'
)
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z]+=\"[^\"]*\")*)>")


def slowness() -> float:
    """Return how many times slower than the reference this machine is: the best of five."""
    return min(_milliseconds() for _ in range(5)) / REFERENCE


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
    print(f"{slowness():.1f}")
