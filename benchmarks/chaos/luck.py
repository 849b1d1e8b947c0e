"""What goes wrong in a run: where its process ends, what becomes of its requests, what it is
answered.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.chaos.sickness import Sickness
from blogkit.sandbox.server import Sandbox
from tests.crash.job import Ended, Job
from tests.hostile.sick_proxy import SickProxy

SANDBOX_FAULTS = [
    "429",
    "500",
    "503",
    "500-after-commit",
    "503-after-commit",
    "reset",
    "reset-after-commit",
    "truncated-json",
    "html-maintenance",
    "expired-token",
    "quota",
    "rate-limit-403",
    "404",
    "forbidden",
    "redirect",
]
SWITCH = [
    "before-save",
    "after-save",
    "html403",
    "json403",
    "warnings",
    "json503",
    "json429",
    "json429-long",
    "half",
    "page-after",
    "maintenance",
    "moved",
    "no-login",
]
"""Faults of the real WordPress's own switch (tests/e2e/wordpress/config/faults.php)."""
MOMENT = 0.02
"""Seconds within which a process ends beside a boundary."""


@dataclass
class Luck:
    """faults: those that may meet a request on the wire; sandbox: the site, if it has faults of
    its own; pauses: stop runs before a look for an edit. With several writers at work, one of them
    is then between its look and its write, and neither Blogger nor WordPress supports conditional
    writes: no program can close that gap of milliseconds. proxy: damages answers, in one of these
    ways for a post with this id, if there are any. calm: leave all runs alone.
    """

    chance: random.Random
    faults: Sequence[str]
    sandbox: Sandbox | None = None
    pauses: bool = True
    proxy: SickProxy | None = None
    ways: Sequence[Sickness] = ()
    calm: bool = False

    def disturb(self, job: Job, ids: Sequence[str], *, pause: bool) -> Job:
        """The job with its bad luck, if any. ids: of the posts that are there; pause: whether it
        may be stopped in the middle.
        """
        if self.calm:
            return job
        job = self._ending(job, pause=pause and self.pauses)
        if self.proxy and self.ways and self.chance.random() < 0.5:
            self.proxy.way = self.chance.choice(self.ways)(self.chance.choice([*ids, "0"]))
        if self.chance.random() < 0.4:
            job = replace(job, faults=self._faults())
        return job

    def count(self, job: Job, ended: Ended) -> tuple[int, int]:
        """How many requests met a fault, and how many answers were damaged, once the job has
        ended; nothing goes wrong any more.
        """
        sent = [name.startswith("request") and name.endswith("before") for name in ended.passed]
        met, damaged = sum(number < sum(sent) for number in job.faults), 0
        if self.sandbox:
            self.sandbox.faults.clear()
            met += sum(bool(served.fault) for served in self.sandbox.log.served())
            self.sandbox.log.clear()
        if self.proxy and self.ways:
            self.proxy.way = None
        if self.proxy:
            damaged, self.proxy.damaged = self.proxy.damaged, 0
        return met, damaged

    def hold(self, work: Callable[[], None]) -> None:
        """Do something to which nothing happens, while a run that is disturbed waits."""
        waiting = self.sandbox.faults.waiting() if self.sandbox else []
        if self.sandbox:
            self.sandbox.faults.clear()
        work()
        for fault in waiting:
            assert self.sandbox
            self.sandbox.faults.add(fault)

    def _ending(self, job: Job, *, pause: bool) -> Job:
        chance, luck = self.chance, self.chance.random()
        if luck < 0.4:
            only = chance.choice(["", "journal", "request", "request POST", "file"])
            at = chance.randrange(chance.choice([8, 25, 60, 200]))
            later = chance.choice([0, 0, chance.uniform(0, MOMENT)])
            return replace(job, only=only, at=at, later=later)
        if luck < 0.55:
            return replace(job, after=chance.uniform(0, 0.25 if self.sandbox else 2.5))
        if luck < 0.6:
            at = chance.randrange(60)
            return replace(job, at=at, only="request", signal=signal.SIGINT)
        if luck < 0.75 and pause:
            at = chance.randrange(chance.choice([3, 6, 30]))
            return replace(job, at=at, only="GET .* before", signal=signal.SIGSTOP)
        return job

    def _faults(self) -> dict[int, str]:
        """One or two. The sandbox has its own, and is told at once."""
        chance = self.chance
        if not self.sandbox or chance.random() < 0.3:
            numbers = [
                chance.randrange(chance.choice([10, 30]))
                for _ in range(chance.choice([1, 1, 2, 4]))
            ]
            return {number: chance.choice(self.faults) for number in numbers}
        for _ in range(chance.choice([1, 1, 2])):
            self.sandbox.fail(
                chance.choice(SANDBOX_FAULTS),
                method=chance.choice(["", "POST", "PATCH", "GET"]),
                path="/v3/",
                after=chance.randrange(chance.choice([4, 20])),
                times=chance.choice([1, 1, 2, 5]),
                retry_after=chance.choice([None, 1, 30]),
            )
        return {}
