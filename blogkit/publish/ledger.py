"""The journal's side of one action: what is written down before and after each request, and what it means when that fails."""

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
    """sent: the site may have been asked to change something; memory: the last that was noted about the post."""

    action: Action
    journal: Journal
    run: int
    row: int = 0
    sent: bool = False
    memory: Memory | None = None

    def intend(self) -> None:
        """First of all. Nothing may be sent when this fails."""
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
        """Right before a request that changes the site. `meant` recognises its result should nobody be there to note it."""
        self.journal.mark(self.row, "sent", meant=meant.pack() if meant else None)
        self.sent = True

    def note(self, remote: Remote, *, pushed: str, wish: str) -> None:
        """What the site shows by now, with the action still open."""
        if self.action.kind is ActionKind.EDIT:
            return  # what is remembered is about the post's file, and an edit in place has none
        self.memory = memory_of(self.action, remote, pushed=pushed, wish=wish)
        with self._after_sending(remote.url):
            self.journal.remember(self.memory)

    def failed(self, reason: str) -> None:
        """It was certainly not done."""
        with self._after_sending():
            self.journal.mark(self.row, "failed", reason)

    def unclear(self, reason: str) -> None:
        """It may have been done."""
        with self._after_sending():
            self.journal.mark(self.row, "unknown", reason)

    def done(self, remote: Remote, memory: Memory, note: str = "") -> None:
        """The end, and what is known of the post from now on."""
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
    """What is worth remembering of a post as the site shows it now."""
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
    """The post's file as it is, so that it can be had back; a file that is gone meanwhile is no reason not to publish."""
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None
