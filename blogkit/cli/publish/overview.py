"""What comes next on a blog, and what needs its author: the last lines of `blogkit status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from blogkit.platforms.base import State
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from datetime import datetime

    from blogkit.cli.output import Output
    from blogkit.project.jobs.recording import Job
    from blogkit.project.plans.status import PostStatus, StatusReport
    from blogkit.project.project import Project

_DECISIONS = {
    "conflict": "in conflict",
    "edited there": "edited there",
    "gone": "gone",
    "refused": "refused",
}
"""The states of a file that wait for a decision, in words."""
_LATELY = timedelta(days=7)


def show_overview(output: Output, project: Project, found: StatusReport) -> dict[str, Any]:
    """Print what went live lately, what happens next, and what waits for the author.

    Args:
        output: The printer.
        project: The blog's folder.
        found: The status of the posts.

    Returns:
        The same for the JSON report.
    """
    jobs, zone = project.jobs(), project.config.zone
    lately = sorted(_lately(project, found), reverse=True)
    if lately:
        at, what = lately[0]
        others = f"; {len(lately) - 1} more in the last 7 days" if len(lately) > 1 else ""
        output.say(f"went live: {both_clocks(at, zone)}: {what}{others}")
    coming = sorted(_coming(project, found, jobs))
    if coming:
        at, what = coming[0]
        others = f"; {len(coming) - 1} more later" if len(coming) > 1 else ""
        output.say(f"next: {both_clocks(at, zone)}: {what}{others}")
    needs = list(_needs(project, found, jobs))
    if needs:
        output.say(f"needs you: {'; '.join(needs)}", "yellow")
    return {
        "lately": [{"at": at.isoformat(), "what": what} for at, what in lately],
        "next": [{"at": at.isoformat(), "what": what} for at, what in coming],
        "needs_you": needs,
    }


def _lately(project: Project, found: Sequence[PostStatus]) -> Iterator[tuple[datetime, str]]:
    """Yield the posts that went live in the last days, with their times."""
    now = project.timed.now
    for one in found:
        remote = one.remote
        if remote and remote.state is State.LIVE and remote.at and now - _LATELY < remote.at <= now:
            yield remote.at, f"{one.path or one.key} on {one.site}"


def _coming(
    project: Project, found: Sequence[PostStatus], jobs: Sequence[Job]
) -> Iterator[tuple[datetime, str]]:
    """Yield the scheduled posts, the slots of queued ones and the jobs that wait."""
    now = project.timed.now
    for one in found:
        remote = one.remote
        if remote and remote.state is State.SCHEDULED and remote.at and remote.at > now:
            yield remote.at, f"{one.path or one.key} goes live on {one.site}"
        elif one.slot:
            yield one.slot, f"the slot of {one.path} on {one.site}"
    for job in jobs:
        if job.status == "waiting":
            yield job.due, f"job {job.id}: {job.summary}"


def _needs(project: Project, found: StatusReport, jobs: Sequence[Job]) -> Iterator[str]:
    """Yield what waits for the author, each with the command that shows or does it."""
    states = Counter(one.file for one in found)
    if queued := sum(one.slot is not None for one in found):
        yield f"{queued} queued and not sent yet (blogkit publish)"
    if missed := sum(not proof.ok for proof in found.schedules):
        yield f"{missed} not live in time (blogkit run)"
    for state, words in _DECISIONS.items():
        if states[state]:
            yield f"{states[state]} {words} (blogkit plan)"
    if items := project.todo():
        yield f"{len(items)} to set by hand (blogkit todo)"
    if failed := sum(job.status == "failed" for job in jobs):
        yield f"{failed} failed job{'s' * (failed != 1)} (blogkit jobs list)"
