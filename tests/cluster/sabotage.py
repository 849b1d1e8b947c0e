"""Safeguards of the cluster, switched off in one process, to see that the ordeal notices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from itertools import count

from blogkit.cluster import engine
from blogkit.cluster.limits import SharedRateLimiter
from blogkit.http.rate_limit import RateLimiter
from blogkit.journal import postgres


def _own_pace() -> None:
    """Each process keeps a rate limit of its own."""
    SharedRateLimiter.wait = RateLimiter.wait  # type: ignore[method-assign]
    SharedRateLimiter.hold = RateLimiter.hold  # type: ignore[method-assign]


def _no_locks() -> None:
    """Neither jobs nor the journal keep a second writer away."""
    numbers = count()
    engine._ALIVE = "SELECT 'nothing' WHERE %s = ''"
    engine.lock_of = lambda project, site: f"{project}/{site}/{next(numbers)}"  # type: ignore[assignment]
    postgres.PostgresSchema._take = lambda _self, _doing: None  # type: ignore[method-assign]
    postgres.only_one = lambda _path, _doing: nullcontext()  # type: ignore[attr-defined,assignment]


SABOTAGES: dict[str, Callable[[], None]] = {"pace": _own_pace, "locks": _no_locks}
