"""Read one slot, such as `mon-fri 07:00`, and tell the days it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from blogkit.dataclass import dataclass
from blogkit.errors import nearest

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = {name: number for names in (WEEKDAYS, _LONG) for number, name in enumerate(names)} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_LAST = 0
"""The number of a month's last day in `Slot.month_days`."""
_FORM = "write mon-fri 07:00, sat,sun 10:30, daily 07:00, 1st 09:00 or last 18:00"
_ORDINAL = r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)"
_TIME = r"([01]?\d|2[0-3]):([0-5]\d)"


class BadSlot(ValueError):
    """A slot, a span of days or a duration that cannot be read.

    Args:
        message: What is wrong.
        hint: What to write.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Slot:
    """A time of day on some days.

    Attributes:
        at: The time by the blog's clock.
        weekdays: The days of the week, 0 for Monday.
        month_days: The days of the month; 0 for the last one.
    """

    at: time
    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()

    def is_on(self, day: date) -> bool:
        """Return whether the slot is on a day. A month without a 31st has no slot then."""
        return (
            day.weekday() in self.weekdays
            or day.day in self.month_days
            or (_LAST in self.month_days and (day + timedelta(days=1)).day == 1)
        )


def parse_slot(text: str) -> Slot:
    """Return the slot of a text.

    Args:
        text: Days and a time: `mon-fri 07:00`, `sat,sun 10:30`, `daily 07:00`, `1st 09:00`,
            `last 18:00`.

    Raises:
        BadSlot: It is not a slot.
    """
    days, _, clock = re.sub(r"\s*([,–-])\s*", r"\1", text.strip().lower()).rpartition(" ")
    found = re.fullmatch(_TIME, clock)
    if not days or not found:
        raise BadSlot(f'"{text}" is not a slot: {_why_no_time(days, clock)}', _FORM)
    if re.search(r"\d:\d", days):
        raise BadSlot(f'"{text}" is not a slot: it has two times', "write a slot for each time")
    weekdays: set[int] = set()
    month_days: set[int] = set()
    for part in days.replace("–", "-").split(","):
        if part == "last":
            month_days.add(_LAST)
        elif ordinal := re.fullmatch(_ORDINAL, part.strip()):
            month_days.add(int(ordinal[1]))
        else:
            weekdays.update(_weekdays(part.strip(), text))
    at = time(int(found[1]), int(found[2]))
    return Slot(at, frozenset(weekdays), frozenset(month_days))


def _why_no_time(days: str, clock: str) -> str:
    if re.search(r"[ap]\.?m\.?", clock):
        return "it is not in 24-hour time"
    if re.fullmatch(r"\d+:\d+", clock):
        return f"there is not a time {clock}" if days else "it has no days"
    return "it has no time"


def _weekdays(part: str, text: str) -> Iterator[int]:
    if part in ("daily", "every day"):
        yield from range(7)
        return
    first, dash, last = part.partition("-")
    for name in (first, last) if dash else (first,):
        if name not in _NAMES:
            hint = nearest(name, [*_NAMES, "daily", "last"]) or _FORM
            raise BadSlot(f'"{text}" is not a slot: "{name}" is not a day', hint)
    begin, end = _NAMES[first], _NAMES[last or first]
    yield from ((begin + step) % 7 for step in range((end - begin) % 7 + 1))
