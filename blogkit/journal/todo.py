"""Keep what a person has to do by hand until it is ticked off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.journal.dialect import Database, queries
from blogkit.journal.rows import read_rows


@dataclass(frozen=True)
class Todo:
    """Something to do by hand on a site.

    Attributes:
        id: Its number.
        site: The site's name in blogkit.toml.
        key: The post's key.
        title: The post's title.
        name: What to set, such as "search description".
        value: What to set it to.
        link: Where to do it: the post's editor.
    """

    id: int
    site: str
    key: str
    title: str
    name: str
    value: str
    link: str


class TodoList:
    """The list, in a journal. Methods raise `JournalError`.

    Args:
        database: The journal's place, with an up-to-date schema.
        now: Returns the current time in the journal's form.
    """

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database, self._now = database, now
        self._sql = queries(database.dialect)

    def note(
        self, site: str, key: str, title: str, link: str, wanted: Sequence[tuple[str, str]]
    ) -> list[Todo]:
        """Record what is to be done for a post now; what is ticked off stays so.

        Args:
            site: The site's name.
            key: The post's key.
            title: The post's title.
            link: The post's editor.
            wanted: Names and values. What the post does not want any more is forgotten.

        Returns:
            What is still to be done for it.
        """
        with self._database.transaction() as db:
            for name, value in wanted:
                row = {"site": site, "key": key, "title": title, "name": name, "value": value}
                self._sql.note_todo(db, **row, link=link, now=self._now())
            kept = {name for name, _ in wanted}
            for item in self._open(db):
                if (item.site, item.key) == (site, key) and item.name not in kept:
                    self._sql.forget_todo(db, number=item.id)
        return [item for item in self.open() if (item.site, item.key) == (site, key)]

    def open(self) -> list[Todo]:
        """Return what is not done, in the order in which it was recorded."""
        with self._database.reading() as db:
            return self._open(db)

    def all(self) -> list[Todo]:
        """Return everything, also what is done."""
        with self._database.reading() as db:
            return read_rows(self._database, Todo, self._sql.all_todos(db))

    def tick(self, numbers: Collection[int]) -> None:
        """Record that these are done."""
        with self._database.transaction() as db:
            for number in numbers:
                self._sql.tick_todo(db, number=number, now=self._now())

    def _open(self, db: Any) -> list[Todo]:
        return read_rows(self._database, Todo, self._sql.open_todos(db))
