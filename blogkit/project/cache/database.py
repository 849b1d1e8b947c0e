"""The file of the cache: `.blogkit/cache.sqlite`.

A cache, and nothing else: it may be deleted at any time; without it everything is read and rendered
again. If it is damaged, a run goes on without it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

# To be raised with every change of the tables or their meaning; an old cache is then dropped.
_LAYOUT = 9
_OF_FILES = ("file", "checked", "head", "text")
_SCHEMA = """
CREATE TABLE file (
    path TEXT NOT NULL, site TEXT NOT NULL, stamp TEXT NOT NULL, signature TEXT NOT NULL,
    needs TEXT NOT NULL, "key" TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    digest TEXT NOT NULL, desired_state TEXT NOT NULL, state TEXT NOT NULL, "at" TEXT NOT NULL,
    status TEXT NOT NULL, min_lead INTEGER NOT NULL, remote_id TEXT NOT NULL,
    queued TEXT NOT NULL, problems TEXT NOT NULL, pending TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (path, site)
) WITHOUT ROWID;
CREATE TABLE checked (
    path TEXT NOT NULL, site TEXT NOT NULL, stamp TEXT NOT NULL, signature TEXT NOT NULL,
    found TEXT NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (path, site)
) WITHOUT ROWID;
CREATE TABLE head (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, signature TEXT NOT NULL, "key" TEXT NOT NULL,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE text (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, signature TEXT NOT NULL, title TEXT NOT NULL,
    sites TEXT NOT NULL, origin TEXT NOT NULL, size INTEGER NOT NULL, digest INTEGER NOT NULL,
    marks TEXT NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE note (
    name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID
"""
_TABLES = tuple(statement.strip() for statement in _SCHEMA.split(";"))
_CONTENT = "SELECT type, sql, name FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'"
_DAMAGED = (sqlite3.Error, UnicodeDecodeError)
"""The latter where SQLite's own message quotes a damaged name."""
_FEW = 50
"""Rows of so many files are asked for one by one; those of more are read as a whole."""


class CacheFile:
    """The open cache.

    Args:
        db: None if there is nothing to read or write.
    """

    def __init__(self, db: sqlite3.Connection | None) -> None:
        self.db = db

    @classmethod
    @contextmanager
    def open(cls, private: Path) -> Iterator[CacheFile]:
        """Open the cache of a blog; unusable files count as an empty one that keeps nothing.

        Args:
            private: The folder that is never committed.
        """
        db = _connect(private / "cache.sqlite")
        try:
            yield cls(db)
        finally:
            if db:
                db.close()

    def rows(self, table: str, names: Sequence[str]) -> Iterator[tuple[str | int, ...]]:
        """Yield the rows of these files, without their checksums. Damaged ones are left out.

        Args:
            table: One whose first column is the file's name.
            names: The files.
        """
        found: list[tuple[str | int, ...]] = []
        with suppress(*_DAMAGED):
            if self.db and len(names) <= _FEW:
                query = f"SELECT * FROM {table} WHERE path = ?"  # noqa: S608 (a constant)
                for name in names:
                    found += self.db.execute(query, (name,)).fetchall()
            elif self.db:
                # fetchall: of a damaged file all, or nothing
                found = self.db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        for *row, checksum in found:
            # SQLite has none: https://www.sqlite.org/faq.html#q21
            if checksum_of(row) == checksum:
                yield tuple(row)

    def replace(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Write rows in the place of those with the same key, all at once, each with a checksum.

        The run goes on if the cache cannot be written.
        """
        if not rows or self.db is None:
            return
        places = ", ".join("?" * (len(rows[0]) + 1))
        with suppress(*_DAMAGED), self.db:
            self.db.executemany(
                f"INSERT OR REPLACE INTO {table} VALUES ({places})",  # noqa: S608 (a constant)
                [(*row, checksum_of(row)) for row in rows],
            )

    def forget(self, table: str, names: Sequence[str]) -> None:
        """Delete the rows of these files."""
        with suppress(*_DAMAGED):
            if self.db:
                with self.db:
                    query = f"DELETE FROM {table} WHERE path = ?"  # noqa: S608 (a constant)
                    self.db.executemany(query, [(name,) for name in names])

    def prune(self, names: Collection[str]) -> None:
        """Delete the rows of all files but these."""
        for table in _OF_FILES:
            with suppress(sqlite3.Error):
                if self.db:
                    rows = self.db.execute(f"SELECT DISTINCT path FROM {table}")  # noqa: S608
                    self.forget(table, [name for (name,) in rows.fetchall() if name not in names])

    def note(self, name: str, value: str) -> None:
        """Write a single value, such as the last answer of a site."""
        if self.noted(name) != value:
            self.replace("note", [(name, value)])

    def noted(self, name: str) -> str:
        """Return a single value, "" if there is none."""
        with suppress(*_DAMAGED):
            if self.db:
                query = "SELECT * FROM note WHERE name = ?"
                for *row, checksum in self.db.execute(query, (name,)):
                    if checksum_of(row) == checksum:
                        return str(row[1])
        return ""


def checksum_of(row: Sequence[object]) -> int:
    """Return a number that tells whether a row is as it was written."""
    return crc32("\0".join(map(str, row)).encode("utf-8", "surrogatepass"))


def _connect(path: Path) -> sqlite3.Connection | None:
    db = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        # Another process may be writing: then work without the cache rather than wait for it.
        db = sqlite3.connect(path, timeout=1)
        if not _is_ours(db):
            _start(db)
    except (OSError, *_DAMAGED):
        if db:
            db.close()
        return None
    return db


def _is_ours(db: sqlite3.Connection) -> bool:
    """Return whether a database has our tables and nothing else.

    A foreign one may have a view of that name that never ends, or triggers.
    """
    found = {(kind, sql) for kind, sql, _ in db.execute(_CONTENT)}
    (layout,) = db.execute("PRAGMA user_version").fetchone()
    return bool(layout == _LAYOUT) and found == {("table", sql) for sql in _TABLES}


def _start(db: sqlite3.Connection) -> None:
    """Replace all that a database has by our empty tables."""
    db.execute("BEGIN IMMEDIATE")  # several processes may find it empty at once
    with db:
        if _is_ours(db):
            return
        for kind, _, name in db.execute(_CONTENT).fetchall():
            quoted = name.replace('"', '""')
            # A table takes its indexes and triggers with it.
            db.execute(f'DROP {kind} IF EXISTS "{quoted}"')
        for statement in _TABLES:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {_LAYOUT}")
