"""How much four workers do, and what the engine costs: python -m benchmarks.cluster.throughput.

Sites answer after 50 ms. One worker and four workers, with one job at a time each, empty the same
queue, in turn. The engine's overhead is that of a job whose work takes no time, beside
Procrastinate's own job that does nothing, in the same run.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from procrastinate import App

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.engine import Engine, Timing, lock_of
from blogkit.cluster.projects import Projects
from blogkit.project.project import Project
from blogkit.schedule.work import Due, WorkResult
from tests.postgres import Server, serving

ROOT = Path(__file__).resolve().parents[2]
LATENCY = 0.05
BLOGS = 12
SEVERAL = 4
ROUNDS = 3


@dataclass
class Asking:
    """Work whose site takes `seconds` to answer."""

    seconds: float = LATENCY
    name: str = "ask"

    def pending(self, project: Project, now: datetime) -> Sequence[Due]:  # noqa: ARG002
        return [Due(self.name, "main", "all", now, "ask")]

    def do(
        self,
        project: Project,  # noqa: ARG002
        site: str,  # noqa: ARG002
        due: Sequence[Due],
        now: datetime,  # noqa: ARG002
    ) -> list[WorkResult]:
        time.sleep(self.seconds)
        return [WorkResult(one, ok=True, summary="asked", requests=1) for one in due]


def main() -> int:
    """Print throughput and overhead; 1 if a budget is exceeded."""
    with tempfile.TemporaryDirectory() as name, serving(durable=True) as server:
        folder = Path(name)
        make_blogs(folder)
        one, several = throughput(folder, server)
        (engine, cpu), (plain, plain_cpu) = overhead(folder, server)
    print(f"1 worker: {one:.1f} jobs a second; {SEVERAL} workers: {several:.1f}")
    print(f"{several / one:.2f} times as much (at least 3.5)")
    print(f"a job that does nothing: {plain * 1000:.1f} ms; ours: {engine * 1000:.1f} ms")
    print(f"the engine's own part: {(engine - plain) * 1000:.1f} ms (at most 10)")
    print(f"of it, on the worker's processor: {(cpu - plain_cpu) * 1000:.1f} ms")
    return int(several / one < 3.5 or engine - plain > 0.010)


def make_blogs(folder: Path) -> None:
    """Make the blogs' folders."""
    for number in range(BLOGS):
        root = folder / f"blog_{number}"
        (root / "posts").mkdir(parents=True)
        text = f'[blog]\nschema = "blog_{number}"\n\n[sites.main]\nplatform = "folder"\nfolder = "out"\n'
        (root / "blogkit.toml").write_text(text, encoding="utf-8")


def engine_of(folder: Path, database: QueueDatabase, seconds: float) -> Engine:
    """Return an engine that never sweeps by itself within a round."""
    projects = Projects(folder, many=True, database=database, environ=dict(os.environ))
    kinds = [Asking(seconds)]
    timing = Timing(sweep=60)
    return Engine(
        database, projects, kinds, queue="blogs", timing=timing, on_result=lambda _b, _r: None
    )


def work(folder: str, url: str, seconds: float) -> None:
    """Empty the queue, as one worker process."""
    os.environ["BLOGKIT_DATABASE_URL"] = url
    with closing(QueueDatabase(url)) as database:
        app = engine_of(Path(folder), database, seconds).app(3)

        async def serve() -> None:
            async with app.open_async():
                sys.stdout.write("ready\n")
                sys.stdout.flush()
                await asyncio.to_thread(sys.stdin.readline)
                await empty(app)
                sys.stdout.write("done\n")
                sys.stdout.flush()

        asyncio.run(serve())


async def empty(app: App) -> None:
    """Do the jobs that wait, one at a time."""
    app.periodic_registry.periodic_tasks.clear()
    await app.run_worker_async(
        wait=False, concurrency=1, delete_jobs="successful", install_signal_handlers=False
    )


def fill(folder: Path, server: Server, jobs: int, seconds: float) -> None:
    """Queue jobs, in turn for each blog."""
    with closing(QueueDatabase(server.url())) as database:
        database.prepare()
        app = engine_of(folder, database, seconds).app(1)
        with app.open():
            for number in range(jobs):
                name = f"blog_{number % BLOGS}"
                look = app.tasks["look"].configure(lock=lock_of(name, "main"))
                look.defer(project=name, site="main")


def round_of(folder: Path, server: Server, workers: int, jobs: int) -> float:
    """Return the jobs a second of some workers."""
    fill(folder, server, jobs, LATENCY)
    code = f"from benchmarks.cluster.throughput import work; work({str(folder)!r}, {server.url()!r}, {LATENCY})"
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", code],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(workers)
        ]
        for one in running:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        started = time.perf_counter()
        for one in running:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        for one in running:
            assert one.stdout
            assert one.stdout.readline() == "done\n"
        seconds = time.perf_counter() - started  # without the end of the processes
        for one in running:
            one.wait()
    with psycopg.connect(server.url()) as db:
        left = db.execute("SELECT count(*) FROM blogkit_queue.procrastinate_jobs").fetchone()
    assert left == (0,), left
    return jobs / seconds


def throughput(folder: Path, server: Server) -> tuple[float, float]:
    """Return the jobs a second of one worker and of several, medians of rounds in turn."""
    os.environ["BLOGKIT_DATABASE_URL"] = server.url()
    round_of(folder, server, 1, BLOGS)  # makes the journals
    found: dict[int, list[float]] = {1: [], SEVERAL: []}
    for _ in range(ROUNDS):
        for workers, speeds in found.items():
            speeds.append(round_of(folder, server, workers, 40 * workers))
    return statistics.median(found[1]), statistics.median(found[SEVERAL])


Seconds = tuple[float, float]
"""By the clock, and on this process's processor, which a busy machine does not change."""


def overhead(folder: Path, server: Server, jobs: int = 100) -> tuple[Seconds, Seconds]:
    """Return the seconds of our job without work, and of Procrastinate's, medians in turn."""
    ours: list[Seconds] = []
    plain: list[Seconds] = []
    for _ in range(ROUNDS):
        fill(folder, server, jobs, 0)
        with closing(QueueDatabase(server.url())) as database:
            ours.append(asyncio.run(timed(engine_of(folder, database, 0).app(3), jobs)))
            app = engine_of(folder, database, 0).app(3)
            nothing = app.task(name="nothing", queue="blogs")(_nothing)
            with app.open():
                for number in range(jobs):
                    nothing.configure(lock=f"blog_{number % BLOGS}").defer()
            plain.append(asyncio.run(timed(app, jobs)))
    return statistics.median_low(ours), statistics.median_low(plain)


def _nothing() -> None:
    pass


async def timed(app: App, jobs: int) -> Seconds:
    """Return the seconds that each job took."""
    async with app.open_async():
        started, used = time.perf_counter(), time.process_time()
        await empty(app)
        return (time.perf_counter() - started) / jobs, (time.process_time() - used) / jobs


if __name__ == "__main__":
    sys.exit(main())
