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
    """number: workers; do: the work on one item, given a progress callback; its result is
    reported last.
    """

    def __init__(self, number: int, do: Callable[[_Item, Callable[[Any], None]], Any]) -> None:
        self._number, self._do = number, do
        self._heard: SimpleQueue[tuple[_Item, Any] | BaseException | None] = SimpleQueue()
        self._halted = False

    def work(self, items: Sequence[_Item]) -> Generator[tuple[_Item, Any], None, None]:
        """Yield all reports as they come, in the calling thread.

        Close it if it is not read to its end.

        What a worker raises is raised here. Before that, and when Ctrl-C comes, the others finish
        what they are at, which is not told any more; a second Ctrl-C does not wait.
        """
        waiting = deque(items)
        workers = [
            threading.Thread(target=self._worker, args=(waiting,), daemon=True)
            for _ in range(min(self._number, len(items)))
        ]
        at_work = len(workers)
        try:
            for worker in workers:
                worker.start()
            while at_work:
                try:
                    heard = self._heard.get(timeout=1)
                # Windows lets Ctrl-C through only between waits
                # (https://bugs.python.org/issue29971)
                except Empty:
                    continue
                if heard is None:
                    at_work -= 1
                elif isinstance(heard, BaseException):
                    raise heard
                else:
                    yield heard
        finally:
            self._halted = True
            for worker in workers:
                if worker.ident is not None:
                    worker.join()

    def _tell(self, item: _Item, told: Any) -> None:
        self._heard.put((item, told))

    def _worker(self, waiting: deque[_Item]) -> None:
        try:
            while waiting and not self._halted:
                try:
                    item = waiting.popleft()
                except IndexError:  # another worker was faster
                    break
                tell = partial(self._tell, item)  # noqa: F821, RUF100
                self._heard.put((item, self._do(item, tell)))
        except BaseException as error:  # it is raised where the crew was called
            self._halted = True
            self._heard.put(error)
        finally:
            self._heard.put(None)
