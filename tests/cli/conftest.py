"""Commands run in this process, as `blogkit …` would, with what they print and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from blogkit.__main__ import main
from blogkit.config import load_config
from blogkit.platforms.base import Draft, Platform, Remote, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT

ENV = "BLOGKIT_MAIN_CLIENT_ID=sandbox\nBLOGKIT_MAIN_CLIENT_SECRET=sandbox\nBLOGKIT_MAIN_REFRESH_TOKEN=sandbox\n"


@dataclass(frozen=True)
class Done:
    """A command's end."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("publish", "--yes")` in a fresh folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> Done:
        code = main([str(argument) for argument in arguments], sleep=lambda _seconds: None)
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return command


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A rehearsal server on a free port."""
    with Sandbox() as server:
        yield server


@pytest.fixture
def workspace(tmp_path: Path, sandbox: Sandbox) -> Path:
    """A workspace whose only site is the sandbox."""
    return make_workspace(tmp_path, sandbox)


def make_workspace(root: Path, sandbox: Sandbox) -> Path:
    """`blogkit.toml`, `.env` and an empty `posts/` under root."""
    (root / "posts").mkdir(parents=True, exist_ok=True)
    (root / "blogkit.toml").write_text(
        '[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.main]\nplatform = "blogger"\nurl ='
        f' "{sandbox.url}"\nblog_id = "{sandbox.blog.id}"\napi_base = "{sandbox.api_base}"\nmin_interval = 0\nnew_posts_in_a_row = 0\n',
        encoding="utf-8",
    )
    (root / ".env").write_text(ENV, encoding="utf-8")
    (root / ".env").chmod(0o600)
    return root


@pytest.fixture
def blog(workspace: Path) -> Platform:
    """The sandbox as its owner sees it who has no blogkit: what is done here is done by hand."""
    config = load_config(workspace)
    return connect(config.site("main"), Settings(config, sleep=lambda _seconds: None))


@pytest.fixture
def by_hand(blog: Platform) -> Callable[..., Remote]:
    """Makes a live post on the blog that blogkit does not know."""

    def make(
        title: str = "By hand",
        body: str = "<p>Written in the editor.</p>",
        labels: tuple[str, ...] = (),
    ) -> Remote:
        ref = blog.create(Draft("", "post", title, body, labels=labels)).ref
        return blog.set_state(ref, Target(State.LIVE))

    return make


@pytest.fixture
def write(workspace: Path) -> Callable[..., Path]:
    """Writes a post's file."""

    def write(
        name: str = "miami",
        text: str = "Talks opened.",
        title: str = "Talks in Miami",
        **fields: str,
    ) -> Path:
        path = workspace / "posts" / f"{name}.md"
        lines = "".join(f"{key}: {value}\n" for key, value in {"publish": "now", **fields}.items())
        path.write_text(f"---\ntitle: {title}\n{lines}---\n{text}\n", encoding="utf-8")
        return path

    return write


def edit(blog: Platform, name: str, /, **changes: Any) -> Remote:
    """Somebody changes the post of this title on the blog."""
    (post,) = [post for post in blog.list("post", PRESENT) if post.title == name]
    return blog.restore(post.ref, replace(post, **changes), post)
