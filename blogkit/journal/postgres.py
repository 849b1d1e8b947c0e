"""Keep the journal in PostgreSQL: one schema per blog, which several machines may use."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psycopg
from psycopg.pq import TransactionStatus

from blogkit.errors import AlreadyRunning, JournalError
from blogkit.journal.dialect import POSTGRES, VARIABLE, Dialect
from blogkit.journal.lock import only_one
from blogkit.journal.migrations import STEPS, version
from blogkit.journal.postgres_address import open_connection, use_schema
from blogkit.journal.postgres_pool import ConnectionPool

_AGAIN = "then run the command again; it checks the site before it sends anything"
_SESSION = {
    "synchronous_commit": "on",
    "default_transaction_isolation": "read committed",
    # others wait for a process that was halted half-way
    "idle_in_transaction_session_timeout": "60s",
    "lock_timeout": "10s",  # each transaction takes about a millisecond
    "tcp_keepalives_idle": "30",  # a machine that is gone loses its lock within a minute
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_TABLES = ("run", "action", "memory", "asset", "file", "picture")
# of an application_name, https://www.postgresql.org/docs/current/runtime-config-logging.html
_NAME_LENGTH = 63

_DAMAGED = (
    f"restore it from your backup, or set {VARIABLE} to an empty database and run `blogkit plan`: "
    "blogkit finds published posts by the key in their HTML"
)

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_HINTS_BY_STATE = {
    "42P01": _DAMAGED,  # undefined_table
    "42703": _DAMAGED,  # undefined_column
    "XX001": _DAMAGED,  # data_corrupted
    "XX002": _DAMAGED,  # index_corrupted
    "53100": f"free some space on the server, {_AGAIN}",  # disk_full
    # read_only_sql_transaction
    "25006": f"{VARIABLE} names a read-only replica; use the primary server",
    # insufficient_privilege
    "42501": f"allow its user to create and write tables, or set another user in {VARIABLE}",
    "42P07": f"set {VARIABLE} to a database or schema of its own",  # duplicate_table
    # lock_not_available
    "55P03": "another process is writing to it; wait until it ends, then run the command again",
}
# `pg_locks` shows a lock's number in two halves:
# https://www.postgresql.org/docs/current/view-pg-locks.html
_HOLDER = """
SELECT activity.application_name FROM pg_catalog.pg_locks AS held JOIN pg_catalog.pg_stat_activity AS activity USING (pid)
WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
AND (held.classid::bigint << 32) | held.objid::bigint = %s
"""  # noqa: E501


class PostgresSchema:
    """A `Database` in a PostgreSQL schema. Threads share its connection in turn.

    The lock of `alone` belongs to the connection: if you lose one, you have lost the other, and can
    write nothing more
    (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).

    Args:
        url: The database's address, `postgresql://…`. No message repeats any part of it.
        lock: A lock file that `alone` takes as well, against processes of this machine that use
            another journal.
        schema: The schema of the tables, created if needed; "" for the one that the address names.
        pool: Where the connection comes from and returns to; None means one of its own.

    Raises:
        JournalError: The address is not valid, the server cannot be reached, or the database cannot
            be used.
    """

    dialect: Dialect = POSTGRES
    remedy = _DAMAGED

    def __init__(
        self,
        url: str,
        *,
        lock: Path | None = None,
        schema: str = "",
        pool: ConnectionPool | None = None,
    ) -> None:
        self._file = lock
        self._lock = threading.RLock()
        self._alone = False
        self._url, self._pool = url, pool
        connection = pool.take(url) if pool else open_connection(url)
        self._connection: psycopg.Connection | None = connection
        try:
            self.place = (
                f'the journal in the database "{self.connection.info.dbname}" on'
                f" {self.connection.info.host}"
            )
            with self._translated():
                self._schema = self._prepare(schema)
        except BaseException:
            self.close()
            raise

    @property
    def connection(self) -> psycopg.Connection:
        """The connection.

        Raises:
            JournalError: The journal was closed. Its connection may have another user by now.
        """
        if self._connection is None:
            raise JournalError(f"{self.place} is closed", hint="open it again")
        return self._connection

    def _prepare(self, schema: str) -> str:
        """Set up the session, and return the schema of the tables."""
        encoding = self.connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise JournalError(
                f"{self.place} uses the encoding {encoding}, which cannot store all texts",
                hint="create a database with: createdb --encoding=UTF8",
            )
        settings = dict(_SESSION)
        if self.connection.info.server_version >= 140000:
            settings["idle_session_timeout"] = "0"  # a slow site may keep us waiting
        calls = ", ".join(["set_config(%s, %s, false)"] * len(settings))
        self.connection.execute(
            f"SELECT {calls}", [word for pair in settings.items() for word in pair]
        )
        if schema:
            use_schema(self.connection, schema)
        row = self.connection.execute("SELECT current_schema()").fetchone()
        if row is None or row[0] is None:
            raise JournalError(
                f"cannot use {self.place}: the schema does not exist",
                hint=f"create it with CREATE SCHEMA, or correct {VARIABLE}",
            )
        return str(row[0])

    @contextmanager
    def reading(self) -> Iterator[psycopg.Connection]:
        """Yield the connection, for queries that change nothing."""
        with self._lock, self._translated():
            yield self.connection

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Connection]:
        """Yield the connection for an atomic change.

        Others wait: two that settle the actions of the same posts in different order could
        deadlock.
        """
        with self._lock, self._translated():
            try:
                self.connection.execute(
                    f"BEGIN; SELECT pg_advisory_xact_lock({self._number('writing')})"
                )
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.info.transaction_status != TransactionStatus.IDLE:
                    with suppress(psycopg.Error):  # the first error is the one to report
                        self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self, doing: str) -> Iterator[None]:
        """Keep other processes, here and on other machines, from publishing.

        Args:
            doing: What this process does, for the others' message: "publish".

        Raises:
            JournalError: Another process is publishing; the message names it.
        """
        with only_one(self._file, doing) if self._file else nullcontext():
            with self.reading():
                self._take(doing)
            try:
                yield
            finally:
                self._let_go()

    def _take(self, doing: str) -> None:
        if not self._alone:
            self._call_itself(
                _name(doing)
            )  # before locking, so that others who find the lock taken also find the name
            row = self.connection.execute(
                "SELECT pg_try_advisory_lock(%s)", [self._number("alone")]
            ).fetchone()
            self._alone = bool(row and row[0])
            if self._alone:
                return
            self._call_itself("blogkit")
        row = self.connection.execute(_HOLDER, [self._number("alone")]).fetchone()
        holder = row[0] if row and row[0] else "process unknown"
        raise AlreadyRunning(
            f"another blogkit process is running here: {holder}",
            hint="wait until it ends, then run the command again",
        )

    def _let_go(self) -> None:
        with self._lock, suppress(psycopg.Error):  # a lost connection has released its locks
            self._alone = False
            self.connection.execute("SELECT pg_advisory_unlock(%s)", [self._number("alone")])
            self._call_itself("blogkit")

    def _call_itself(self, name: str) -> None:
        self.connection.execute("SELECT set_config('application_name', %s, false)", [name])

    def _number(self, lock: str) -> int:
        """Return PostgreSQL's number for a lock of this schema."""
        words = f"blogkit {lock} {self.connection.info.dbname} {self._schema}".encode()
        # a signed 64-bit number, and one that `pg_locks` shows as it is
        return int.from_bytes(hashlib.sha256(words).digest()[:8]) >> 1

    def damage(self) -> str:
        """Return what is wrong with the tables; "" if all of them respond."""
        with self.reading() as db:
            seen = version(db, self.dialect)
            for table in _TABLES:
                db.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608
        return "" if seen == len(STEPS) else f"its schema is {seen}, not {len(STEPS)}"

    def close(self) -> None:
        """Close the connection, or leave it to the pool."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None and self._pool is not None:
            self._pool.give_back(self._url, connection)
        elif connection is not None:
            connection.close()

    def unusable(self, reason: str) -> JournalError:
        """Return the error for contents that make no sense."""
        return JournalError(f"cannot use {self.place}: {reason}", hint=_DAMAGED)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the server's errors into `JournalError`s, with the database and without secrets."""
        try:
            yield
        except psycopg.Error as error:
            if self.connection.closed:
                raise JournalError(
                    f"cannot use {self.place}: the connection was lost",
                    hint=f"check the server, {_AGAIN}",
                ) from error
            reason = error.diag.message_primary or type(error).__name__
            hint = _HINTS_BY_STATE.get(error.sqlstate or "", f"check the server, {_AGAIN}")
            raise JournalError(f"cannot use {self.place}: {reason}", hint=hint) from error


def _name(doing: str) -> str:
    """Return the name of this run for pg_stat_activity. Only the host's name may be cut."""
    start = f"blogkit {doing} (process {os.getpid()} on "
    host = socket.gethostname().encode("ascii", "replace").decode()
    return f"{start}{host[: _NAME_LENGTH - len(start) - 1]})"
