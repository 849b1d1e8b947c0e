"""Read the journal: its runs, actions, uploaded files, and what it knows of posts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from blogkit.decoding import decompress
from blogkit.errors import JournalError
from blogkit.journal.dialect import Database, queries
from blogkit.journal.records import (
    Entry,
    Intent,
    Memory,
    Run,
    Status,
    StoredAsset,
    stored_time,
)
from blogkit.journal.rows import T, read_rows, stored_moment

if TYPE_CHECKING:  # each list loads when it is first used
    from collections.abc import Callable

    from blogkit.journal.file_log import FileLog
    from blogkit.journal.pictures import PictureLedger
    from blogkit.journal.schedules import Schedules

HIGHEST_RUN = 2**63 - 1
"""A database counts no further."""
_PAGE = 50
"""Rows that an export holds in memory at once: each may carry three whole posts."""
_GAP = 1000
"""Actions in a row that are missing or damaged after which no more are looked for."""
_ALL = 2**62


class JournalReader:
    """What a journal answers. Methods raise `JournalError`; each is one short transaction.

    Args:
        database: Where the records are, with an up-to-date schema.
        clock: Returns the current time, aware.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._sql = queries(database.dialect)
        self._clock = clock

    @cached_property
    def files(self) -> FileLog:
        """What runs changed in files of the blog's folder."""
        from blogkit.journal.file_log import FileLog

        return FileLog(self._database, self._now)

    @cached_property
    def schedules(self) -> Schedules:
        """When sites have agreed to publish posts."""
        from blogkit.journal.schedules import Schedules

        return Schedules(self._database, self._now)

    @cached_property
    def pictures(self) -> PictureLedger:
        """Where pictures are on image hosts."""
        from blogkit.journal.pictures import PictureLedger

        return PictureLedger(self._database, self._now)

    def _now(self) -> str:
        return stored_time(self._clock())

    @property
    def place(self) -> str:
        """What messages call it: "the journal /blog/.blogkit/journal.sqlite"."""
        return self._database.place

    @property
    def remedy(self) -> str:
        """What to do if it is damaged."""
        return self._database.remedy

    def run(self, run: int) -> Run | None:
        """Return the run of this number, if there is one."""
        return self._one(Run, self._sql.one_run, run=run)

    def runs(self, most: int = 20) -> list[Run]:
        """Return the latest runs, newest first.

        Args:
            most: How many at most.
        """
        return self._all(Run, self._sql.runs, most=most)

    def last_writing_run(self, older_than: int = HIGHEST_RUN) -> Run | None:
        """Return the newest run that changed a site or a file, or may have.

        Args:
            older_than: Only runs with a smaller number.
        """
        return self._one(Run, self._sql.last_writing_run, older_than=older_than)

    def memories(self, site: str) -> dict[str, Memory]:
        """Return what is known of a site's posts, by key."""
        return {memory.key: memory for memory in self._all(Memory, self._sql.memories, site=site)}

    def all_memories(self) -> dict[tuple[str, str], Memory]:
        """Return what is known of all posts, by site and key."""
        return {
            (memory.site, memory.key): memory
            for memory in self._all(Memory, self._sql.all_memories)
        }

    def undone(self, site: str) -> set[str]:
        """Return the keys of posts whose last finished action is an undo."""
        with self._database.reading() as db:
            return {str(row[0]) for row in self._sql.undone(db, site=site)}

    def created(self, site: str, since: datetime) -> list[datetime]:
        """Return when posts were created on a site since then, or may have been."""
        with self._database.reading() as db:
            rows = list(self._sql.created(db, site=site, since=stored_time(since)))
        try:
            return [stored_moment("intended", row[0]) for row in rows]
        except ValueError as error:
            raise self._database.unusable(str(error)) from error

    def unsettled(self, site: str) -> list[Intent]:
        """Return a site's actions with an unknown outcome, newest first."""
        return self._all(Intent, self._sql.unsettled, site=site)

    def open_ends(self, before: datetime) -> int:
        """Return the number of actions with an unknown outcome before this moment."""
        with self._database.reading() as db:
            return int(self._sql.open_ends(db, before=stored_time(before))[0])

    # it is what they are
    def actions(self, run: int, *, bytes: bool = True) -> list[Entry]:  # noqa: A002
        """Return all actions of a run, in order.

        Args:
            run: The run's number.
            bytes: False omits the posts, which may be large.
        """
        return self._all(
            Entry, self._sql.actions if bytes else self._sql.actions_without_bytes, run=run
        )

    def counts(self, run: int) -> dict[Status, int]:
        """Return the numbers of a run's actions by outcome."""
        with self._database.reading() as db:
            return dict(self._sql.counts(db, run=run))

    def history(self, site: str, key: str, most: int = 20, *, bytes: bool = True) -> list[Entry]:  # noqa: A002
        """Return the latest actions on a post, newest first.

        Args:
            site: The site's name in blogkit.toml.
            key: The post's key.
            most: How many at most.
            bytes: False omits the posts, which may be large.
        """
        query = self._sql.history if bytes else self._sql.history_without_bytes
        return self._all(Entry, query, site=site, key=key, most=most)

    def base(self, site: str, key: str) -> Entry | None:
        """Return the newest action on a post with an `after`, or None.

        It has the post as we last saw it after a write or an adoption: the base of a three-way
        comparison.
        """
        return self._one(Entry, self._sql.base, site=site, key=key)

    def edited(self, site: str) -> list[Entry]:
        """Return the newest action with an `after` on each post that was edited in place.

        Args:
            site: The site's name in blogkit.toml.
        """
        return self._all(Entry, self._sql.edited, site=site)

    def entries(self, site: str = "", key: str = "", run: int = 0) -> Iterator[Entry]:
        """Yield all actions in order, with only a few in memory at a time.

        Args:
            site: The site's name in blogkit.toml; "" for all.
            key: The post's key; "" for all.
            run: The run's number; 0 for all.
        """
        yield from self._numbered(self._sql.entries, site=site, key=key, run=run)

    def asset(self, site: str, sha256: str) -> StoredAsset | None:
        """Return where a file of this content was uploaded, or None if it was not.

        Args:
            site: The site's name in blogkit.toml.
            sha256: The digest of the file's bytes, in hexadecimal digits.
        """
        with self._database.reading() as db:
            row = self._sql.asset(db, site=site, sha256=sha256)
        return read_rows(self._database, StoredAsset, [row])[0] if row else None

    def salvage(
        self, site: str = "", key: str = "", run: int = 0
    ) -> Iterator[Entry | JournalError]:
        """Yield all actions in order, and an error for each that cannot be read.

        Args:
            site: The site's name in blogkit.toml; "" for all.
            key: The post's key; "" for all.
            run: The run's number; 0 for all.
        """
        number = 0
        with suppress(JournalError):
            for entry in self.entries(site, key, run):
                number = entry.id
                yield entry
            return
        # One by one: SQLite then reads only the pages on the way to each action.
        last, missing = self._last_action(), 0
        while number < last or (not last and missing < _GAP):
            number += 1
            try:
                found = self._one(Entry, self._sql.one_action, action=number)
            except JournalError as error:
                missing += 1
                yield JournalError(f"action {number}: {error.message}", hint=error.hint)
                continue
            missing = 0 if found else missing + 1
            if found and _is_asked_for(found, site, key, run):
                yield found

    def damage(self) -> str:
        """Return what is wrong with the database; "" if it is intact.

        Raises:
            JournalError: It is so damaged that it cannot be checked.
        """
        if found := self._database.damage():
            return found
        self.all_memories()
        self.runs(_ALL)
        for _ in self._numbered(self._sql.entries_without_bytes):
            pass
        self.files.check()
        self.schedules.newest(_ALL)
        self.pictures.all()
        self._all(StoredAsset, self._sql.assets)
        return ""

    def spoiled(self, most: int = 50) -> list[int]:
        """Return the newest actions whose stored bytes cannot be unpacked, newest first.

        Args:
            most: How many of the newest actions with bytes to look at.
        """
        with self._database.reading() as db:
            rows = list(self._sql.newest_bytes(db, most=most))
        return [
            number
            for number, *kept in rows
            if not all(_unpacks(data) for data in kept if data is not None)
        ]

    def _last_action(self) -> int:
        """Return the number of the newest action; 0 if it is not known."""
        with suppress(JournalError), self._database.reading() as db:
            (last,) = self._sql.last_action(db)
            return last if isinstance(last, int) else 0
        return 0

    def _numbered(self, query: Any, **values: object) -> Iterator[Entry]:
        # by number, not by OFFSET, which would count all earlier rows again for each page
        past, page = 0, _PAGE
        while page == _PAGE:
            rows = self._all(Entry, query, **values, past=past, most=_PAGE)
            yield from rows
            page, past = len(rows), rows[-1].id if rows else past

    def _one(self, kind: type[T], query: Any, **values: object) -> T | None:
        with self._database.reading() as db:
            row = query(db, **values)
        return read_rows(self._database, kind, [row])[0] if row else None

    def _all(self, kind: type[T], query: Any, **values: object) -> list[T]:
        with self._database.reading() as db:
            rows = list(query(db, **values))
        return read_rows(self._database, kind, rows)


def _is_asked_for(entry: Entry, site: str, key: str, run: int) -> bool:
    return site in ("", entry.site) and key in ("", entry.key) and run in (0, entry.run)


def _unpacks(data: object) -> bool:
    if not isinstance(data, bytes):  # a damaged file may hold a text or a number
        return False
    try:
        decompress(data)
    except ValueError:
        return False
    return True
