"""Set the state of a post: draft, scheduled or live."""

from __future__ import annotations

from blogkit.errors import BlogkitError, JournalError, Rejected
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.compare import edited_fields, expected_unchanged, fingerprint
from blogkit.sync.desired import is_reached, outstanding, refuse_too_close
from blogkit.sync.execute.attempt import Attempt, SentUnclear
from blogkit.sync.execute.unanswered import NO_ANSWER, arrived, look_after
from blogkit.times import both_clocks

_DOING = {
    State.DRAFT: "take back to draft",
    State.LIVE: "publish",
    State.SCHEDULED: "schedule",
}


def keep_content(attempt: Attempt) -> None:
    """Expect the content that the site shows, for an action that changes only the state."""
    assert attempt.remote is not None
    attempt.expected = expected_unchanged(attempt.remote, attempt.interim)
    attempt.confirmed = attempt.remote


def settle_state(attempt: Attempt) -> bool:
    """Set the target state.

    Returns:
        False if the state stays, because content was lost: readers should not see a damaged post.

    Raises:
        Rejected: The site ended in another state.
        SentUnclear: The change may have arrived.
        BlogkitError: The site refused; the journal has what the post is now.
    """
    action, remote = attempt.action, attempt.remote
    assert remote is not None
    target = outstanding(remote, action.target, attempt.clock())
    if target is None:
        return True
    # Readers must not see a post of which the site dropped a part: it stays what it is.
    if target.state is not State.DRAFT and attempt.missing:
        return False
    try:
        refuse_too_close(action.desired, target, attempt.clock())
        _refuse_missed_slot(action, target)
        attempt.step(_DOING[target.state])
        # Other actions have recorded it before they sent their content.
        if action.kind in {ActionKind.SET_STATE, ActionKind.SETTLE}:
            attempt.before_send()
        _send_state(attempt, remote.ref, target)
    except (JournalError, SentUnclear):
        raise
    except BlogkitError as error:
        _note_refusal(attempt, error, remote.ref)
        raise
    return True


def _refuse_missed_slot(action: Action, target: Target) -> None:
    """Check that the slot of a queued post is still ahead; a person may have thought long."""
    planned, zone = action.target, action.desired.zone
    if action.desired.queued is None or planned is None or planned.at is None:
        return
    if planned.state is State.SCHEDULED and target.state is State.LIVE:
        raise BlogkitError(
            f"its slot has passed: {both_clocks(planned.at, zone)}",
            hint="run the same command again: the post takes the next free slot",
        )


def _send_state(attempt: Attempt, ref: Ref, target: Target) -> None:
    try:
        seen = attempt.remote if attempt.looked and attempt.answers_stored else None
        answer = attempt.platform.set_state(ref, target, seen=seen)
    except NO_ANSWER as error:
        found = look_after(attempt, error, ref)
        if found is None or not is_reached(found, target):
            raise attempt.unclear(error, "the state has not changed so far") from error
        arrived(attempt, found, error)
        if found.title != attempt.interim:
            return
        # It is live, and its title is still the address; only the title is left to change.
        answer = attempt.platform.set_state(ref, target)
    if attempt.answers_stored:
        attempt.see(answer)
    else:
        answer = _read_back(attempt, ref, target)
    _refuse_other_state(attempt, answer, target)


def _read_back(attempt: Attempt, ref: Ref, target: Target) -> Remote:
    back = attempt.read_back(ref)
    if back.title == attempt.interim and back.title not in ("", attempt.action.desired.title):
        # Another run that publishes the same draft has just set that title.
        attempt.platform.set_state(ref, target)
        back = attempt.read_back(ref)
    return back


def _refuse_other_state(attempt: Attempt, back: Remote, target: Target) -> None:
    """Raise if the post is not in the target state.

    A live post may have another date than requested: it is public, and the outcome reports it.
    """
    off_time = target.state is State.SCHEDULED and not is_reached(back, target)
    if back.state is target.state and not off_time:
        return
    site, zone = attempt.action.site, attempt.action.desired.zone
    shown = f"{back.state} for {both_clocks(back.at, zone)}" if back.at else back.state
    message = f"{site} was asked to make “{back.title}” {target.state} but shows it as {shown}"
    raise Rejected(message, site=site, hint="check the post on the blog")


def _note_refusal(attempt: Attempt, error: BlogkitError, ref: Ref) -> None:
    """Record the post after a refused change of state. Blogger may have changed it on the way."""
    try:
        now = attempt.platform.get(ref)
    except BlogkitError:
        attempt.note_unclear(error.message)
        return
    attempt.see(now)
    if attempt.memory is None:
        seen = attempt.action.remote_state.remote
        assert seen is not None  # a new post is noted when it is created
        if _is_untouched(seen, now):
            attempt.failed(error.message)
            return
    last_pushed = "" if attempt.missing else attempt.action.desired.digest
    attempt.done(desired_state="", note=error.message, last_pushed=last_pushed)


def _is_untouched(seen: Remote, now: Remote) -> bool:
    return now.state is seen.state and not edited_fields(fingerprint(seen), now)
