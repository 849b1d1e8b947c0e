"""Several workers on one list.

After a failure, work in progress is finished and nothing new is started.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

_Item = TypeVar("_Item")


class WorkerPool(Generic[_Item]):
    """A fixed number of threads that work on one list.

    Args:
        number: Of threads.
        do: The work on one item, given a progress callback; its result is reported last.
    """

    def __init__(self, number: int, do: Callable[[_Item, Callable[[Any], None]], Any]) -> None:
        self._number, self._do = number, do
        self._events: SimpleQueue[tuple[_Item, Any] | BaseException | None] = SimpleQueue()
        self._halted = False

    def work(self, items: Sequence[_Item]) -> Generator[tuple[_Item, Any], None, None]:
        """Yield all reports as they come, in the calling thread.

        Close the generator if you do not read it to its end. An error in a worker is raised here.
        Before that, and when Ctrl-C comes, the other workers finish their items without further
        reports; a second Ctrl-C does not wait.

        Yields:
            The item, and a report about it: progress, or last its result.
        """
        waiting = deque(items)
        # Daemons, so that a second Ctrl-C can end the process while a request hangs
        # (https://docs.python.org/3/library/threading.html#threading.Thread.daemon).
        workers = [
            threading.Thread(target=self._worker, args=(waiting,), daemon=True)
            for _ in range(min(self._number, len(items)))
        ]
        running = len(workers)
        try:
            for worker in workers:
                worker.start()
            while running:
                try:
                    event = self._events.get(timeout=1)
                # Windows lets Ctrl-C through only between waits
                # (https://bugs.python.org/issue29971)
                except Empty:
                    continue
                if event is None:
                    running -= 1
                elif isinstance(event, BaseException):
                    raise event
                else:
                    yield event
        finally:
            self._halted = True
            for worker in workers:
                # Ctrl-C may have come before all were started.
                if worker.ident is not None:
                    worker.join()

    def _tell(self, item: _Item, report: Any) -> None:
        self._events.put((item, report))

    def _worker(self, waiting: deque[_Item]) -> None:
        try:
            while waiting and not self._halted:
                try:
                    item = waiting.popleft()
                except IndexError:  # another worker was faster
                    break
                tell = partial(self._tell, item)  # noqa: F821, RUF100
                self._events.put((item, self._do(item, tell)))
        except BaseException as error:  # it is raised where the pool was called
            self._halted = True
            self._events.put(error)
        finally:
            self._events.put(None)
