"""Make the edits whose time has come: timed jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.journal.jobs import KIND
from blogkit.schedule.work import Due, WorkResult

if TYPE_CHECKING:
    from blogkit.project.project import Project


class JobWork:
    """The kind of work "jobs": insert, replace, remove, undo and set a link at a time."""

    name = KIND

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:  # noqa: ARG002
        """Return the jobs that wait. Those that failed are left to `blogkit jobs retry`.

        Args:
            project: The blog's folder.
            now: The present time.
        """
        sites = project.config.sites
        usual = project.config.default_site or next(iter(sites), "")
        waiting = [job for job in project.jobs() if job.status == "waiting"]
        # A site may have left blogkit.toml since: then the job tells it.
        on = [job.site if job.site in sites else usual for job in waiting]
        return [
            Due(self.name, site, str(job.id), job.due, job.summary)
            for job, site in zip(waiting, on, strict=True)
        ]

    def do(
        self,
        project: Project,
        site: str,  # noqa: ARG002
        due: Sequence[Due],
        now: datetime,  # noqa: ARG002
    ) -> list[WorkResult]:
        """Do these jobs, the earliest first. One that fails does not stop the others.

        Args:
            project: The blog's folder.
            site: The site's name.
            due: The jobs.
            now: The present time.

        Returns:
            A result for each job.
        """
        results = []
        for one in sorted(due, key=lambda each: each.at):
            outcome = project.do_job(int(one.key))
            results.append(WorkResult(one, outcome.ok, outcome.summary, outcome.hint, outcome.run))
        return results
