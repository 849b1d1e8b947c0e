"""Keep the times at which sites have agreed to publish posts, until each is proven or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from blogkit.dataclass import dataclass
from blogkit.journal.dialect import Database, queries
from blogkit.journal.records import Memory, stored_time
from blogkit.journal.rows import POST_KINDS, read_rows

Ended = Literal["", "live", "withdrawn", "lost"]
"""How a schedule ended: not yet; readers see the post; it has no such time any more; it is gone."""

GRACE = timedelta(minutes=1)
"""How long after its time a post is first looked at, because sites keep minutes."""


@dataclass(frozen=True)
class Schedule:
    """A time at which a site has agreed to publish a post.

    Attributes:
        id: Its number.
        site: The site's name in blogkit.toml.
        key: The post's key.
        kind: "post" or "page".
        remote_id: The site's id of the post.
        due: The time.
        handed: When the site confirmed it; None if an older blogkit did not record it.
        fired: When the post went live: the date that the site gives it, or when blogkit began to
            publish it because the site had missed the time. An open schedule may have the latter.
        seen: When blogkit saw that readers see it.
        ended: How it ended; "" while it is open.
        note: What happened beside that, in words for people; of an open one, why it is not proven.
        looks: How many looks after the time have proven nothing.
        again: When to look next; None means soon after the time.
    """

    id: int
    site: str
    key: str
    kind: str
    remote_id: str
    due: datetime
    handed: datetime | None = None
    fired: datetime | None = None
    seen: datetime | None = None
    ended: Ended = ""
    note: str = ""
    looks: int = 0
    again: datetime | None = None

    @property
    def next_look(self) -> datetime:
        """When to look whether the post went live."""
        return self.again or self.due + GRACE


_WORDS = {"kind": POST_KINDS, "ended": frozenset(get_args(Ended))}


class Schedules:
    """The schedules in a journal. Methods raise `JournalError`.

    Args:
        database: The journal's place, with an up-to-date schema.
        now: Returns the current time in the journal's form.
    """

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database, self._now = database, now
        self._sql = queries(database.dialect)

    def follow(self, db: Any, memory: Memory) -> None:
        """Record what a site showed of a post: open its schedule, move it or end it.

        A post that went live in time stays open, because its proof is what readers see.

        Args:
            db: The connection, in the transaction that records the post.
            memory: The post.
        """
        if memory.state == "scheduled" and memory.at is not None:
            post = {"site": memory.site, "key": memory.key, "kind": memory.kind}
            self._open(db, post, memory.remote_id, memory.at)
            return
        row = self._sql.waiting_schedule(db, site=memory.site, key=memory.key)
        if not row:
            return
        (found,) = self._records([row])
        in_time = memory.at is None or abs(memory.at - found.due) < GRACE
        if memory.state == "live" and in_time and self._now() >= stored_time(found.due):
            return
        note = "published at another time" if memory.state == "live" else "taken back"
        self._end(db, found, "withdrawn", note=note)

    def forget(self, db: Any, site: str, key: str) -> None:
        """End the schedule of a post that the journal forgets.

        Args:
            db: The connection, in the transaction that forgets the post.
            site: The site's name.
            key: The post's key.
        """
        row = self._sql.waiting_schedule(db, site=site, key=key)
        if row:
            self._end(db, self._records([row])[0], "withdrawn", note="no longer managed")

    def waiting(self) -> list[Schedule]:
        """Return the open schedules, the earliest first."""
        with self._database.reading() as db:
            return self._records(self._sql.waiting_schedules(db))

    def newest(self, most: int) -> list[Schedule]:
        """Return the schedules with the latest times, the latest first.

        Args:
            most: How many.
        """
        with self._database.reading() as db:
            return self._records(self._sql.newest_schedules(db, most=most))

    def of_post(self, site: str, key: str) -> list[Schedule]:
        """Return all schedules of a post, the newest first."""
        with self._database.reading() as db:
            return self._records(self._sql.schedules_of(db, site=site, key=key))

    def prove(self, schedule: Schedule, *, fired: datetime, seen: datetime, note: str) -> None:
        """Record that readers see the post.

        Args:
            schedule: The schedule; if it has ended meanwhile, nothing changes.
            fired: When the post went live.
            seen: When that was seen.
            note: What happened beside that; "" for nothing.
        """
        with self._database.transaction() as db:
            self._end(db, schedule, "live", fired=fired, seen=seen, note=note)

    def end(self, schedule: Schedule, ended: Ended, note: str) -> None:
        """Record that a schedule ended without a proof.

        Args:
            schedule: The schedule; if it has ended meanwhile, nothing changes.
            ended: How.
            note: Why, in words for people.
        """
        with self._database.transaction() as db:
            self._end(db, schedule, ended, note=note)

    def begin(self, schedule: Schedule) -> None:
        """Record that blogkit begins to publish a post whose site missed the time.

        Blogger may take it back to draft on the way, and a failure may leave it there.
        """
        with self._database.transaction() as db:
            self._sql.begin_schedule(db, number=schedule.id, now=self._now())

    def put_off(self, schedule: Schedule, note: str, again: datetime) -> None:
        """Record that a look proved nothing.

        Args:
            schedule: The schedule; if it has ended meanwhile, nothing changes.
            note: Why, in words for people.
            again: When to look next.
        """
        with self._database.transaction() as db:
            self._sql.put_off_schedule(db, number=schedule.id, note=note, again=stored_time(again))

    def move(self, schedule: Schedule, due: datetime) -> None:
        """Record that a post was moved to another time on the site.

        Args:
            schedule: The schedule; if it has ended meanwhile, a new one is opened.
            due: The new time.
        """
        post = {"site": schedule.site, "key": schedule.key, "kind": schedule.kind}
        with self._database.transaction() as db:
            self._open(db, post, schedule.remote_id, due)

    def _open(self, db: Any, post: dict[str, str], remote_id: str, due: datetime) -> None:
        times = {"due": stored_time(due), "now": self._now()}
        self._sql.open_schedule(db, **post, remote_id=remote_id, **times)

    def _end(
        self,
        db: Any,
        schedule: Schedule,
        ended: Ended,
        *,
        fired: datetime | None = None,
        seen: datetime | None = None,
        note: str,
    ) -> None:
        self._sql.end_schedule(
            db,
            number=schedule.id,
            ended=ended,
            fired=stored_time(fired) if fired else None,
            seen=stored_time(seen) if seen else None,
            note=note,
        )

    def _records(self, rows: Iterable[Any]) -> list[Schedule]:
        return read_rows(self._database, Schedule, rows, _WORDS)
