"""Do what takes long, one thing after another, in a thread of its own."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

_log = logging.getLogger("blogkit.preview")
NOW, SOON, LATER = 0, 1, 2
"""What a person waits for, what they look at, and the rest."""
_LAST = 9


class Background:
    """A thread that does jobs by priority. `Project` is for one thread at a time."""

    def __init__(self) -> None:
        self._jobs: queue.PriorityQueue[tuple[int, int, Future[Any], Callable[[], Any]]]
        self._jobs = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._ending = False
        self._thread = threading.Thread(target=self._work, name="blogkit-preview-work", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def do(self, job: Callable[[], Any], priority: int = LATER) -> Future[Any]:
        """Add a job.

        Args:
            job: What to do.
            priority: `NOW`, `SOON` or `LATER`.

        Returns:
            Its result, or its error.
        """
        future: Future[Any] = Future()
        self._jobs.put((priority, next(self._numbers), future, job))
        return future

    def finish(self) -> None:
        """Drop what waits, and return when the job that is under way has ended.

        A run that publishes is never cut off.
        """
        self._ending = True
        self._jobs.put((_LAST, next(self._numbers), Future(), lambda: None))
        if self._thread.is_alive():
            self._thread.join()

    def work_off(self) -> None:
        """Do what waits in this thread, for callers that have not started one."""
        while not self._jobs.empty():
            self._do_next()

    def _work(self) -> None:
        while not self._ending:
            self._do_next()

    def _do_next(self) -> None:
        _, _, future, job = self._jobs.get()
        if self._ending or not future.set_running_or_notify_cancel():
            future.cancel()
            return
        try:
            future.set_result(job())
        except Exception as error:  # the caller gets it
            _log.debug("a job of the preview failed: %s", error)
            future.set_exception(error)
