"""Stop gracefully when the system or a person asks for it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SLICE = 0.5
"""Seconds. A signal is answered after this time at the latest."""


class Stop:
    """Whether the process has been asked to stop, and a wait that ends when it is.

    It is not a `threading.Event`: a signal's handler runs between any two instructions of the main
    thread, and must not take a lock that the thread may hold.

    Args:
        sleep: Waits for a number of seconds.

    Attributes:
        asked: True from the first signal on.
    """

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self.asked = False
        self._sleep = sleep

    def __call__(self) -> bool:
        """Return whether to stop."""
        return self.asked

    def wait(self, seconds: float) -> bool:
        """Wait for a number of seconds, or until asked to stop.

        In short waits, because Windows delivers Ctrl-C only between two of them.

        Returns:
            Whether to stop.
        """
        while seconds > 0 and not self.asked:
            self._sleep(min(seconds, _SLICE))
            seconds -= _SLICE
        return self.asked


@contextmanager
def stopping(stop: Stop, *signals: signal.Signals) -> Iterator[None]:
    """Let these signals ask `stop`; a second one interrupts at once, as Ctrl-C does.

    Outside of the main thread, where Python delivers no signals, nothing is changed.

    Args:
        stop: What is asked.
        *signals: The signals.
    """

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True  # and nothing else: the main thread may be in the middle of a print

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, ask) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def polite_signals() -> tuple[signal.Signals, ...]:
    """Return the signals by which this system asks a program to end: not Ctrl-C."""
    # Task Scheduler and `docker stop` on Windows, Ctrl-Break
    names = ("SIGTERM", "SIGBREAK")
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))
