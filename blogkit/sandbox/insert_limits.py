"""How many posts may be created in a row, and in a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from blogkit.sandbox import errors
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.store import SandboxStore

PACIFIC: Final = ZoneInfo("America/Los_Angeles")
"""Google's daily quotas reset at midnight there."""

# After about 19 new posts in 15 minutes, and at the 21st in 73 minutes, the real one refuses the
# next for at least two hours (three blogs, October 2026).
_MOST_IN_A_ROW: Final = 19
_IN_A_ROW: Final = timedelta(minutes=75)
_PAUSE: Final = timedelta(hours=2)


@dataclass
class InsertLimits:
    """The limits of one blog.

    Attributes:
        store: Counts the posts of each day.
        switches: Which of Blogger's uncertain behaviours to show.
    """

    store: SandboxStore
    switches: Quirks
    _inserted: list[datetime] = field(default_factory=list, init=False)
    _throttled_until: datetime = field(default=datetime.min.replace(tzinfo=UTC), init=False)

    def spend(self, now: datetime) -> None:
        """Count a new post.

        Args:
            now: The present time.

        Raises:
            Refused: The day's new posts are used up, or there were too many in a row.
        """
        self._spend_daily_limit(now)
        self._refuse_if_throttled(now)

    def _spend_daily_limit(self, now: datetime) -> None:
        limit = self.switches.daily_insert_limit
        counter = f"inserts {now.astimezone(PACIFIC):%Y-%m-%d}"
        # An undocumented limit: about 50 new posts a day
        # (https://github.com/google/gdata-java-client/issues/37), and as few as 6 on a new blog.
        # Changes of old posts go on.
        if limit != "none" and self.store.counted(counter) >= int(limit.split("-")[0]):
            raise errors.rate_limited() if limit.endswith("429") else errors.quota_exceeded()
        self.store.tick(counter)

    def _refuse_if_throttled(self, now: datetime) -> None:
        position = self.switches.insert_throttle
        if position == "none":
            return
        self._inserted = [moment for moment in self._inserted if now - moment < _IN_A_ROW]
        if len(self._inserted) >= _MOST_IN_A_ROW:
            self._throttled_until = max(self._throttled_until, self._inserted[-1] + _PAUSE)
        if now < self._throttled_until:
            raise errors.rate_limited() if position == "429" else errors.permission_denied()
        self._inserted.append(now)
