"""Do a timed job exactly once, also after a crash, and also if two machines try.

The lock keeps others out, the job's status in the journal tells whether it is still to be done, and
the commands of its runs name it. So after a crash the next attempt knows which posts an earlier one
has changed, and leaves them alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from blogkit.dataclass import dataclass
from blogkit.errors import (
    AlreadyRunning,
    BlogkitError,
    ContentError,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    Unreachable,
    UsageError,
)
from blogkit.journal.jobs import KIND, Job, JobStatus, in_command
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.files.changes import recorded_file
from blogkit.project.jobs.requests import (
    EditRequest,
    Insert,
    JobRequest,
    Replace,
    Undo,
    unpacked,
)
from blogkit.project.live.open_edits import settle_open_edits
from blogkit.project.live.selection import ExactPost
from blogkit.project.plans.plan import Plan
from blogkit.project.plans.report import Report
from blogkit.project.plans.undo_files import may_be_written
from blogkit.sync.actions import ActionKind
from blogkit.sync.outcome import Result
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from blogkit.project.project import Project

MOST_TRIES = 10
"""Attempts while a site does not answer; with growing pauses they take about nine hours."""
_PASSING = (AlreadyRunning, OutcomeUnknown, RateLimited, ServerError, Unreachable)
"""Errors that time may heal."""
_MAY_PASS = {Result.FAILED, Result.UNKNOWN, Result.SKIPPED}
_MAY_HAVE_CHANGED = {"done", "sent", "unknown", "settled"}


@dataclass(frozen=True)
class JobOutcome:
    """How an attempt at a job ended.

    Attributes:
        job: The job, as the attempt left it.
        ok: Whether it is done, or there was nothing to do.
        summary: What happened, in one sentence without a full stop.
        hint: What to do, if `ok` is false.
        run: The run that did it; None if nothing was written.
    """

    job: Job
    ok: bool
    summary: str
    hint: str = ""
    run: int | None = None


def do_job(project: Project, context: ProjectContext, number: int) -> JobOutcome:
    """Do what is left of a job, if it waits. Its time may lie ahead.

    Args:
        project: The blog's folder.
        context: The call's context.
        number: The job's number.

    Returns:
        How it ended.

    Raises:
        UsageError: The job does not exist.
        AlreadyRunning: Another process is publishing, perhaps this job.
    """
    with context.locked_journal("jobs") as journal:
        job = journal.jobs.get(number)
        if job is None:
            raise UsageError(f"there is no job {number}", hint="run: blogkit jobs list")
        if job.status != "waiting":
            return JobOutcome(job, ok=True, summary=f"job {number} is {job.status}")
        return _Attempt(project, context, journal, job).make()


class _Attempt:
    """One attempt at one job, with the journal locked."""

    def __init__(
        self, project: Project, context: ProjectContext, journal: Journal, job: Job
    ) -> None:
        self._project, self._context, self._journal = project, context, journal
        self._job = job
        self._run: int | None = None

    def make(self) -> JobOutcome:
        if missed := self._missed():
            return missed
        try:
            request = self._request()
            if request is None:
                return self._end("cancelled", "nothing was inserted")
            return self._judged(self._apply(request), request)
        except BlogkitError as error:
            return self._failed(error, passing=isinstance(error, _PASSING))

    def _missed(self) -> JobOutcome | None:
        """End an insertion whose widget should have left again by now."""
        now = self._context.clock()
        for other in self._journal.jobs.waiting():
            if other.follows == self._job.id and other.due <= now:
                until = both_clocks(other.due, self._context.config.zone)
                note = f"missed: it was to leave again on {until}"
                return self._end("failed", note, "if you still want it, record it again", ok=False)
        return None

    def _request(self) -> JobRequest | None:
        """Return what is left to do; None if a removal has nothing to remove."""
        request = unpacked(self._job.request, self._context.config.root)
        if not isinstance(request, EditRequest):
            return request
        posts = request.posts
        if self._job.follows:
            posts = replace(posts, exact=tuple(self._inserted(self._job.follows)))
            if not posts.exact:
                return None
        done = frozenset(self._finished(always=not isinstance(request, Replace)))
        return replace(request, posts=replace(posts, done=done))

    def _inserted(self, leader: int) -> dict[ExactPost, None]:
        """Return the posts that the runs of another job changed, or may have changed."""
        found: dict[ExactPost, None] = {}
        for run in self._journal.jobs.runs(leader):
            for entry in self._journal.actions(run, bytes=False):
                if entry.action == ActionKind.EDIT and entry.status in _MAY_HAVE_CHANGED:
                    kind: Literal["post", "page"] = "page" if entry.kind == "page" else "post"
                    found[ExactPost(entry.site, kind, entry.remote_id)] = None
            for file in self._journal.files.of_run(run, bytes=False):
                if file.remote_id and may_be_written(self._context, file):
                    found[ExactPost(file.site, "post", file.remote_id)] = None
        return found

    def _finished(self, *, always: bool) -> set[tuple[str, str]]:
        """Return the posts that earlier attempts changed: they are left alone.

        Args:
            always: Whether the post itself shows if an edit is still to be made, as a region does.
                Otherwise an edit whose end cannot be told counts as made.
        """
        runs = self._journal.jobs.runs(self._job.id)
        entries = [one for run in runs for one in self._journal.actions(run, bytes=False)]
        edits = [one for one in entries if one.action == ActionKind.EDIT]
        if any(one.status in ("intended", "sent", "unknown") for one in edits):
            settle_open_edits(self._context, self._journal, {one.site for one in edits})
            entries = [one for run in runs for one in self._journal.actions(run, bytes=False)]
            edits = [one for one in entries if one.action == ActionKind.EDIT]
        if still := [one for one in edits if one.status in ("sent", "unknown")]:
            message = f"whether this arrived is not known yet: {still[0].summary}"
            raise OutcomeUnknown(message, site=still[0].site, hint="run: blogkit run --retry")
        ended = {"done"} if always else {"done", "settled"}
        found = {(one.site, one.remote_id) for one in edits if one.status in ended}
        for run in runs:
            for file in self._journal.files.of_run(run, bytes=False):
                if file.remote_id and may_be_written(self._context, file):
                    found.add((file.site, file.remote_id))
        return found

    def _apply(self, request: JobRequest) -> list[Report]:
        """Make the edits; publish the files of adopted posts that they have changed."""
        plan = request.plan(self._project)
        _require_effect(plan, request)
        reports = [self._applied(plan)]
        if isinstance(request, Undo):  # its files are as they were before the run
            return reports
        files = [
            path
            for run in self._journal.jobs.runs(self._job.id)
            for file in self._journal.files.of_run(run, bytes=False)
            if file.key and (path := recorded_file(self._context.config, file.path)).is_file()
        ]
        if files and reports[0].ok:
            published = self._project.plan(*dict.fromkeys(files))
            if published.writing or published.left_out or published.unavailable:
                reports.append(self._applied(published))
        return reports

    def _applied(self, plan: Plan) -> Report:
        plan.command += in_command(self._job.id)
        try:
            return plan.apply(limit=self._job.limit)
        finally:
            if plan.report and plan.report.run:
                self._run = plan.report.run

    def _judged(self, reports: list[Report], request: JobRequest) -> JobOutcome:
        bad = [one for report in reports for one in report if not one.ok]
        bad = [one for one in bad if one.result is not Result.WAITING]
        errors = [e for r in reports for e in (*r.unavailable.values(), *r.left_out)]
        if not bad and not errors:
            unclear = self._unclear() if isinstance(request, Replace) else ""
            if unclear:
                hint = "look at the post, then run: blogkit log"
                return self._end("failed", unclear, hint, ok=False)
            return self._end("done", ", ".join(report.summary for report in reports))
        passing = all(one.result in _MAY_PASS for one in bad)
        passing = passing and all(isinstance(error, _PASSING) for error in errors)
        if errors:
            return self._failed(errors[0], passing=passing)
        first = BlogkitError(f"{bad[0].change.summary}: {bad[0].message}", hint=bad[0].hint)
        return self._failed(first, passing=passing)

    def _unclear(self) -> str:
        """Return which edit may have arrived or not, because a person changed the post since."""
        for run in self._journal.jobs.runs(self._job.id):
            for entry in self._journal.actions(run, bytes=False):
                if entry.action == ActionKind.EDIT and entry.status == "settled":
                    return f"{entry.summary}: {entry.note}"
        return ""

    def _failed(self, error: BlogkitError, *, passing: bool) -> JobOutcome:
        job, key = self._job, str(self._job.id)
        tries = [r.failures for r in self._journal.work.retries() if (r.kind, r.key) == (KIND, key)]
        message, hint = error.message, error.hint
        if isinstance(error, ContentError):
            message, hint = str(error.problems[0]), error.problems[0].hint or hint
        if passing and (tries or [0])[0] + 1 < MOST_TRIES:
            summary = f"{job.summary}: {message}".rstrip(".")
            return JobOutcome(job, ok=False, summary=summary, hint=hint, run=self._run)
        again = f"then run: blogkit jobs retry {job.id}"
        hint = f"{hint}; {again}" if hint else again
        return self._end("failed", message.rstrip("."), hint, ok=False)

    def _end(self, status: JobStatus, note: str, hint: str = "", *, ok: bool = True) -> JobOutcome:
        job = self._job
        ended = replace(job, status=status, note=note, hint=hint, run=self._run or job.run)
        self._journal.jobs.mark(job.id, ended.status, note, hint, self._run)
        return JobOutcome(ended, ok, f"{job.summary}: {note}", hint, self._run)


def _require_effect(plan: Plan, request: JobRequest) -> None:
    """Check that a plan in which nothing changes has not lost its posts or places.

    Args:
        plan: The plan.
        request: What it was made from.

    Raises:
        UsageError: No post matches any more, or none has the place.
    """
    if not isinstance(request, Insert | Replace) or request.posts.done or plan.left_out:
        return
    if not plan.examined:
        raise UsageError("no post matches", hint="check the label, date or text")
    without = getattr(plan, "without", ())
    if without and not plan and not plan.writing:
        message = f"none of the posts has such a place, such as “{without[0]}”"
        raise UsageError(message, hint="check the place")
