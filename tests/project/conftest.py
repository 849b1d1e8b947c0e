"""A blog whose only site is the sandbox, opened as a library user opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import blogkit
from blogkit.config import load_config
from blogkit.platforms.base import Draft, Platform, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import make_workspace

POST = "---\ntitle: {title}\npublish: now\n---\nFirst paragraph.\n"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A local Blogger on a free port."""
    with Sandbox() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    """The blog's folder, without posts."""
    return make_workspace(tmp_path / "my-blog", sandbox)


@pytest.fixture
def project(folder: Path) -> blogkit.Project:
    return blogkit.open(folder, environ={}, sleep=lambda _seconds: None)


@pytest.fixture
def blog(folder: Path) -> Platform:
    """The site as its owner sees it who has no blogkit."""
    config = load_config(folder)
    return connect(config.site("main"), Settings(config, {}, sleep=lambda _seconds: None))


def write_post(folder: Path, name: str = "miami", title: str = "Talks in Miami") -> Path:
    path = folder / "posts" / f"{name}.md"
    path.write_text(POST.format(title=title), encoding="utf-8")
    return path


def live_post(blog: Platform, title: str, body: str, *labels: str) -> str:
    """Write a post in Blogger's editor, and return its address."""
    ref = blog.create(Draft("", "post", title, body, labels=labels)).ref
    return blog.set_state(ref, Target(State.LIVE)).url
