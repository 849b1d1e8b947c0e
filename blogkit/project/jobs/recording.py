"""Record, list, cancel and retry timed jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from blogkit.config import CONFIG
from blogkit.errors import UsageError
from blogkit.journal.dialect import VARIABLE
from blogkit.journal.jobs import KIND, NewJob
from blogkit.journal.jobs import Job as Job  # what callers see of it
from blogkit.project.context import ProjectContext
from blogkit.project.jobs.requests import Insert, JobRequest, packed, removal_of
from blogkit.project.live.selection import Selection
from blogkit.times import both_clocks


def record_job(
    context: ProjectContext,
    request: JobRequest,
    at: datetime,
    *,
    until: datetime | None,
    limit: int,
) -> list[Job]:
    """Record a job, and for a widget that leaves again the job that removes it.

    Args:
        context: The call's context.
        request: What to do.
        at: When, with a time zone.
        until: When a widget leaves again; None for never.
        limit: Live posts that each of them may change.

    Returns:
        The jobs.

    Raises:
        UsageError: A time is past or has no zone, only an insertion can end, or the journal does
            not last.
        JournalError: The journal cannot be written.
    """
    require_lasting_journal(context)
    _check_times(context, request, at, until)
    config = context.config
    site = _site(context, request)

    def new(one: JobRequest, due: datetime, summary: str = "") -> NewJob:
        request_text = packed(one, config.root, context.posts.folder)
        return NewJob(site, summary or str(one), request_text, limit, due)

    jobs = [new(request, at)]
    if until is not None and isinstance(request, Insert):
        jobs.append(
            new(removal_of(request), until, f"remove {request.region} where it was inserted")
        )
    with context.journal() as journal:
        return journal.jobs.add(*jobs)


def require_lasting_journal(context: ProjectContext) -> None:
    """Refuse jobs that another machine would never see.

    With `state = "file"`, a job in a fresh checkout, such as one of GitHub Actions, has no journal
    but the committed state, and the journal of this machine stays here.

    Args:
        context: The call's context.

    Raises:
        UsageError: The state is a file, and the journal is not in a database.
    """
    in_database = context.settings.credentials().setting(VARIABLE) is not None
    if context.config.state == "file" and not in_database:
        raise UsageError(
            'timed jobs need a journal, and with state = "file" other machines have none',
            hint=f"keep the journal in PostgreSQL ({VARIABLE}), or remove state from {CONFIG}",
        )


def cancel_jobs(context: ProjectContext, numbers: Sequence[int]) -> list[Job]:
    """Cancel jobs, and with an insertion the job that removes its widget.

    Args:
        context: The call's context.
        numbers: The jobs' numbers.

    Returns:
        The jobs that are cancelled now.

    Raises:
        UsageError: A job does not exist, or is done or cancelled already.
        AlreadyRunning: Another process is publishing, perhaps this job.
    """
    with context.locked_journal("jobs") as journal:
        chosen = [_open(journal.jobs.get(number), number) for number in numbers]
        ids = {job.id for job in chosen}
        chosen += [
            job for job in journal.jobs.waiting() if job.follows in ids and job.id not in ids
        ]
        for job in chosen:
            journal.jobs.mark(job.id, "cancelled", "cancelled by hand")
            journal.work.succeeded(KIND, job.site, str(job.id))
    return [replace(job, status="cancelled") for job in chosen]


def retry_jobs(context: ProjectContext, numbers: Sequence[int]) -> list[Job]:
    """Let failed jobs wait again: the next `run` does what is left of them.

    Args:
        context: The call's context.
        numbers: The jobs' numbers.

    Returns:
        The jobs.

    Raises:
        UsageError: A job does not exist, it is done or cancelled, or its widget would not leave
            again.
        AlreadyRunning: Another process is publishing.
    """
    with context.locked_journal("jobs") as journal:
        chosen = [_open(journal.jobs.get(number), number) for number in numbers]
        for other in journal.jobs.all():
            if other.status != "waiting" and other.follows in {job.id for job in chosen}:
                raise UsageError(
                    f"job {other.follows} cannot be done any more: job {other.id}, which would"
                    f" remove its widget, is {other.status}",
                    hint="give the command with its times again",
                )
        for job in chosen:
            journal.jobs.mark(job.id, "waiting")
            journal.work.succeeded(KIND, job.site, str(job.id))
    return [replace(job, status="waiting") for job in chosen]


def _open(job: Job | None, number: int) -> Job:
    if job is None:
        raise UsageError(f"there is no job {number}", hint="run: blogkit jobs list")
    if job.status in ("done", "cancelled"):
        raise UsageError(f"job {number} is {job.status}", hint="run: blogkit jobs list --all")
    return job


def _check_times(
    context: ProjectContext, request: JobRequest, at: datetime, until: datetime | None
) -> None:
    now = context.clock()
    for name, time in (("at", at), ("until", until)):
        if time is not None and time.tzinfo is None:
            raise UsageError(f"`{name}` has no time zone", hint="use an aware datetime")
    if until is not None and not isinstance(request, Insert):
        raise UsageError("only an insertion can end at a time", hint="leave out `until`")
    if at <= now:
        raise UsageError(
            f"{_shown(context, at)} is past",
            hint="choose a later time, or do it now without --when",
        )
    if until is not None and until <= at:
        raise UsageError(
            f"it would leave at {_shown(context, until)}, before it comes",
            hint="choose a later end",
        )


def _shown(context: ProjectContext, time: datetime) -> str:
    return both_clocks(time, context.config.zone)


def _site(context: ProjectContext, request: JobRequest) -> str:
    """Return a site of the job; if it concerns several, the default site or the first one."""
    posts = getattr(request, "posts", None)
    named = posts.site if isinstance(posts, Selection) else ""
    config = context.config
    return named or config.default_site or next(iter(config.sites), "")
