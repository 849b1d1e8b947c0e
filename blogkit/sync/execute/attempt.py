"""One attempt at an action: what it needs, what the site showed last, and its row in the journal.

The journal records the intent before the first request and the outcome after the last, each in its
own short transaction. If the process ends in between, the next run finds a row to check.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.errors import BlogkitError, JournalError, ServerError
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Ref, Remote
from blogkit.platforms.settings import META
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.compare import Comparison, fingerprint
from blogkit.sync.desired import was_moved
from blogkit.sync.known import with_kept
from blogkit.sync.outcome import Outcome, Step
from blogkit.sync.preflight import PreflightChecks

if TYPE_CHECKING:  # a post that is as desired needs none of these
    from blogkit.hosting import Hosting
    from blogkit.sync.compare import Expected
    from blogkit.sync.merging.merge import Values

_LEFT_OPEN = ("excerpt", "raw_excerpt", "featured_id", "settings")
"""What a file may leave to the site; `compare` does not see it when others set it."""
_CONTENT = (
    *("title", "raw_title", "body", "labels", "categories", "category_ids", "tags", "tag_ids"),
    *_LEFT_OPEN,
)
_WITHOUT_FILE = (
    *(ActionKind.EDIT, ActionKind.RESTORE, ActionKind.TRASH, ActionKind.UNTRASH),
    ActionKind.WITHDRAW,
)
_NOT_REMEMBERED = (ActionKind.EDIT, ActionKind.WITHDRAW)
"""They leave what the journal knows of the post's file."""
_ALIKE = Comparison()
_NEXT_RUN = "run the command again; it checks the site before it sends anything"


class SentUnclear(BlogkitError):
    """A write was sent, and its outcome is unknown.

    Args:
        message: What was sent, and what is known of it.
        hint: What the user can do.
        down: Whether the site does not respond to reads, either.
    """

    def __init__(self, message: str, *, hint: str = "", down: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.down = down


@dataclass(eq=False)
class Attempt:
    """An action, what is needed to execute it, and how far it has come.

    Attributes:
        remote: The post as last seen.
        looked: The site itself has shown `remote` in this attempt, not just in the plan.
        preflight: The preflight checks of a run, shared by its workers.
        hosting: The image host to which the site's local images go; None if the site takes them.
        tell: Receives each step.
        begun: A worker has started the action.
        outcome: How the action ended; None until then.
        reported: The outcome was reported.
        expected: The expected content; None if there is nothing to compare.
        comparison: How `remote` compares with `expected`.
        confirmed: The post when the site last showed it as expected.
        unseen: Why readers do not see what was written; "" if they do.
        rejection: Why the site rejected a post that it saved nevertheless.
        notes: Sentences about ambiguous writes that arrived.
        sent: The site may have received a change.
        memory: The last record of the post.
    """

    action: Action
    remote: Remote | None
    platform: Platform
    journal: Journal
    run: int
    clock: Callable[[], datetime]
    preflight: PreflightChecks
    sleep: Callable[[float], None] = time.sleep
    hosting: Hosting | None = None

    tell: Callable[[Step], None] = lambda _: None
    begun: bool = False
    outcome: Outcome | None = None
    reported: bool = False

    looked: bool = False
    expected: Expected | None = None
    comparison: Comparison = _ALIKE
    confirmed: Remote | None = None
    unseen: str = ""
    rejection: str = ""
    notes: list[str] = field(default_factory=list)

    sent: bool = False
    memory: Memory | None = None
    _row: int = field(init=False)

    def step(self, doing: str) -> None:
        """Report what is being done, such as "read back"."""
        self.tell(Step(self.action, doing))

    def release(self) -> None:
        """Let go of the texts that only this attempt needed: a run may have thousands."""
        self.expected = self.confirmed = None
        self.comparison = _ALIKE

    # What the site shows, and which part of it is ours

    def see(self, remote: Remote) -> None:
        """Keep the post as the site shows it now, and compare it with the expected content."""
        from blogkit.sync.compare import compare

        self.remote, self.looked = remote, True
        self.unseen = remote.unseen or self.unseen
        self.comparison = compare(self.expected, remote) if self.expected else _ALIKE

    def read_back(self, ref: Ref) -> Remote:
        """Return the post as the site shows it after a write.

        Raises:
            SentUnclear: It cannot be read; the journal has it as unknown.
        """
        self.step("read back")
        try:
            back = self.platform.get(ref)
        except BlogkitError as error:
            addition = "it was sent but could not be read back"
            raise self.unclear(error, addition, cause=error) from error
        self.see(back)
        return back

    @property
    def answers_stored(self) -> bool:
        """Return whether the answer to a write is a look at the post."""
        return self.platform.capabilities.answers_stored

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the site did not keep, as far as it shows, else the site's own message."""
        return self.comparison.losses or ((self.rejection,) if self.rejection else ())

    @property
    def interim(self) -> str:
        """Return the title that a post may have until its address exists; "" if none."""
        by_title = self.platform.capabilities.slug == "by-title"
        from_file = self.action.desired_remote is None
        return self.action.desired.draft.slug if by_title and from_file else ""

    def _digest_kept(self) -> str:
        """Return the digest of what the site kept; "" if it did not keep all of it."""
        if self.action.kind is ActionKind.SETTLE and self.action.remote_state.differs != ():
            return ""  # its content was not sent, and the file may have changed since it was made
        # An undo holds until the file changes.
        restores = self.action.kind in {ActionKind.RESTORE, ActionKind.UNTRASH}
        kept = self.confirmed is not None or restores or not self.missing
        return self.action.desired.digest if kept else ""

    def _ours(self) -> Remote:
        """Return our part of the post.

        If the site first answers with the expected content and then shows something else, someone
        may have edited the post in between. The next run must find that edit, and undo must keep
        it. The same goes for a state that an update did not touch.
        """
        from blogkit.sync.compare import is_result_of

        shown, confirmed, expected = self.remote, self.confirmed, self.expected
        assert shown is not None
        action, seen = self.action, self.action.remote_state.remote
        keeps_state = action.kind is ActionKind.UPDATE and action.target is None
        if keeps_state and seen and was_moved(seen.state, seen.at, shown, self.clock()):
            shown = replace(shown, state=seen.state, at=seen.at)
        if confirmed is None:
            return shown
        assert expected is not None
        as_expected = not self.comparison.fields or is_result_of(expected, shown)
        names = _LEFT_OPEN if as_expected else _CONTENT
        return replace(shown, **{name: getattr(confirmed, name) for name in names})

    def _asked(self) -> Values:
        """Return what the file asks for where the site's own values are kept."""
        from blogkit.sync.merging.base import asked_last
        from blogkit.sync.merging.merge import asked_always

        action = self.action
        if action.asked is None:
            return asked_last(action.site, action.key, self.journal)
        if action.kind not in {ActionKind.CREATE, ActionKind.UPDATE}:
            return action.asked
        return {**asked_always(action.desired.draft), **action.asked}

    # The write-ahead record: what is recorded before and after each request

    def begin(self) -> None:
        """Record the intent. Must succeed before anything is sent."""
        from blogkit.sync.serialize import pack_remote

        action, desired, remote = self.action, self.action.desired, self.action.remote_state.remote
        self._row = self.journal.intend(
            self.run,
            action.site,
            action.key,
            desired.kind,
            action.kind,
            action.summary,
            desired.digest,
            pack_remote(remote) if remote else None,
            desired_state=desired.desired_state,
            source=_bytes_of(desired.path),
            remote_id=remote.ref.id if remote else "",
        )

    def before_send(self) -> None:
        """Record that a change is about to be sent, and its expected result.

        Must succeed before the request: a row "sent" without an end makes the next run look first.
        """
        expected = self.expected.pack() if self.expected else None
        self.journal.mark(self._row, "sent", expected=expected)
        self.sent = True

    def note(self, *, last_pushed: str | None = None) -> None:
        """Record what the site shows, with the action still open.

        Args:
            last_pushed: The digest of what the site kept; None derives it from the comparison.
        """
        from blogkit.sync.live_edit import is_without_file

        if self.action.kind is ActionKind.EDIT or is_without_file(self.action.key):
            return  # the journal remembers posts with files, and an edit in place has none
        self.memory = self._remembered(last_pushed, desired_state="")
        with self._after_sending(self.memory.url):
            self.journal.remember(self.memory)

    def failed(self, reason: str) -> None:
        """Mark the action as failed: it did not reach the site. `reason` is for `blogkit log`."""
        with self._after_sending():
            self.journal.mark(self._row, "failed", reason)

    def unclear(
        self, error: BlogkitError, addition: str, *, cause: BlogkitError | None = None
    ) -> SentUnclear:
        """Mark the action's outcome as unknown.

        Args:
            error: Why the write has no usable answer.
            addition: What else is known.
            cause: Why the read afterwards failed, if it did.

        Returns:
            The error to raise.
        """
        message = f"{error.message}; {addition}"
        self.note_unclear(message)
        return SentUnclear(message, hint=_NEXT_RUN, down=isinstance(cause, ServerError))

    def note_unclear(self, reason: str) -> None:
        """Mark the action's outcome as unknown; `reason` is for `blogkit log`."""
        with self._after_sending():
            self.journal.mark(self._row, "unknown", reason)

    def done(self, *, desired_state: str, note: str = "", last_pushed: str | None = None) -> None:
        """Mark the action as done, and record the post.

        Args:
            desired_state: The desired state, if it was reached; else "".
            note: What went wrong.
            last_pushed: The digest of what the site kept; None derives it from the comparison.
        """
        from blogkit.sync.live_edit import is_without_file
        from blogkit.sync.serialize import pack_remote

        ours = self._ours()
        after = pack_remote(ours, self._asked())
        with self._after_sending(ours.url):
            if self.action.kind in _NOT_REMEMBERED or is_without_file(self.action.key):
                site, key = self.action.site, self.action.key
                self.journal.finish(self._row, site, key, ours.ref.id, after, note)
            else:
                memory = self._remembered(last_pushed, desired_state)
                self.journal.done(self._row, memory, after, note)

    def _remembered(self, last_pushed: str | None, desired_state: str) -> Memory:
        """Return what to remember of the post as the site shows it now."""
        ours = self._ours()
        settled = self.action.remote_state.settled and not self.sent
        return Memory(
            site=self.action.site,
            key=self.action.key,
            kind=ours.ref.kind,
            remote_id=ours.ref.id,
            url=ours.url,
            last_pushed=self._digest_kept() if last_pushed is None else last_pushed,
            last_seen=with_kept(fingerprint(self._watched(ours)), self._asked()),
            state=ours.state,
            at=ours.at,
            updated=ours.updated if settled else "",
            desired_state=desired_state,
        )

    def _watched(self, post: Remote) -> Remote:
        """Return the post without custom fields that the file does not name.

        Plugins count visits in them, for one, and every plan would compare the whole post again.
        """
        if self.action.kind in _WITHOUT_FILE:
            return post
        named = self.action.desired.draft.settings
        kept = {n: v for n, v in post.settings.items() if n in named or not n.startswith(META)}
        return replace(post, settings=kept)

    @contextmanager
    def _after_sending(self, url: str = "") -> Iterator[None]:
        try:
            yield
        except JournalError as error:
            if not self.sent:
                raise
            where = f"{self.action.site}{f' ({url})' if url else ''}"
            what = f"“{self.action.desired.title}” was sent to {where}, but then {error.message}"
            raise JournalError(what, hint=f"{error.hint}; nothing will be sent twice") from error


def _bytes_of(path: Path | None) -> bytes | None:
    """Return the bytes of the post's file, so that it can be restored.

    A missing file does not prevent publishing.
    """
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None
