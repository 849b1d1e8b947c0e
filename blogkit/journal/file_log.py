"""Record what runs change in files of the blog's folder, with the bytes that they replace."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.errors import JournalError
from blogkit.journal.dialect import Database, queries
from blogkit.journal.records import FileEntry, file_digest
from blogkit.journal.rows import read_rows

_NEWEST = 10
"""Of how many runs a check unpacks the files."""


@dataclass(frozen=True)
class FileIntent:
    """A change of one file that is about to be made.

    Attributes:
        path: The file, relative to the blog's folder, with "/"; absolute if it is elsewhere.
        before: Its bytes; None if there is no file.
        after: Its bytes afterwards; None if it is to be removed.
        summary: What is to be done, in a sentence for people.
        site: The site of its post; "" if none is known.
        key: The key of its post; "" if none is known.
        remote_id: The site's id of its post; "" if none is known.
    """

    path: str
    before: bytes | None
    after: bytes | None
    summary: str
    site: str = ""
    key: str = ""
    remote_id: str = ""


@dataclass(frozen=True)
class LaterChange:
    """A change of a post or a file by a newer run.

    Attributes:
        run: The newer run.
        path: The file; "" for a change on a site.
        site: The site of the post; "" if none is known.
        key: The key of the post; "" if none is known.
    """

    run: int
    path: str
    site: str
    key: str


class FileLog:
    """The changes of files, in a journal. Methods raise `JournalError`.

    Args:
        database: The journal's place, with an up-to-date schema.
        now: Returns the current time in the journal's form.
    """

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database, self._now = database, now
        self._sql = queries(database.dialect)

    def intend(self, run: int, changes: Sequence[FileIntent]) -> list[int]:
        """Record changes before they are made, all or none.

        Args:
            run: The run that they are part of.
            changes: What is about to be done.

        Returns:
            A number for each.
        """
        rows = [
            {
                **{name: value for name, value in vars(change).items() if name != "after"},
                "before": None if change.before is None else zlib.compress(change.before),
                "before_digest": file_digest(change.before),
                "after_digest": file_digest(change.after),
            }
            for change in changes
        ]
        with self._database.transaction() as db:
            now = self._now()
            return [int(self._sql.intend_file(db, run=run, now=now, **row)[0]) for row in rows]

    def mark(
        self, numbers: Sequence[int], status: Literal["done", "failed"], note: str = ""
    ) -> None:
        """Record how changes ended.

        Args:
            numbers: From `intend`.
            status: "done", or "failed" if the files certainly are as they were.
            note: Why, in words for people.
        """
        with self._database.transaction() as db:
            for number in numbers:
                self._sql.mark_file(db, number=number, status=status, note=note, now=self._now())

    # it is what they are
    def of_run(self, run: int, *, bytes: bool = True) -> list[FileEntry]:  # noqa: A002
        """Return the files of a run, in order.

        Args:
            run: The run's number.
            bytes: False omits the files' earlier bytes.
        """
        query = self._sql.files if bytes else self._sql.files_without_bytes
        with self._database.reading() as db:
            return read_rows(self._database, FileEntry, query(db, run=run))

    def count(self, run: int) -> int:
        """Return how many files a run changed, or may have changed."""
        with self._database.reading() as db:
            return int(self._sql.count_files(db, run=run)[0])

    def salvage(
        self, site: str = "", key: str = "", run: int = 0
    ) -> Iterator[FileEntry | JournalError]:
        """Yield the files of all runs in order, and an error for each run that cannot be read.

        Args:
            site: Only files of posts on this site; "" for all.
            key: Only files of this post; "" for all.
            run: Only this run; 0 for all.
        """
        for number in [run] if run else self._runs():
            try:
                found = self.of_run(number)
            except JournalError as error:
                yield JournalError(f"files of run {number}: {error.message}", hint=error.hint)
                continue
            for entry in found:
                if site in ("", entry.site) and key in ("", entry.key):
                    yield entry

    def check(self) -> None:
        """Read all entries, and the files' earlier bytes of the newest runs.

        Raises:
            JournalError: One is damaged.
        """
        runs = self._runs()
        for number in runs:
            newest = number in runs[-_NEWEST:]
            for entry in self.of_run(number, bytes=newest):
                if newest:
                    entry.before()

    def _runs(self) -> list[int]:
        with self._database.reading() as db:
            found = [row[0] for row in self._sql.file_runs(db)]
        if not all(isinstance(number, int) for number in found):
            raise self._database.unusable("the run of a changed file is damaged")
        return found

    def later_changes(self, run: int) -> list[LaterChange]:
        """Return what newer runs changed in the files and posts of a run, each change once.

        Args:
            run: The run's number.
        """
        with self._database.reading() as db:
            files = [LaterChange(*row) for row in self._sql.later_files(db, run=run)]
            posts = [
                LaterChange(number, "", site, key)
                for number, site, key in self._sql.later_actions(db, run=run)
            ]
        return sorted(dict.fromkeys([*files, *posts]), key=lambda change: change.run)
