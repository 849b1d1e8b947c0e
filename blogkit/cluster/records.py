"""What workers tell operators: the work that fails, and totals by site."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from blogkit.cluster.database import QueueDatabase
from blogkit.dataclass import dataclass
from blogkit.schedule.work import Due, WorkResult

_FAIL = """
INSERT INTO blogkit_failure AS old VALUES (%s, %s, %s, %s, 1, now(), %s, %s)
ON CONFLICT (project, site, kind, key) DO UPDATE SET failures = old.failures + 1,
failed_at = now(), summary = excluded.summary, hint = excluded.hint
"""
_SUCCEED = "DELETE FROM blogkit_failure WHERE project = %s AND site = %s AND kind = %s AND key = %s"
_COUNT = """
INSERT INTO blogkit_total AS old VALUES (%s, %s, %s, %s, %s, %s, now())
ON CONFLICT (project, site) DO UPDATE SET done = old.done + excluded.done,
failed = old.failed + excluded.failed, seconds = old.seconds + excluded.seconds,
requests = old.requests + excluded.requests, last_at = excluded.last_at
"""


@dataclass(frozen=True)
class Failure:
    """Work that failed when it was last tried. The project's journal knows when it is tried again.

    Attributes:
        project: The blog's name.
        site: The site's name in its blogkit.toml; "" for the blog as a whole.
        kind: The kind of work; "" for the site as a whole.
        key: The work's key.
        failures: How often in a row.
        failed_at: When it failed last.
        summary: What happened.
        hint: What to do.
    """

    project: str
    site: str
    kind: str
    key: str
    failures: int
    failed_at: datetime
    summary: str
    hint: str


@dataclass(frozen=True)
class Total:
    """What has been done on a site since the tables were made.

    Attributes:
        project: The blog's name.
        site: The site's name in its blogkit.toml.
        done: Pieces of work that succeeded.
        failed: Tries that failed.
        seconds: How long they took together.
        requests: How many requests they sent.
        last_at: When the last one ended.
    """

    project: str
    site: str
    done: int
    failed: int
    seconds: float
    requests: int
    last_at: datetime


class Records:
    """Failures and totals, in the workers' database.

    Args:
        database: The database.
    """

    def __init__(self, database: QueueDatabase) -> None:
        self._database = database

    def note(self, project: str, site: str, results: Sequence[WorkResult]) -> None:
        """Record the outcome of work on a site."""
        done = [(project, site, one.due.kind, one.due.key) for one in results if one.ok]
        failed = [one for one in results if not one.ok]
        self._database.execute_many(_SUCCEED, [*done, (project, site, "", "")])
        if failed:
            rows = [(project, site, r.due.kind, r.due.key, r.summary, r.hint) for r in failed]
            self._database.execute_many(_FAIL, rows)
        seconds = sum(one.seconds for one in results)
        requests = sum(one.requests for one in results)
        self._database.execute(_COUNT, project, site, len(done), len(failed), seconds, requests)

    def fail(self, project: str, site: str, summary: str, hint: str) -> None:
        """Record that a blog, or one of its sites, could not be worked on at all."""
        self._database.execute(_FAIL, project, site, "", "", summary, hint)

    def failures(self, project: str = "") -> list[Failure]:
        """Return what fails at present, the newest first; of one blog, or of all."""
        query = "SELECT * FROM blogkit_failure WHERE %s IN ('', project) ORDER BY failed_at DESC"
        return [Failure(*row) for row in self._database.execute(query, project)]

    def totals(self) -> list[Total]:
        """Return the totals by blog and site."""
        query = "SELECT * FROM blogkit_total ORDER BY project, site"
        return [Total(*row) for row in self._database.execute(query)]

    def forget(self, project: str, pending: Collection[Due]) -> None:
        """Delete the failures of work that is not pending any more, and those of the blog."""
        known = {(due.site, due.kind, due.key) for due in pending}
        gone = [
            (project, one.site, one.kind, one.key)
            for one in self.failures(project)
            if (one.kind or not one.site) and (one.site, one.kind, one.key) not in known
        ]
        self._database.execute_many(_SUCCEED, gone)
