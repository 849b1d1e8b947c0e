"""The rules of a queue: its slots, and which of them may be used."""

from __future__ import annotations

import re
from datetime import date, timedelta

from blogkit.dataclass import dataclass
from blogkit.slots.slot import BadSlot, Slot

_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY = r"(\d{4}-\d{2}-\d{2})"
_LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Blackout:
    """Days on which nothing is published.

    Attributes:
        first: The first of them.
        last: The last of them.
    """

    first: date
    last: date


@dataclass(frozen=True)
class SlotRules:
    """When queued posts of a site may go live.

    Attributes:
        slots: The slots.
        spacing: The least time between two posts of the site.
        per_day: The most posts of a day by the blog's clock; 0 for any number.
        blackouts: Days without posts.
        hold: Whether the queue stops.
        ahead: How long before their time posts that come again are handed to the site.
    """

    slots: tuple[Slot, ...] = ()
    spacing: timedelta = timedelta()
    per_day: int = 0
    blackouts: tuple[Blackout, ...] = ()
    hold: bool = False
    ahead: timedelta = timedelta(days=7)

    def is_blacked_out(self, day: date) -> bool:
        """Return whether nothing is published on a day."""
        return any(one.first <= day <= one.last for one in self.blackouts)


def parse_blackout(text: str) -> Blackout:
    """Return the days of a text: `2026-12-25`, or `2026-12-24..2026-12-26`.

    Raises:
        BadSlot: It is neither.
    """
    found = re.fullmatch(rf"{_DAY}(?:\s*\.\.\s*{_DAY})?", text.strip())
    hint = "write 2026-12-25, or 2026-12-24..2026-12-26"
    if not found:
        raise BadSlot(f'"{text}" is neither a day nor a span of days', hint)
    try:
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2] or found[1])
    except ValueError as error:
        raise BadSlot(f'"{text}" does not exist: {error}', hint) from error
    if last < first:
        raise BadSlot(f'"{text}" ends before it begins', f"write {last}..{first}")
    return Blackout(first, last)


def parse_duration(text: str) -> timedelta:
    """Return a length of time: `90m`, `2h`, `7d` or `1w`.

    Raises:
        BadSlot: It is not one, or longer than a year.
    """
    found = re.fullmatch(r"(\d{1,5})\s*(m|min|h|d|w)", text.strip().lower())
    if not found:
        raise BadSlot(f'"{text}" is not a length of time', "write 90m, 2h or 7d")
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if length > _LONGEST:
        raise BadSlot(f'"{text}" is more than a year', "write 90m, 2h or 7d")
    return length
