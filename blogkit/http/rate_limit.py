"""Keep the rate limit of a site, for all of its threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class RateLimiter:
    """Hands out start times in order. Threads take their turn under the lock and sleep outside it.

    Args:
        sleep: Waits for a number of seconds.
        ticks: Returns the seconds of a clock that never goes back.
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
        """Wait until the site may be asked.

        Args:
            interval: Seconds since the last turn that had an interval. Creates are spaced so, reads
                are not.
        """
        with self._lock:
            now = self._ticks()
            start = max(now, self._not_before)
            if interval > 0:
                start = max(start, self._last_paced + interval)
                self._last_paced = start
        # outside the lock, or threads would sleep one after the other
        if start > now:
            self._sleep(start - now)

    def hold(self, seconds: float) -> None:
        """Stop all requests for this many seconds, because the site asked to slow down."""
        with self._lock:
            self._not_before = max(self._not_before, self._ticks() + seconds)
