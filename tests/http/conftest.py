from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Protocol

import pytest

from blogkit.http import Auth, HttpClient
from tests.http.server import Script, serving

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


class Connect(Protocol):
    def __call__(
        self, auth: Auth | None = None, timeout: tuple[float, float] = (5, 5)
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
    """How long was slept, without sleeping."""
    return []


@pytest.fixture
def connect(naps: list[float]) -> Connect:
    def connect(auth: Auth | None = None, timeout: tuple[float, float] = (5, 5)) -> HttpClient:
        return HttpClient("main", auth=auth, sleep=naps.append, clock=lambda: NOW, timeout=timeout)

    return connect
