"""Move a post to the trash, and take it back, unless it was edited in the meantime.

A draft that is withdrawn goes only if the post that is kept is still there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from blogkit.errors import BlogkitError, Conflict, JournalError, NotFound
from blogkit.platforms.base import Remote, State
from blogkit.platforms.conflicts import require_unchanged
from blogkit.sync.compare import expected_unchanged
from blogkit.sync.desired import outstanding
from blogkit.sync.execute.attempt import Attempt
from blogkit.sync.execute.unanswered import NO_ANSWER, arrived, look_after
from blogkit.sync.outcome import Outcome, Result


def move_to_trash(attempt: Attempt) -> Outcome:
    """Move the post to the trash. A post that is already gone counts as trashed.

    Returns:
        The outcome DONE.

    Raises:
        Conflict: The post was edited, or its state changed, since the plan, or the post that is to
            be kept instead is gone.
        SentUnclear: The request may have arrived.
    """
    seen = attempt.action.remote_state.remote
    assert seen is not None
    attempt.step("move to the trash")
    try:
        for kept in attempt.action.remote_state.others:
            _require_present(attempt, kept)
        _refuse_other_state(attempt, seen)
        attempt.before_send()
        attempt.platform.trash(seen.ref)
    except NO_ANSWER as error:
        left = look_after(attempt, error, seen.ref)
        if left is not None and left.state is not State.TRASHED:
            raise attempt.unclear(error, "it is still on the site so far") from error
    # It is gone, which is what was asked for.
    except NotFound:
        pass
    except JournalError:
        raise
    except BlogkitError as error:
        attempt.failed(error.message)
        raise
    attempt.remote = replace(seen, state=State.TRASHED)
    attempt.done(desired_state=attempt.action.desired.desired_state)
    return Outcome(attempt.action, Result.DONE, remote=attempt.remote)


def take_from_trash(attempt: Attempt) -> None:
    """Take the post out of the trash, as a draft: readers see it when its state is set.

    Raises:
        Conflict: The post was edited since the plan, or is not in the trash any more.
        SentUnclear: The request may have arrived.
    """
    wanted, trashed = attempt.action.desired_remote, attempt.action.remote_state.remote
    assert wanted is not None
    assert trashed is not None
    attempt.expected = expected_unchanged(wanted, "")
    attempt.step("take from the trash")
    try:
        _require_trashed(attempt, trashed)
        attempt.before_send()
        attempt.see(attempt.platform.untrash(trashed.ref))
    except NO_ANSWER as error:
        found = look_after(attempt, error, trashed.ref)
        if found is None or found.state is State.TRASHED:
            raise attempt.unclear(error, "it is still in the trash so far") from error
        arrived(attempt, found, error)
    except JournalError:
        raise
    except BlogkitError as error:
        attempt.failed(error.message)
        raise
    left = attempt.remote
    assert left is not None
    attempt.confirmed = None if attempt.comparison.unexplained else left
    if outstanding(left, attempt.action.target, attempt.clock()):
        attempt.note()


def _require_trashed(attempt: Attempt, trashed: Remote) -> None:
    there = attempt.platform.get(trashed.ref)
    if there.state is State.TRASHED:
        require_unchanged(trashed, there, attempt.action.site)
        return
    raise Conflict(
        f'"{trashed.title}" on {attempt.action.site} is not in the trash any more; nothing was'
        " written",
        hint="check the post on the blog, then run the same command again",
    )


def _require_present(attempt: Attempt, kept: Remote) -> None:
    with suppress(NotFound):
        if attempt.platform.get(kept.ref).state is not State.TRASHED:
            return
    raise Conflict(
        f'"{kept.title}" on {attempt.action.site} is no longer there ({kept.ref.kind}'
        f" {kept.ref.id}); nothing was written",
        hint="run the same command again",
    )


def _refuse_other_state(attempt: Attempt, seen: Remote) -> None:
    there = attempt.preflight.require_unchanged(seen)
    if there.state in {seen.state, State.TRASHED}:
        return
    raise Conflict(
        f'"{seen.title}" on {attempt.action.site} is now {there.state}; nothing was written',
        hint="check the post on the blog, then run the same command again",
    )
