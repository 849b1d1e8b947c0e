"""When work is tried: at its time, or later after a failure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blogkit.schedule.work import Due

if TYPE_CHECKING:
    from blogkit.project.project import Project


def times_of(project: Project, work: Sequence[Due]) -> list[tuple[datetime, Due]]:
    """Return each piece of work with the time at which it is tried.

    Args:
        project: The blog's folder. Its journal knows what failed.
        work: What the kinds of work have pending.

    Raises:
        JournalError: The journal cannot be read.
    """
    if not work:
        return []
    again = {(one.kind, one.site, one.key): one.again for one in project.timed.retries()}
    return [(max(one.at, again.get((one.kind, one.site, one.key), one.at)), one) for one in work]
