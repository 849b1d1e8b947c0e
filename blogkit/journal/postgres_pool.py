"""Keep connections to PostgreSQL for later, in a process that needs one again and again."""

from __future__ import annotations

import threading
from contextlib import suppress

import psycopg
from psycopg.pq import TransactionStatus

from blogkit.journal.postgres_address import open_connection

# RESET ALL returns to the settings of the connection's start
# (https://www.postgresql.org/docs/current/sql-reset.html).
_CLEAN = "SELECT pg_advisory_unlock_all(); RESET ALL"


class ConnectionPool:
    """Connections that are idle at present. To open one takes longer than a short job.

    Each has one user at a time, and there are as many as were in use at the same time. They belong
    to no schema: a worker with many blogs needs no more of them than one with a single blog.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[str, psycopg.Connection]] = []
        self._closed = False

    def take(self, url: str) -> psycopg.Connection:
        """Return a connection that responds, without locks and settings of earlier work.

        Args:
            url: The database's address.

        Raises:
            JournalError: The address is not valid, or the server cannot be reached.
        """
        while kept := self._pop(url):
            with suppress(psycopg.Error):  # the server has restarted since
                kept.execute("SELECT 1")
                return kept
            kept.close()
        connection = open_connection(url)
        # a statement that was prepared for one blog's tables is of no use for another's
        connection.prepare_threshold = None
        return connection

    def give_back(self, url: str, connection: psycopg.Connection) -> None:
        """Keep a connection, without its locks and settings; close it if that is in doubt.

        A pool that is closed closes it, too.

        Args:
            url: The database's address.
            connection: From `take`. Its user must not use it any more.
        """
        with suppress(psycopg.Error):
            if connection.info.transaction_status == TransactionStatus.IDLE:
                connection.execute(_CLEAN)
                with self._lock:
                    if not self._closed:
                        self._idle.append((url, connection))
                        return
        connection.close()

    def close(self) -> None:
        """Close the connections: those that are idle now, the others when they are given back."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop()[1].close()

    def _pop(self, url: str) -> psycopg.Connection | None:
        with self._lock:
            for number, (address, _) in enumerate(self._idle):
                if address == url:
                    return self._idle.pop(number)[1]
        return None
