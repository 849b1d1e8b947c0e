"""Spread work on several processes, with the same results, order and errors as in one.

`multiprocessing` is not used: its new interpreters run the main module again, which may be a
program that publishes, and its workers outlive a parent that was killed
(https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods).
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, Generic, TypeGuard, TypeVar

from blogkit.dataclass import dataclass
from blogkit.project.parallel.serving import serve

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
PROCESSES = "BLOGKIT_PROCESSES"
"""The variable that sets the number of processes; with 1, there is no other."""
WORTH_A_FORK, WORTH_A_START = 60, 200
"""So many items take longer than it takes to start workers: by a fork, or as new interpreters."""
_MOST = 8
_CHUNK = 8
_STANDARD_ERROR, _FILES = 2, 256
_AHEAD = 4
"""Tasks that a worker has at a time. Posts differ: it goes on while another one takes longer."""
_PIPE = 1 << 20
"""Bytes of answers that wait to be read: what anyone may ask for
(https://man7.org/linux/man-pages/man7/pipe.7.html)."""
_PROGRAM = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer);"
    " from blogkit.project.parallel.serving import main; main()"
)


@dataclass(frozen=True)
class Task(Generic[_Item, _Result]):
    """Work that can be done in any process.

    Attributes:
        work: What is done with one item, in this process.
        copy: The same in a worker that is a copy of this process.
        make: Makes the same in a new interpreter; a function of a module.
        arguments: Returns the arguments of `make`, which pickle takes, when workers start.
    """

    work: Callable[[_Item], _Result]
    copy: Callable[[_Item], _Result]
    make: Callable[..., Callable[[_Item], _Result]]
    arguments: Callable[[], tuple[Any, ...]]


class _Worker:
    """One process.

    Args:
        reader: Its answers.
        writer: Its tasks.
        end: Ends it.
    """

    def __init__(self, reader: BinaryIO, writer: BinaryIO, end: Callable[[], None]) -> None:
        self._reader, self._writer, self._end = reader, writer, end
        self._is_lost = False

    def send(self, message: object) -> None:
        with suppress(OSError, ValueError):  # it died, which its missing answer tells
            pickle.dump(message, self._writer, pickle.HIGHEST_PROTOCOL)
            self._writer.flush()

    def answer(self, count: int) -> list[tuple[bool, Any]]:
        """Return the next results; if it died, or answered with anything else, none was done."""
        found: object = None
        if not self._is_lost:
            with suppress(Exception):  # a widget may have written anything into the pipe
                found = pickle.load(self._reader)  # noqa: S301 (our own)
        if _is_answer(found, count):
            return found
        # What comes next may be the answer to this task, and must not count as another's.
        self._is_lost = True
        return [(False, None)] * count

    def end(self) -> None:
        self._end()
        for file in (self._writer, self._reader):
            with suppress(OSError):
                file.close()


def _is_answer(found: object, count: int) -> TypeGuard[list[tuple[bool, Any]]]:
    return (
        isinstance(found, list)
        and len(found) == count
        and all(isinstance(one, tuple) and len(one) == 2 for one in found)
    )


def processes(environ: Mapping[str, str], asked: int | None) -> int:
    """Return how many processes may be used.

    Args:
        environ: `BLOGKIT_PROCESSES` in it sets the number.
        asked: What the caller set; None leaves it to the environment and the machine.
    """
    text = environ.get(PROCESSES, "")
    if asked is None and text.isdecimal():
        asked = int(text)
    return min(_cores(), _MOST) if asked is None else max(asked, 1)


def spread(
    items: Sequence[_Item], task: Task[_Item, _Result], count: int, *, few: int | None = None
) -> Iterator[_Result]:
    """Yield the result of each item, in order. Workers end with the iterator.

    Args:
        items: The items.
        task: What is done with them.
        count: How many processes may be used.
        few: With fewer items, one process is enough; None for what is usual.
    """
    can_fork = _can_fork()
    enough = few or (WORTH_A_FORK if can_fork else WORTH_A_START)
    if count < 2 or len(items) < enough or not (can_fork or _can_start()):
        yield from map(task.work, items)
        return
    # What all need is loaded by the first item, before the workers copy it.
    yield task.work(items[0])
    rest = items[1:]
    workers: list[_Worker] = []
    try:
        with suppress(OSError):  # the machine has no room for more; some may be enough
            while len(workers) < count:
                workers.append(_forked(rest, task) if can_fork else _started())
        if not can_fork:
            for worker in workers:  # all of them load the program meanwhile
                worker.send(sys.path)
                worker.send((task.make, task.arguments(), rest))
        yield from _in_order(rest, task, workers) if workers else map(task.work, rest)
    finally:
        for worker in workers:
            worker.end()


def _in_order(
    items: Sequence[_Item], task: Task[_Item, _Result], workers: Sequence[_Worker]
) -> Iterator[_Result]:
    starts = range(0, len(items), _CHUNK)
    tasks = [(start, min(start + _CHUNK, len(items))) for start in starts]
    # Each worker has its turn, so the order of the answers is known.
    for number, each in enumerate(tasks[: len(workers) * _AHEAD]):
        workers[number % len(workers)].send(each)
    for number, (start, stop) in enumerate(tasks):
        worker = workers[number % len(workers)]
        found = worker.answer(stop - start)
        if (later := number + len(workers) * _AHEAD) < len(tasks):
            worker.send(tasks[later])
        for item, (done, result) in zip(items[start:stop], found, strict=True):
            yield result if done else task.work(item)


def _forked(items: Sequence[_Item], task: Task[_Item, _Result]) -> _Worker:
    tasks, answers = os.pipe(), os.pipe()
    _widen(answers[1])
    pid = os.fork()
    if pid == 0:
        try:
            _let_go_of_files(tasks[0], answers[1])
            serve(os.fdopen(tasks[0], "rb"), os.fdopen(answers[1], "wb"), task.copy, items)
        finally:
            # Nothing of the parent is ended twice: open transactions, buffers, temporary files.
            os._exit(1)
    os.close(tasks[0])
    os.close(answers[1])

    def end() -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # the parent may have set what SIGTERM does
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)

    return _Worker(os.fdopen(answers[0], "rb"), os.fdopen(tasks[1], "wb"), end)


def _widen(pipe: int) -> None:
    """Let a worker write several answers that the parent has not read yet."""
    import fcntl

    with suppress(AttributeError, OSError):  # not on Linux, or all is used up
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _let_go_of_files(*kept: int) -> None:
    """Let go of the parent's files, so that its lock and the pipes of other workers end with it.

    Their numbers lead nowhere from now on, and stay taken: whatever has them may still close them.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        names = os.listdir("/proc/self/fd")  # noqa: PTH208
    except OSError:  # not on Linux
        names = [str(number) for number in range(_FILES)]
    for number in map(int, names):
        if number > _STANDARD_ERROR and number not in (nowhere, *kept):
            os.dup2(nowhere, number, inheritable=False)


def _started() -> _Worker:
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-c", _PROGRAM],  # -P: nothing is loaded from the current folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def end() -> None:
        process.kill()
        process.wait()

    return _Worker(process.stdout, process.stdin, end)  # type: ignore[arg-type]


def _can_fork() -> bool:
    # A fork copies one thread, with the locks that the others hold; on macOS, the system's own
    # libraries have some (https://github.com/python/cpython/issues/77906).
    return sys.platform not in ("darwin", "win32") and threading.active_count() == 1


def _can_start() -> bool:
    # A frozen program is not an interpreter.
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
