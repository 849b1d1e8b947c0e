"""The resident worker: do what is due, sleep until the next time, until asked to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from blogkit.errors import BlogkitError
from blogkit.journal.lock import only_one
from blogkit.project.project import Project
from blogkit.schedule.health import HEALTH, HealthFile
from blogkit.schedule.notify import notify
from blogkit.schedule.report import RunReport
from blogkit.schedule.run import POLL, run
from blogkit.schedule.stopping import Stop
from blogkit.schedule.work import WorkKind, WorkResult

BEAT = timedelta(minutes=1)
"""At most one sign of life is given in this time."""


class WorkerListener(Protocol):
    """What a worker tells."""

    def started(self) -> None:
        """Hear that the worker has begun."""

    def result(self, result: WorkResult) -> None:
        """Hear how one piece of work ended."""

    def looked(self, report: RunReport, now: datetime) -> None:
        """Hear how a look at the work ended."""

    def trouble(self, error: BlogkitError) -> None:
        """Hear why a look was not possible, once while it lasts."""

    def stopped(self) -> None:
        """Hear that the worker has ended."""


@dataclass
class Worker:
    """Does what is due in one blog's folder, at its time.

    It opens the folder for each look, so that changes of `blogkit.toml`, posts and widgets are
    seen, and publishes nothing by itself: `run` does.

    Args:
        open_project: Opens the folder.
        stop: Asked to end; also waits.
        listener: Told what happens.
        site: Only this site's work; empty means all.
        kinds: The kinds of work; None means all.
    """

    open_project: Callable[[], Project]
    stop: Stop
    listener: WorkerListener
    site: str = ""
    kinds: Sequence[WorkKind] | None = None
    _health: HealthFile = field(init=False, repr=False)
    _trouble: str = field(default="", init=False)
    _beat: datetime | None = field(default=None, init=False)

    def work(self) -> None:
        """Work until asked to stop. What is under way then is finished.

        Raises:
            AlreadyRunning: Another worker works in this folder.
            JournalError: The folder cannot be locked.
            BlogkitError: The folder cannot be opened.
            OSError: The health file cannot be written.
        """
        project = self.open_project()
        if self.site:
            project.config.site(self.site)
        private = project.config.private
        with only_one(private / "worker.lock", "worker"):
            self._health = HealthFile(private / HEALTH, project.timed.now)
            self._health.write(project.timed.now, "waiting")
            self.listener.started()
            try:
                self._loop(project)
            finally:
                self._health.write(project.timed.now, "stopped", next=None)
        self.listener.stopped()  # who hears it may start another worker at once

    def _loop(self, project: Project) -> None:
        while not self.stop():
            wake = None
            try:
                project = self.open_project()
                wake = self._look(project)
                self._trouble = ""
            except BlogkitError as error:
                if error.message != self._trouble:
                    self.listener.trouble(error)
                self._trouble = error.message
            now = project.timed.now
            self._health.write(now, "waiting", next=wake, trouble=self._trouble)
            ahead = wake - now if wake and wake > now else POLL
            self.stop.wait(min(ahead, POLL).total_seconds())

    def _look(self, project: Project) -> datetime | None:
        report = run(
            project, kinds=self.kinds, site=self.site, stop=self.stop, on_result=self._tell(project)
        )
        self.listener.looked(report, project.timed.now)
        notify(project, report, heartbeat=self._beats(project.timed.now))
        return report.next

    def _beats(self, now: datetime) -> bool:
        """Return whether it is time for a sign of life: it looks more often than once a minute."""
        if self._beat is not None and now - self._beat < BEAT:
            return False
        self._beat = now
        return True

    def _tell(self, project: Project) -> Callable[[WorkResult], None]:
        def tell(result: WorkResult) -> None:
            health = self._health.health
            counts = {"done": health.done + result.ok, "failed": health.failed + (not result.ok)}
            self._health.write(project.timed.now, "working", **counts)
            self.listener.result(result)

        return tell


def health_path(project: Project) -> Path:
    """Return where the worker of a blog's folder writes its health."""
    return project.config.private / HEALTH
