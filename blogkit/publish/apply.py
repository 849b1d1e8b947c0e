"""Make a plan so: one post after the other, and say of each what became of it, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from blogkit.errors import BlogkitError, ConflictError, JournalError, NotSignedIn, QuotaExhausted, TooFast, Unreachable
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform
from blogkit.publish.actions import Action, ActionKind
from blogkit.publish.ledger import Ledger, memory_of
from blogkit.publish.outcome import Outcome, Result, Step
from blogkit.publish.write import SentUnclear, Writer

_STOPS_THE_SITE = (NotSignedIn, QuotaExhausted, TooFast, Unreachable)
"""The next post would meet the same."""
_BLOCKED = {
    ActionKind.REMOTE_EDITED: Result.LEFT,
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
    """Carry out the actions of one site, in order.

    report: gets every step, and every action's outcome exactly once, also when this raises.
    Raises `JournalError` when the journal fails (nothing more is sent then), and whatever is not a `BlogkitError`,
    `KeyboardInterrupt` included.
    """
    return _Site(platform, journal, run, clock, report).apply(actions)


class _Site:
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
        self.writer: Writer | None = None

    def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        outcomes = []
        for number, action in enumerate(actions):
            try:
                outcome = self._one(action)
            except BaseException as error:
                self.report(_interrupted(action, self.writer, error))
                for rest in actions[number + 1 :]:
                    self.report(_not_attempted(rest, "the run was stopped"))
                raise
            self.report(outcome)
            outcomes.append(outcome)
        return outcomes

    def _one(self, action: Action) -> Outcome:
        self.writer = None
        if action.blocked:
            return Outcome(action, _BLOCKED[action.kind], action.story, action.hint, remote=action.look.remote)
        if not action.writes:
            return self._take_note(action)
        if self.stopped is not None:
            return _not_attempted(action, f"not attempted, because {self.stopped.message}", self.stopped.hint)
        return self._write(action)

    def _take_note(self, action: Action) -> Outcome:
        """No request: the site is as meant."""
        remote, memory = action.look.remote, action.look.memory
        assert remote is not None
        if action.kind is ActionKind.ADOPT or memory is None:
            ledger = Ledger(action, self.journal, self.run)
            ledger.intend()
            ledger.done(remote, memory_of(action, remote, pushed=action.desired.digest, wish=action.desired.wish))
            return Outcome(action, Result.DONE, remote=remote)
        # Its state may have moved on (a schedule came true, or the file leaves it to the site): that is seen now.
        stands = replace(memory, state=str(remote.state), at=remote.at, url=remote.url, updated=remote.updated, wish=action.desired.wish)
        if stands != memory:
            self.journal.remember(stands)
        return Outcome(action, Result.UNCHANGED, remote=remote)

    def _write(self, action: Action) -> Outcome:
        writer = self.writer = Writer(action, self.platform, self.journal, self.run, clock=self.clock, report=self.report)
        try:
            return writer.write()
        except ConflictError as error:
            return Outcome(action, Result.CONFLICT, error.message, error.hint, remote=writer.remote)
        except SentUnclear as error:
            self._stop_if_hopeless(error.__cause__)
            return Outcome(action, Result.UNKNOWN, error.message, error.hint, remote=writer.remote)
        except JournalError:
            raise
        except BlogkitError as error:
            self._stop_if_hopeless(error)
            there = writer.remote
            stands = f"; the post is there as {there.state}" if writer.sent and action.kind is ActionKind.CREATE and there else ""
            return Outcome(action, Result.FAILED, error.message + stands, error.hint, remote=there)

    def _stop_if_hopeless(self, error: BaseException | None) -> None:
        if isinstance(error, _STOPS_THE_SITE):
            self.stopped = error


def _not_attempted(action: Action, message: str, hint: str = "") -> Outcome:
    return Outcome(action, Result.SKIPPED, message, hint, remote=action.look.remote)


def _interrupted(action: Action, writer: Writer | None, error: BaseException) -> Outcome:
    if isinstance(error, BlogkitError):
        message, hint = error.message, error.hint
    else:
        message, hint = "interrupted" if isinstance(error, KeyboardInterrupt) else f"stopped by {type(error).__name__}", ""
    if writer is not None and writer.sent:
        return Outcome(action, Result.UNKNOWN, message, hint or "the next run looks before it sends anything", remote=writer.remote)
    return _not_attempted(action, f"{message}; nothing was sent for it", hint)
