"""Several workers on one list: all is told in one thread, and trouble ends it in good order."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from blogkit.sync.worker_pool import WorkerPool

Tell = Callable[[Any], None]


def test_everything_is_done_once_and_told_in_the_calling_thread() -> None:
    def do(item: int, tell: Tell) -> int:
        tell(f"begin {item}")
        return item * item

    heard = list(WorkerPool(4, do).work(range(50)))
    assert sorted(event for _, event in heard if isinstance(event, int)) == [
        n * n for n in range(50)
    ]
    for number in range(50):
        assert [event for item, event in heard if item == number] == [
            f"begin {number}",
            number * number,
        ]


def test_no_more_at_a_time_than_there_are_workers() -> None:
    at_once, most = 0, 0
    lock, full = threading.Lock(), threading.Barrier(3, timeout=60)

    def do(item: int, tell: Tell) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        full.wait()
        with lock:
            at_once -= 1

    list(WorkerPool(3, do).work(range(9)))
    assert most == 3


def test_what_a_worker_raises_is_raised_once_the_others_are_done() -> None:
    begun, finished = [], []
    both, pause = threading.Barrier(2, timeout=60), threading.Event()

    def do(item: int, tell: Tell) -> int:
        begun.append(item)
        if item < 2:
            both.wait()
        else:
            pause.wait(0.001)  # or a busy machine could do all before the error is raised
        if item == 0:
            raise ValueError("broken")
        finished.append(item)
        return item

    crew = WorkerPool(2, do)
    with pytest.raises(ValueError, match="broken"):
        list(crew.work(range(100_000)))
    assert 1 in finished
    assert len(begun) < 100_000


@pytest.fixture
def sigint() -> Iterator[None]:
    """Ctrl-C interrupts, also where the shell started the tests with SIGINT ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("sigint")
def test_ctrl_c_lets_what_is_under_way_finish_and_begins_nothing_new() -> None:
    under_way, go_on, pause = threading.Event(), threading.Event(), threading.Event()
    finished = []

    def do(item: int, tell: Tell) -> int:
        under_way.set()
        go_on.wait(60)
        # Work takes a moment. Items that take none could all be done before the calling thread,
        # on a busy machine, gets its turn to be interrupted.
        pause.wait(0.001)
        finished.append(item)
        return item

    def interrupt() -> None:
        under_way.wait(60)
        _thread.interrupt_main()
        go_on.set()

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        list(WorkerPool(2, do).work(range(100_000)))
    assert 0 in finished
    assert len(finished) < 100_000


def test_nothing_to_do() -> None:
    assert list(WorkerPool(4, lambda item, tell: item).work([])) == []
