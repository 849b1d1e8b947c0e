"""What comes next on a blog, and what needs its author: the last lines of `blogkit status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from blogkit.platforms.base import State
from blogkit.times import both_clocks

if TYPE_CHECKING:
    from datetime import datetime

    from blogkit.cli.output import Output
    from blogkit.project.jobs.recording import Job
    from blogkit.project.plans.status import PostStatus
    from blogkit.project.project import Project

_DECISIONS = {"conflict": "in conflict", "edited there": "edited there", "gone": "gone"}
"""The states of a file that wait for a decision, in words."""


def show_overview(output: Output, project: Project, found: Sequence[PostStatus]) -> dict[str, Any]:
    """Print the next thing that happens at a time, and what waits for the author.

    Args:
        output: The printer.
        project: The blog's folder.
        found: The status of the posts.

    Returns:
        The same for the JSON report.
    """
    jobs = project.jobs()
    coming = sorted(_coming(project, found, jobs))
    if coming:
        at, what = coming[0]
        others = f"; {len(coming) - 1} more later" if len(coming) > 1 else ""
        output.say(f"next: {both_clocks(at, project.config.zone)}: {what}{others}")
    needs = list(_needs(project, found, jobs))
    if needs:
        output.say(f"needs you: {'; '.join(needs)}", "yellow")
    return {
        "next": [{"at": at.isoformat(), "what": what} for at, what in coming],
        "needs_you": needs,
    }


def _coming(
    project: Project, found: Sequence[PostStatus], jobs: Sequence[Job]
) -> Iterator[tuple[datetime, str]]:
    """Yield the scheduled posts and the jobs that wait, with their times."""
    now = project.timed.now
    for one in found:
        remote = one.remote
        if remote and remote.state is State.SCHEDULED and remote.at and remote.at > now:
            yield remote.at, f"{one.path or one.key} goes live on {one.site}"
    for job in jobs:
        if job.status == "waiting":
            yield job.due, f"job {job.id}: {job.summary}"


def _needs(project: Project, found: Sequence[PostStatus], jobs: Sequence[Job]) -> Iterator[str]:
    """Yield what waits for the author, each with the command that shows it."""
    states = Counter(one.file for one in found)
    for state, words in _DECISIONS.items():
        if states[state]:
            yield f"{states[state]} {words} (blogkit plan)"
    if items := project.todo():
        yield f"{len(items)} to set by hand (blogkit todo)"
    if failed := sum(job.status == "failed" for job in jobs):
        yield f"{failed} failed job{'s' * (failed != 1)} (blogkit jobs list)"
