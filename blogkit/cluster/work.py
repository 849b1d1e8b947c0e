"""What one job does with a blog: find the sites with due work, or do that of one site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from blogkit.errors import BlogkitError
from blogkit.project.project import Project
from blogkit.schedule.due import times_of
from blogkit.schedule.report import RunReport
from blogkit.schedule.run import run
from blogkit.schedule.work import Due, WorkKind, WorkResult


@dataclass
class Pending:
    """The work of one blog.

    Attributes:
        work: All of it, also what is due later.
        sites: The sites where some is to be done now.
        errors: Why kinds of work could not tell what is pending.
    """

    work: list[Due] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    errors: list[BlogkitError] = field(default_factory=list)


def look_up(project: Project, kinds: Sequence[WorkKind]) -> Pending:
    """Return what is pending in a blog. Sends no request.

    Args:
        project: The blog.
        kinds: The kinds of work.

    Raises:
        JournalError: The journal cannot be read.
    """
    now, found = project.timed.now, Pending()
    for kind in kinds:
        try:
            found.work += kind.pending(project, now)
        except BlogkitError as error:
            found.errors.append(error)
    now = project.timed.now  # work that is due at once has the time of its own look
    due = {one.site for at, one in times_of(project, found.work) if at <= now}
    found.sites = sorted(due & project.config.sites.keys())
    return found


def work_on(
    project: Project,
    site: str,
    kinds: Sequence[WorkKind],
    stop: Callable[[], bool],
    on_result: Callable[[WorkResult], None],
) -> RunReport:
    """Do what is due on one site.

    The journal is opened and locked once for all of it.

    Args:
        project: The blog.
        site: The site's name in its blogkit.toml.
        kinds: The kinds of work.
        stop: Asked before each batch of work; True ends the job.
        on_result: Called with each result.

    Returns:
        What was done.

    Raises:
        AlreadyRunning: Another process publishes in this blog's folder.
        BlogkitError: The blog, or the site in it, cannot be used.
    """
    with project.exclusive("run"):
        return run(project, kinds=kinds, site=site, stop=stop, on_result=on_result)
