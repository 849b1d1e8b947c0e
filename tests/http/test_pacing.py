from __future__ import annotations

import threading

from blogkit.http import RateLimiter


def test_paced_turns_are_an_interval_apart_and_others_pass() -> None:
    naps: list[float] = []
    gate = RateLimiter(sleep=naps.append, ticks=lambda: 100.0)
    gate.wait(3)
    gate.wait()
    gate.wait(3)
    gate.wait(3)
    assert naps == [3, 6]


def test_threads_take_different_turns() -> None:
    naps: list[float] = []
    gate = RateLimiter(sleep=naps.append, ticks=lambda: 0.0)
    threads = [threading.Thread(target=gate.wait, args=(2,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(naps) == [2, 4, 6, 8]


def test_a_hold_never_shortens_another() -> None:
    naps: list[float] = []
    gate = RateLimiter(sleep=naps.append, ticks=lambda: 0.0)
    gate.hold(30)
    gate.hold(1)
    gate.wait()
    assert naps == [30]
