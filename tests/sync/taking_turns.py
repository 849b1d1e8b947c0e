"""Two machines that publish to one blog, with every request in an order that a test decides.

Each machine is a thread that waits before each request until it is its turn. So the same schedule
always gives the same run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

PATIENT = 3
"""Requests of the other machine for which a waiting machine waits: its pause is much longer."""


class Turns:
    """Lets one of several threads go on at a time.

    schedule: which of the machines that could go on does so at each step: 0 is the first of them.
    Where it ends, the first one goes on. choices: how many there were at each step.
    """

    def __init__(self, schedule: Sequence[int]) -> None:
        self.choices: list[int] = []
        self._schedule = list(schedule)
        self._changed = threading.Condition()
        self._waiting: dict[str, int] = {}  # a machine → the steps of others that it lets pass
        self._running: set[str] = set()
        self._turn = ""

    def play(self, machines: dict[str, Callable[[], None]]) -> None:
        """Run the machines to their ends."""
        errors: list[BaseException] = []

        def run(name: str) -> None:
            try:
                self.step(name)
                machines[name]()
            except BaseException as error:  # the test's thread raises it
                errors.append(error)
            with self._changed:
                self._running.discard(name)
                self._choose()

        self._running = set(machines)
        threads = [threading.Thread(target=run, args=(name,)) for name in machines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for error in errors:
            raise error

    def step(self, name: str, patience: int = 0) -> None:
        """Wait until this machine may go on."""
        with self._changed:
            self._waiting[name] = patience
            self._choose()
            while self._turn != name:
                self._changed.wait()
            self._turn = ""

    def _choose(self) -> None:
        if self._turn or self._waiting.keys() != self._running or not self._waiting:
            return
        names = sorted(self._waiting)
        eager = [name for name in names if not self._waiting[name]] or names
        wish = self._schedule.pop(0) if self._schedule else 0
        self.choices.append(len(eager))
        chosen = eager[min(wish, len(eager) - 1)]
        del self._waiting[chosen]
        self._waiting = {name: max(0, left - 1) for name, left in self._waiting.items()}
        self._turn = chosen
        self._changed.notify_all()


class Behind:
    """A platform or an HTTP client whose requests wait for their turn."""

    def __init__(self, real: Any, turns: Turns, name: str, requests: frozenset[str]) -> None:
        self._real, self._turns, self._name, self._requests = real, turns, name, requests

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in self._requests:
            return found

        def request(*args: Any, **kwargs: Any) -> Any:
            self._turns.step(self._name)
            return found(*args, **kwargs)

        return request


def every_schedule(run: Callable[[list[int]], list[int]]) -> Iterator[list[int]]:
    """Run with every schedule there is. `run` returns how many choices there were at each step."""
    schedule: list[int] | None = []
    while schedule is not None:
        choices = run(schedule)
        yield schedule
        taken = schedule + [0] * (len(choices) - len(schedule))
        schedule = None
        for at in reversed(range(len(choices))):
            if taken[at] + 1 < choices[at]:
                schedule = [*taken[:at], taken[at] + 1]
                break
