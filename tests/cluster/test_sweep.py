"""One sweep at a time, in a process and among several: two would defer the same jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.engine import Engine, Timing
from blogkit.cluster.projects import Projects
from tests.postgres import Server


@pytest.fixture
def engines(postgres: Server, tmp_path: Path) -> Iterator[list[Engine]]:
    """As of two processes: each has a connection of its own."""
    url = postgres.url(database=postgres.database())
    with ExitStack() as stack:
        databases = [stack.enter_context(closing(QueueDatabase(url))) for _ in range(2)]
        databases[0].prepare()
        yield [
            Engine(
                database,
                Projects(tmp_path, many=True, database=database, environ={}),
                [],
                queue="blogs",
                timing=Timing(),
                on_result=lambda _blog, _result: None,
            )
            for database in databases
        ]


def test_one_sweep_at_a_time(engines: list[Engine]) -> None:
    one, other = engines
    assert one._begin_sweep()
    assert [one._begin_sweep(), other._begin_sweep()] == [False, False]
    one._end_sweep()
    assert other._begin_sweep()
    assert not one._begin_sweep()
    other._end_sweep()
    assert one._begin_sweep()
