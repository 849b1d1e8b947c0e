"""A clock that can be moved: scheduled posts go live without anybody waiting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    """The machine's own time, aware."""
    return datetime.now(UTC)


class Clock:
    """Somebody else's clock with an offset: it runs on from wherever it was set."""

    def __init__(self, base: Callable[[], datetime] = utc_now) -> None:
        self._base = base
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """Now, in UTC, to the second: Blogger shows no finer times."""
        return (self._base().astimezone(UTC) + self._offset).replace(microsecond=0)

    def set(self, moment: datetime) -> None:
        """Make it `moment` (aware) now."""
        self._offset = moment.astimezone(UTC) - self._base().astimezone(UTC)

    def advance(self, **span: float) -> None:
        """Move by `timedelta(**span)`, e.g. `advance(hours=3)`."""
        self._offset += timedelta(**span)
