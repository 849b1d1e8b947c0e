"""Look at the scheduled posts whose time has come, without changing them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from blogkit.errors import SiteError
from blogkit.journal.schedules import GRACE, Schedule
from blogkit.journal.store import Journal
from blogkit.project.context import ProjectContext
from blogkit.project.schedules import words
from blogkit.project.schedules.look import Finding, look_at
from blogkit.project.schedules.proof import Proof


def look_at_due(
    context: ProjectContext,
    journal: Journal,
    site: str,
    keys: Collection[str] | None,
    *,
    offline: bool,
) -> list[Proof]:
    """Return what became of one site's posts whose time has come. What is proven is recorded.

    Args:
        context: The call's context.
        journal: The journal.
        site: The site's name.
        keys: Only these posts; None means all.
        offline: Send no request: return what is not proven yet.

    Returns:
        The posts that went live, and those for which there is something to do.
    """
    now = context.clock()
    due = [
        one
        for one in journal.schedules.waiting()
        if one.site == site and one.due + GRACE <= now and (keys is None or one.key in keys)
    ]
    if offline:
        return [_unknown(schedule, context) for schedule in due]
    return [proof for schedule in due for proof in _looked(context, journal, schedule)]


def _looked(context: ProjectContext, journal: Journal, schedule: Schedule) -> Iterator[Proof]:
    platform, now = context.sites.platform(schedule.site), context.clock()
    try:
        look = look_at(platform, schedule, now)
    except SiteError as error:
        message = error.message.removeprefix(f"site {schedule.site}: ")
        summary = f"{words.name_of(schedule, None)}: {words.CANNOT_LOOK}: {message}"
        yield Proof(schedule, False, False, summary, error.hint)
        return
    if look.proven:
        assert look.post is not None
        note = "" if look.found is Finding.PUBLIC else words.UNKNOWN_TO_READERS
        journal.schedules.prove(schedule, fired=look.post.at or now, seen=now, note=note)
        summary = words.live_sentence(schedule, look.post, "", context.config.zone)
        yield Proof(schedule, True, True, summary)
    elif look.found not in (Finding.EARLY, Finding.MOVED):
        missed = look.is_missed(schedule)
        told = words.trouble(Finding.MISSED if missed else look.found, schedule)
        summary = f"{words.name_of(schedule, look.post)}: {told.reason}"
        yield Proof(schedule, False, False, summary, told.hint)


def _unknown(schedule: Schedule, context: ProjectContext) -> Proof:
    summary = words.unknown_sentence(schedule, context.config.zone)
    return Proof(schedule, True, False, summary, "run: blogkit run")
