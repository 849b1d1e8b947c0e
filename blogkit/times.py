"""Times for people, in one form everywhere: "Tue 1 Dec 2026, 07:00 IST (01:30 UTC)"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

# `strftime("%b")` depends on the locale
# (https://docs.python.org/3/library/datetime.html#strftime-and-strptime-format-codes).
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def both_clocks(at: datetime, zone: tzinfo) -> str:
    """Return a time in the blog's zone and in UTC: "Tue 1 Dec 2026, 07:00 IST (01:30 UTC)".

    Args:
        at: A time with a zone.
        zone: The blog's.
    """
    local, utc = at.astimezone(zone), at.astimezone(UTC)
    if local.utcoffset() == timedelta(0):
        return f"{_day(local)} {local.year}, {local:%H:%M} UTC"
    other_day = f"{_day(utc, week=False)} " if utc.date() != local.date() else ""
    return f"{one_clock(at, zone)} ({other_day}{utc:%H:%M} UTC)"


def one_clock(at: datetime, zone: tzinfo) -> str:
    """Return a time in the blog's zone only, for lists: "Tue 1 Dec 2026, 07:00 IST".

    Args:
        at: A time with a zone.
        zone: The blog's.
    """
    local = at.astimezone(zone)
    return f"{_day(local)} {local.year}, {local:%H:%M %Z}"


def _day(at: datetime, *, week: bool = True) -> str:
    return f"{f'{_DAYS[at.weekday()]} ' if week else ''}{at.day} {_MONTHS[at.month - 1]}"
