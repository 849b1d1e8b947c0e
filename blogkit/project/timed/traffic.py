"""Count the requests that a project sends."""

from __future__ import annotations

import threading


class RequestCount:
    """A counter that several threads may raise.

    Attributes:
        total: The number of requests so far.
    """

    def __init__(self) -> None:
        self.total = 0
        self._lock = threading.Lock()

    def add(self) -> None:
        """Count one request."""
        with self._lock:
            self.total += 1
