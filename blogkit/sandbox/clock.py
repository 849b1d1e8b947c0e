"""Provide a clock that can be moved, so that scheduled posts go live without waiting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def system_time() -> datetime:
    """Return the machine's time, aware."""
    return datetime.now(UTC)


class Clock:
    """A clock with an offset from another one.

    Args:
        base: The other clock; returns an aware time.
    """

    def __init__(self, base: Callable[[], datetime] = system_time) -> None:
        self._base = base
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """Return the time in UTC, to the second, Blogger's precision."""
        # Cut, not rounded: a rounded time can lie in the future, and a post of now would be
        # scheduled.
        return (self._base().astimezone(UTC) + self._offset).replace(microsecond=0)

    def set(self, moment: datetime) -> None:
        """Set the time to `moment` (aware)."""
        self._offset = moment.astimezone(UTC) - self._base().astimezone(UTC)

    def advance(self, **span: float) -> None:
        """Move by `timedelta(**span)`.

        Args:
            **span: Such as `hours=3`.
        """
        self._offset += timedelta(**span)
