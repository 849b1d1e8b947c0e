"""Keep what people were told of, so that a failure is told once and then in growing intervals."""

from __future__ import annotations

from datetime import datetime

from blogkit.dataclass import dataclass
from blogkit.journal.dialect import Database, queries
from blogkit.journal.records import stored_time
from blogkit.journal.rows import read_rows


@dataclass(frozen=True)
class Notice:
    """A failure that people were told of.

    Attributes:
        kind: The name of the kind of work.
        site: The site's name in blogkit.toml.
        key: The work's key.
        times: How often it was told.
        again: When it is told again if it still fails.
    """

    kind: str
    site: str
    key: str
    times: int
    again: datetime


class Notices:
    """What was told, in a journal. Methods raise `JournalError`.

    Args:
        database: The journal's place, with an up-to-date schema.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries(database.dialect)

    def told(self) -> list[Notice]:
        """Return what was told and not forgotten."""
        with self._database.reading() as db:
            return read_rows(self._database, Notice, self._sql.notices(db), words={})

    def note(self, notice: Notice) -> None:
        """Record that a failure was told."""
        row = {**vars(notice), "again": stored_time(notice.again)}
        with self._database.transaction() as db:
            self._sql.note_notice(db, **row)

    def forget(self, notice: Notice) -> None:
        """Forget a failure: the work has succeeded since."""
        with self._database.transaction() as db:
            self._sql.forget_notice(db, kind=notice.kind, site=notice.site, key=notice.key)
