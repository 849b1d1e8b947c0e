"""A blog on the sandbox whose clock the tests move, opened as the scheduler opens it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import blogkit
from blogkit.config import load_config
from blogkit.platforms.base import Platform
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import make_workspace

START = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
POST = "---\ntitle: {title}\npublish: {publish}\n---\n{body}\n"


@pytest.fixture
def clock() -> Clock:
    """Blogger's clock, and ours: it stops at START until a test moves it."""
    return Clock(lambda: START)


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """A local Blogger."""
    with Sandbox(clock=lambda: clock()) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    """The blog's folder, without posts."""
    return make_workspace(tmp_path / "my-blog", sandbox)


@pytest.fixture
def project(folder: Path, clock: Clock) -> blogkit.Project:
    return blogkit.open(folder, environ={}, sleep=lambda _seconds: None, clock=clock)


@pytest.fixture
def blog(folder: Path, clock: Clock) -> Platform:
    """The site as its owner sees it who has no blogkit."""
    config = load_config(folder)
    settings = Settings(config, {}, clock, lambda _seconds: None)
    return connect(config.site("main"), settings)


def write_post(
    folder: Path, name: str, publish: str, title: str = "", body: str = "First paragraph."
) -> Path:
    path = folder / "posts" / f"{name}.md"
    text = POST.format(title=title or f"About {name}", publish=publish, body=body)
    path.write_text(text, encoding="utf-8")
    return path
