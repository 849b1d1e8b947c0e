"""A large archive in which nothing has changed: python -m benchmarks.archive [--posts N] [--rounds
N].

How long `blogkit plan --offline` takes and how much memory, once every post is published; and what
the first run after that costs, when nothing is known yet of the files. The journal is filled as a
run of `publish` would leave it, without publishing.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus
from benchmarks.measure import median, run
from benchmarks.projects import BLOGKIT, environment
from blogkit.journal.records import Memory
from blogkit.project.build import build_all
from blogkit.project.options import PublishOptions
from blogkit.project.project import open_project

PLAN = (*BLOGKIT, "plan", "--offline")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "archive"
        corpus.write(folder, options.posts)
        started = time.perf_counter()
        publish_all(folder)
        first = time.perf_counter() - started
        environ = environment(Path(name))
        # Linux counts the memory of this process, too, as the largest of a child.
        watched, said = run(PLAN, folder, environ, watch=True)
        assert f"nothing to do for {options.posts:,} posts" in said, said[-500:]
        bare = (sys.executable, "-c", "pass")
        costs = {
            what: median([run(command, folder, environ)[0] for _ in range(options.rounds)])
            for what, command in (("bare interpreter", bare), ("plan --offline", PLAN))
        }
    print(f"{options.posts:,} posts, nothing changed; medians of {options.rounds} rounds")
    print(f"{'reading and rendering all of them, once':45} {first:7.2f} s")
    for what, cost in costs.items():
        print(f"{what:45} {cost.wall:7.2f} s")
    print(f"{'memory of plan --offline':45} {watched.total or watched.largest:7.0f} MB")


def publish_all(folder: Path) -> None:
    """Fill journal and archive as if everything had been published."""
    for path in (folder / "posts").iterdir():
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
    time.sleep(2.1)  # files that were written just now are not trusted yet
    context = open_project(folder)._context()
    with context.journal() as journal:
        for site, ready in build_all(context, (), PublishOptions(), online=False).by_site.items():
            for number, one in enumerate(ready):
                desired = one.desired
                journal.remember(
                    Memory(
                        site,
                        desired.key,
                        desired.kind,
                        str(number),
                        f"https://b.example/{number}",
                        desired.digest,
                        "{}",
                        "draft",
                        None,
                        "",
                        desired.desired_state,
                    )
                )


if __name__ == "__main__":
    main()
