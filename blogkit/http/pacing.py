"""When the next request may start: one gate per site, shared by its threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Gate:
    """Hands out start times. A thread takes its turn under the lock and sleeps outside it, so waiting threads queue up in order."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep, ticks: Callable[[], float] = time.monotonic) -> None:
        self._sleep = sleep
        self._ticks = ticks
        self._lock = threading.Lock()
        self._not_before = float("-inf")
        self._last_paced = float("-inf")

    def wait(self, interval: float = 0.0) -> None:
        """Returns when the site may be asked; with `interval`, at least so many seconds after the last such turn."""
        with self._lock:
            now = self._ticks()
            start = max(now, self._not_before)
            if interval > 0:
                start = max(start, self._last_paced + interval)
                self._last_paced = start
        if start > now:
            self._sleep(start - now)

    def hold(self, seconds: float) -> None:
        """Nobody asks the site for so many seconds from now: it told one of us to slow down."""
        with self._lock:
            self._not_before = max(self._not_before, self._ticks() + seconds)
