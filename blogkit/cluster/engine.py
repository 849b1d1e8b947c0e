"""The jobs: look at a site, sweep for what is due, and tidy up."""

from __future__ import annotations

import asyncio
import logging
import random
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.heartbeats import Heartbeats
from blogkit.cluster.projects import Projects
from blogkit.cluster.records import Records
from blogkit.cluster.work import look_up, work_on
from blogkit.dataclass import dataclass
from blogkit.errors import AlreadyRunning, BlogkitError, JournalError
from blogkit.schedule.notify import notify
from blogkit.schedule.work import WorkKind, WorkResult

_log = logging.getLogger("blogkit.cluster")

_KEPT_HOURS = 72
"""How long jobs that failed are kept for operators."""
_ALIVE = """
SELECT DISTINCT lock FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND queue_name = %s AND lock IS NOT NULL
"""
_ONE_SWEEP = "SELECT pg_try_advisory_lock(hashtext('blogkit sweep ' || %s))"
_SWEPT = "SELECT pg_advisory_unlock(hashtext('blogkit sweep ' || %s))"


@dataclass(frozen=True)
class Timing:
    """How often workers look, in seconds.

    Attributes:
        sweep: From one sweep for due work to the next; a divisor of 60.
        heartbeat: From one sign of life of a worker to the next.
        stalled: A worker without a sign of life for so long is dead, and its jobs go to others.
    """

    sweep: int = 15
    heartbeat: float = 10.0
    stalled: float = 30.0


class Engine:
    """The jobs of one worker process.

    Args:
        database: The workers' database.
        projects: The blogs.
        kinds: The kinds of work.
        timing: How often it looks.
        queue: The name of the workers' queue: all of its workers have the same blogs.
        on_result: Called with the blog's name and each result, in the job's thread.

    Attributes:
        stopping: Set when jobs are to end after what they are doing.
    """

    def __init__(
        self,
        database: QueueDatabase,
        projects: Projects,
        kinds: Sequence[WorkKind],
        *,
        queue: str,
        timing: Timing,
        on_result: Callable[[str, WorkResult], None],
    ) -> None:
        self._database, self._projects, self._kinds = database, projects, kinds
        self._records, self._heartbeats = Records(database), Heartbeats(database)
        self._timing, self._queue, self._on_result = timing, queue, on_result
        self._sweeping = threading.Lock()
        self.stopping = threading.Event()

    def app(self, connections: int) -> App:
        """Return the application of Procrastinate with the jobs, not open yet.

        Args:
            connections: The most connections that it may open.
        """
        connector = PsycopgConnector(
            conninfo=self._database.conninfo, min_size=1, max_size=connections, timeout=10.0
        )
        app = App(connector=connector)
        app.job_manager = _Manager(connector)
        # No `queueing_lock`: a job that is recovered after a crash collides with the next one of
        # the same lock (https://github.com/procrastinate-org/procrastinate/issues/1446, also 1543).
        # The sweep defers no second job of a site, and a second one would find nothing to do.
        app.task(name="look", queue=self._queue, retry=_Retry())(self._look)
        # No `lock` on the sweep either: a stalled one would stop all further sweeps, and with them
        # the recovery of stalled jobs (https://github.com/procrastinate-org/procrastinate/issues/1408).
        sweep = app.task(name="sweep", queue=self._queue, pass_context=True)(self._sweep)
        app.periodic(cron=f"* * * * * */{self._timing.sweep}", periodic_id=self._queue)(sweep)
        tidy = app.task(name="tidy", queue=self._queue, pass_context=True)(self._tidy)
        app.periodic(cron="17 * * * *", periodic_id=self._queue)(tidy)
        return app

    def _look(self, project: str, site: str) -> None:
        def tell(result: WorkResult) -> None:
            self._on_result(project, result)

        try:
            blog = self._projects.open(project)
            report = work_on(blog, site, self._kinds, self.stopping.is_set, tell)
        except AlreadyRunning:
            raise
        except BlogkitError as error:
            self._records.fail(project, site, error.message, error.hint)
            if isinstance(error, JournalError):
                raise  # the journal could not note the next try
            return
        notify(blog, report, heartbeat=False)  # the sweep gives it: the address may hang
        self._records.note(project, site, report.results)
        for each in report.errors:
            self._records.fail(project, site, each.message, each.hint)
        if report.bug is not None:
            raise report.bug

    async def _sweep(self, context: JobContext, timestamp: int) -> None:  # noqa: ARG002
        await self._recover(context.app)
        if not await asyncio.to_thread(self._begin_sweep):
            return
        try:
            for project, site in await asyncio.to_thread(self._due):
                look = context.app.tasks["look"].configure(lock=lock_of(project, site))
                await look.defer_async(project=project, site=site)
        finally:
            await asyncio.to_thread(self._end_sweep)

    def _begin_sweep(self) -> bool:
        """Return whether no other sweep is under way, in this process or in another.

        Until its jobs are deferred, a second sweep would not see them, and defer them again.
        """
        if not self._sweeping.acquire(blocking=False):
            return False  # the lock below is this process's, for all of its threads
        try:
            [(mine,)] = self._database.execute(_ONE_SWEEP, self._queue)
        except BaseException:
            self._sweeping.release()
            raise
        if not mine:
            self._sweeping.release()
        return bool(mine)

    def _end_sweep(self) -> None:
        try:
            self._database.execute(_SWEPT, self._queue)
        finally:
            self._sweeping.release()

    async def _recover(self, app: App) -> None:
        """Give the jobs of dead workers to others.

        Should the worker be alive after all, the journal's lock keeps the other one waiting.
        """
        manager, limit = app.job_manager, self._timing.stalled
        await manager.prune_stalled_workers(limit)
        for job in await manager.get_stalled_jobs(queue=self._queue, seconds_since_heartbeat=limit):
            _log.warning("worker of job %s died: %s", job.id, job.call_string)
            if job.task_name == "look":
                await manager.retry_job(job, retry_at=datetime.now(UTC))
            else:  # the next one comes by itself
                await manager.finish_job(job, Status.FAILED, delete_job=True)

    def _due(self) -> list[tuple[str, str]]:
        """Return the blogs and sites with due work and no living job."""
        alive = {row[0] for row in self._database.execute(_ALIVE, self._queue)}
        names = self._projects.names()
        for folder, error in self._projects.broken.items():
            self._records.fail(folder.name, "", error.message, error.hint)
        found = [(name, site) for name in names for site in self._due_in(name)]
        return [one for one in found if lock_of(*one) not in alive]

    def _due_in(self, name: str) -> list[str]:
        try:
            blog = self._projects.open(name)
            found = look_up(blog, self._kinds)
            self._heartbeats.give(name, blog, found.errors)
        except BlogkitError as error:
            self._records.fail(name, "", error.message, error.hint)
            return []
        self._records.forget(name, found.work)
        for each in found.errors:
            self._records.fail(name, "", each.message, each.hint)
        return found.sites

    async def _tidy(self, context: JobContext, timestamp: int) -> None:  # noqa: ARG002
        await context.app.job_manager.delete_old_jobs(
            _KEPT_HOURS, queue=self._queue, include_failed=True, include_aborted=True
        )


def lock_of(project: str, site: str) -> str:
    """Return the name of the lock that keeps a second job from a site.

    Args:
        project: The blog's name.
        site: The site's name in its blogkit.toml.
    """
    return f"{project}/{site}"


class _Retry(BaseRetryStrategy):
    """What failed on a site is in its journal, with its next try. Here is the rest: no journal."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, AlreadyRunning):
            wait = random.uniform(0.2, 1.0) * min(job.attempts + 1, 20)  # noqa: S311
        elif isinstance(exception, JournalError):
            wait = min(2.0 ** (job.attempts + 1), 300)
        else:
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))


class _Manager(JobManager):
    """Stops the worker when it cannot record how a job ended.

    The worker would go on, and the job would count as running for as long as it lives: its site
    would be locked (https://github.com/procrastinate-org/procrastinate/issues/1518).
    """

    lost: Callable[[], None] = staticmethod(lambda: None)

    async def register_worker(self) -> int:
        # A worker that is stopped meanwhile never learns its number, and would count as alive.
        registering = asyncio.ensure_future(super().register_worker())
        try:
            return await asyncio.shield(registering)
        except asyncio.CancelledError:
            await self.unregister_worker(await registering)
            raise

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        try:
            await super().finish_job(job, status, delete_job)
        except ConnectorException:
            self.lost()
            raise

    async def retry_job(self, job: Job, *args: Any, **kwargs: Any) -> None:
        try:
            await super().retry_job(job, *args, **kwargs)
        except ConnectorException:
            self.lost()
            raise
