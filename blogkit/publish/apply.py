"""Execute a plan concurrently and report the outcome of every action, even if the run fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from blogkit.errors import BlogkitError, ConflictError, JournalError, NotSignedIn, QuotaExhausted, TooFast, Unreachable
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.crew import Crew
from blogkit.publish.glance import Glances
from blogkit.publish.ledger import Ledger, memory_of
from blogkit.publish.outcome import Outcome, Result, Step
from blogkit.publish.write import SentUnclear, Writer

_STOPS_THE_SITE = (NotSignedIn, QuotaExhausted, TooFast, Unreachable)
_NOT_WRITTEN = {
    ActionKind.REMOTE_EDITED: Result.LEFT,
    ActionKind.ORPHAN: Result.LEFT,
    ActionKind.CONFLICT: Result.CONFLICT,
    ActionKind.GONE: Result.REFUSED,
    ActionKind.REFUSED: Result.REFUSED,
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


def apply(
    actions: Sequence[Action],
    platform: Platform,
    journal: Journal,
    run: int,
    *,
    clock: Callable[[], datetime] = _utc_now,
    report: Callable[[Step | Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Execute the actions of one site, as many at a time as it has writers.

    Return the outcomes in the actions' order.

    report: gets every step, and every action's outcome exactly once, in the calling thread, also when this raises.
    Raises `JournalError` when the journal fails (nothing more is sent then), and whatever is not a `BlogkitError`,
    `KeyboardInterrupt` included: what is under way is then finished, and nothing new begun.
    """
    return _Site(platform, journal, run, clock, report).apply(actions)


class _Site:
    """stopped: why the rest of the site is not attempted; begun, done, ended: by the action's number, what is
    under way, what has come to its end, and which ends were told."""

    def __init__(
        self,
        platform: Platform,
        journal: Journal,
        run: int,
        clock: Callable[[], datetime],
        report: Callable[[Step | Outcome], None],
    ) -> None:
        self.platform, self.journal, self.run = platform, journal, run
        self.clock, self.report = clock, report
        self.stopped: BlogkitError | None = None
        self.begun: dict[int, Writer | None] = {}
        self.done: dict[int, Outcome] = {}
        self.ended: dict[int, Outcome] = {}
        self.glances = Glances(platform, ())

    def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        overwritten = [action.look.remote.ref for action in actions if action.writes and action.look.remote is not None]
        self.glances = Glances(self.platform, overwritten)
        try:
            if self.platform.capabilities.writers == 1:
                for number, action in enumerate(actions):
                    self._end(number, self._one(number, action, self.report))
            else:
                self._together(actions)
        except BaseException as error:
            for number, action in enumerate(actions):
                if number not in self.ended:
                    self.report(self._left(number, action, error))
            raise
        return [self.ended[number] for number in range(len(actions))]

    def _together(self, actions: Sequence[Action]) -> None:
        writing: list[tuple[int, Action]] = []
        for number, action in enumerate(actions):
            if action.writes:
                writing.append((number, action))
            else:
                self._end(number, self._one(number, action, self.report))

        def do(item: tuple[int, Action], tell: Callable[[Step], None]) -> Outcome:
            return self._one(item[0], item[1], tell)

        with closing(Crew(self.platform.capabilities.writers, do).work(writing)) as heard:
            for item, event in heard:
                if isinstance(event, Outcome):
                    self._end(item[0], event)
                else:
                    self.report(event)

    def _end(self, number: int, outcome: Outcome) -> None:
        self.ended[number] = outcome
        self.report(outcome)

    def _left(self, number: int, action: Action, error: BaseException) -> Outcome:
        """Return the outcome of an action that has not been reported."""
        if number in self.done:
            return self.done[number]
        if number in self.begun:
            return _interrupted(action, self.begun[number], error)
        return _not_attempted(action, "the run was stopped")

    def _one(self, number: int, action: Action, tell: Callable[[Step], None]) -> Outcome:
        self.begun[number] = None
        outcome = self.done[number] = self._ended(number, action, tell)
        return outcome

    def _ended(self, number: int, action: Action, tell: Callable[[Step], None]) -> Outcome:
        if action.kind in _NOT_WRITTEN:
            return Outcome(action, _NOT_WRITTEN[action.kind], action.story, action.hint, remote=action.look.remote)
        if not action.writes:
            return self._take_note(action)
        if self.stopped is not None:
            return _not_attempted(action, f"not attempted: publishing to {action.site} was stopped", self.stopped.hint)
        writer = self.begun[number] = Writer(
            action, self.platform, self.journal, self.run, clock=self.clock, report=tell, glances=self.glances
        )
        return self._write(action, writer)

    def _take_note(self, action: Action) -> Outcome:
        """Record that the site is already as desired. Sends no request."""
        remote, memory = action.look.remote, action.look.memory
        if remote is None:  # planned offline: up to date as far as the journal knows
            return Outcome(action, Result.UNCHANGED)
        if action.kind is ActionKind.ADOPT:
            ledger = Ledger(action, self.journal, self.run)
            ledger.intend()
            ledger.done(remote, memory_of(action, remote, pushed=action.desired.digest, wish=action.desired.wish))
            return Outcome(action, Result.DONE, remote=remote)
        if memory is None:  # a live post that has no file
            return Outcome(action, Result.UNCHANGED, remote=remote)
        # Its state may have moved on (a schedule came true, or the file leaves it to the site): that is seen now.
        stands = replace(memory, state=str(remote.state), at=remote.at, url=remote.url, updated=remote.updated, wish=action.desired.wish)
        if stands != memory:
            self.journal.remember(stands)
        return Outcome(action, Result.UNCHANGED, remote=remote)

    def _write(self, action: Action, writer: Writer) -> Outcome:
        try:
            return writer.write()
        except ConflictError as error:
            return Outcome(action, Result.CONFLICT, error.message, error.hint, remote=writer.remote)
        except SentUnclear as error:
            cause = error.__cause__
            self._stop_if_hopeless(cause, anyway=error.down)
            return Outcome(action, Result.UNKNOWN, self._stopping(cause, error.message), error.hint, remote=writer.remote)
        except JournalError:
            raise
        except BlogkitError as error:
            self._stop_if_hopeless(error)
            there = writer.remote
            stands = f"; the post is now on the site ({there.state})" if writer.sent and action.kind is ActionKind.CREATE and there else ""
            return Outcome(action, Result.FAILED, self._stopping(error, error.message) + stands, error.hint, remote=there)

    def _stop_if_hopeless(self, error: BaseException | None, *, anyway: bool = False) -> None:
        """Stop the site if the next post would fail for the same reason."""
        if self.stopped is None and isinstance(error, BlogkitError) and (anyway or isinstance(error, _STOPS_THE_SITE)):
            self.stopped = error

    def _stopping(self, error: BaseException | None, message: str) -> str:
        """Return the message of the post that stopped the site. Skipped posts do not repeat it."""
        site = self.platform.name
        if error is not self.stopped:
            return message
        return f"stopped publishing to {site}: {message.removeprefix(f'site {site}: ').replace(f'site {site} ', 'it ', 1)}"


def _not_attempted(action: Action, message: str, hint: str = "") -> Outcome:
    return Outcome(action, Result.SKIPPED, message, hint, remote=action.look.remote)


def _interrupted(action: Action, writer: Writer | None, error: BaseException) -> Outcome:
    if isinstance(error, BlogkitError):
        message, hint = error.message, error.hint
    else:
        message, hint = "interrupted" if isinstance(error, KeyboardInterrupt) else f"stopped by {type(error).__name__}", ""
    if writer is not None and writer.sent:
        return Outcome(
            action, Result.UNKNOWN, message, hint or "the next run checks the site before it sends anything", remote=writer.remote
        )
    return _not_attempted(action, f"{message}; nothing was sent for it", hint)
