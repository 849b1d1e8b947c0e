"""The times that commands take, such as 5m."""

from __future__ import annotations

import re
from datetime import timedelta

import click

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Duration(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.3, not before
    """A time such as `90s`, `5m`, `2h` or `1d`.

    Args:
        least: The shortest time that is taken.
        most: The longest one.
    """

    name = "duration"

    def __init__(self, least: timedelta, most: timedelta) -> None:
        self._least, self._most = least, most

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the time that a text names."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"([0-9]{1,6})([smhd])", str(value).strip())
        if found is None:
            self.fail(f'"{value}" is not a time; write it as 90s, 5m, 2h or 1d', param, ctx)
        time = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if not self._least <= time <= self._most:
            least, most = compact(self._least), compact(self._most)
            self.fail(f'"{value}" is not between {least} and {most}', param, ctx)
        return time


def compact(time: timedelta) -> str:
    """Return a time as a user writes it, in its largest whole unit."""
    seconds = int(time.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def about(time: timedelta) -> str:
    """Return roughly how long a time is, for people: "3 hours"."""
    seconds = int(time.total_seconds())
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {name}{'s' * (count != 1)}"
    return f"{seconds} second{'s' * (seconds != 1)}"
