"""Execute a plan concurrently and report the outcome of every action, even if the run fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    Conflict,
    ImageNotServed,
    JournalError,
    NewPostsPaused,
    QuotaExhausted,
    RateLimited,
    Unreachable,
)
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.execute.attempt import Attempt, SentUnclear
from blogkit.sync.outcome import Outcome, Result, Step
from blogkit.sync.pace import Pace, too_early
from blogkit.sync.preflight import PreflightChecks
from blogkit.times import both_clocks

if TYPE_CHECKING:  # a run that changes nothing executes nothing
    from blogkit.hosting import Hosting

# The next post would meet the same error, so trying it would only cost time and quota.
_STOPS_THE_SITE = (AuthenticationError, QuotaExhausted, RateLimited, Unreachable)
_IMAGE_PAUSE = timedelta(minutes=5)
"""Until a new post is tried again whose image the host does not serve yet."""
_NOT_WRITTEN = {
    ActionKind.REMOTE_EDITED: Result.LEFT,
    ActionKind.ORPHAN: Result.LEFT,
    ActionKind.CONFLICT: Result.CONFLICT,
    ActionKind.GONE: Result.REFUSED,
    ActionKind.REFUSED: Result.REFUSED,
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class _Halt:
    """Why the remaining actions are skipped; shared by the workers.

    Attributes:
        waiting: New posts that the site takes only later, by key.
        error: The reason; None until there is one.
        creating: The reason why only new posts are skipped.
    """

    waiting: Mapping[str, datetime]
    error: BlogkitError | None = None
    creating: BlogkitError | None = None


def apply(
    actions: Sequence[Action],
    platform: Platform,
    journal: Journal,
    run: int,
    *,
    clock: Callable[[], datetime] = _utc_now,
    sleep: Callable[[float], None] = time.sleep,
    hosting: Hosting | None = None,
    report: Callable[[Step | Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Execute the actions of one site, as many at a time as it allows.

    After an error that every other post would meet, too, the rest is skipped.

    Args:
        actions: A plan of one site.
        platform: The site.
        journal: Records intent and outcome of each action.
        run: The journal's number for this execution.
        clock: The present time.
        sleep: Waits for a number of seconds, if another run creates a post at the same moment.
        hosting: The image host to which the site's local images go.
        report: Gets every step, and every action's outcome exactly once, in the calling thread,
            also if this raises.

    Returns:
        The outcomes, in the actions' order.

    Raises:
        JournalError: The journal failed; nothing more was sent.
        BaseException: Anything that is not a `BlogkitError`, such as `KeyboardInterrupt`. What is
            under way is finished first, and nothing new begun.
    """
    # Neither platform supports conditional writes, so posts are read once more just before.
    overwritten = [action.ref for action in actions if action.writes and action.ref is not None]
    preflight = PreflightChecks(platform, overwritten)
    attempts = [
        Attempt(
            action,
            action.remote_state.remote,
            platform,
            journal,
            run,
            clock,
            preflight,
            sleep,
            hosting,
        )
        for action in actions
    ]
    halt = _Halt(too_early(actions, platform, journal, clock()))
    writers = platform.capabilities.max_concurrency
    try:
        if hosting is not None:
            from blogkit.sync.execute.uploads import upload_ahead

            upload_ahead(attempts)
        with platform.batch():
            if writers == 1:
                _one_by_one(attempts, halt, report)
            else:
                _together(attempts, writers, halt, report)
    except BaseException as error:
        for attempt in attempts:
            if not attempt.reported:
                report(_unreported(attempt, error))
        raise
    return [attempt.outcome for attempt in attempts if attempt.outcome is not None]


def _one_by_one(
    attempts: Sequence[Attempt], halt: _Halt, report: Callable[[Step | Outcome], None]
) -> None:
    for attempt in attempts:
        _tell(attempt, _carry_out(attempt, halt, report), report)


def _together(
    attempts: Sequence[Attempt],
    writers: int,
    halt: _Halt,
    report: Callable[[Step | Outcome], None],
) -> None:
    """Finish the actions that send nothing, then execute the others with several workers."""
    from blogkit.sync.worker_pool import WorkerPool

    for attempt in attempts:
        if not attempt.action.writes:
            _tell(attempt, _carry_out(attempt, halt, report), report)

    def do(attempt: Attempt, tell: Callable[[Step], None]) -> Outcome:
        return _carry_out(attempt, halt, tell)

    writing = [attempt for attempt in attempts if attempt.action.writes]
    with closing(WorkerPool(writers, do).work(writing)) as events:
        for attempt, event in events:
            if isinstance(event, Outcome):
                _tell(attempt, event, report)
            else:
                report(event)


def _tell(attempt: Attempt, outcome: Outcome, report: Callable[[Step | Outcome], None]) -> None:
    attempt.reported = True
    report(outcome)


def _carry_out(attempt: Attempt, halt: _Halt, tell: Callable[[Step], None]) -> Outcome:
    attempt.begun, attempt.tell = True, tell
    outcome = attempt.outcome = _outcome(attempt, halt)
    attempt.release()
    return outcome


def _outcome(attempt: Attempt, halt: _Halt) -> Outcome:
    action = attempt.action
    if action.kind in _NOT_WRITTEN:
        result = _NOT_WRITTEN[action.kind]
        return Outcome(action, result, action.summary, action.hint, remote=attempt.remote)
    if not action.writes:
        return _record_unchanged(attempt)
    if halt.error is not None:
        message = f"not attempted: publishing to {action.site} was stopped"
        return _not_attempted(action, message, halt.error.hint)
    if halt.creating is not None and action.kind is ActionKind.CREATE:
        message = f"not attempted: {action.site} takes no more new posts for now"
        return _not_attempted(action, message, halt.creating.hint)
    if action.kind is ActionKind.CREATE and action.key in halt.waiting:
        pace = Pace.of(attempt.platform.capabilities)
        again = halt.waiting[action.key]
        message = (
            f"{action.site} takes {pace.per_hour:g} new posts an hour for now; run the same command"
            f" again after {both_clocks(again, action.desired.zone)}"
        )
        return Outcome(action, Result.WAITING, message, again=again)
    return _write(attempt, halt)


def _record_unchanged(attempt: Attempt) -> Outcome:
    """Record that the site is already as desired. Sends no request."""
    action, remote, memory = attempt.action, attempt.remote, attempt.action.remote_state.memory
    desired = action.desired
    if action.remote_state.stays_deleted:
        return Outcome(action, Result.UNCHANGED, hint=action.hint)
    if remote is None:  # planned offline: up to date as far as the journal knows
        return Outcome(action, Result.UNCHANGED)
    if action.kind is ActionKind.ADOPT:
        attempt.begin()
        attempt.done(desired_state=desired.desired_state)
        return Outcome(action, Result.DONE, hint=action.hint, remote=remote)
    if memory is None:  # a live post that has no file
        return Outcome(action, Result.UNCHANGED, remote=remote)
    # Its state may have moved on (a schedule came true, or the file leaves it to the site): that is
    # seen now.
    seen: dict[str, Any] = {
        "state": remote.state,
        "at": remote.at,
        "url": remote.url,
        "updated": remote.updated if action.remote_state.settled else "",
        "desired_state": desired.desired_state,
    }
    if any(getattr(memory, name) != value for name, value in seen.items()):
        attempt.journal.remember(replace(memory, **seen))
    return Outcome(action, Result.UNCHANGED, remote=remote)


def _write(attempt: Attempt, halt: _Halt) -> Outcome:
    from blogkit.sync.execute.dispatch import execute_action

    action = attempt.action
    try:
        done = execute_action(attempt)
        return done if isinstance(done, Outcome) else _instead(attempt, done, halt)
    except Conflict as error:
        result, message, hint = Result.CONFLICT, error.message, error.hint
    except SentUnclear as error:
        cause = error.__cause__
        assert isinstance(cause, BlogkitError)
        _stop_if_hopeless(halt, cause, anyway=error.down)
        message = _stopping(halt, attempt, cause, error.message)
        result, hint = Result.UNKNOWN, error.hint
    # Without a journal nothing more may be sent, on any site: the run ends here.
    except JournalError:
        raise
    except ImageNotServed as error:
        return _without_image(attempt, error)
    except BlogkitError as error:
        if _limits_new_posts(attempt, error):
            halt.creating = error
        else:
            _stop_if_hopeless(halt, error)
        message = _stopping(halt, attempt, error, error.message)
        if action.kind is ActionKind.CREATE and attempt.remote:
            message += f"; the post is now on the site ({attempt.remote.state})"
        result, hint = Result.FAILED, error.hint
    return Outcome(action, result, message, hint, remote=attempt.remote)


def _without_image(attempt: Attempt, error: ImageNotServed) -> Outcome:
    """Return the outcome of a post whose image readers do not get: the post was not touched."""
    action = attempt.action
    if not error.later or action.kind is not ActionKind.CREATE:
        hint = error.hint or "run the same command again when the address shows the image"
        return Outcome(action, Result.FAILED, error.message, hint, remote=attempt.remote)
    again = attempt.clock() + _IMAGE_PAUSE
    when = both_clocks(again, action.desired.zone)
    message = f"{error.message}; run the same command again after {when}"
    return Outcome(action, Result.WAITING, message, again=again)


def _instead(attempt: Attempt, action: Action, halt: _Halt) -> Outcome:
    """Do what follows for a post of another run, after our own draft was withdrawn."""
    from blogkit.sync.execute.contest import WITHDRAWN

    other = Attempt(
        action,
        action.remote_state.remote,
        attempt.platform,
        attempt.journal,
        attempt.run,
        attempt.clock,
        attempt.preflight,
        attempt.sleep,
        attempt.hosting,
        tell=lambda step: attempt.tell(replace(step, action=attempt.action)),
        begun=True,
    )
    attempt.remote = other.remote
    outcome = _outcome(other, halt)
    return replace(outcome, action=attempt.action, notes=(*outcome.notes, WITHDRAWN))


def _limits_new_posts(attempt: Attempt, error: BlogkitError) -> bool:
    """Return whether a site that limits new posts refused one; it may take all other changes.

    Blogger was seen to tell its limit as 403, as 429 and as a quota.
    """
    if isinstance(error, NewPostsPaused):
        return True
    new = attempt.action.kind is ActionKind.CREATE and attempt.remote is None
    paced = Pace.of(attempt.platform.capabilities).limited
    return new and paced and isinstance(error, QuotaExhausted | RateLimited)


def _stop_if_hopeless(halt: _Halt, error: BlogkitError, *, anyway: bool = False) -> None:
    """Stop the site if the next post would fail for the same reason."""
    hopeless = anyway or isinstance(error, _STOPS_THE_SITE)
    if halt.error is None and hopeless:
        halt.error = error


def _stopping(halt: _Halt, attempt: Attempt, error: BlogkitError, message: str) -> str:
    """Return the message of the post that stopped the site. Skipped posts do not repeat it."""
    site = attempt.platform.name
    if error is not halt.error:
        return message
    return (
        f"stopped publishing to {site}:"
        f" {message.removeprefix(f'site {site}: ').replace(f'site {site} ', 'it ', 1)}"
    )


def _unreported(attempt: Attempt, error: BaseException) -> Outcome:
    """Return the outcome of an action that has not been reported."""
    if attempt.outcome is not None:
        return attempt.outcome
    if not attempt.begun:
        return _not_attempted(attempt.action, "the run was stopped")
    if isinstance(error, BlogkitError):
        message, hint = error.message, error.hint
    elif isinstance(error, KeyboardInterrupt):
        message, hint = "interrupted", ""
    else:
        message, hint = f"stopped by {type(error).__name__}", ""
    if not attempt.sent:
        return _not_attempted(attempt.action, f"{message}; nothing was sent for it", hint)
    hint = hint or "the next run checks the site before it sends anything"
    return Outcome(attempt.action, Result.UNKNOWN, message, hint, remote=attempt.remote)


def _not_attempted(action: Action, message: str, hint: str = "") -> Outcome:
    return Outcome(action, Result.SKIPPED, message, hint, remote=action.remote_state.remote)
