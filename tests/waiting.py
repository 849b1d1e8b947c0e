"""Wait for what another thread or process does: for the very state that a test is about, however
long a busy machine takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 600
"""Seconds after which what a test waits for does not come any more; it usually takes a few."""


def until(happened: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"after {seconds:g} s: not {what}"
        time.sleep(0.02)
