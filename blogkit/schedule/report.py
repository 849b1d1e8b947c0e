"""What `run` did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from blogkit.errors import AlreadyRunning, BlogkitError
from blogkit.schedule.work import Due, WorkResult

LATE = timedelta(minutes=15)
"""Work that is done later than this after its time is reported as late: a timer that starts every
few minutes is not.
"""


@dataclass
class RunReport:
    """What a run did, and what comes next.

    Attributes:
        results: What was due, in the order in which it was done.
        late: What was due long ago, and only done now: blogkit did not run at its time.
        next: When there is something to do again; None if nothing is known.
        errors: Why kinds of work could not tell what is due.
        busy: Another process is publishing in this folder, and what is due was left to it.
        overdue: With `busy`: the oldest work that waits for that process for too long.
        bug: An error in blogkit itself that stopped some of the work.
        stopped: The caller asked to stop before everything was done.
    """

    results: list[WorkResult] = field(default_factory=list)
    late: list[Due] = field(default_factory=list)
    next: datetime | None = None
    errors: list[BlogkitError] = field(default_factory=list)
    busy: AlreadyRunning | None = None
    overdue: Due | None = None
    bug: Exception | None = None
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether everything that was due is done, or is being done by another process."""
        failed = self.errors or self.overdue or self.bug
        return not failed and all(result.ok for result in self.results)
