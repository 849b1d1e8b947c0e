"""Several workers on one list. When something goes wrong, what is under way is finished and nothing new is begun."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class Crew(Generic[Item]):
    """number: workers; do: the work on one item, given a way to tell of progress; its result is the last that is told of the item."""

    def __init__(self, number: int, do: Callable[[Item, Callable[[Any], None]], Any]) -> None:
        self._number, self._do = number, do
        self._heard: SimpleQueue[tuple[Item, Any] | BaseException | None] = SimpleQueue()
        self._halted = False

    def work(self, items: Sequence[Item]) -> Iterator[tuple[Item, Any]]:
        """Everything that is told, as it comes, in the calling thread.

        What a worker raises, or Ctrl-C here, is raised again once the others have finished what they were at; a second Ctrl-C
        waits for nobody.
        """
        waiting = deque(items)
        workers = [threading.Thread(target=self._worker, args=(waiting,), daemon=True) for _ in range(min(self._number, len(items)))]
        for worker in workers:
            worker.start()
        trouble: BaseException | None = None
        at_work = len(workers)
        while at_work:
            try:
                heard = self._heard.get()
            except KeyboardInterrupt as error:
                if trouble is not None:
                    raise
                self._halted, trouble = True, error
                continue
            if heard is None:
                at_work -= 1
            elif isinstance(heard, BaseException):
                trouble = trouble or heard
            else:
                yield heard
        if trouble is not None:
            raise trouble

    def _worker(self, waiting: deque[Item]) -> None:
        try:
            while waiting and not self._halted:
                try:
                    item = waiting.popleft()
                except IndexError:  # another worker was faster
                    break
                self._heard.put((item, self._do(item, lambda told, item=item: self._heard.put((item, told)))))  # type: ignore[misc]
        except BaseException as error:  # it is raised where the crew was called
            self._halted = True
            self._heard.put(error)
        finally:
            self._heard.put(None)
