"""Publish one post: record intent, upload assets, write a draft, read it back, set its state, record the outcome.

If the process ends in between, the next run finds a row to check, and the post by its id or its sentinel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from blogkit.errors import BlogkitError, ConflictError, JournalError, NotFound, OutcomeUnknown, Rejected, SiteBroken, SiteError
from blogkit.journal.store import Journal
from blogkit.platforms.base import Draft, Platform, Ref, Remote, State, Target
from blogkit.publish import stories
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.compare import Meant, differences, edited, fingerprint, is_result_of, lost, meant_by, meant_of, shown_by
from blogkit.publish.desired import due
from blogkit.publish.glance import Glances
from blogkit.publish.ledger import Ledger, memory_of
from blogkit.publish.observe import with_known_uploads
from blogkit.publish.outcome import Outcome, Result, Step
from blogkit.publish.plan import is_reached, too_close

_NO_ANSWER = (OutcomeUnknown, SiteBroken)
"""After these errors, a write may have happened, even if the response is unreadable."""
_CONTENT = ("title", "body", "labels", "categories", "tags", "excerpt", "featured_id")
_CHANGE = "change what the site removed and publish again; the journal has the earlier version"
_LOOK = "the post was edited at that moment, or the site rewrites what it receives; see blogkit diff"
_NEXT_RUN = "run the command again; it checks the site before it sends anything"
_DOING = {State.DRAFT: "take back to draft", State.LIVE: "publish", State.SCHEDULED: "schedule"}


class SentUnclear(BlogkitError):
    """A write was sent, and its outcome is unknown. down: the site does not respond to reads, either."""

    def __init__(self, message: str, *, hint: str = "", down: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.down = down


class Writer:
    """Executes one action; `remote` is the post as last seen, `sent` whether the site may have received a change.

    glances: looks at posts once more right before they are overwritten.
    """

    def __init__(
        self,
        action: Action,
        platform: Platform,
        journal: Journal,
        run: int,
        *,
        clock: Callable[[], datetime],
        report: Callable[[Step], None],
        glances: Glances,
    ) -> None:
        self.action = action
        self._glances = glances
        self.remote: Remote | None = action.look.remote
        self._platform = platform
        self._journal = journal
        self._clock = clock
        self._report = report
        self._ledger = Ledger(action, journal, run)
        self._complaint = ""
        self._found_out: list[str] = []
        self._good: Remote | None = None  # the post when it last was as meant, by the site's own answers

    @property
    def sent(self) -> bool:
        return self._ledger.sent

    def write(self) -> Outcome:
        """Execute the action from intent to outcome. Raises what stopped it, after recording it."""
        self._ledger.intend()
        missing: tuple[str, ...] = ()
        wanted, seen = self.action.wanted, self.action.look.remote
        if self.action.kind is ActionKind.TRASH:
            return self._trash()
        if self.action.kind is ActionKind.SET_STATE:
            assert self.remote is not None
            meant = shown_by(self.remote, self._interim())
            self._good = self.remote
        elif wanted is not None and seen is not None:
            meant = meant_by(wanted)
            missing = self._write_content(meant, lambda: self._platform.put(seen.ref, wanted, seen, fresh=self._looked_again(seen)))
        else:
            draft = self._ready()
            meant = meant_of(draft, self._platform.meant(draft), self._platform.capabilities)
            missing = self._write_content(meant, lambda: self._create_or_update(draft))
        return self._finish(meant, settled=self._settle_state(meant, missing))

    def _create_or_update(self, draft: Draft) -> Remote:
        seen = self.action.look.remote
        if seen is None or self.action.kind is ActionKind.CREATE:
            return self._platform.create(draft)
        return self._platform.update(seen.ref, draft, seen, fresh=self._looked_again(seen))

    def _looked_again(self, seen: Remote) -> bool:
        """Return True if a fresh preflight check found the post unchanged. Raises `ConflictError`."""
        if self._glances.together:
            self._glances.require_unchanged(seen)
        return self._glances.together

    def _ready(self) -> Draft:
        """Return the draft with its files uploaded. The post is not touched yet."""
        try:
            self._refuse_if_too_close(self.action.target)
            for asset in self.action.desired.draft.assets:
                if self._journal.asset(self.action.site, asset.sha256) is None:
                    self._step(f"upload {asset.name}")
                    home = self._platform.upload(asset)
                    self._journal.remember_asset(self.action.site, asset.sha256, home.url, home.id)
            return with_known_uploads(self.action.desired.draft, self.action.site, self._journal)
        except JournalError:
            raise
        except BlogkitError as error:
            self._ledger.failed(error.message)
            raise

    # content

    def _write_content(self, meant: Meant, send: Callable[[], Remote]) -> tuple[str, ...]:
        """Send the content and read it back. Return what the site did not keep."""
        remote = self._send_content(meant, send)
        if self.action.look.remote is None:
            self._ledger.note(remote, pushed="", wish="")  # its id; that of an older post is known
        self._good = None if differences(meant, remote) else remote
        back = self._read_back(remote.ref)
        if self._good is None and not differences(meant, back):
            self._good = back
        if self.action.target is not None and not is_reached(back, due(self.action.target, self._clock())):
            self._ledger.note(self._ours(back, meant), pushed=self._pushed(meant), wish="")
        return self._missing(meant)

    def _ours(self, shown: Remote, meant: Meant) -> Remote:
        """Return our part of the post: without edits made between our write and the read-back, which undo must keep."""
        good = self._good
        if good is None:
            return shown
        # `is_result_of` passes over what the file leaves to the site, so somebody may have set that, too.
        left_open = (*(() if meant.excerpt else ("excerpt",)), *(() if meant.image else ("featured_id",)))
        names = left_open if is_result_of(meant, shown) else _CONTENT
        return replace(shown, **{name: getattr(good, name) for name in names})

    def _pushed(self, meant: Meant) -> str:
        """Return the digest of what the site kept; "" if it did not keep all of it."""
        taken = self._good is not None or not self._missing(meant) or self.action.kind is ActionKind.RESTORE
        return self.action.desired.digest if taken else ""

    def _send_content(self, meant: Meant, send: Callable[[], Remote]) -> Remote:
        seen = self.action.look.remote
        creating = self.action.kind is ActionKind.CREATE or seen is None
        self._step("create" if creating else "update")
        self._ledger.about_to_send(meant)
        try:
            self.remote = send()
        except _NO_ANSWER as error:
            found = self._look_after(error)
            if found is None or (seen and not creating and differences(meant, found)):
                raise self._unclear(error, "it has not reached the site so far") from error
            self.remote = found
            self._arrived(error)
        except Rejected as error:
            # A site may save a post and then find fault with it; then what it saved is looked at like any other.
            found = self._look_after(error)
            if found is None or (seen and not creating and not edited(fingerprint(seen), found)):
                self._ledger.failed(error.message)
                raise
            self.remote, self._complaint = found, error.message
        except JournalError:
            raise
        except BlogkitError as error:
            self._ledger.failed(error.message)
            raise
        return self.remote

    def _look_after(self, error: BlogkitError, ref: Ref | None = None) -> Remote | None:
        """Look up the post after an ambiguous write. Never resends."""
        self._step("check whether it arrived")
        ref = ref or (None if self.action.kind is ActionKind.CREATE else self.action.ref)
        try:
            return self._platform.get(ref) if ref else self._platform.find(self.action.key, self.action.desired.kind)
        except NotFound:
            return None
        except BlogkitError as second:
            raise self._unclear(error, f"checking the site failed too: {second.message}", down=isinstance(second, SiteBroken)) from second

    def _read_back(self, ref: Ref) -> Remote:
        self._step("read back")
        try:
            self.remote = self._platform.get(ref)
        except BlogkitError as error:
            raise self._unclear(error, "it was sent but could not be read back", down=isinstance(error, SiteBroken)) from error
        return self.remote

    def _unclear(self, error: BlogkitError, addition: str, *, down: bool = False) -> SentUnclear:
        message = f"{error.message}; {addition}"
        self._ledger.unclear(message)
        return SentUnclear(message, hint=_NEXT_RUN, down=down)

    def _arrived(self, error: SiteError) -> None:
        """Note that an ambiguous write arrived."""
        answered = f"answered {error.status}: {error.reason.rstrip('.')}" if error.status and error.reason else "gave no usable answer"
        self._found_out.append(f"{self.action.site} {answered}, but the change had arrived")

    # state

    def _settle_state(self, meant: Meant, missing: tuple[str, ...]) -> bool:
        """Set the target state. Return False if it stays, because content was lost."""
        assert self.remote is not None
        if self.action.target is None:
            return True
        target = due(self.action.target, self._clock())
        if is_reached(self.remote, target):
            return True
        if missing and target.state is not State.DRAFT:
            return False
        try:
            self._refuse_if_too_close(target)
            self._step(_DOING[target.state])
            if self.action.kind is ActionKind.SET_STATE:
                self._ledger.about_to_send(meant)
            self._send_state(self.remote.ref, target)
        except (JournalError, SentUnclear):
            raise
        except BlogkitError as error:
            self._state_refused(error, self.remote.ref, meant)
            raise
        return True

    def _send_state(self, ref: Ref, target: Target) -> None:
        try:
            self._platform.set_state(ref, target)
        except _NO_ANSWER as error:
            found = self._look_after(error, ref)
            if found is None or not is_reached(found, target):
                raise self._unclear(error, "the state has not changed so far") from error
            self.remote = found
            self._arrived(error)
            if found.title != self._interim():
                return
            self._platform.set_state(ref, target)  # it is there, and readers see its address for a title: only that is left to do
        back = self._read_back(ref)
        # A live post may have another date than requested: it is public, and the outcome reports it.
        if back.state is not target.state or (target.state is State.SCHEDULED and not is_reached(back, target)):
            shown = f"{back.state} for {stories.moment(back.at, self.action.desired.zone)}" if back.at else str(back.state)
            message = f"{self.action.site} was asked to make “{back.title}” {target.state} but shows it as {shown}"
            raise Rejected(message, site=self.action.site, hint="check the post on the blog")

    def _state_refused(self, error: BlogkitError, ref: Ref, meant: Meant) -> None:
        """Record the post after a refused change of state. Blogger may have changed it on the way."""
        try:
            self.remote = self._platform.get(ref)
        except BlogkitError:
            self._ledger.unclear(error.message)
            return
        seen, noted = self.action.look.remote, self._ledger.memory
        if noted is None and seen is not None and self.remote.state is seen.state and not edited(fingerprint(seen), self.remote):
            self._ledger.failed(error.message)
            return
        pushed = "" if self._missing(meant) else noted.pushed if noted else self.action.desired.digest
        ours = self._ours(self.remote, meant)
        self._ledger.done(ours, memory_of(self.action, ours, pushed=pushed, wish=""), note=error.message)

    # the trash

    def _trash(self) -> Outcome:
        seen = self.action.look.remote
        assert seen is not None
        self._step("move to the trash")
        try:
            there = self._glances.require_unchanged(seen)
            if there.state not in {seen.state, State.TRASHED}:
                hint = "check the post on the blog, then undo again"
                raise ConflictError(f'"{seen.title}" on {self.action.site} is now {there.state}; nothing was written', hint=hint)
            self._ledger.about_to_send(None)
            self._platform.trash(seen.ref)
        except _NO_ANSWER as error:
            left = self._look_after(error, seen.ref)
            if left is not None and left.state is not State.TRASHED:
                raise self._unclear(error, "it is still on the site so far") from error
        except NotFound:
            pass
        except JournalError:
            raise
        except BlogkitError as error:
            self._ledger.failed(error.message)
            raise
        self.remote = replace(seen, state=State.TRASHED)
        desired = self.action.desired
        self._ledger.done(self.remote, memory_of(self.action, self.remote, pushed=desired.digest, wish=desired.wish))
        return Outcome(self.action, Result.DONE, remote=self.remote)

    # the end

    def _finish(self, meant: Meant, *, settled: bool) -> Outcome:
        assert self.remote is not None
        desired = self.action.desired
        missing = self._missing(meant)
        ours = self._ours(self.remote, meant)
        memory = memory_of(self.action, ours, pushed=self._pushed(meant), wish=desired.wish if settled else "")
        self._ledger.done(ours, memory, note="; ".join(missing))
        if not missing:
            return Outcome(self.action, Result.DONE, notes=self._notes(), remote=self.remote)
        message, hint = f"{self.action.site} did not keep all of “{desired.title}”", _CHANGE
        if self._good is not None:
            message, hint = f"{self.action.site} accepted “{desired.title}” but then showed something else", _LOOK
        stays = "" if settled else f"; it stays {self.remote.state}"
        return Outcome(self.action, Result.LOST, message + stays, hint, losses=missing, remote=self.remote)

    def _missing(self, meant: Meant) -> tuple[str, ...]:
        """Return what the site did not keep, as far as it shows, else the site's own message."""
        assert self.remote is not None
        return lost(meant, self.remote) or ((self._complaint,) if self._complaint else ())

    def _interim(self) -> str:
        if self.action.wanted is not None or self._platform.capabilities.slug != "by-title":
            return ""
        return self.action.desired.draft.slug

    def _notes(self) -> tuple[str, ...]:
        assert self.remote is not None
        desired, target, at = self.action.desired, self.action.target, self.remote.at
        notes = list(self._found_out)
        if self.action.kind in {ActionKind.EDIT, ActionKind.RESTORE}:
            return tuple(notes)
        if desired.draft.slug and self.remote.slug not in {"", desired.draft.slug} and self._platform.capabilities.slug != "none":
            notes.append(f"its address ends in {self.remote.slug}, not {desired.draft.slug}")
        if target and at and not is_reached(self.remote, due(target, self._clock())):
            notes.append(f"{self.action.site} gave it the date {stories.moment(at, desired.zone)}")
        return tuple(notes)

    def _refuse_if_too_close(self, target: Target | None) -> None:
        late = too_close(self.action.desired, target, self._clock())
        if late:
            raise BlogkitError(late[0], hint=late[1])

    def _step(self, doing: str) -> None:
        self._report(Step(self.action, doing))
