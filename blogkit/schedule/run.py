"""Do what is due, once: each kind of work by site, in the order of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from blogkit.errors import AlreadyRunning, BlogkitError
from blogkit.project.project import Project
from blogkit.project.timed.work import Retry
from blogkit.schedule.due import times_of
from blogkit.schedule.kinds import WORK_KINDS
from blogkit.schedule.outcomes import failure
from blogkit.schedule.report import LATE, RunReport
from blogkit.schedule.work import Due, WorkKind, WorkResult

FIRST_RETRY = timedelta(minutes=1)
"""After this, work that failed is tried again; after each further failure in twice the time."""
LAST_RETRY = timedelta(hours=6)
"""The longest time between two tries. A wrong password is not sent every minute: sites lock an
account for that.
"""
POLL = timedelta(seconds=20)
"""How long a run that waits for a time sleeps before it looks for new work again."""


def run(
    project: Project,
    *,
    kinds: Sequence[WorkKind] | None = None,
    site: str = "",
    until: datetime | None = None,
    retry: bool = False,
    stop: Callable[[], bool] | None = None,
    on_result: Callable[[WorkResult], None] | None = None,
) -> RunReport:
    """Do what is due. It is safe to run twice at the same time, and to interrupt.

    With nothing due it sends no request. Work that fails does not stop other work; it is tried
    again after a minute, then in growing intervals.

    Args:
        project: The blog's folder.
        kinds: The kinds of work; None means all.
        site: Only this site's; empty means all.
        until: Also do what is due until then, and wait for it.
        retry: Try failed work again now.
        stop: Asked before each batch of work; True ends the run.
        on_result: Called with each result.

    Returns:
        What was done, and what comes next.

    Raises:
        UsageError: The site does not exist.
        JournalError: The journal cannot be read or written.
    """
    if site:
        project.config.site(site)
    report = RunReport()
    asked = stop or _never
    session = _Session(project, kinds or WORK_KINDS, site, asked, on_result or _ignore, report)
    while True:
        session.look(retry=retry)
        retry = False
        now = project.timed.now
        report.stopped = asked()
        if until is None or report.next is None or report.stopped:
            return report
        # What is due and was not done is left to another process; asking at once asks in vain.
        wake = report.next if report.next > now else now + POLL
        if wake > until:
            return report
        project.timed.sleep(min(wake - now, POLL).total_seconds())


@dataclass
class _Session:
    """One run: where its work comes from, and where its results go."""

    project: Project
    kinds: Sequence[WorkKind]
    site: str
    stop: Callable[[], bool]
    on_result: Callable[[WorkResult], None]
    report: RunReport

    def look(self, *, retry: bool) -> None:
        """Do what is due now, and note when there is something to do again."""
        self.report.busy = self.report.overdue = None
        due = self._due(retry=retry)
        if not due:
            return
        try:
            with self.project.exclusive("run"):
                # Another process may have done it before the lock was ours.
                for batch in _batches(self._due(retry=retry)):
                    if self.stop():
                        return
                    self._do(batch)
                self._due(retry=False)
        except AlreadyRunning as error:
            self.report.busy = error
            oldest = min(due, key=lambda one: one.at)
            if self.project.timed.now - oldest.at > LATE:
                self.report.overdue = oldest

    def _due(self, *, retry: bool) -> list[Due]:
        """Return what is due; note in the report when there will be more."""
        now = self.project.timed.now
        found = [one for kind in self.kinds for one in self._pending(kind, now)]
        times = [(one.at, one) for one in found] if retry else times_of(self.project, found)
        self.report.next = min((at for at, _ in times), default=None)
        now = self.project.timed.now  # a kind may call work due that became so while it looked
        return [one for at, one in times if at <= now]

    def _pending(self, kind: WorkKind, now: datetime) -> list[Due]:
        try:
            found = kind.pending(self.project, now)
        except BlogkitError as error:
            if str(error) not in map(str, self.report.errors):
                self.report.errors.append(error)
            return []
        return [one for one in found if not self.site or one.site == self.site]

    def _do(self, batch: Sequence[Due]) -> None:
        now, timed = self.project.timed.now, self.project.timed
        failed_before = {(one.kind, one.site, one.key): one for one in timed.retries()}
        kind = next(each for each in self.kinds if each.name == batch[0].kind)
        for one in batch:
            failed = (one.kind, one.site, one.key) in failed_before
            if now - one.at > LATE and not (failed or one.patient):
                self.report.late.append(one)
        for result in self._results(kind, batch, now):
            due = result.due
            before = failed_before.get((due.kind, due.site, due.key))
            if not result.ok:
                timed.failed(_retry(result, before, timed.now))
            elif before is not None:
                timed.succeeded(due.kind, due.site, due.key)
            self.report.results.append(result)
            self.on_result(result)

    def _results(self, kind: WorkKind, batch: Sequence[Due], now: datetime) -> list[WorkResult]:
        """Do a batch; what an error stops has failed, whatever the error is."""
        started, sent = time.perf_counter(), self.project.timed.requests
        try:
            results = kind.do(self.project, batch[0].site, batch, now)
        except BlogkitError as error:
            results = [failure(one, error) for one in batch]
        except Exception as error:  # a bug in one kind of work must not stop the others
            self.report.bug = error
            bug = BlogkitError(f"bug: {type(error).__name__} in blogkit", hint="please report it")
            results = [failure(one, bug) for one in batch]
        seconds, requests = time.perf_counter() - started, self.project.timed.requests - sent
        return _measured(results, seconds, requests)


def _batches(due: Sequence[Due]) -> list[list[Due]]:
    """Return the work by kind and site, the batch with the earliest time first."""
    found: dict[tuple[str, str], list[Due]] = {}
    for one in sorted(due, key=lambda each: each.at):
        found.setdefault((one.kind, one.site), []).append(one)
    return list(found.values())


def _retry(result: WorkResult, before: Retry | None, now: datetime) -> Retry:
    due, failures = result.due, (before.failures if before else 0) + 1
    pause = min(FIRST_RETRY * 2 ** min(failures - 1, 20), LAST_RETRY)
    return Retry(due.kind, due.site, due.key, failures, now + pause, result.summary)


def _measured(results: Sequence[WorkResult], seconds: float, requests: int) -> list[WorkResult]:
    """Return results that have their share of the batch's time and requests.

    A kind that measures each piece of work itself is left alone.
    """
    if not results or any(one.seconds or one.requests for one in results):
        return list(results)
    share, rest = divmod(requests, len(results))
    return [
        replace(one, seconds=seconds / len(results), requests=share + (number < rest))
        for number, one in enumerate(results)
    ]


def _never() -> bool:
    return False


def _ignore(_result: WorkResult) -> None:
    pass
