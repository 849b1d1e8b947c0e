"""What a command reads from the journal grows with its posts, and not with their square."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import blogkit
from tests.project.conftest import write_post

SETTINGS = """
[blog]
title = "Big"
default_site = "main"

[sites.main]
platform = "folder"
folder = "site"
"""
SIZES = (10, 20, 40)
STEP = 10
"""Instructions of SQLite's machine for each tick of the counter."""


class Counter:
    """Counts the instructions that SQLite executes, on every connection that is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ticks = 0
        connect = sqlite3.connect

        def counting(*arguments: object, **options: object) -> sqlite3.Connection:
            connection = connect(*arguments, **options)  # type: ignore[call-overload]
            connection.set_progress_handler(self._tick, STEP)
            return connection  # type: ignore[no-any-return]

        monkeypatch.setattr(sqlite3, "connect", counting)

    def _tick(self) -> int:
        self.ticks += 1
        return 0


def published(folder: Path, size: int) -> blogkit.Project:
    """Return a project after a run that published so many posts."""
    (folder / "posts").mkdir(parents=True)
    (folder / "blogkit.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(size):
        write_post(folder, f"post-{number}", f"Post {number}")
    project = blogkit.open(folder, environ={})
    report = project.plan().apply(limit=size)
    assert report.ok
    return project


def undo(project: blogkit.Project, size: int) -> None:
    plan = project.undo()
    assert len(plan) == size
    assert plan.apply(limit=size).ok


def pull(project: blogkit.Project, size: int) -> None:
    keys = [f"post-{number}" for number in range(size)]
    project.pull(*keys, dry_run=True)


@pytest.mark.slow
@pytest.mark.parametrize("work", [undo, pull])
def test_twice_the_posts_take_twice_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[blogkit.Project, int], None]
) -> None:
    costs = []
    for size in SIZES:
        project = published(tmp_path / str(size), size)
        with monkeypatch.context() as patched:
            counter = Counter(patched)
            work(project, size)
        costs.append(counter.ticks)
    first, second = (after - before for before, after in pairwise(costs))
    assert first > 0
    assert second < 2.6 * first, f"{costs}: twice for linear growth, four times for a square"
