"""A blog's folder with a queue, on a sandbox whose clock a test moves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import blogkit
from blogkit.config import load_config
from blogkit.platforms.base import Draft, Platform, Remote, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import make_workspace

SUNDAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
RULES = '[schedule]\nslots = ["mon-fri 07:00"]\n'
WORDS = ("harbour", "orchard", "railway", "glacier", "lantern", "monsoon", "violin", "quarry")


class Hand:
    """A clock that a test moves. The machine and the blog share it."""

    def __init__(self) -> None:
        self.now = SUNDAY

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def sandbox(clock: Hand) -> Iterator[Sandbox]:
    """A local Blogger with that clock."""
    with Sandbox(clock=clock) as server:
        yield server


class Machine:
    """A copy of the blog's folder with a journal of its own."""

    def __init__(self, folder: Path, sandbox: Sandbox, clock: Callable[[], datetime]) -> None:
        self.folder = make_workspace(folder, sandbox)
        self._clock = clock
        self.rules(RULES)

    def rules(self, text: str) -> None:
        path = self.folder / "blogkit.toml"
        before = path.read_text(encoding="utf-8").partition("[schedule]")[0]
        path.write_text(before + text, encoding="utf-8")

    def write(self, name: str, publish: str = "queue", **fields: object) -> Path:
        """A post about `name`, with a text of its own."""
        path = self.folder / "posts" / f"{name}.md"
        lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
        words = random.Random(name).choices(WORDS, k=40)
        text = f"All about {name}: {' '.join(words)} {name}."
        path.write_text(
            f"---\ntitle: The {name} story\npublish: {publish}\n{lines}---\n{text}\n",
            encoding="utf-8",
        )
        return path

    def open(self) -> blogkit.Project:
        return blogkit.open(self.folder, environ={}, clock=self._clock, sleep=lambda _seconds: None)

    def plan(self, *names: str, **options: Any) -> list[str]:
        return [str(change) for change in self.open().plan(*self._paths(names), **options)]

    def publish(self, *names: str, **options: Any) -> list[str]:
        plan = self.open().plan(*self._paths(names), **options)
        report = plan.apply(rebuild=True)  # the other machine has published there, too
        return [str(one.result) for one in report.outcomes]

    def _paths(self, names: tuple[str, ...]) -> list[str]:
        return [f"posts/{name}.md" for name in names]


@pytest.fixture
def machine(tmp_path: Path, sandbox: Sandbox, clock: Hand) -> Machine:
    return Machine(tmp_path / "one", sandbox, clock)


@pytest.fixture
def blog(machine: Machine, clock: Hand) -> Platform:
    """The site as its owner sees it who has no blogkit."""
    config = load_config(machine.folder)
    settings = Settings(config, {}, clock=clock, sleep=lambda _seconds: None)
    return connect(config.site("main"), settings)


def times(blog: Platform) -> dict[str, str]:
    """What is scheduled on the blog, by title, in the blog's zone."""
    zone = timedelta(hours=5, minutes=30)
    posts = blog.list("post", [State.SCHEDULED])
    return {
        post.title.split()[1]: f"{post.at.astimezone(UTC) + zone:%a %d %H:%M}"
        for post in posts
        if post.at
    }


def by_hand(blog: Platform, title: str, target: Target) -> Remote:
    ref = blog.create(Draft("", "post", title, "<p>Written in the editor.</p>")).ref
    return blog.set_state(ref, target)
