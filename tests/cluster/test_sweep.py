"""One sweep at a time, in a process and among several, and only workers that run are known."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.engine import Engine, Timing
from blogkit.cluster.projects import Projects
from tests.cluster.workers import database, workers
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


# The commit of a worker's number waits for a lock that the test holds.
TRIGGER = """
CREATE FUNCTION blogkit_queue.wait() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON blogkit_queue.procrastinate_workers
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION blogkit_queue.wait()
"""
WAITING = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def test_a_worker_that_is_stopped_while_it_starts_does_not_stay_known(
    engines: list[Engine],
) -> None:
    url = engines[0]._database.conninfo

    async def start_and_stop() -> None:
        app = engines[0].app(2)
        with database(url) as holder:
            holder.execute(TRIGGER)
            holder.execute("SELECT pg_advisory_lock(42)")
            async with app.open_async():
                starting = asyncio.create_task(app.job_manager.register_worker())
                while not holder.execute(WAITING).fetchall():
                    await asyncio.sleep(0)
                holder.execute("SELECT pg_advisory_unlock(42)")
                known = any(workers(url) for _ in range(10_000))  # before it is told its number
                starting.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await starting
                assert known

    asyncio.run(start_and_stop())
    assert workers(url) == 0
