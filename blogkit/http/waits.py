"""Report how long a request had to wait."""

from __future__ import annotations

import logging

from blogkit.http.failures import FailedExchange
from blogkit.http.messages import Response

_log = logging.getLogger("blogkit.http")


class Waits:
    """The waits of one request, reported in one sentence when it succeeded.

    Args:
        site: The site's name, for messages.
    """

    def __init__(self, site: str) -> None:
        self._site = site
        self._seconds = 0.0
        self._last: FailedExchange | None = None

    def add(self, failure: FailedExchange, seconds: float) -> None:
        """Count the wait after a failure."""
        self._seconds += seconds
        self._last = failure

    def tell(self, answer: Response) -> None:
        """Report the waits if the request succeeded at last."""
        if self._last is None or answer.status >= 400:
            return  # the error that follows tells it
        if self._last.all and self._last.wait is not None:
            reason = (
                f"as {self._site} asked ({self._last.error.status}:"
                f" {self._last.error.reason.removesuffix('.')})"
            )
        else:
            reason = f"because {self._site} {self._last.why}"
        _log.warning("waited %g s %s, then went on", self._seconds, reason)
