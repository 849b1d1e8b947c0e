"""Give the blogs' signs of life, and tell people about blogs that have no job at present."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from blogkit.cluster.database import QueueDatabase
from blogkit.errors import BlogkitError
from blogkit.project.project import Project
from blogkit.schedule.notify import HEARTBEAT_VARIABLE, WEBHOOK_VARIABLE, notify
from blogkit.schedule.report import RunReport
from blogkit.schedule.worker import BEAT

AT_ONCE = 32
"""How many blogs a worker asks addresses for at a time. The others have their turn in the next
sweep: by then, each request that hangs has ended.
"""
# One worker has the turn. The server's clock counts: those of the machines differ.
_TAKE_TURN = """
INSERT INTO blogkit_turn AS turn (name, last_paced) VALUES (%s, clock_timestamp())
ON CONFLICT (name) DO UPDATE SET last_paced = excluded.last_paced
WHERE turn.last_paced <= excluded.last_paced - make_interval(secs => %s)
RETURNING name
"""


class Heartbeats:
    """The signs of life of all blogs, from one worker process.

    Each has a thread of its own, because its address may hang: neither jobs nor other blogs wait.

    Args:
        database: The workers' database.

    Attributes:
        under_way: The blogs whose addresses are being asked.
    """

    def __init__(self, database: QueueDatabase) -> None:
        self._database = database
        self.under_way: set[str] = set()

    def give(self, name: str, project: Project, errors: Sequence[BlogkitError]) -> None:
        """Give a blog's sign of life, unless a worker has done so within a minute.

        Args:
            name: The blog's name.
            project: The blog.
            errors: Why kinds of work could not tell what is pending.

        Raises:
            BlogkitError: The blog's `.env` cannot be read, or the server cannot be reached.
        """
        if name in self.under_way or len(self.under_way) >= AT_ONCE or not _asked_for(project):
            return
        interval = BEAT.total_seconds()
        if self._database.execute(_TAKE_TURN, f"heartbeat {name}", interval):
            self.under_way.add(name)
            report = RunReport(errors=list(errors))
            # It must not delay the end of the process.
            threading.Thread(target=self._tell, args=(name, project, report), daemon=True).start()

    def _tell(self, name: str, project: Project, report: RunReport) -> None:
        try:
            notify(project, report)
        finally:
            self.under_way.discard(name)


def _asked_for(project: Project) -> bool:
    settings, variable = project.config.notify, project.timed.variable
    return bool(
        settings.heartbeat
        or settings.email
        or settings.webhook
        or variable(HEARTBEAT_VARIABLE)
        or variable(WEBHOOK_VARIABLE)
    )
