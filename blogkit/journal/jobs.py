"""Keep edits that are to be made at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, get_args

from blogkit.dataclass import dataclass
from blogkit.journal.dialect import Database, queries
from blogkit.journal.records import stored_time
from blogkit.journal.rows import read_rows

KIND = "jobs"
"""The name of this kind of work, for what failed."""
JobStatus = Literal["waiting", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class Job:
    """An edit that is to be made at a time.

    Attributes:
        id: Its number.
        site: The site's name in blogkit.toml; of several, one of them.
        summary: What is to be done, in words for people.
        request: The same for the program, as JSON.
        limit: Live posts that it may change.
        due: When.
        follows: The job whose widget this one removes; 0 for none.
        status: `waiting`, `done`, `failed` or `cancelled`.
        note: How it ended, in words.
        hint: What to do if it failed.
        run: The last run that did something of it; 0 for none.
        created: When it was recorded.
    """

    id: int
    site: str
    summary: str
    request: str
    limit: int
    due: datetime
    follows: int
    status: JobStatus
    note: str
    hint: str
    run: int
    created: datetime


@dataclass(frozen=True)
class NewJob:
    """A job to be recorded. The fields are those of `Job`."""

    site: str
    summary: str
    request: str
    limit: int
    due: datetime


_WORDS = {"status": frozenset(get_args(JobStatus))}


class JobList:
    """The jobs, in a journal. Methods raise `JournalError`.

    Args:
        database: The journal's place, with an up-to-date schema.
        now: Returns the current time in the journal's form.
    """

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database, self._now = database, now
        self._sql = queries(database.dialect)

    def add(self, *jobs: NewJob) -> list[Job]:
        """Record jobs, all or none; each follows the one before it.

        Returns:
            The jobs with their numbers.
        """
        numbers: list[int] = []
        with self._database.transaction() as db:
            for job in jobs:
                values: dict[str, Any] = {
                    "site": job.site,
                    "summary": job.summary,
                    "request": job.request,
                }
                values |= {"most": job.limit, "due": stored_time(job.due)}
                follows = numbers[-1] if numbers else 0
                row = self._sql.add_job(db, **values, follows=follows, now=self._now())
                numbers.append(int(row[0]))
        return [found for number in numbers if (found := self.get(number))]

    def get(self, number: int) -> Job | None:
        """Return the job of this number, if there is one."""
        with self._database.reading() as db:
            row = self._sql.one_job(db, job=number)
        return self._read([row])[0] if row else None

    def open(self) -> list[Job]:
        """Return the jobs that wait or failed, the first to be done first."""
        with self._database.reading() as db:
            return self._read(self._sql.open_jobs(db))

    def waiting(self) -> list[Job]:
        """Return the jobs that wait, the first to be done first."""
        return [job for job in self.open() if job.status == "waiting"]

    def all(self) -> list[Job]:
        """Return all jobs, also those that are done, in the order of their times."""
        with self._database.reading() as db:
            return self._read(self._sql.all_jobs(db))

    def mark(
        self, number: int, status: JobStatus, note: str = "", hint: str = "", run: int | None = None
    ) -> None:
        """Record how a job ended, or that it waits again.

        Args:
            number: The job's number.
            status: Its new status.
            note: How it ended, in words.
            hint: What to do if it failed.
            run: The run that did something of it; None leaves the one that is recorded.
        """
        with self._database.transaction() as db:
            self._sql.mark_job(
                db, job=number, status=status, note=note, hint=hint, run=run or 0, now=self._now()
            )

    def runs(self, number: int) -> Sequence[int]:
        """Return the runs of a job, the first one first. Their commands name it."""
        with self._database.reading() as db:
            return [
                int(row[0]) for row in self._sql.runs_named(db, ending=f"%{in_command(number)}")
            ]

    def _read(self, rows: Iterable[Sequence[Any]]) -> list[Job]:
        return read_rows(self._database, Job, rows, _WORDS)


def in_command(number: int) -> str:
    """Return what the commands of a job's runs end in.

    Args:
        number: The job's number.
    """
    return f" (job {number})"
