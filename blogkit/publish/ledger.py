"""The write-ahead record of one action: what is recorded before and after each request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from blogkit.errors import JournalError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.backup import pack
from blogkit.publish.compare import Meant, fingerprint


@dataclass
class Ledger:
    """sent: the site may have received a change; memory: the last record of the post."""

    action: Action
    journal: Journal
    run: int
    row: int = 0
    sent: bool = False
    memory: Memory | None = None

    def intend(self) -> None:
        """Record the intent. Must succeed before anything is sent."""
        action, desired, remote = self.action, self.action.desired, self.action.look.remote
        self.row = self.journal.intend(
            self.run,
            action.site,
            action.key,
            desired.kind,
            str(action.kind),
            action.story,
            desired.digest,
            pack(remote) if remote else None,
            wish=desired.wish,
            source=_bytes_of(desired.path),
            remote_id=remote.ref.id if remote else "",
        )

    def about_to_send(self, meant: Meant | None) -> None:
        """Record that a change is about to be sent.

        `meant` identifies its result after an interruption.
        """
        self.journal.mark(self.row, "sent", meant=meant.pack() if meant else None)
        self.sent = True

    def note(self, remote: Remote, *, pushed: str, wish: str) -> None:
        """Record what the site shows, with the action still open."""
        if self.action.kind is ActionKind.EDIT:
            return  # what is remembered is about the post's file, and an edit in place has none
        self.memory = memory_of(self.action, remote, pushed=pushed, wish=wish)
        with self._after_sending(remote.url):
            self.journal.remember(self.memory)

    def failed(self, reason: str) -> None:
        """Mark the action as failed: it did not reach the site."""
        with self._after_sending():
            self.journal.mark(self.row, "failed", reason)

    def unclear(self, reason: str) -> None:
        """Mark the action's outcome as unknown."""
        with self._after_sending():
            self.journal.mark(self.row, "unknown", reason)

    def done(self, remote: Remote, memory: Memory, note: str = "") -> None:
        """Mark the action as done, and record the post."""
        with self._after_sending(remote.url):
            if self.action.kind is ActionKind.EDIT:
                self.journal.finish(self.row, self.action.site, self.action.key, remote.ref.id, pack(remote), note)
            else:
                self.journal.done(self.row, memory, pack(remote), note)

    @contextmanager
    def _after_sending(self, url: str = "") -> Iterator[None]:
        try:
            yield
        except JournalError as error:
            if not self.sent:
                raise
            what = f"“{self.action.desired.title}” was sent to {self.action.site}{f' ({url})' if url else ''}, but then {error.message}"
            raise JournalError(what, hint=f"{error.hint}; nothing will be sent twice") from error


def memory_of(action: Action, remote: Remote, *, pushed: str, wish: str) -> Memory:
    """Return what to remember of a post as the site shows it now."""
    return Memory(
        site=action.site,
        key=action.key,
        kind=remote.ref.kind,
        remote_id=remote.ref.id,
        url=remote.url,
        pushed=pushed,
        observed=fingerprint(remote),
        state=str(remote.state),
        at=remote.at,
        updated=remote.updated,
        wish=wish,
    )


def _bytes_of(path: Path | None) -> bytes | None:
    """Return the bytes of the post's file, so that it can be restored; a missing file does not prevent publishing."""
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None
