"""Several workers on PostgreSQL: each post once, one writer a blog, also when a worker is killed or
halted, and when the database restarts.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import psycopg
import pytest

from blogkit.cluster.database import QueueDatabase
from tests.cluster.blogs import WatchedBlog, held, watched_blogs
from tests.cluster.workers import WorkerProcess, database, jobs, workers
from tests.postgres import Server, serving
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("real_time")

Start = Callable[[str], WorkerProcess]


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.url(database=postgres.database())


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a worker on the blogs in tmp_path/blogs."""
    with ExitStack() as stack:
        names = iter("abcdefgh")
        yield lambda url: stack.enter_context(
            WorkerProcess(tmp_path / "blogs", url, tmp_path / f"{next(names)}.out")
        )


@pytest.fixture
def blogs(tmp_path: Path) -> Iterator[list[WatchedBlog]]:
    with watched_blogs(tmp_path / "blogs", 3, latency=0.02) as found:
        yield found


def dropped(db: psycopg.Connection) -> bool:
    """Whether the queue is dropped at last: a worker may have locked its tables in another order."""
    with suppress(psycopg.errors.DeadlockDetected):
        db.execute("DROP SCHEMA blogkit_queue CASCADE")
        return True
    return False


def write(blogs: list[WatchedBlog], count: int) -> None:
    for blog in blogs:
        for number in range(count):
            blog.write(number)


def assert_each_once(blogs: list[WatchedBlog], url: str) -> None:
    until(lambda: all(blog.complete for blog in blogs), "every post live")
    until(lambda: not jobs(url), "every job ended")
    assert [blog.duplicates for blog in blogs] == [[], [], []]
    assert [blog.watch.overlaps for blog in blogs] == [[], [], []]


def test_two_workers_publish_each_post_once(
    blogs: list[WatchedBlog], start: Start, url: str
) -> None:
    write(blogs, 4)
    workers = [start(url), start(url)]
    assert_each_once(blogs, url)
    done = [(one["project"], one["key"]) for worker in workers for one in worker.results]
    assert sorted(done) == sorted((blog.name, key) for blog in blogs for key in blog.wanted)
    write(blogs[:1], 6)
    assert_each_once(blogs, url)
    assert [worker.stop() for worker in workers] == [0, 0]
    assert all("canary" not in worker.errors for worker in workers)


def test_a_killed_worker_loses_nothing(blogs: list[WatchedBlog], start: Start, url: str) -> None:
    write(blogs, 8)
    first = start(url)
    with held(blogs):
        first.kill()
    assert "doing" in {status for _, status, _ in jobs(url)}, "it died with a site's lock"
    until(lambda: not any(blog.watch.writing for blog in blogs), "its last request at its end")
    start(url)
    assert_each_once(blogs, url)


def test_a_halted_worker_that_wakes_up_is_no_second_writer(
    blogs: list[WatchedBlog], start: Start, url: str
) -> None:
    write(blogs, 8)
    halted = start(url)
    with held(blogs):
        halted.signal(signal.SIGSTOP)
        other = start(url)
        until(lambda: "died" in other.errors, "taken for dead")
    halted.signal(signal.SIGCONT)
    assert_each_once(blogs, url)


def test_the_database_may_restart(blogs: list[WatchedBlog], start: Start) -> None:
    with serving() as server:
        url = server.url()
        with closing(QueueDatabase(url)) as queue:
            queue.prepare()
        both = [start(url), start(url)]
        # at its start, a worker ends without a database
        until(lambda: workers(url) == 2, "both at work")
        write(blogs, 8)
        with held(blogs):
            server.stop()
            server.launch()
        assert_each_once(blogs, url)
        assert [worker.stop() for worker in both] == [0, 0]


def test_a_second_signal_ends_a_worker_at_once(
    blogs: list[WatchedBlog], start: Start, url: str
) -> None:
    write(blogs, 8)
    worker = start(url)
    with held(blogs):
        worker.signal(signal.SIGTERM)
        worker.signal(signal.SIGINT)
        assert worker.wait() in (-signal.SIGTERM, -signal.SIGINT)
    until(lambda: not any(blog.watch.writing for blog in blogs), "its last request at its end")
    start(url)
    assert_each_once(blogs, url)


def test_a_queue_that_is_dropped_is_filled_again(
    blogs: list[WatchedBlog], start: Start, url: str
) -> None:
    """It holds nothing of value."""
    write(blogs, 2)
    worker = start(url)
    assert_each_once(blogs, url)
    with database(url) as db:
        until(lambda: dropped(db), "dropped")
        for blog in blogs:
            blog.write(2)
        tables = "SELECT to_regclass('blogkit_queue.procrastinate_jobs')"
        until(lambda: db.execute(tables).fetchone() != (None,), "made again")
    assert_each_once(blogs, url)
    assert worker.stop() == 0
