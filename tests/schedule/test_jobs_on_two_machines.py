"""Two machines with one journal in PostgreSQL, and several that start at once: a job is done once."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

import blogkit
from blogkit.errors import JournalError
from blogkit.jobs import Insert, Replace, WidgetData
from blogkit.journal.dialect import VARIABLE
from blogkit.platforms.base import Draft, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.schedule.run import run
from blogkit.sync.listing import PRESENT
from tests.postgres import Server
from tests.schedule.conftest import START, Blog


@dataclass
class Machines:
    """Copies of a folder that share a journal."""

    blog: Blog
    folders: list[Path]
    environ: dict[str, str]

    def open(self, number: int) -> blogkit.Project:
        return blogkit.open(
            self.folders[number], environ=self.environ, clock=self.blog.clock, sleep=lambda _s: None
        )


@pytest.fixture
def machines(blog: Blog, postgres: Server, tmp_path: Path) -> Machines:
    others = [shutil.copytree(blog.folder, tmp_path / f"copy-{number}") for number in range(3)]
    return Machines(blog, [blog.folder, *others], {VARIABLE: postgres.url(postgres.fresh())})


def test_four_machines_do_each_job_once(machines: Machines) -> None:
    config = machines.open(0).config
    settings = Settings(config, {}, clock=machines.blog.clock, sleep=lambda _seconds: None)
    live = connect(config.site("main"), settings)
    for title in ("Old", "Older"):
        ref = live.create(Draft("", "post", title, f"<p>{title}: the test</p>")).ref
        live.set_state(ref, Target(State.LIVE))
    posts = blogkit.Selection(site="main", all=True)
    project, due = machines.open(1), START + timedelta(hours=1)
    project.do_later(Replace("text:the test", "the test of today", posts), due)
    button = WidgetData(settings={"label": "Go", "url": "https://example.com/q"})
    project.do_later(Insert("quiz-button", "end", posts, button), due)
    machines.blog.clock.advance(hours=1)
    together = Barrier(4)

    def work(number: int) -> None:
        here = machines.open(number)
        together.wait()
        while any(job.status == "waiting" for job in here.jobs()):
            try:
                run(here)
            except JournalError:
                continue

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    for post in live.list("post", PRESENT):
        assert post.body.count("the test of today") == 1
        assert post.body.count("of today") == 1
        assert post.body.count("blogkit-region=") == 1
    assert sorted(one.command for one in machines.open(2).log()) == [
        "insert (job 2)",
        "replace (job 1)",
    ]
