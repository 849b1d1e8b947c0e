"""The workers' own schema in the database: Procrastinate's tables, rate limits, records."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from procrastinate.schema import SchemaManager
from psycopg.conninfo import make_conninfo

from blogkit.errors import JournalError
from blogkit.journal.dialect import VARIABLE
from blogkit.journal.postgres_address import address_parameters, open_connection, use_schema

_T = TypeVar("_T")

QUEUE_SCHEMA = "blogkit_queue"
"""The name of the schema. The journals have schemas of their own."""
_TABLES = Path(__file__).with_name("tables.sql")
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('blogkit queue'))"


class QueueDatabase:
    """A connection to the workers' schema, shared by threads and opened again when it is lost.

    Args:
        url: The database's address, `postgresql://…`.

    Raises:
        JournalError: The address is not valid.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        path = f"-csearch_path={QUEUE_SCHEMA}"
        self.conninfo = make_conninfo(**{**address_parameters(url), "options": path})
        # The server need not wait for its disk unless we ask: jobs have a connection of their own,
        # and a crash costs half a second of totals.
        self._options = {"options": f"{path} -csynchronous_commit=off"}
        self._lock = threading.Lock()
        self._connection: psycopg.Connection | None = None

    def prepare(self) -> None:
        """Create the tables unless they are there.

        Raises:
            JournalError: The server cannot be reached, ends just now or refuses tables, or the
                tables are those of another version of Procrastinate.
        """
        try:
            made_by = self._made_by()
        except psycopg.Error as error:
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise JournalError(
                f"the workers' tables cannot be made: {reason}",
                hint="check that the server is running and that the user may create a schema in"
                f" the database that {VARIABLE} names",
            ) from None
        here = version("procrastinate")
        if _release(made_by) != _release(here):
            raise JournalError(
                f"the workers' tables were made by Procrastinate {made_by}, and this is {here}",
                hint=f"stop all workers, run `DROP SCHEMA {QUEUE_SCHEMA} CASCADE` in the database,"
                " and start them: nothing is lost, because the journals know what is due",
            )

    def _made_by(self) -> str:
        """Return the version of Procrastinate that made the tables, which are made if need be."""
        with open_connection(self._url) as db:  # it waits for the disk
            use_schema(db, QUEUE_SCHEMA)
            with db.transaction():
                db.execute(_LOCK)
                known = db.execute("SELECT to_regclass('blogkit_engine')").fetchone()
                if known == (None,):
                    db.execute(SchemaManager.get_schema())
                    db.execute(_TABLES.read_text(encoding="utf-8"))
                    db.execute("INSERT INTO blogkit_engine VALUES (%s)", [version("procrastinate")])
                seen = db.execute("SELECT version FROM blogkit_engine").fetchone()
        return str(seen[0]) if seen else "unknown"

    def execute(self, query: str, *values: object, durable: bool = False) -> list[tuple[Any, ...]]:
        """Run a statement.

        Args:
            query: The statement, with %s for values.
            *values: The values.
            durable: Wait until a crash of the server cannot undo it.

        Returns:
            Its rows.

        Raises:
            JournalError: The server cannot be reached.
            psycopg.Error: The statement failed.
        """

        def work(db: psycopg.Connection) -> list[tuple[Any, ...]]:
            with db.transaction() if durable else nullcontext():
                if durable:
                    db.execute("SET LOCAL synchronous_commit = on")
                cursor = db.execute(query, values or None)
                return cursor.fetchall() if cursor.description else []

        return self._do(work)

    def execute_many(self, query: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement for each row of values, in one transaction.

        Args:
            query: The statement, with %s for values.
            rows: The values.

        Raises:
            JournalError: The server cannot be reached.
            psycopg.Error: The statement failed.
        """

        def work(db: psycopg.Connection) -> None:
            with db.transaction(), db.cursor() as cursor:
                cursor.executemany(query, rows)

        self._do(work)

    def _do(self, work: Callable[[psycopg.Connection], _T]) -> _T:
        """Do something with the connection; once more with a new one if it turns out to be lost.

        A connection from before a restart of the server is found out by its first use. Without the
        second try, one request would go out although the site has asked to slow down.
        """
        with self._lock:
            if self._connection is not None and not self._connection.closed:
                with suppress(psycopg.OperationalError):
                    return work(self._connection)
                if not self._connection.closed:
                    return work(self._connection)  # it is not the connection
            self._connection = open_connection(self._url, **self._options)
            return work(self._connection)

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()


def _release(full: str) -> str:
    """Return the part of a version that changes with the tables: major and minor."""
    return ".".join(full.split(".")[:2])
