"""Connections that journals leave to the next one: alive, with nothing of the last user's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from blogkit.errors import AlreadyRunning, JournalError
from blogkit.journal.postgres_pool import ConnectionPool
from blogkit.journal.store import Journal
from tests.postgres import Server


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.url(postgres.fresh())


@pytest.fixture
def pool() -> Iterator[ConnectionPool]:
    with closing(ConnectionPool()) as pool:
        yield pool


def connection_of(journal: Journal) -> int:
    return int(journal._database.connection.info.backend_pid)


def test_one_after_the_other_shares_a_connection(url: str, pool: ConnectionPool) -> None:
    with Journal.connect(url, pool=pool) as journal:
        first = connection_of(journal)
        run = journal.start_run("publish")
    with Journal.connect(url, pool=pool) as journal:
        assert connection_of(journal) == first
        assert [one.id for one in journal.runs()] == [run]


def test_two_at_a_time_do_not(url: str, pool: ConnectionPool) -> None:
    with ExitStack() as stack:
        journals = [stack.enter_context(Journal.connect(url, pool=pool)) for _ in range(2)]
        used = {connection_of(journal) for journal in journals}
    journals[0].close()  # a second time
    with ExitStack() as stack:
        journals = [stack.enter_context(Journal.connect(url, pool=pool)) for _ in range(3)]
        again = {connection_of(journal) for journal in journals}
    assert len(used) == 2
    assert len(again) == 3
    assert used < again


def test_a_closed_journal_has_no_connection_any_more(url: str, pool: ConnectionPool) -> None:
    with Journal.connect(url, pool=pool) as journal:
        pass
    with Journal.connect(url, pool=pool), pytest.raises(JournalError, match="is closed"):
        journal.start_run("publish")


def test_what_is_given_back_after_the_end_is_closed(url: str, pool: ConnectionPool) -> None:
    """A thread that waits for a webhook may end after its worker."""
    connection = pool.take(url)
    pool.close()
    pool.give_back(url, connection)
    assert connection.closed


def fail_alone(journal: Journal) -> None:
    with journal.alone("run"):
        # taken twice, so that to release it once is not enough
        number = journal._database._number("alone")
        journal._database.connection.execute("SELECT pg_advisory_lock(%s)", [number])
        raise ZeroDivisionError


def test_no_lock_stays_after_an_error(url: str, pool: ConnectionPool) -> None:
    with Journal.connect(url) as other:
        with Journal.connect(url, pool=pool) as journal:
            with pytest.raises(ZeroDivisionError):
                fail_alone(journal)
            with pytest.raises(AlreadyRunning), other.alone("run"):
                pass
        with other.alone("run"):
            pass


def test_settings_and_schemas_do_not_stay(postgres: Server, url: str, pool: ConnectionPool) -> None:
    other = postgres.fresh()
    with Journal.connect(url, pool=pool, schema=other) as journal:
        journal.start_run("in the other")
        journal._database.connection.execute("SET synchronous_commit = off")
    with Journal.connect(url, pool=pool) as journal:
        assert journal.runs() == []
        [on] = journal._database.connection.execute("SHOW synchronous_commit").fetchone()
        assert on == "on"


def test_another_database_has_connections_of_its_own(
    postgres: Server, url: str, pool: ConnectionPool
) -> None:
    with Journal.connect(url, pool=pool) as journal:
        first = connection_of(journal)
    with Journal.connect(postgres.url(database=postgres.database()), pool=pool) as journal:
        assert connection_of(journal) != first


def test_a_connection_lost_while_idle_is_replaced(
    postgres: Server, url: str, pool: ConnectionPool
) -> None:
    with Journal.connect(url, pool=pool) as journal:
        lost = connection_of(journal)
    postgres.execute("SELECT pg_terminate_backend(%s)", lost)
    with Journal.connect(url, pool=pool) as journal:
        journal.start_run("publish")
        assert connection_of(journal) != lost


def write_and_lose(postgres: Server, journal: Journal) -> None:
    with journal._database.transaction() as db:
        db.execute("INSERT INTO run (command, started) VALUES ('publish', '')")
        postgres.execute("SELECT pg_terminate_backend(%s)", connection_of(journal))
        db.execute("SELECT 1")


def test_a_connection_lost_in_a_write_is_thrown_away(
    postgres: Server, url: str, pool: ConnectionPool
) -> None:
    """And the write is not tried again."""
    with Journal.connect(url, pool=pool) as journal:
        lost = connection_of(journal)
        with pytest.raises(JournalError, match="connection was lost"):
            write_and_lose(postgres, journal)
    with Journal.connect(url, pool=pool) as journal:
        assert connection_of(journal) != lost
        assert journal.runs() == []


def test_a_transaction_that_was_left_open_is_thrown_away(url: str, pool: ConnectionPool) -> None:
    with Journal.connect(url, pool=pool) as journal:
        left = connection_of(journal)
        journal._database.connection.execute("BEGIN")
    with Journal.connect(url, pool=pool) as journal:
        assert connection_of(journal) != left


def test_a_closed_pool_closes_its_connections(
    postgres: Server, url: str, pool: ConnectionPool
) -> None:
    with Journal.connect(url, pool=pool) as journal:
        connection = journal._database.connection
    assert not connection.closed
    pool.close()
    assert connection.closed
