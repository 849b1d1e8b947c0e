"""Store the sandbox's posts in one SQLite file, or in memory. `blog.py` interprets the rows."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from blogkit.errors import ConfigError

ResourceKind = Literal["post", "page"]
_State = Literal["LIVE", "DRAFT", "SCHEDULED", "SOFT_TRASHED"]
APPLICATION: Final = 0x626B7362  # "bksb": https://www.sqlite.org/pragma.html#pragma_application_id
VERSION: Final = 2
_COMMENTS: Final = """
CREATE TABLE comments (
    id TEXT PRIMARY KEY, post TEXT NOT NULL, published TEXT NOT NULL, updated TEXT NOT NULL, author TEXT NOT NULL,
    content TEXT NOT NULL, status TEXT NOT NULL, parent TEXT NOT NULL
);
CREATE INDEX comments_listed ON comments (post, status, published, id);
"""
SCHEMA: Final = f"""
CREATE TABLE entries (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL, labels TEXT NOT NULL,
    path TEXT NOT NULL, published TEXT NOT NULL, dated INTEGER NOT NULL, updated TEXT NOT NULL, trashed TEXT NOT NULL,
    comments TEXT NOT NULL, location TEXT NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX entries_listed ON entries (kind, state, published, id);
CREATE UNIQUE INDEX entries_path ON entries (path) WHERE path <> '';
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE pictures (name TEXT PRIMARY KEY, type TEXT NOT NULL, bytes BLOB NOT NULL);
{_COMMENTS}"""
COLUMNS: Final = (
    "id, kind, state, title, content, labels, path, published, dated, updated, trashed, comments,"
    " location, version"
)


@dataclass(frozen=True)
class StoredPost:
    """A post or a page.

    Attributes:
        id: Its id.
        kind: "post" or "page".
        published: The date of its publication, past or future.
        updated: When it last changed.
        state: The API's name of its state.
        title: Its title.
        content: Its body.
        labels: Its labels.
        path: Its permalink; "" until it is minted.
        dated: Whether `published` was chosen, not just the time of writing.
        trashed: When it was moved to the trash.
        comments: The API's `readerComments`.
        location: The API's `location`.
        version: A number that grows with every change.
    """

    id: str
    kind: ResourceKind
    published: datetime
    updated: datetime
    state: _State = "DRAFT"
    title: str = ""
    content: str = ""
    labels: tuple[str, ...] = ()
    path: str = ""
    dated: bool = False
    trashed: datetime | None = None
    comments: str = "ALLOW"
    location: dict[str, Any] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True)
class Wanted:
    """The filters of a listing.

    Attributes:
        kind: "post" or "page".
        states: The states that count.
        labels: Labels that an entry must have, all of them.
        since: The earliest `published`.
        until: The latest `published`.
        words: Words that its title or body must contain, all of them.
        order: What to sort by, newest first.
        after: The last row of the previous page, as (stamp, id).
        limit: How many at most; -1 for all.
    """

    kind: ResourceKind
    states: Sequence[_State]
    labels: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    words: Sequence[str] = ()
    order: Literal["published", "updated"] = "published"
    after: tuple[str, str] | None = None
    limit: int = -1


class SandboxStore:
    """Every entry of one blog, on one connection under one lock.

    Args:
        path: The file; None keeps everything in memory.

    Raises:
        ConfigError: The file cannot be used, or is not one of the sandbox's.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        try:
            self._db = sqlite3.connect(
                path or ":memory:", isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(str(path))
            except BaseException:
                self._db.close()
                raise
        except sqlite3.Error as error:
            raise ConfigError(
                f"{path}: the sandbox cannot store its posts there: {error}",
                hint="name another file with --data",
            ) from None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run atomically, one at a time; may be nested."""
        with self._lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def get(self, identity: str) -> StoredPost | None:
        """Return the entry with this id, in any state."""
        return next(self._entries("id = ?", [identity]), None)

    def at(self, path: str) -> StoredPost | None:
        """Return the entry with this permalink, in any state."""
        return next(self._entries("path = ?", [path]), None)

    def save(self, entry: StoredPost) -> None:
        """Insert or update the entry."""
        marks = ", ".join("?" * len(COLUMNS.split(", ")))
        with self.transaction():
            self.delete(entry.id)
            self._db.execute(f"INSERT INTO entries ({COLUMNS}) VALUES ({marks})", _row(entry))  # noqa: S608

    def delete(self, identity: str) -> None:
        """Delete the entry permanently."""
        with self.transaction():
            self._db.execute("DELETE FROM entries WHERE id = ?", [identity])

    def find(self, wanted: Wanted) -> list[StoredPost]:
        """Return the matching entries, newest first."""
        where, values = _conditions(wanted)
        order = wanted.order
        return list(
            self._entries(
                f"{where} ORDER BY {order} DESC, id DESC LIMIT ?", [*values, wanted.limit]
            )
        )

    def count(self, kind: ResourceKind, state: _State) -> int:
        """Return the number of entries.

        Args:
            kind: "post" or "page".
            state: The state that counts.
        """
        with self._lock:
            found: int = self._db.execute(
                "SELECT count(*) FROM entries WHERE kind = ? AND state = ?", [kind, state]
            ).fetchone()[0]
            return found

    def tick(self, counter: str) -> int:
        """Return the counter's next value, from 1."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value ="
                " value + 1",
                [counter],
            )
            return self.counted(counter)

    def counted(self, counter: str) -> int:
        """Return the counter's last value, or 0."""
        with self._lock:
            row = self._db.execute(
                "SELECT value FROM counters WHERE name = ?", [counter]
            ).fetchone()
            return int(row[0]) if row else 0

    def execute(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Run a statement atomically.

        Args:
            statement: The SQL.
            values: The values of its parameters.

        Returns:
            Its rows.
        """
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def keep_picture(self, name: str, content_type: str, content: bytes) -> None:
        """Store an image that was inside a body.

        Args:
            name: The last part of its address.
            content_type: Its media type.
            content: Its bytes.
        """
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", [name, content_type, content]
            )

    def picture(self, name: str) -> tuple[str, bytes] | None:
        """Return an image's media type and bytes, or None."""
        with self._lock:
            row: tuple[str, bytes] | None = self._db.execute(
                "SELECT type, bytes FROM pictures WHERE name = ?", [name]
            ).fetchone()
            return row

    def _prepare(self, path: str) -> None:
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        empty = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not empty and application != APPLICATION:
            raise ConfigError(
                f"{path} is not a database of the sandbox", hint="name another file with --data"
            )
        if version > VERSION:
            raise ConfigError(
                f"{path} was written by a newer version of blogkit",
                hint="update blogkit, or name another file with --data",
            )
        if version < VERSION:
            with self.transaction():
                for statement in (SCHEMA if empty else _COMMENTS).split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION}")
                self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _entries(self, where: str, values: Sequence[object]) -> Iterator[StoredPost]:
        with self._lock:
            rows = self._db.execute(
                f"SELECT {COLUMNS} FROM entries WHERE {where}",  # noqa: S608
                values,  # noqa: RUF100, S608
            ).fetchall()
        return (_entry(row) for row in rows)


def utc_text(moment: datetime | None) -> str:
    """Return a time in UTC, which sorts as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _conditions(wanted: Wanted) -> tuple[str, list[object]]:
    parts = ["kind = ?", f"state IN ({', '.join('?' * len(wanted.states))})"]
    values: list[object] = [wanted.kind, *wanted.states]
    for label in wanted.labels:
        parts.append("EXISTS (SELECT 1 FROM json_each(labels) WHERE value = ?)")
        values.append(label)
    for word in wanted.words:
        # not LIKE, in which `%` and `_` of the word would match anything
        parts.append("instr(lower(title || ' ' || content), ?) > 0")
        values.append(word.lower())
    if wanted.since:
        parts.append("published >= ?")
        values.append(utc_text(wanted.since))
    if wanted.until:
        parts.append("published <= ?")
        values.append(utc_text(wanted.until))
    if wanted.after:
        # a place in the order, not a number of rows: new posts do not move the next page
        parts.append(f"({wanted.order}, id) < (?, ?)")
        values.extend(wanted.after)
    return " AND ".join(parts), values


def _row(entry: StoredPost) -> list[object]:
    return [
        entry.id,
        entry.kind,
        entry.state,
        entry.title,
        entry.content,
        json.dumps(entry.labels),
        entry.path,
        utc_text(entry.published),
        int(entry.dated),
        utc_text(entry.updated),
        utc_text(entry.trashed),
        entry.comments,
        json.dumps(entry.location),
        entry.version,
    ]


def _entry(row: Sequence[Any]) -> StoredPost:
    named = dict(zip(COLUMNS.split(", "), row, strict=True))
    return StoredPost(
        id=named["id"],
        kind=named["kind"],
        state=named["state"],
        title=named["title"],
        content=named["content"],
        labels=tuple(json.loads(named["labels"])),
        path=named["path"],
        published=datetime.fromisoformat(named["published"]),
        dated=bool(named["dated"]),
        updated=datetime.fromisoformat(named["updated"]),
        trashed=datetime.fromisoformat(named["trashed"]) if named["trashed"] else None,
        comments=named["comments"],
        location=json.loads(named["location"]),
        version=named["version"],
    )
