"""What one new post costs a worker and the database: python -m benchmarks.cluster.costs.

The figures are the costs that `benchmarks.scale` computes with.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.projects import Projects
from blogkit.cluster.work import look_up
from blogkit.schedule.kinds import WORK_KINDS
from tests.cluster.blogs import watched_blogs
from tests.cluster.launcher import launcher
from tests.cluster.workers import WorkerProcess, jobs
from tests.postgres import serving
from tests.waiting import until

BLOGS, POSTS = 4, 10


def main() -> int:
    """Print the costs."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serving(durable=True))
        blogs = stack.enter_context(watched_blogs(folder / "blogs", BLOGS))
        url = server.url()
        worker = stack.enter_context(WorkerProcess(folder / "blogs", url, folder / "out"))
        for number in range(POSTS):
            for blog in blogs:
                blog.write(number)
            until(lambda: all(blog.complete for blog in blogs) and not jobs(url), "published", 300)
        worker.stop()
        launcher().close()  # then the worker that it started is counted, too
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        made = BLOGS * POSTS
        requests = sum(len(blog.watch.requests) for blog in blogs)
        print(f"requests a post: {requests / made:.1f}")
        print(
            f"worker's processor, with its start: {(used.ru_utime + used.ru_stime) / made * 1000:.0f} ms"
        )
        size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname IN ('action', 'memory', 'run') AND relkind = 'r'"
        [(kept,)] = server.execute(size)
        print(f"kept in the database: {float(kept) / made:.0f} bytes, with empty indexes")
        [(transactions,)] = server.execute(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = 'postgres'"
        )
        print(f"transactions a post, with polling: {transactions / made:.0f}")
        with closing(QueueDatabase(url)) as database:
            environ = {**os.environ, "BLOGKIT_DATABASE_URL": url}
            projects = Projects(folder / "blogs", many=True, database=database, environ=environ)
            look_up(projects.open("blog_0"), WORK_KINDS)
            started = time.process_time()
            for number in range(10):
                look_up(projects.open(f"blog_{number % BLOGS}"), WORK_KINDS)
            print(f"to look for due work in a blog: {(time.process_time() - started) * 100:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
