"""Prove that scheduled posts went live, and publish those whose site missed the time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from blogkit.dataclass import dataclass
from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    ConfigError,
    QuotaExhausted,
    RateLimited,
    SiteError,
    Unreachable,
)
from blogkit.journal.schedules import Ended
from blogkit.journal.schedules import Schedule as Schedule  # what callers see of it
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Remote, State
from blogkit.project.context import ProjectContext
from blogkit.project.schedules import words
from blogkit.project.schedules.catching_up import publish_missed
from blogkit.project.schedules.look import Finding, ScheduleLook, look_as_reader, look_at

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
_OF_THE_SITE = (AuthenticationError, ConfigError, QuotaExhausted, RateLimited, Unreachable)
"""Errors that the site's next post would meet, too."""


@dataclass(frozen=True)
class Proof:
    """The outcome of looking after one scheduled post.

    Attributes:
        schedule: The schedule as it was before the look.
        ok: Whether nothing is wrong.
        proven: Whether the post went live.
        summary: What was found or done, in one sentence without a full stop.
        hint: What to do; "" for nothing.
        run: The run that published the post; None if blogkit did not have to.
        told: Whether an earlier look has told the same trouble.
    """

    schedule: Schedule
    ok: bool
    proven: bool
    summary: str
    hint: str = ""
    run: int | None = None
    told: bool = False


def prove(context: ProjectContext, site: str, keys: Collection[str] = ()) -> list[Proof]:
    """Look after the posts of one site whose time has come.

    Args:
        context: The call's context.
        site: The site's name.
        keys: Only these posts; none means all.

    Returns:
        The outcomes, the earliest post first.

    Raises:
        JournalError: Another process is publishing, or the journal cannot be written.
    """
    with context.locked_journal("run") as journal:
        now = context.clock()
        due = [
            one
            for one in journal.schedules.waiting()
            if one.site == site and one.next_look <= now and (not keys or one.key in keys)
        ]
        return _Prover(context, journal, site).all(due)


class _Prover:
    """Look after one site's posts.

    Args:
        context: The call's context.
        journal: The journal, locked.
        site: The site's name.
    """

    def __init__(self, context: ProjectContext, journal: Journal, site: str) -> None:
        self._context, self._journal, self._site = context, journal, site
        self._scheduler_started = False
        self._stopped: BlogkitError | None = None

    def all(self, due: Sequence[Schedule]) -> list[Proof]:
        """Return an outcome for each post, also where the site fails."""
        return [self._one(schedule) for schedule in due]

    def _one(self, schedule: Schedule) -> Proof:
        error = self._stopped
        if error is None:
            try:
                platform = self._context.sites.platform(self._site)
                look = look_at(platform, schedule, self._context.clock())
                if look.is_missed(schedule):
                    return self._missed(platform, schedule, look)
                if look.found is Finding.HIDDEN:
                    self._start_scheduler(platform)  # a folder may lack the page since a kill
                return self._found(schedule, look)
            except (SiteError, ConfigError) as failure:
                error = failure
        if isinstance(error, _OF_THE_SITE):
            self._stopped = error
        seen = look_as_reader(self._context, schedule, error)
        return self._found(schedule, seen) if seen else self._failed(schedule, error)

    def _missed(self, platform: Platform, schedule: Schedule, look: ScheduleLook) -> Proof:
        """Make up for a time that the site missed: by its own scheduler, else by publishing."""
        self._start_scheduler(platform)
        look = look_at(platform, schedule, self._context.clock())
        if not look.is_missed(schedule):
            return self._found(schedule, look, words.SCHEDULER_STARTED)
        assert look.post is not None
        self._journal.schedules.begin(schedule)
        report = publish_missed(
            self._context, self._journal, self._site, look.post, look.post.at or schedule.due
        )
        (outcome,) = report.outcomes
        if not outcome.ok:
            reason = f"it missed its time, and publishing it failed: {outcome.message}"
            return self._put_off(schedule, reason, outcome.hint, look.post, report.run)
        fired = self._context.clock()
        look = look_at(platform, schedule, fired)
        return self._found(schedule, look, words.PUBLISHED, fired=fired, run=report.run)

    def _start_scheduler(self, platform: Platform) -> None:
        if not self._scheduler_started:
            self._scheduler_started = True
            platform.start_scheduler()

    def _found(
        self,
        schedule: Schedule,
        look: ScheduleLook,
        note: str = "",
        *,
        fired: datetime | None = None,
        run: int | None = None,
    ) -> Proof:
        post, name = look.post, words.name_of(schedule, look.post)
        if look.proven:
            assert post is not None
            return self._proven(schedule, look, post, note, fired, run)
        if look.found in (Finding.EARLY, Finding.MOVED):
            assert post is not None
            assert post.at is not None
            return self._later(schedule, look, post.at)
        stuck = look.found is Finding.MISSED
        told = words.STUCK if stuck else words.trouble(look.found, schedule)
        if look.found in (Finding.DRAFT, Finding.GONE):
            ended: Ended = "lost" if look.found is Finding.GONE else "withdrawn"
            self._journal.schedules.end(schedule, ended, told.reason)
            return Proof(schedule, False, False, f"{name}: {told.reason}", told.hint, run)
        return self._put_off(schedule, told.reason, told.hint, post, run)

    def _proven(
        self,
        schedule: Schedule,
        look: ScheduleLook,
        post: Remote,
        note: str,
        fired: datetime | None,
        run: int | None,
    ) -> Proof:
        now = self._context.clock()
        notes = [note] if note else []
        if look.found is Finding.LIVE:
            notes.append(words.UNKNOWN_TO_READERS)
        if schedule.fired and not note:
            notes.append(words.PUBLISHED)  # by a run that did not see it
        when = fired or schedule.fired or post.at or now
        self._journal.schedules.prove(schedule, fired=when, seen=now, note="; ".join(notes))
        self._remember(schedule, post)
        summary = words.live_sentence(schedule, post, note, self._context.config.zone)
        hint = words.CRON_HINT if note and self._needs_visitors() else ""
        return Proof(schedule, True, True, summary, hint, run)

    def _needs_visitors(self) -> bool:
        return self._context.config.site(self._site).platform == "wordpress"

    def _remember(self, schedule: Schedule, post: Remote) -> None:
        """Record that a schedule came true, as the next plan would."""
        memory = self._journal.memories(self._site).get(schedule.key)
        if memory is not None and memory.state == State.SCHEDULED:
            seen = replace(memory, state=str(post.state), at=post.at, url=post.url)
            self._journal.remember(seen)

    def _later(self, schedule: Schedule, look: ScheduleLook, at: datetime) -> Proof:
        summary = words.later_sentence(look, schedule, self._context.config.zone)
        if look.found is Finding.MOVED:
            self._journal.schedules.move(schedule, at)
        else:
            again = self._context.clock() + _FIRST_WAIT
            self._journal.schedules.put_off(schedule, schedule.note, again)
        return Proof(schedule, True, False, summary)

    def _failed(self, schedule: Schedule, error: BlogkitError) -> Proof:
        message = error.message.removeprefix(f"site {self._site}: ")
        return self._put_off(schedule, f"{words.CANNOT_LOOK}: {message}", error.hint)

    def _put_off(
        self,
        schedule: Schedule,
        reason: str,
        hint: str,
        post: Remote | None = None,
        run: int | None = None,
    ) -> Proof:
        """Look again later, more and more seldom. The same trouble is told once."""
        wait = min(_FIRST_WAIT * 2 ** min(schedule.looks, 10), _LONGEST_WAIT)
        self._journal.schedules.put_off(schedule, reason, self._context.clock() + wait)
        told = _kind(schedule.note) == _kind(reason)
        summary = f"{words.name_of(schedule, post)}: {reason}"
        return Proof(schedule, False, False, summary, hint, run, told)


def _kind(reason: str) -> str:
    """Return the part of a reason that stays the same from one look to the next."""
    return reason.partition(":")[0]
