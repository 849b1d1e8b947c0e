"""Records of runs and actions: short transactions, so that a crash leaves a row to check."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from blogkit.journal.dialect import Database
from blogkit.journal.reader import JournalReader
from blogkit.journal.records import Memory, stored_time

if TYPE_CHECKING:  # each list loads when it is first used
    from blogkit.journal.jobs import JobList
    from blogkit.journal.notices import Notices
    from blogkit.journal.state_file import StateFile
    from blogkit.journal.todo import TodoList
    from blogkit.journal.work import LaterWork


class JournalWriter(JournalReader):
    """One blog's records. Methods raise `JournalError`; each is one short transaction.

    Args:
        database: Where they are, with an up-to-date schema.
        clock: Returns the current time, aware.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        super().__init__(database, clock)
        self._mirror: StateFile | None = None

    @cached_property
    def todo(self) -> TodoList:
        """What a person has to do by hand."""
        from blogkit.journal.todo import TodoList

        return TodoList(self._database, self._now)

    @cached_property
    def jobs(self) -> JobList:
        """Edits that are to be made at a time."""
        from blogkit.journal.jobs import JobList

        return JobList(self._database, self._now)

    @cached_property
    def work(self) -> LaterWork:
        """What is left to do at a later time."""
        from blogkit.journal.work import LaterWork

        return LaterWork(self._database)

    @cached_property
    def notices(self) -> Notices:
        """What people were told of."""
        from blogkit.journal.notices import Notices

        return Notices(self._database)

    def damage(self) -> str:
        """Return what is wrong with the database; "" if it is intact.

        Raises:
            JournalError: It is so damaged that it cannot be checked.
        """
        if found := super().damage():
            return found
        self.todo.all()
        self.jobs.all()
        self.work.check()
        self.notices.told()
        return ""

    def start_run(self, command: str) -> int:
        """Start a run, before its first action.

        Args:
            command: The command, as the user would type it.

        Returns:
            The run's number.
        """
        with self._database.transaction() as db:
            return int(self._sql.start_run(db, command=command, started=self._now())[0])

    def finish_run(self, run: int, outcome: str) -> None:
        """Record how a run ended.

        Args:
            run: The run's number.
            outcome: How it ended, in a few words.
        """
        with self._database.transaction() as db:
            self._sql.finish_run(db, run=run, outcome=outcome, finished=self._now())

    def intend(
        self,
        run: int,
        site: str,
        key: str,
        kind: str,
        action: str,
        summary: str,
        last_pushed: str,
        before: bytes | None,
        *,
        desired_state: str = "",
        source: bytes | None = None,
        remote_id: str = "",
    ) -> int:
        """Record an action before it happens, with the bytes it replaces.

        Args:
            run: The run that it is part of.
            site: The site's name in blogkit.toml.
            key: The post's key.
            kind: "post" or "page".
            action: What is to be done: "create", "update", ….
            summary: The same in a sentence for people.
            last_pushed: The digest of the content that is to be written.
            before: The whole post on the site, packed by the caller; None for a new one.
            desired_state: The state that is asked for.
            source: The post's file as it is; it is packed here.
            remote_id: The site's id of the post where it is known.

        Returns:
            The action's number.
        """
        values = {
            "run": run,
            "site": site,
            "key": key,
            "kind": kind,
            "action": action,
            "summary": summary,
            "last_pushed": last_pushed,
            "desired_state": desired_state,
        }
        packed = None if source is None else zlib.compress(source)
        with self._database.transaction() as db:
            row = self._sql.intend(
                db, **values, before=before, source=packed, remote_id=remote_id, now=self._now()
            )
            return int(row[0])

    def mark(
        self,
        action: int,
        status: Literal["sent", "failed", "unknown", "settled"],
        note: str = "",
        *,
        expected: bytes | None = None,
    ) -> None:
        """Record how far an action got.

        Args:
            action: The action's number.
            status: "sent" before the request, "failed" if it certainly did nothing, "unknown" after
                a response that leaves it open, "settled" if it can no longer be told.
            note: Why, in words for people.
            expected: With "sent": what the site will show if the request arrives, packed. It tells
                later whether it did.
        """
        with self._database.transaction() as db:
            self._sql.mark(
                db, action=action, status=status, note=note, expected=expected, now=self._now()
            )

    def done(self, action: int, memory: Memory, after: bytes, note: str = "") -> None:
        """Record an action's success and the post, and settle older open actions of the post.

        Args:
            action: The action's number.
            memory: What is known of the post now.
            after: The whole post on the site now, packed.
            note: Remarks on the outcome, in words for people.
        """
        # One transaction: a crash in between would leave a post remembered whose action is still
        # open.
        with self._database.transaction() as db:
            self._sql.finish_action(
                db,
                action=action,
                note=note,
                after=after,
                remote_id=memory.remote_id,
                now=self._now(),
            )
            self._remember(db, memory)
            self._sql.settle(
                db,
                site=memory.site,
                key=memory.key,
                note=f"settled by action {action}",
                now=self._now(),
            )
        self._reflect(memory.site, memory.key, memory)

    def finish(
        self, action: int, site: str, key: str, remote_id: str, after: bytes, note: str = ""
    ) -> None:
        """Record the end of an edit in place. What is known of the post's file stays.

        Args:
            action: The action's number.
            site: The site's name in blogkit.toml.
            key: The post's key, or what stands for it in a post without a file.
            remote_id: The site's id of the post.
            after: The whole post on the site now, packed.
            note: Remarks on the outcome, in words for people.
        """
        with self._database.transaction() as db:
            self._sql.finish_action(
                db, action=action, note=note, after=after, remote_id=remote_id, now=self._now()
            )
            self._sql.settle(
                db, site=site, key=key, note=f"settled by action {action}", now=self._now()
            )

    def remember(self, memory: Memory, *, settle: str = "") -> None:
        """Record what is known of a post.

        Args:
            memory: What is known of it now.
            settle: Why its open actions are explained; "" leaves them open.
        """
        with self._database.transaction() as db:
            self._remember(db, memory)
            if settle:
                self._sql.settle(db, site=memory.site, key=memory.key, note=settle, now=self._now())
        self._reflect(memory.site, memory.key, memory)

    def forget(self, site: str, key: str) -> None:
        """Delete what is known of a post. The log stays."""
        with self._database.transaction() as db:
            self._sql.forget(db, site=site, key=key)
            self.schedules.forget(db, site, key)
        self._reflect(site, key, None)

    def remember_asset(self, site: str, sha256: str, url: str, remote_id: str) -> None:
        """Record the address of an uploaded file.

        Args:
            site: The site's name in blogkit.toml.
            sha256: The digest of the file's bytes, in hexadecimal digits.
            url: Its address on the site.
            remote_id: The site's id of it; "" if it has none.
        """
        with self._database.transaction() as db:
            self._sql.remember_asset(db, site=site, sha256=sha256, url=url, remote_id=remote_id)

    def _remember(self, db: Any, memory: Memory) -> None:
        self._sql.remember(
            db, **asdict(memory) | {"at": stored_time(memory.at) if memory.at else None}
        )
        self.schedules.follow(db, memory)

    def _last_touched(self, site: str, key: str) -> datetime | None:
        return next((one.changed for one in self.history(site, key, 1, bytes=False)), None)

    def _reflect(self, site: str, key: str, memory: Memory | None) -> None:
        if self._mirror is not None:
            self._mirror.note(site, key, memory)
