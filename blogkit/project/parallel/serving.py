"""What a worker process does: answer the parent until it is gone.

This is also the program of a worker in a new interpreter.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any, BinaryIO, NoReturn

Work = Callable[[Any], Any]
"""What is done with one item."""


def serve(reader: BinaryIO, writer: BinaryIO, work: Work, items: Sequence[Any]) -> NoReturn:
    """Answer with the results of items. The process ends when the parent is gone.

    Args:
        reader: Brings the first and the last item of each task, as `range` takes them.
        writer: Takes a list with a pair for each item: whether it was done, and the result.
        work: What is done with one item.
        items: All items.
    """
    # Ctrl-C reaches all processes of a terminal; the parent decides what follows from it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()  # the parent tells what there is to tell
    tasks: SimpleQueue[tuple[int, int]] = SimpleQueue()
    threading.Thread(target=_read, args=(reader, tasks), daemon=True).start()
    while True:
        start, stop = tasks.get()
        writer.write(_answer(work, items[start:stop]))
        writer.flush()


def _read(reader: BinaryIO, tasks: SimpleQueue[tuple[int, int]]) -> NoReturn:
    """Pass tasks on. Without a parent, the process ends at once: its work may take for ever."""
    try:
        while True:
            tasks.put(pickle.load(reader))  # noqa: S301 (from the parent)
    finally:
        os._exit(0)


def _answer(work: Work, items: Sequence[Any]) -> bytes:
    try:
        return pickle.dumps([_done(work, item) for item in items], pickle.HIGHEST_PROTOCOL)
    except Exception:  # a result that cannot be sent
        return pickle.dumps([(False, None)] * len(items))


def _done(work: Work, item: Any) -> tuple[bool, Any]:
    # An error is raised by the parent, which does the item again: as in one process.
    try:
        return True, work(item)
    except Exception:
        return False, None


def main() -> None:
    """Serve a parent that started this interpreter; its first message has the work."""
    reader, writer = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a widget prints must not be taken for an answer
    make, arguments, items = pickle.load(reader)  # noqa: S301 (from the parent)
    try:
        serve(reader, writer, make(*arguments), items)
    except OSError:
        return  # the parent is gone
