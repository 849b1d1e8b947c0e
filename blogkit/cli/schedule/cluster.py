"""`blogkit worker` with a database: one of several workers, on any number of machines."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogkit.cli.output import Output
from blogkit.cli.schedule.durations import about
from blogkit.cli.schedule.run_report import of_result, say_result
from blogkit.cli.shared import start_folder, the_output, trusts_all
from blogkit.errors import JournalError
from blogkit.extras import install_hint

if TYPE_CHECKING:
    from blogkit.cluster.database import QueueDatabase
    from blogkit.schedule.work import WorkResult


def workers_share() -> bool:
    """Return whether the environment names a database, so that several workers share the work."""
    from blogkit.cluster.choice import shares_a_database

    return shares_a_database(os.environ)


def work_together(projects: Path | None, concurrency: int, metrics: int | None) -> None:
    """Work with the other workers of the database, until asked to stop.

    Args:
        projects: The folder of the blogs' folders; None for the blog of the current folder.
        concurrency: How many sites to work on at a time.
        metrics: The port for Prometheus; None serves no metrics.

    Raises:
        BlogkitError: The database or the blogs cannot be used.
    """
    with ExitStack() as stack:
        database = stack.enter_context(_database())
        from blogkit.cluster.metrics import serving_metrics
        from blogkit.cluster.projects import Projects
        from blogkit.cluster.worker import ClusterWorker
        from blogkit.config import find_root
        from blogkit.schedule.kinds import WORK_KINDS

        folder = find_root(start_folder()) if projects is None else projects.absolute()
        blogs = Projects(
            folder, projects is not None, database, dict(os.environ), trust=trusts_all()
        )
        output, lock = the_output(), threading.Lock()

        def tell(blog: str, result: WorkResult) -> None:
            with lock:
                _tell(output, blog, result)

        if metrics is not None:
            database.prepare()
            metrics = stack.enter_context(serving_metrics(database, metrics))
            output.say(f"metrics: http://127.0.0.1:{metrics}/metrics")
        output.say(f"working in {folder} with other workers (press Ctrl-C to stop)")
        _line(output, "started", folder=str(folder), process=os.getpid(), metrics=metrics)
        output.flush()
        ClusterWorker(database, blogs, WORK_KINDS, concurrency, on_result=tell).run()
        output.say("stopped")
        _line(output, "stopped")


def cluster_status() -> int:
    """Print the state of all workers of the database.

    Returns:
        The exit code: 1 if no worker is alive, or a job waits for too long.
    """
    from blogkit.errors import BlogkitError

    output = the_output()
    with _database() as database:
        from blogkit.cluster.status import read_status

        database.prepare()
        status = read_status(database)
    now = datetime.now(UTC)
    plural = "" if status.workers == 1 else "s"
    output.say(f"{status.workers} worker{plural} alive", "green" if status.workers else "red")
    for each in status.jobs:
        state = "run" if each.running else "wait"
        output.say(f"{each.queue}: {each.count} jobs {state}, the oldest for {each.oldest:.0f} s")
    rows = [
        (one.project, one.site, str(one.done), str(one.failed), str(one.requests))
        for one in status.totals
    ]
    output.table(rows, ("blog", "site", "done", "failed", "requests"))
    for failure in status.failures:
        where = f"{failure.project}/{failure.site}" if failure.site else failure.project
        since = f"{failure.failures} in a row, the last {about(now - failure.failed_at)} ago"
        output.error(BlogkitError(f"{where}: {failure.summary} ({since})", hint=failure.hint))
    code = int(not status.well)
    output.report({**asdict(status), "alive": status.workers > 0, "exit_code": code})
    return code


@contextmanager
def _database() -> Iterator[QueueDatabase]:
    try:
        from blogkit.cluster.database import QueueDatabase
        from blogkit.cluster.projects import database_url
    except ImportError as error:
        raise JournalError(
            f"workers that share a database require the package procrastinate ({error})",
            hint=install_hint("cluster"),
        ) from error
    database = QueueDatabase(database_url(os.environ))
    try:
        yield database
    finally:
        database.close()


def _tell(output: Output, blog: str, result: WorkResult) -> None:
    if output.as_json:
        _line(output, "result", blog=blog, **of_result(result, UTC))
    else:
        output.say(f"{blog}:")
        say_result(output, result)
        output.flush()


def _line(output: Output, event: str, **data: object) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    output.line({"time": now, "event": event, **data})
