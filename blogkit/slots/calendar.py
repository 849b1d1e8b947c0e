"""Find free slots, and give them to the posts that wait."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from blogkit.dataclass import dataclass
from blogkit.slots.rules import SlotRules
from blogkit.slots.slot import Slot

_MINUTE = timedelta(minutes=1)
"""Blogs name minutes: two posts of a minute have the same time."""
_HORIZON = timedelta(days=5 * 366)
"""How far ahead slots are looked for: a 29 February comes every four years."""


@dataclass(frozen=True)
class QueuedPost:
    """A post that waits for a slot.

    Attributes:
        key: Its key, unique on its site.
        priority: Posts with a higher one come first.
    """

    key: str
    priority: float = 0


def slot_times(slots: Sequence[Slot], after: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Yield the times of slots, each once and in order, as far as five years ahead.

    A time that clocks skip is the first minute after the gap; of a time that they repeat, it is the
    first one.

    Args:
        slots: The slots.
        after: Later than this, with a time zone.
        zone: The blog's time zone.
    """
    latest = after.astimezone(UTC)
    # One day earlier: where clocks skip a day, its slots are on the next one.
    day = latest.astimezone(zone).date() - timedelta(days=1)
    end = day + _HORIZON
    while day < end:
        on = {slot.at for slot in slots if slot.is_on(day)}
        for moment in sorted(local_time(datetime.combine(day, at), zone) for at in on):
            if moment > latest:
                latest = moment
                yield moment
        day += timedelta(days=1)


def local_time(local: datetime, zone: tzinfo) -> datetime:
    """Return the time in UTC at which the clocks of a zone show a local time.

    Args:
        local: Date and time without a zone.
        zone: The zone. A time that its clocks skip is the first minute after the gap; of a time
            that they repeat, it is the first one (https://peps.python.org/pep-0495/).
    """
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return first
    # In a gap the two readings lie around the change, the one with `fold=1` before it.
    before, behind = 0, int((first - second) / _MINUTE)
    old = second.astimezone(zone).utcoffset()
    while behind - before > 1:
        middle = (before + behind) // 2
        same = (second + middle * _MINUTE).astimezone(zone).utcoffset() == old
        before, behind = (middle, behind) if same else (before, middle)
    return second + behind * _MINUTE


class Calendar:
    """The times of a site: those that posts have, and those that are free.

    Args:
        rules: The site's rules.
        zone: The blog's time zone.
        taken: The times of posts on the site, also of those that others made.
    """

    def __init__(self, rules: SlotRules, zone: tzinfo, taken: Iterable[datetime] = ()) -> None:
        self._rules, self._zone = rules, zone
        self._taken = sorted(moment.astimezone(UTC) for moment in taken)
        self._on_days = Counter(self._day(moment) for moment in self._taken)

    def take(self, moment: datetime) -> None:
        """Note that a post has a time."""
        insort(self._taken, moment.astimezone(UTC))
        self._on_days[self._day(moment)] += 1

    def is_free(self, moment: datetime) -> bool:
        """Return whether the rules allow another post at a time."""
        day = self._day(moment)
        if self._rules.is_blacked_out(day):
            return False
        if self._rules.per_day and self._on_days[day] >= self._rules.per_day:
            return False
        gap = max(self._rules.spacing, _MINUTE)
        place = bisect_left(self._taken, moment)
        return all(abs(one - moment) >= gap for one in self._taken[max(place - 1, 0) : place + 1])

    def free(self, after: datetime) -> Iterator[datetime]:
        """Yield the free slots after a time. What is taken meanwhile counts."""
        for moment in slot_times(self._rules.slots, after, self._zone):
            if self.is_free(moment):
                yield moment

    def assign(self, waiting: Iterable[QueuedPost], after: datetime) -> dict[str, datetime]:
        """Give each post the next free slot, in the order of priority, then key.

        Args:
            waiting: The posts, in any order.
            after: Slots must be later than this.

        Returns:
            The times by key, in order. A post for which no slot is left is not among them.
        """
        found: dict[str, datetime] = {}
        slots = self.free(after)
        for post in sorted(waiting, key=in_order):
            moment = next(slots, None)
            if moment is None:
                break
            self.take(moment)
            found[post.key] = moment
        return found

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


def in_order(post: QueuedPost) -> tuple[float, str]:
    """Return what posts of a queue are sorted by: priority, then key."""
    return -post.priority, post.key
