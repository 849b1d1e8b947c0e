"""The journal: short transactions around every request, so that a crash leaves a row that says what to check."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import aiosql

from blogkit.errors import JournalError
from blogkit.journal.lock import only_one
from blogkit.journal.migrations import SQL, STEPS, migrate, version
from blogkit.journal.records import Entry, Intent, Memory, Run, StoredAsset

_PATIENCE = 10.0
"""Seconds to wait for another process's transaction; each takes about a millisecond."""

_HINTS = {
    "disk is full": "free some space and run the command again: it looks at the site before it sends anything",
    "disk i/o": "check the disk, then run the command again: it looks at the site before it sends anything",
    "readonly": "make the file and its folder writable for you",
    "unable to open": "check that its folder exists and is writable for you",
    "is locked": "another blogkit is at work in this workspace: wait for it to end, then run the command again",
}
DAMAGED = "move the file aside and run `blogkit plan`: published posts are found again by the key in their text"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@cache
def _queries() -> Any:
    return aiosql.from_path(SQL / "queries.sql", "sqlite3")


class Journal:
    """One workspace's memory. Methods raise `JournalError`; each is one short transaction of its own."""

    def __init__(self, path: Path, db: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self.path = path
        self._db = db
        self._clock = clock
        self._lock = threading.RLock()
        self._sql = _queries()

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _utc_now) -> Journal:
        """The journal in this file, made (readable by its owner only) and brought up to date where needed."""
        with _translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
            db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        journal = cls(path, db, clock)
        try:
            with _translated(path):
                db.row_factory = sqlite3.Row
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                db.execute("PRAGMA foreign_keys = ON")
                current = version(db) == len(STEPS)
            if not current:
                with journal._transaction():
                    migrate(db, now=journal._now())
        except BaseException:
            db.close()
            raise
        return journal

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def alone(self, doing: str) -> Iterator[None]:
        """Keep other processes from publishing in this workspace: from the look that a plan rests on to the last outcome.

        Raises `JournalError` that names the other process.
        """
        with only_one(self.path.with_name(self.path.name + ".lock"), doing):
            yield

    def start_run(self, command: str) -> int:
        """A new run, before its first action."""
        with self._transaction() as db:
            return int(self._sql.start_run(db, command=command, started=self._now())["id"])

    def finish_run(self, run: int, outcome: str) -> None:
        """How the run ended, in a few words."""
        with self._transaction() as db:
            self._sql.finish_run(db, run=run, outcome=outcome, finished=self._now())

    def runs(self, most: int = 20) -> list[Run]:
        """The latest runs, newest first."""
        with self._reading() as db:
            rows = list(self._sql.runs(db, most=most))
        return [Run(**_record(row, "started", "finished")) for row in rows]

    def intend(
        self, run: int, site: str, key: str, kind: str, action: str, story: str, pushed: str, before: bytes | None, *, wish: str = ""
    ) -> int:
        """Write down what is about to happen, with the bytes it will replace; returns the action's number."""
        with self._transaction() as db:
            row = self._sql.intend(
                db,
                run=run,
                site=site,
                key=key,
                kind=kind,
                action=action,
                story=story,
                pushed=pushed,
                wish=wish,
                before=before,
                now=self._now(),
            )
            return int(row["id"])

    def mark(self, action: int, status: Literal["sent", "failed", "unknown"], note: str = "", *, meant: bytes | None = None) -> None:
        """How far an action got. With "sent", `meant` says what the site shows if the request arrives."""
        with self._transaction() as db:
            self._sql.mark(db, action=action, status=status, note=note, meant=meant, now=self._now())

    def done(self, action: int, memory: Memory, after: bytes, note: str = "") -> None:
        """The action's end and what we now know of the post, in one transaction; older open ends of the post are settled by it."""
        with self._transaction() as db:
            self._sql.finish_action(db, action=action, note=note, after=after, now=self._now())
            self._remember(db, memory)
            self._sql.settle(db, site=memory.site, key=memory.key, note=f"settled by action {action}", now=self._now())

    def remember(self, memory: Memory, *, settle: str = "") -> None:
        """What we now know of a post. settle: why its open ends are explained, "" to leave them open."""
        with self._transaction() as db:
            self._remember(db, memory)
            if settle:
                self._sql.settle(db, site=memory.site, key=memory.key, note=settle, now=self._now())

    def memories(self, site: str) -> dict[str, Memory]:
        """What we know of a site's posts, by key."""
        with self._reading() as db:
            rows = list(self._sql.memories(db, site=site))
        return {row["key"]: Memory(**_record(row, "at")) for row in rows}

    def unsettled(self, site: str) -> list[Intent]:
        """Actions on a site whose end is not known, newest first."""
        with self._reading() as db:
            rows = list(self._sql.unsettled(db, site=site))
        return [Intent(**_record(row, "intended")) for row in rows]

    def actions(self, run: int) -> list[Entry]:
        """Everything a run did or tried, in order."""
        with self._reading() as db:
            rows = list(self._sql.actions(db, run=run))
        return [Entry(**_record(row, "intended", "changed")) for row in rows]

    def asset(self, site: str, sha256: str) -> StoredAsset | None:
        """Where a file of this content was uploaded to, if it was."""
        with self._reading() as db:
            row = self._sql.asset(db, site=site, sha256=sha256)
        return StoredAsset(row["url"], row["id"]) if row else None

    def remember_asset(self, site: str, sha256: str, url: str, remote_id: str) -> None:
        """A file of this content now has an address."""
        with self._transaction() as db:
            self._sql.remember_asset(db, site=site, sha256=sha256, url=url, remote_id=remote_id)

    def damage(self) -> str:
        """What SQLite's own check finds wrong with the file; "" when it is sound."""
        with self._reading() as db:
            found = [str(row[0]) for row in db.execute("PRAGMA quick_check(5)")]
        return "" if found == ["ok"] else "; ".join(found)

    def _remember(self, db: sqlite3.Connection, memory: Memory) -> None:
        at = memory.at.astimezone(UTC).isoformat() if memory.at else None
        self._sql.remember(db, **{**asdict(memory), "at": at})

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self.path):
            yield self._db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _record(row: sqlite3.Row, *times: str) -> dict[str, Any]:
    """A row as a dataclass takes it: these columns are times."""
    values = dict(row)
    return values | {name: datetime.fromisoformat(values[name]) for name in times if values[name]}


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's and the system's complaints as `JournalError`s that name the file and the next step."""
    try:
        yield
    except OSError as error:
        raise JournalError(
            f"cannot open the journal {path}: {error.strerror}", hint="check that its folder exists and is writable for you"
        ) from error
    except sqlite3.Error as error:
        reason = str(error)
        hint = next((hint for words, hint in _HINTS.items() if words in reason.lower()), DAMAGED)
        raise JournalError(f"the journal {path} cannot be used: {reason}", hint=hint) from error
