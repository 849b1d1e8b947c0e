"""Keep what is left to do at a later time: new posts that wait, and work that failed."""

from __future__ import annotations

from datetime import datetime

from blogkit.dataclass import dataclass
from blogkit.journal.dialect import Database, queries
from blogkit.journal.records import stored_time
from blogkit.journal.rows import read_rows


@dataclass(frozen=True)
class WaitingPost:
    """A new post that a run was to create, and that its site takes only later.

    Attributes:
        site: The site's name in blogkit.toml.
        key: The post's key.
        path: Its file, relative to the blog's folder.
        at: When the site takes it.
    """

    site: str
    key: str
    path: str
    at: datetime


@dataclass(frozen=True)
class Retry:
    """Work that failed.

    Attributes:
        kind: The name of the kind of work.
        site: The site's name in blogkit.toml.
        key: The work's key.
        failures: How often it failed in a row.
        again: When it is tried again.
        reason: Why it failed the last time.
    """

    kind: str
    site: str
    key: str
    failures: int
    again: datetime
    reason: str


class LaterWork:
    """What is left to do, in a journal. Methods raise `JournalError`.

    Args:
        database: The journal's place, with an up-to-date schema.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries(database.dialect)

    def waiting(self) -> list[WaitingPost]:
        """Return the new posts that wait, the first to go first."""
        with self._database.reading() as db:
            return read_rows(self._database, WaitingPost, self._sql.waiting_posts(db))

    def wait(self, post: WaitingPost) -> None:
        """Record that a new post waits, and forget those that have been created since."""
        row = {"site": post.site, "key": post.key, "path": post.path, "at": stored_time(post.at)}
        with self._database.transaction() as db:
            self._sql.forget_arrived(db)
            self._sql.note_waiting(db, **row)

    def retries(self) -> list[Retry]:
        """Return the work that failed."""
        with self._database.reading() as db:
            return read_rows(self._database, Retry, self._sql.retries(db), words={})

    def check(self) -> None:
        """Read everything, also posts that do not wait any more.

        Raises:
            JournalError: A record is damaged.
        """
        with self._database.reading() as db:
            read_rows(self._database, WaitingPost, self._sql.all_waiting_posts(db))
        self.retries()

    def failed(self, retry: Retry) -> None:
        """Record that work failed."""
        row = {**vars(retry), "again": stored_time(retry.again)}
        with self._database.transaction() as db:
            self._sql.note_retry(db, **row)

    def succeeded(self, kind: str, site: str, key: str) -> None:
        """Forget that work failed.

        Args:
            kind: The name of the kind of work.
            site: The site's name in blogkit.toml.
            key: The work's key.
        """
        with self._database.transaction() as db:
            self._sql.forget_retry(db, kind=kind, site=site, key=key)
