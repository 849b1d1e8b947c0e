"""The journal: where it is kept, and who may write to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from blogkit.errors import JournalError
from blogkit.extras import install_hint
from blogkit.journal.dialect import Database
from blogkit.journal.migrations import is_current, migrate
from blogkit.journal.sqlite import DAMAGED, SqliteFile
from blogkit.journal.writer import JournalWriter

if TYPE_CHECKING:
    from blogkit.journal.postgres_pool import ConnectionPool
    from blogkit.journal.state_file import StateFile

__all__ = ["DAMAGED", "Journal"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Journal(JournalWriter):
    """One blog's records, opened with `open` or `connect`."""

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _utc_now) -> Journal:
        """Return the journal in a file, created for its owner only and migrated if needed.

        Args:
            path: The file.
            clock: Returns the current time, aware.

        Raises:
            JournalError: The file cannot be used, or a newer blogkit wrote it.
        """
        return cls._up_to_date(SqliteFile(path), clock)

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime] = _utc_now,
        lock: Path | None = None,
        schema: str = "",
        pool: ConnectionPool | None = None,
    ) -> Journal:
        """Return the journal in a PostgreSQL database; create and migrate its tables if needed.

        Args:
            url: The database's address. One blog has one database, or one schema of it
                (`?options=-csearch_path%3DNAME`).
            clock: Returns the current time, aware.
            lock: A lock file that `alone` takes as well.
            schema: The schema of the tables, created if needed; "" for the one that the address
                names.
            pool: Where the connection comes from and returns to; None means one of its own.

        Raises:
            JournalError: The extra `postgres` is not installed, or the database cannot be used.
        """
        try:
            from blogkit.journal.postgres import PostgresSchema
        except ImportError as error:
            raise JournalError(
                f"a journal in PostgreSQL requires the package psycopg ({error})",
                hint=install_hint("postgres"),
            ) from error
        return cls._up_to_date(PostgresSchema(url, lock=lock, schema=schema, pool=pool), clock)

    @classmethod
    def _up_to_date(cls, database: Database, clock: Callable[[], datetime]) -> Journal:
        journal = cls(database, clock)
        try:
            with database.reading() as db:
                current = is_current(db, database.dialect)
            if not current:
                with database.transaction() as db:
                    migrate(db, database.dialect, now=journal._now(), place=database.place)
        except BaseException:
            database.close()
            raise
        return journal

    def mirror(self, file: StateFile) -> None:
        """Read what other machines wrote into a state file, and keep that file up to date.

        Args:
            file: The file.

        Raises:
            JournalError: The journal or the file cannot be written.
        """
        self._mirror = file
        news = file.news(self.all_memories(), self._last_touched)
        if news:
            # A process that publishes now has read them already.
            with (
                suppress(JournalError),
                self._database.alone("read the state file"),
                self._database.transaction() as db,
            ):
                for memory in news:
                    self._remember(db, memory)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def alone(self, doing: str) -> Iterator[None]:
        """Keep other processes from publishing, from reading the sites to the last outcome.

        Args:
            doing: What this process does, for the others' message: "publish".

        Raises:
            JournalError: Another process is publishing; the message names it.
        """
        with self._database.alone(doing):
            if self._mirror is None:
                yield
                return
            self._mirror.save(self.all_memories().values())
            try:
                yield
            finally:
                self._mirror.save()
