"""A large archive in which nothing has changed: python -m benchmarks.archive [--posts N] [--rounds
N].

How long `blogkit plan --offline` takes and how much memory, once every post is published; and what
the first run after that costs, when nothing is known yet of the files. The journal is filled as a
run of `publish` would leave it, without publishing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus
from benchmarks.timing import medians
from blogkit.journal.records import Memory
from blogkit.project.build import build_all
from blogkit.project.options import PublishOptions
from blogkit.project.project import open_project

PLAN = (sys.executable, "-m", "blogkit", "plan", "--offline")


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
        said = subprocess.run(PLAN, cwd=folder, capture_output=True, text=True, check=True)
        assert f"nothing to do for {options.posts:,} posts" in said.stdout, said.stdout[-500:]
        times = medians(
            {"bare interpreter": (sys.executable, "-c", "pass"), "plan --offline": PLAN},
            options.rounds,
            folder,
        )
        memory = peak(PLAN, folder)
    print(f"{options.posts:,} posts, nothing changed; medians of {options.rounds} rounds")
    print(f"{'reading and rendering all of them, once':45} {first:7.2f} s")
    for what, seconds in times.items():
        print(f"{what:45} {seconds:7.2f} s")
    print(f"{'memory of plan --offline':45} {memory:7.0f} MB")


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


def peak(command: tuple[str, ...], folder: Path) -> float:
    """The most memory that a command holds, in MB."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    said = subprocess.run(
        (sys.executable, "-c", code, *command),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(said.stdout) / 1024


if __name__ == "__main__":
    main()
