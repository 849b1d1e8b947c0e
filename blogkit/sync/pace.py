"""Decide which new posts a site may be sent now, and when the others may follow.

Blogger refuses new posts, without a reason, after about 20 in an hour, and takes none for at least
two hours; a creation every 20 minutes was never refused (recorded on three blogs in October 2026).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from blogkit.dataclass import dataclass
from blogkit.journal.store import Journal
from blogkit.platforms.base import Capabilities, Platform, State
from blogkit.sync.actions import Action, ActionKind

# How far back creations count: the allowance is full again long before.
_REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class Pace:
    """A limit of new posts: some in a row, and then so many an hour.

    Attributes:
        in_a_row: New posts that may follow each other after a long pause; 0 for no limit.
        per_hour: New posts an hour after that.
    """

    in_a_row: int = 0
    per_hour: float = 0

    @classmethod
    def of(cls, capabilities: Capabilities) -> Pace:
        """Return a platform's limit."""
        return cls(capabilities.new_posts_in_a_row, capabilities.new_posts_per_hour)

    @property
    def limited(self) -> bool:
        """Return whether there is a limit."""
        return self.in_a_row > 0 and self.per_hour > 0

    def times(self, created: Iterable[datetime], now: datetime, count: int) -> list[datetime]:
        """Return when each of the next posts may be created, at the earliest now.

        Args:
            created: When posts were created, in any order.
            now: The present time.
            count: The number of new posts.
        """
        if not self.limited:
            return [now] * count
        # The generic cell rate algorithm: each creation moves the time at which the allowance is
        # full again (ITU-T I.371, https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
        step = timedelta(hours=1) / self.per_hour
        ahead = step * (self.in_a_row - 1)
        full = datetime.min.replace(tzinfo=UTC) + ahead
        for moment in sorted(created):
            # Posts that were created faster leave no debt: the site did take them.
            full = min(max(full, moment), moment + ahead) + step
        times = []
        for _ in range(count):
            times.append(max(now, full - ahead))
            full = max(full, times[-1]) + step
        return times


def too_early(
    actions: Sequence[Action], platform: Platform, journal: Journal, now: datetime
) -> Mapping[str, datetime]:
    """Return the new posts that the site may not be sent now, and when they may be created.

    What is to be public first is created first.

    Args:
        actions: A plan of one site.
        platform: The site.
        journal: Knows when posts were created there.
        now: The present time.

    Returns:
        The times, by the post's key.
    """
    pace = Pace.of(platform.capabilities)
    new = sorted((one for one in actions if one.kind is ActionKind.CREATE), key=_urgency)
    if not pace.limited or not new:
        return {}
    created = journal.created(platform.name, now - _REMEMBERED)
    times = pace.times(created, now, len(new))
    return {action.key: time for action, time in zip(new, times, strict=True) if time > now}


def _urgency(action: Action) -> tuple[int, datetime]:
    target = action.target
    never = datetime.max.replace(tzinfo=UTC)
    if target is None or target.state is State.DRAFT:
        return 2, never
    return (1, target.at or never) if target.state is State.SCHEDULED else (0, never)
