"""Move a post to the trash, unless it was edited in the meantime."""

from __future__ import annotations

from dataclasses import replace

from blogkit.errors import BlogkitError, Conflict, JournalError, NotFound
from blogkit.platforms.base import Remote, State
from blogkit.sync.execute.attempt import Attempt
from blogkit.sync.execute.unanswered import NO_ANSWER, look_after
from blogkit.sync.outcome import Outcome, Result


def move_to_trash(attempt: Attempt) -> Outcome:
    """Move the post to the trash. A post that is already gone counts as trashed.

    Returns:
        The outcome DONE.

    Raises:
        Conflict: The post was edited, or its state changed, since the plan.
        SentUnclear: The request may have arrived.
    """
    seen = attempt.action.remote_state.remote
    assert seen is not None
    attempt.step("move to the trash")
    try:
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


def _refuse_other_state(attempt: Attempt, seen: Remote) -> None:
    there = attempt.preflight.require_unchanged(seen)
    if there.state in {seen.state, State.TRASHED}:
        return
    raise Conflict(
        f'"{seen.title}" on {attempt.action.site} is now {there.state}; nothing was written',
        hint="check the post on the blog, then undo again",
    )
