"""What waits on each site, since when, and what fails: for people and monitors. Sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.schedule.due import times_of
from blogkit.schedule.kinds import WORK_KINDS

if TYPE_CHECKING:
    from blogkit.project.project import Project
    from blogkit.project.timed.work import Retry


@dataclass(frozen=True)
class WaitingWork:
    """The work of one kind that is left to do on one site.

    Attributes:
        site: The site's name in blogkit.toml.
        kind: The name of the kind of work.
        count: How much there is.
        oldest: When the first of it was or is due.
        next: When the first of it is tried; after a failure, this is later.
        failing: How much of it has failed.
    """

    site: str
    kind: str
    count: int
    oldest: datetime
    next: datetime
    failing: int


@dataclass
class Backlog:
    """All work that is left to do in a folder.

    Attributes:
        queues: The work by site and kind.
        failures: What failed the last time, with the reason.
        errors: Why kinds of work could not tell what is left.
    """

    queues: list[WaitingWork] = field(default_factory=list)
    failures: list[Retry] = field(default_factory=list)
    errors: list[BlogkitError] = field(default_factory=list)


def read_backlog(project: Project) -> Backlog:
    """Return what is left to do, from the files and the journal.

    Args:
        project: The blog's folder.
    """
    found = Backlog()
    for kind in WORK_KINDS:
        try:
            work = times_of(project, kind.pending(project, project.timed.now))
            retries = project.timed.retries() if work else []
        except BlogkitError as error:
            if str(error) not in map(str, found.errors):
                found.errors.append(error)
            continue
        for site in dict.fromkeys(one.site for _, one in work):
            keys = {one.key for _, one in work if one.site == site}
            failed = [
                one
                for one in retries
                if (one.kind, one.site) == (kind.name, site) and one.key in keys
            ]
            here = [(at, one.at) for at, one in work if one.site == site]
            found.queues.append(_queue(site, kind.name, here, failed))
            found.failures += failed
    return found


def _queue(
    site: str, kind: str, times: Sequence[tuple[datetime, datetime]], failed: Sequence[Retry]
) -> WaitingWork:
    tried, due = zip(*times, strict=True)
    return WaitingWork(site, kind, len(times), min(due), min(tried), len(failed))
