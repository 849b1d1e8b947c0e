"""Rate limit: one gate per site, shared by its threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class RateLimiter:
    """Hands out start times in order. Threads take their turn under the lock and sleep outside
    it.
    """

    def __init__(
        self,
        *,
        sleep: Callable[[float], None] = time.sleep,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._ticks = ticks
        self._lock = threading.Lock()
        self._not_before = float("-inf")
        self._last_paced = float("-inf")

    def wait(self, interval: float = 0.0) -> None:
        """Wait until the site may be asked; with `interval`, that many seconds after the last
        such turn.
        """
        with self._lock:
            now = self._ticks()
            start = max(now, self._not_before)
            if interval > 0:
                start = max(start, self._last_paced + interval)
                self._last_paced = start
        if start > now:
            self._sleep(start - now)

    def hold(self, seconds: float) -> None:
        """Stop all requests for this many seconds, because the site asked to slow down."""
        with self._lock:
            self._not_before = max(self._not_before, self._ticks() + seconds)
