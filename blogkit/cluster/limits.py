"""Keep the rate limits of sites and accounts, for the workers of all machines."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import psycopg

from blogkit.cluster.database import QueueDatabase
from blogkit.errors import JournalError
from blogkit.http.rate_limit import RateLimiter

_log = logging.getLogger("blogkit.cluster")

_HELD = """
SELECT extract(epoch FROM max(not_before) - clock_timestamp()) FROM blogkit_turn WHERE name IN (%s, %s)
"""  # noqa: E501
# The server's clock counts: those of the machines differ.
_TAKE_TURN = """
INSERT INTO blogkit_turn AS turn (name, last_paced) VALUES (%s, clock_timestamp())
ON CONFLICT (name) DO UPDATE
SET last_paced = greatest(excluded.last_paced, turn.last_paced + make_interval(secs => %s))
RETURNING extract(epoch FROM last_paced - clock_timestamp())
"""
_HOLD = """
INSERT INTO blogkit_turn AS turn (name, not_before)
VALUES (%s, clock_timestamp() + make_interval(secs => %s))
ON CONFLICT (name) DO UPDATE SET not_before = greatest(excluded.not_before, turn.not_before)
"""


class SharedRateLimiter(RateLimiter):
    """The rate limit of one site, kept in the database: creates are spaced across machines.

    A request to slow down holds for all sites of the account: Google counts requests by user
    (https://cloud.google.com/apis/docs/capping-api-usage), and WordPress hosts by address.

    Without the database it is kept for this process alone. The journal is in the same database, so
    nothing is written meanwhile.

    Args:
        database: Where turns are handed out.
        site: The site's address, the same on all machines.
        account: Returns a name of the account; asked before the first request.
        sleep: Waits for a number of seconds.
    """

    def __init__(
        self,
        database: QueueDatabase,
        site: str,
        account: Callable[[], str],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(sleep=sleep)
        self._database = database
        self._site = f"site {site}"
        self._account = account
        self._sleep_for = sleep

    def wait(self, interval: float = 0.0) -> None:
        """Wait until the site may be asked.

        Args:
            interval: Seconds since the last turn that had an interval, on any machine.
        """
        if interval > 0:
            self._pause(self._ask(_TAKE_TURN, self._site, interval, durable=True))
        # again after each pause: another worker may have been asked to slow down meanwhile
        while self._pause(self._ask(_HELD, self._site, self._account_name())):
            pass
        super().wait(interval)

    def hold(self, seconds: float) -> None:
        """Stop all requests of the account for this many seconds, on all machines."""
        super().hold(seconds)
        self._ask(_HOLD, self._account_name(), seconds, durable=True)

    def _account_name(self) -> str:
        return f"account {self._account()}"

    def _ask(self, query: str, *values: object, durable: bool = False) -> float:
        try:
            rows = self._database.execute(query, *values, durable=durable)
        except (JournalError, psycopg.Error) as error:
            _log.warning("rate limits are kept for this process alone: %s", type(error).__name__)
            return 0.0
        return float(rows[0][0]) if rows and rows[0][0] is not None else 0.0

    def _pause(self, seconds: float) -> bool:
        if seconds > 0:
            self._sleep_for(seconds)
        return seconds > 0
