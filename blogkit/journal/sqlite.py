"""Keep the journal in a file: SQLite in WAL mode, for one blog on one machine."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from blogkit.errors import JournalError
from blogkit.journal.dialect import SQLITE, Dialect
from blogkit.journal.lock import only_one

_PATIENCE = 10.0
"""Seconds to wait for another process's transaction; each takes about a millisecond."""

_HINTS = {
    "disk is full": (
        "free some space and run the command again; it checks the site before it sends anything"
    ),
    "disk i/o": (
        "check the disk, then run the command again; it checks the site before it sends anything"
    ),
    "readonly": "make the file and its folder writable",
    "unable to open": "check that its folder exists and that you may write to it",
    "is locked": (
        "another blogkit process is running here; wait until it ends, then run the command again"
    ),
}
_REPLACE = "run `blogkit plan`; blogkit finds published posts by the key in their HTML"
DAMAGED = f"save what can be read with `blogkit backup export DIR`, rename the file and {_REPLACE}"
"""What to do about a damaged file."""
_RIGHTS = "give yourself read and write access to it and to its folder"
_SYSTEM = {
    errno.EISDIR: f"rename it and {_REPLACE}",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "use a folder that you can write to: blogkit -C DIR …",
    errno.ENOSPC: _HINTS["disk is full"],
}
_FOREIGN = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"


class SqliteFile:
    """A `Database` in one file, created for its owner only. Threads share its connection.

    Args:
        path: The file. Its folder is created if needed.

    Raises:
        JournalError: The file cannot be opened or is not a journal.
    """

    dialect: Dialect = SQLITE
    remedy = DAMAGED

    def __init__(self, path: Path) -> None:
        self._path = path
        self.place = f"the journal {path}"
        self._lock = threading.RLock()
        with _translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
                raise IsADirectoryError(errno.EISDIR, "it is not a file")
            # SQLite would create it readable for all, and its log files copy its mode:
            # https://github.com/sqlite/sqlite/blob/master/test/journal3.test
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
            self.connection = sqlite3.connect(
                path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
        try:
            with _translated(path):
                self.connection.execute("PRAGMA journal_mode = WAL")
                # In WAL mode NORMAL may lose the last transactions when the power fails, and an
                # intent must not get lost: https://www.sqlite.org/pragma.html#pragma_synchronous
                self.connection.execute("PRAGMA synchronous = FULL")
                self.connection.execute("PRAGMA foreign_keys = ON")
                self._require_plain_tables()
        except BaseException:
            self.close()
            raise

    def _require_plain_tables(self) -> None:
        """Refuse code in the file, which may have come with a folder from elsewhere.

        SQLite runs a trigger with our writes, and a view can have our reads never end
        (https://www.sqlite.org/security.html).
        """
        found = self.connection.execute(_FOREIGN).fetchone()
        if found:
            raise self.unusable(f'blogkit did not make the {found[0]} "{found[1]}" in it')

    def unusable(self, reason: str) -> JournalError:
        """Return the error for contents that make no sense."""
        return JournalError(f"cannot use {self.place}: {reason}", hint=DAMAGED)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection, for queries that change nothing."""
        with self._lock, _translated(self._path):
            yield self.connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection for an atomic change; other processes wait."""
        with self._lock, _translated(self._path):
            # A plain BEGIN that has read cannot wait for another writer; it fails at once:
            # https://www.sqlite.org/lang_transaction.html
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self, doing: str) -> Iterator[None]:
        """Keep other processes of this machine from publishing.

        Args:
            doing: What this process does, for the others' message: "publish".

        Raises:
            JournalError: Another process is publishing; the message names it.
        """
        with only_one(self._path.with_name(self._path.name + ".lock"), doing):
            yield

    def damage(self) -> str:
        """Return what SQLite's check finds wrong with the file; "" if it is intact."""
        with self.reading() as db:
            found = [str(row[0]) for row in db.execute("PRAGMA quick_check(5)")]
        return "" if found == ["ok"] else "; ".join(found)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system into `JournalError`s with the file and the next step."""
    try:
        yield
    except OSError as error:
        raise JournalError(
            f"cannot open the journal {path}: {error.strerror}",
            hint=_SYSTEM.get(
                error.errno or 0, "check that its folder exists and that you may write to it"
            ),
        ) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # the latter where SQLite's own message quotes a damaged name
        reason = str(error) if isinstance(error, sqlite3.Error) else "its contents are damaged"
        hint = next((hint for words, hint in _HINTS.items() if words in reason.lower()), DAMAGED)
        raise JournalError(f"cannot use the journal {path}: {reason}", hint=hint) from error
