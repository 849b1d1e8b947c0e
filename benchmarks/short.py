"""The benchmark in seconds, for every change: python -m benchmarks.short.

It measures the processor's time that one post takes in this process, the best of three rounds, and
fails if that is twice as much as it should be. A busy machine or a slow one changes nothing: the
yardstick is as slow there. Each round has posts of its own: those of the round before are partly
remembered, which would flatter.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus, prepare
from benchmarks.budget import exceeded
from benchmarks.projects import forget
from benchmarks.yardstick import slowness
from blogkit.__main__ import tune
from blogkit.project.project import open_project

POSTS = 20
"""So few that no other process is started."""
SLACK = 2
ROUNDS = 3
COSTS = {
    "prepare, folder profile": 4.0,
    "prepare, strict profile": 4.5,
    "check, folder profile": 5.0,
}
"""Milliseconds of the reference machine that a post takes."""


def main() -> int:
    tune()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        os.environ |= {f"XDG_{kind}_HOME": str(root) for kind in ("CACHE", "CONFIG")}
        for number in range(ROUNDS):
            corpus.write(root / f"folder/{number}", POSTS, number)
            corpus.write(root / f"strict/{number}", POSTS, number, site=corpus.STRICT)
        found = {
            "prepare, folder profile": best(root / "folder", prepare.main),
            "prepare, strict profile": best(root / "strict", prepare.main),
            "check, folder profile": best(root / "folder", check),
        }
    for name, cost in found.items():
        print(f"{name:25} {cost:6.1f} ms a post (budget {COSTS[name] * SLACK:g} ms)")
    return exceeded(found, {name: cost * SLACK for name, cost in COSTS.items()})


def best(root: Path, work: Callable[[Path], object]) -> float:
    """Return the milliseconds for each post, as the reference machine would take them.

    Args:
        root: A folder with a project for each round.
        work: What is measured.
    """
    times = []
    for project in sorted(root.iterdir()):
        forget(project)
        slow = slowness()
        started = time.process_time()
        work(project)
        times.append((time.process_time() - started) * 1000 / POSTS / slow)
    return min(times)


def check(root: Path) -> None:
    """Check a project."""
    assert open_project(root).check().posts == POSTS


if __name__ == "__main__":
    sys.exit(main())
