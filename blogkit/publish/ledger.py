"""The journal's side of one action: what is written down before and after each request, and what it means when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from blogkit.errors import JournalError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Remote
from blogkit.publish.actions import Action
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
            desired.draft.kind,
            str(action.kind),
            action.story,
            desired.digest,
            pack(remote) if remote else None,
            wish=desired.wish,
        )

    def about_to_send(self, meant: Meant) -> None:
        """Right before a request that changes the site. `meant` recognises its result should nobody be there to note it."""
        self.journal.mark(self.row, "sent", meant=meant.pack())
        self.sent = True

    def note(self, remote: Remote, *, pushed: str, wish: str) -> None:
        """What the site shows by now, with the action still open."""
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
            self.journal.done(self.row, memory, pack(remote), note)

    @contextmanager
    def _after_sending(self, url: str = "") -> Iterator[None]:
        try:
            yield
        except JournalError as error:
            if not self.sent:
                raise
            what = f"“{self.action.desired.title}” was sent to {self.action.site}{f' ({url})' if url else ''}, and then {error.message}"
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
