"""A blog on the sandbox whose clock, and the project's, moves only when a test or a sleep moves
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

import blogkit
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli.conftest import make_workspace

START = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
TEXTS = {
    "rivers": "Rivers rise in the hills and end in the sea.",
    "parliament": "Parliament has two houses, and bills go through both.",
    "inflation": "Inflation is measured by a basket of goods.",
    "forests": "Forests cover a fifth of the country.",
    "monsoon": "The monsoon brings most of the year's rain.",
}


@dataclass
class Blog:
    """A blog's folder, its site, and the clock of both."""

    folder: Path
    sandbox: Sandbox
    clock: Clock
    slept: list[float] = field(default_factory=list)

    def open(self) -> blogkit.Project:
        return blogkit.open(self.folder, environ={}, clock=self.clock, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.clock.advance(seconds=seconds)

    def limit(self, in_a_row: int, site: str = "main") -> None:
        """Let the site take this many new posts, and then three an hour."""
        path = self.folder / "blogkit.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("new_posts_in_a_row = 0", f"new_posts_in_a_row = {in_a_row}"),
            encoding="utf-8",
        )

    def write(self, *names: str, publish: str = "now") -> None:
        for name in names:
            text = f"---\ntitle: About {name}\npublish: {publish}\n---\n{TEXTS[name]}\n"
            (self.folder / f"posts/{name}.md").write_text(text, encoding="utf-8")

    @property
    def live(self) -> list[str]:
        """The titles of the posts that readers see, in the order of their publication."""
        posts = self.sandbox.store.find(Wanted("post", ["LIVE"]))
        return [post.title for post in sorted(posts, key=lambda post: post.published)]


@pytest.fixture
def clock() -> Clock:
    return Clock(lambda: START)


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(clock=lambda: clock()) as sandbox:
        yield sandbox


@pytest.fixture
def blog(tmp_path: Path, sandbox: Sandbox, clock: Clock) -> Blog:
    return Blog(make_workspace(tmp_path / "my-blog", sandbox), sandbox, clock)
