"""Describe each action in one plain line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from blogkit.platforms.base import Remote, State, Target
from blogkit.sync.actions import Desired

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOVES = {
    State.DRAFT: "take {} back to draft",
    State.LIVE: "publish {}",
    State.SCHEDULED: "schedule {}",
}


def both_clocks(at: datetime, zone: tzinfo) -> str:
    """Return a time in the blog's zone and in UTC: "Tue 1 Dec 2026, 07:00 IST (01:30 UTC)".

    Independent of the locale.
    """
    local, utc = at.astimezone(zone), at.astimezone(UTC)
    text = (
        f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year},"
        f" {local:%H:%M}"
    )
    if local.utcoffset() == timedelta(0):
        return f"{text} UTC"
    other_day = f"{utc.day} {_MONTHS[utc.month - 1]} " if utc.date() != local.date() else ""
    return f"{text} {local:%Z} ({other_day}{utc:%H:%M} UTC)"


def create(desired: Desired, target: Target | None) -> str:
    """Describe a new post."""
    name = _name(desired)
    if target is None or target.state is State.DRAFT:
        return f"create draft {name}"
    if target.state is State.SCHEDULED and target.at:
        return f"create {desired.kind} {name}, scheduled for {both_clocks(target.at, desired.zone)}"
    return f"create live {desired.kind} {name}" + (
        f", dated {both_clocks(target.at, desired.zone)}" if target.at else ""
    )


def update(
    desired: Desired, remote: Remote, changes: tuple[str, ...], target: Target | None
) -> str:
    """Describe new content, and perhaps a new state."""
    what = f" ({', '.join(changes)})" if changes else ""
    then = f", and {_move(remote, target).format('it')}{_when(desired, target)}" if target else ""
    return f"update {_state(remote, desired)} {_name(desired)}{what}{then}"


def set_state(desired: Desired, remote: Remote, target: Target) -> str:
    """Describe a change of state only."""
    if target.state is State.LIVE and remote.state is State.LIVE and target.at:
        return (
            f"change the date of live {desired.kind} {_name(desired)} to"
            f" {both_clocks(target.at, desired.zone)}"
        )
    return _move(remote, target).format(f"{_state(remote, desired)} {_name(desired)}") + _when(
        desired, target
    )


def unchanged(desired: Desired, remote: Remote) -> str:
    """Describe a post that needs no change."""
    when = (
        f", due {both_clocks(remote.at, desired.zone)}"
        if remote.state is State.SCHEDULED and remote.at
        else ""
    )
    return f"nothing to do for {_state(remote, desired)} {_name(desired)}{when}"


def adopted(desired: Desired, remote: Remote) -> str:
    """Describe a post that is already up to date but not in the journal."""
    return f"track {_state(remote, desired)} {_name(desired)}: it is already up to date"


def keep_theirs(desired: Desired, remote: Remote) -> str:
    """Describe a post whose version on the site is kept."""
    return f"keep {_state(remote, desired)} {_name(desired)} as it is"


def edited_remotely(desired: Desired, remote: Remote, changes: tuple[str, ...]) -> str:
    """Describe a post that changed on the site, but not in its file."""
    return (
        f"skip {_state(remote, desired)} {_name(desired)}: it was changed on the site"
        f" ({', '.join(changes)})"
    )


def conflict(desired: Desired, changes: tuple[str, ...]) -> str:
    """Describe a post that changed on both sides."""
    return (
        f"conflict: {_name(desired)} was changed both on the site ({', '.join(changes)}) and in"
        f" {desired.name}"
    )


def different_post(desired: Desired, remote: Remote, changes: tuple[str, ...]) -> str:
    """Describe a post with our key that is not in the journal and differs."""
    return (
        f"conflict: {_state(remote, desired)} {_name(desired)} already exists and differs"
        f" ({', '.join(changes)})"
    )


def orphan(desired: Desired, state: str) -> str:
    """Describe a post whose file no longer exists."""
    return (
        f'skip the {state} {desired.kind} on {desired.site}: no file has its key "{desired.key}"'
        " any more"
    )


def edit_body(desired: Desired, remote: Remote, what: str) -> str:
    """Describe a change in place."""
    return f"{what} in {_state(remote, desired)} {_name(desired)}"


def restore(desired: Desired, remote: Remote, target: Target | None) -> str:
    """Describe the undoing of a change."""
    then = f", and {_move(remote, target).format('it')}{_when(desired, target)}" if target else ""
    return f"restore the earlier version of {_state(remote, desired)} {_name(desired)}{then}"


def trash(desired: Desired, remote: Remote) -> str:
    """Describe the undoing of a create."""
    return f"move {_state(remote, desired)} {_name(desired)} to the trash: the run created it"


def gone(desired: Desired, *, undone: bool) -> str:
    """Describe a post that no longer exists on the site."""
    return (
        f"skip {_name(desired)}: it was"
        f" {'moved to the trash by undo' if undone else 'deleted on the site'}"
    )


def refusal(desired: Desired, reason: str, doing: str = "publish") -> str:
    """Describe a post that is not changed. doing: what was asked for, such as "edit"."""
    return f"cannot {doing} {_name(desired)}: {reason}"


def _move(remote: Remote, target: Target) -> str:
    return (
        f"re{_MOVES[target.state]}"
        if target.state is remote.state is State.SCHEDULED
        else _MOVES[target.state]
    )


def _name(desired: Desired) -> str:
    return f"“{desired.title}” on {desired.site}"


def _state(remote: Remote, desired: Desired) -> str:
    return str(remote.state) if remote.state is State.DRAFT else f"{remote.state} {desired.kind}"


def _when(desired: Desired, target: Target | None) -> str:
    if target is None or target.at is None:
        return ""
    return (
        f"{' for' if target.state is State.SCHEDULED else ', dated'}"
        f" {both_clocks(target.at, desired.zone)}"
    )
