"""Hold back a new post whose time has passed: its date may be a slip, such as last year's number.

Going on would publish at once, with an old date, what its author meant to schedule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from blogkit.journal.store import Journal
from blogkit.platforms.base import State
from blogkit.project.plans.shortened import Questions
from blogkit.sync import messages
from blogkit.sync.actions import Action, ActionKind
from blogkit.times import both_clocks

_LATE = timedelta(hours=1)
"""A post that is this late goes live: a timer or a job may start with such a delay."""
_PUBLISHING = frozenset({ActionKind.CREATE, ActionKind.UPDATE, ActionKind.SET_STATE})
_EARLIER = 20
"""Actions of a post among which one may have asked for the same time."""


def hold_back_past_dates(
    planned: Mapping[str, Sequence[Action]], journal: Journal, now: datetime
) -> tuple[dict[str, list[Action]], Questions]:
    """Return the plan without new posts whose time has passed, and these.

    A time that was asked for, or written into the file, before it passed is none of them: the site,
    Blogger's pace or a machine that slept was the reason. Neither is one that `date:` names beside
    `publish: now`.

    Args:
        planned: The actions of each site.
        journal: What earlier runs did.
        now: The present time.

    Returns:
        The plan, in which such a post is refused, and the actions for these posts.
    """
    waiting = {(one.site, one.key) for one in journal.work.waiting()}
    questions: Questions = {}
    kept: dict[str, list[Action]] = {}
    for site, actions in planned.items():
        kept[site] = []
        for action in actions:
            passed = _passed(action, now)
            slip = passed and (site, action.key) not in waiting and not _deliberate(action, journal)
            if slip:
                questions[site, action.key] = action
            kept[site].append(_refused(action, now) if slip else action)
    return kept, questions


def _passed(action: Action, now: datetime) -> bool:
    """Return whether a post would go live for the first time, and with an old date."""
    target, remote = action.target, action.remote_state.remote
    if action.kind not in _PUBLISHING or target is None or target.at is None or target.status:
        return False
    new = remote is None or remote.state is State.DRAFT
    return new and target.state is State.LIVE and now - target.at > _LATE


def _deliberate(action: Action, journal: Journal) -> bool:
    """Return whether the author meant the date, or something else made the post late."""
    desired, memory = action.desired, action.remote_state.memory
    if memory is not None and action.kind is ActionKind.CREATE:
        return True  # it was on the site before
    if memory is not None and memory.desired_state == desired.desired_state:
        return True
    assert action.target is not None
    at = action.target.at
    assert at is not None
    for entry in journal.history(action.site, action.key, _EARLIER, bytes=False):
        if entry.desired_state == desired.desired_state and entry.intended < at:
            return True
    return _saved_before(desired.path, at) or "date" in desired.draft.lines


def _saved_before(path: Path | None, at: datetime) -> bool:
    """Return whether a file has not changed since a time: it lay ahead when the author wrote it."""
    with suppress(OSError):
        return path is not None and path.stat().st_mtime < at.timestamp()
    return False


def _refused(action: Action, now: datetime) -> Action:
    target = action.target
    assert target is not None
    assert target.at is not None
    at = target.at.astimezone(action.desired.zone)
    reason = f"it is new, and its time has passed: {both_clocks(at, action.desired.zone)}"
    old = f"for a post with an old date, write publish: now and date: {at:%Y-%m-%d %H:%M}"
    meant = _year_later(at, now)
    hint = f"did you mean publish: {meant:%Y-%m-%d %H:%M}? {old}" if meant else f"correct it; {old}"
    return replace(
        action,
        kind=ActionKind.REFUSED,
        summary=messages.refusal(action.desired, reason),
        target=None,
        hint=hint,
    )


def _year_later(at: datetime, now: datetime) -> datetime | None:
    """Return the same day of the next year, if that is still to come."""
    with suppress(ValueError):  # February 29
        later = at.replace(year=at.year + 1)
        return later if later > now else None
    return None
