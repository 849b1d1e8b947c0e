"""The part of a project that makes edits at a time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.project.options import DEFAULT_LIMIT

if TYPE_CHECKING:
    from blogkit.journal.jobs import Job
    from blogkit.project.context import ProjectContext
    from blogkit.project.jobs.doing import JobOutcome
    from blogkit.project.jobs.requests import JobRequest


class TimedJobs:
    """Record and list timed jobs; a base of `Project`."""

    def _context(self) -> ProjectContext:
        """Return a context for one call."""
        raise NotImplementedError

    def do_later(
        self,
        request: JobRequest,
        at: datetime,
        *,
        until: datetime | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> list[Job]:
        """Record an edit that `blogkit.schedule.run` makes at a time. Sends nothing.

        Args:
            request: What to do, such as `blogkit.jobs.Insert(…)`.
            at: When, with a time zone.
            until: When an inserted widget is removed again; None for never.
            limit: Live posts that it may change.

        Returns:
            The job, and the job that removes the widget.

        Raises:
            UsageError: A time is past or has no zone, only an insertion can end, a file is outside
                of the blog's folder, or the journal does not last (`state = "file"`).
            JournalError: The journal cannot be written.
        """
        from blogkit.project.jobs.recording import record_job

        return record_job(self._context(), request, at, until=until, limit=limit)

    def jobs(self, *, everything: bool = False) -> list[Job]:
        """Return the timed jobs that wait or failed, the first to be done first.

        Args:
            everything: Also those that are done or cancelled.
        """
        # Every run asks: nothing more is imported for that.
        with self._context().journal() as journal:
            return journal.jobs.all() if everything else journal.jobs.open()

    def cancel_jobs(self, *numbers: int) -> list[Job]:
        """Cancel timed jobs, and with an insertion the job that removes its widget.

        Args:
            *numbers: The jobs' numbers.

        Returns:
            The jobs that are cancelled now.

        Raises:
            UsageError: A job does not exist, or is done or cancelled already.
            AlreadyRunning: Another process is publishing, perhaps this job.
        """
        from blogkit.project.jobs.recording import cancel_jobs

        return cancel_jobs(self._context(), numbers)

    def retry_jobs(self, *numbers: int) -> list[Job]:
        """Let failed timed jobs wait again: the next run does what is left of them.

        Args:
            *numbers: The jobs' numbers.

        Returns:
            The jobs.

        Raises:
            UsageError: A job does not exist, or it is done or cancelled.
            AlreadyRunning: Another process is publishing.
        """
        from blogkit.project.jobs.recording import retry_jobs

        return retry_jobs(self._context(), numbers)

    def do_job(self, number: int) -> JobOutcome:
        """Do what is left of a timed job now. One that is done is not done again.

        Args:
            number: The job's number.

        Returns:
            How it ended. A failure is in it, and kept with the job.

        Raises:
            UsageError: The job does not exist.
            AlreadyRunning: Another process is publishing, perhaps this job.
        """
        from blogkit.project.jobs.doing import do_job

        return do_job(self, self._context(), number)  # type: ignore[arg-type]  # a base of it
