from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Protocol

import pytest

from blogkit.http import Auth, HttpClient, RateLimiter
from tests.http.server import Script, serving

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


class Connect(Protocol):
    def __call__(
        self, auth: Auth | None = None, timeout: tuple[float, float] = (60, 60)
    ) -> HttpClient: ...


@pytest.fixture
def script() -> Iterator[Script]:
    script = Script("")
    server = serving(script)
    yield script
    server.shutdown()
    server.server_close()


@pytest.fixture
def naps() -> list[float]:
    """How long was slept, without sleeping: no other time passes."""
    return []


@pytest.fixture
def connect(naps: list[float]) -> Connect:
    def connect(auth: Auth | None = None, timeout: tuple[float, float] = (60, 60)) -> HttpClient:
        limiter = RateLimiter(sleep=naps.append, ticks=lambda: sum(naps))
        return HttpClient(
            "main",
            auth=auth,
            sleep=naps.append,
            clock=lambda: NOW,
            timeout=timeout,
            rate_limiter=limiter,
        )

    return connect
