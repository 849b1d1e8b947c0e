"""Run a worker until it is asked to stop, also through restarts of the database."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from types import FrameType

import psycopg
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.engine import Engine, Timing
from blogkit.cluster.projects import Projects
from blogkit.errors import BlogkitError
from blogkit.schedule.work import WorkKind, WorkResult

_log = logging.getLogger("blogkit.cluster")

_POLL = 2.0
"""Seconds between looks for jobs whose time has come; new jobs are announced at once."""
_LONGEST_PAUSE = 30.0
_LOST = (ConnectorException, psycopg.Error, PoolTimeout, OSError, BlogkitError)


@dataclass
class ClusterWorker:
    """One worker process.

    Attributes:
        database: The workers' database.
        projects: The blogs.
        kinds: The kinds of work.
        concurrency: How many sites it works on at a time.
        timing: How often it looks.
        on_result: Called with the blog's name and each result, in the job's thread.
    """

    database: QueueDatabase
    projects: Projects
    kinds: Sequence[WorkKind]
    concurrency: int = 4
    timing: Timing = field(default_factory=Timing)
    on_result: Callable[[str, WorkResult], None] = lambda _project, _result: None

    def run(self) -> None:
        """Work until SIGTERM or Ctrl-C; then end the jobs that run, and return.

        A second signal ends the process at once.

        Raises:
            BlogkitError: The database or the blogs cannot be used at the start.
        """
        self.database.prepare()  # an address that cannot work is told at once
        queue = queue_name(self.projects)
        engine = Engine(
            self.database,
            self.projects,
            self.kinds,
            queue=queue,
            timing=self.timing,
            on_result=self.on_result,
        )
        with (
            closing(self.projects.pool),
            asyncio.Runner(loop_factory=_loop_factory()) as runner,
        ):
            runner.run(self._supervise(engine, queue))

    async def _supervise(self, engine: Engine, queue: str) -> None:
        """Start a worker again whenever its database was lost.

        Procrastinate's own worker ends when one of its connections breaks, and its jobs would count
        as running. A new one has a new number, so that a sweep gives those jobs to others.
        """
        stopping = asyncio.Event()

        def stop() -> None:
            engine.stopping.set()
            stopping.set()

        _on_signals(asyncio.get_running_loop(), stop)
        pause = 1.0
        while not stopping.is_set():
            started = asyncio.get_running_loop().time()
            try:
                await asyncio.to_thread(self.database.prepare)  # it may have been dropped
                await self._work(engine.app(self.concurrency + 2), queue, stopping)
            except _LOST as error:
                _log.warning("the database is lost (%s); connecting again", type(error).__name__)
            if asyncio.get_running_loop().time() - started > _LONGEST_PAUSE:
                pause = 1.0
            await _wait(stopping, 0 if stopping.is_set() else pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _work(self, app: App, queue: str, stopping: asyncio.Event) -> None:
        lost = asyncio.Event()
        app.job_manager.lost = lost.set  # type: ignore[attr-defined]
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    queues=[queue],
                    concurrency=self.concurrency,
                    fetch_job_polling_interval=_POLL,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                    update_heartbeat_interval=self.timing.heartbeat,
                    stalled_worker_timeout=self.timing.stalled,
                )
            )
            ends = [asyncio.create_task(event.wait()) for event in (stopping, lost)]
            await asyncio.wait([work, *ends], return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()
            work.cancel()  # ends after its running jobs
            await asyncio.gather(work, return_exceptions=True)
            if not work.cancelled() and (error := work.exception()):
                raise error


def queue_name(projects: Projects) -> str:
    """Return the queue's name: all workers with it have the same blogs.

    Raises:
        ConfigError: The blogs cannot be used.
    """
    return "blogs" if projects.many else f"blog {next(iter(projects.names()))}"


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    asked = False

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:  # a second one ends it at once
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        asked = True
        loop.call_soon_threadsafe(stop)

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, handle)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    # psycopg cannot use the default loop of Windows
    # (https://www.psycopg.org/psycopg3/docs/advanced/async.html)
    return asyncio.SelectorEventLoop if sys.platform == "win32" else None
