"""Worker processes that tests start, stop, halt and kill."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from tests.cluster.job import WorkerJob
from tests.cluster.launcher import launcher
from tests.waiting import PATIENCE

CONCURRENCY = 2
"""How many sites a worker works on at a time."""


class WorkerProcess:
    """One worker, with its results in a file. It is killed at the end unless it was stopped."""

    def __init__(
        self,
        blogs: Path,
        url: str,
        out: Path,
        *,
        concurrency: int = CONCURRENCY,
        sabotage: str = "",
    ) -> None:
        self._out = out
        for path in (out, out.with_suffix(".err")):
            path.touch()
        environ = {**os.environ, "BLOGKIT_DATABASE_URL": url}
        job = WorkerJob((str(blogs), str(concurrency), sabotage), environ, out)
        self._process = launcher().start(job)
        self._code: int | None = None

    @property
    def results(self) -> list[dict[str, Any]]:
        """What it has done so far."""
        lines = self._out.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    @property
    def errors(self) -> str:
        return self._out.with_suffix(".err").read_text(encoding="utf-8")

    def signal(self, number: signal.Signals) -> None:
        if self._code is None:  # the system gives its number away once it was waited for
            os.kill(self._process, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.wait()

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        """Return its exit code when it has ended."""
        if self._code is None:
            self._code = launcher().wait(self._process, PATIENCE)
        return self._code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.kill()


def jobs(url: str) -> list[tuple[str, str, str]]:
    """Return task, status and lock of every job that has not ended."""
    query = (
        "SELECT task_name, status::text, lock FROM blogkit_queue.procrastinate_jobs WHERE status IN"
        " ('todo', 'doing') AND task_name = 'look'"
    )
    with database(url) as db:
        return db.execute(query).fetchall()


def workers(url: str) -> int:
    """Return how many workers are known to the others."""
    with database(url) as db:
        [(count,)] = db.execute("SELECT count(*) FROM blogkit_queue.procrastinate_workers")
        return int(count)


def failures(url: str) -> list[tuple[str, ...]]:
    """Return what the workers tell operators about work that fails."""
    with database(url) as db:
        return db.execute(
            "SELECT project, site, key, summary FROM blogkit_queue.blogkit_failure"
        ).fetchall()


@contextmanager
def database(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True) as db:
        yield db
