"""A folder and a server that mean harm cost every command a bounded time and memory, and nothing is
written outside of the folder.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from tests.cases import for_each
from tests.cli.conftest import Run
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.http.server import Handler, Script, serving
from tests.render.test_template_limits import BOMBS

MEMORY = 500_000_000
"""Bytes that a command may hold in memory."""
SECONDS = 60
"""Computing time of a command."""
COMMANDS = (
    "check",
    "publish --yes",
    "log 1",
    "undo --yes",
    "backup export saved",
)
OTHERS = (
    "status",
    "plan",
    "diff",
    "log",
    "doctor",
    "regions --all",
    "adopt --all",
    "pull hello",
    "render posts/quotes.md",
    "import posts/quotes.md",
    "new post Another",
    "insert callout --set body=x --at end --all --live --yes",
    "replace text:Text --with Words --all --live --yes",
    "remove callout --all --live --yes",
    "upgrade --all --live --yes",
    "widget list",
    "widget check",
    "theme css",
)
"""Those that render no post of the folder, or that do not render it otherwise."""

FIELDS = "purpose: x\nfields:\n  - {name: title, type: inline, description: x}\n"


def cost_of(command: str, folder: Path, children: Children) -> Ended:
    """Run a command; the system ends it if it computes for too long."""
    return children.run(Job(tuple(command.split()), folder, home=Path.home(), most=SECONDS))


def zeros(megabytes: int) -> bytes:
    """Return so many zeros, compressed. A piece that follows a full flush has the same bytes each
    time, so two of them are compressed instead of thousands.
    """
    packer = zlib.compressobj(9)
    first, piece = (
        packer.compress(bytes(10**6)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    adler = 10**6 * megabytes % 65521 << 16 | 1  # RFC 1950, section 8.2
    return first + piece * (megabytes - 1) + b"\x03\x00" + adler.to_bytes(4, "big")


def test_the_bomb_is_what_it_seems() -> None:
    assert zlib.decompress(zeros(3)) == bytes(3 * 10**6)


def files_of(root: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A blog's folder in which much is made to fill the memory or to take for ever."""
    root = tmp_path / "blog"
    assert run("init", "--yes", root).code == 0
    (root / "posts/hello.md").write_text("---\ntitle: T\npublish: now\n---\nText.\n", "utf-8")
    assert run("-C", root, "publish", "--yes").code == 0
    call = "---\ntitle: Bomb {0}\npublish: now\n---\n```{{bomb-{0}}} T\n```\n"
    for number, template in enumerate((BOMBS[3], BOMBS[4])):
        widget = root / f"widgets/bomb-{number}"
        widget.mkdir(parents=True)
        (widget / "fields.yaml").write_text(FIELDS, "utf-8")
        (widget / "style.css").write_text("", "utf-8")
        (widget / "example.md").write_text(f"```{{bomb-{number}}} T\n```\n", "utf-8")
        (widget / "template.html").write_text(f"<p>{template}</p>", "utf-8")
        (root / f"posts/bomb-{number}.md").write_text(call.format(number), "utf-8")
    aliases = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 8)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    deep = "title: " + "[" * 50_000
    texts = {"laughs": aliases, "deep": deep}
    for name, front in texts.items():
        (root / f"posts/{name}.md").write_text(f"---\ntitle: x\n{front}\n---\nx\n", "utf-8")
    (root / "posts/quotes.md").write_text("---\ntitle: Q\n---\n" + "> " * 50_000, "utf-8")
    os.mkfifo(root / "posts/pipe.md")
    bomb = zeros(2000)
    with closing(sqlite3.connect(root / ".blogkit/journal.sqlite")) as db, db:
        db.execute('UPDATE action SET "before" = ?, "after" = ?', (bomb, bomb))
    return root


@pytest.mark.slow
@pytest.mark.usefixtures("real_time")
def test_a_hostile_folder_costs_a_bounded_time_and_memory(folder: Path, children: Children) -> None:
    around = {
        path: time for path, time in files_of(folder.parent).items() if folder not in path.parents
    }
    home = kept_in_the_home()
    for command in COMMANDS:
        cost = cost_of(command, folder, children)
        assert cost.code in (0, 1), (command, cost)
        assert 0 < cost.memory < MEMORY, (command, cost)
        assert 0 < cost.seconds < SECONDS, (command, cost)
        if command in ("check", "publish --yes"):
            assert "the template makes more than" in cost.err, (command, cost)
    # each of the two templates costs every command its limit of three seconds
    for bomb in (folder / "posts").glob("bomb-*.md"):
        bomb.unlink()
    for command in OTHERS:
        cost = cost_of(command, folder, children)
        assert cost.code in (0, 1, 2, 4), (command, cost)
        assert "Traceback" not in cost.err
        assert cost.memory < MEMORY, (command, cost)
        assert cost.seconds < SECONDS, (command, cost)
    left = files_of(folder.parent)
    assert {path: time for path, time in left.items() if folder not in path.parents} == around
    assert kept_in_the_home() == home


def kept_in_the_home() -> dict[Path, int]:
    """The files there, without what blogkit compiled."""
    compiled = Path.home() / ".cache/blogkit/templates"
    return {
        path: time for path, time in files_of(Path.home()).items() if compiled not in path.parents
    }


def floods(handler: Handler) -> None:
    """Fill the memory with whatever is read, until the client has gone away."""
    handler.close_connection = True
    try:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(b'{"items": [')
        while True:
            handler.wfile.write(b'{"id": "1", "title": "' + b"x" * 60_000 + b'"},')
    except OSError:
        return


SITE = """\
[blog]
timezone = "UTC"

[sites.main]
platform = "blogger"
url = "{url}/"
api_base = "{url}"
min_interval = 0
"""
SECRETS = """\
BLOGKIT_MAIN_ACCESS_TOKEN=canary-token
BLOGKIT_MAIN_ORIGIN={url}
"""


@pytest.mark.slow
@pytest.mark.usefixtures("real_time")
@for_each(
    "command",
    [
        "status",
        "publish --yes",
        "adopt --all",
        "pull a-post",
        "insert callout --set body=x --at end --all --live --yes",
        "regions --all",
    ],
)
def test_a_hostile_server_costs_a_bounded_time_and_memory(
    tmp_path: Path, children: Children, command: str
) -> None:
    script = Script("", [floods])
    server = serving(script)
    try:
        root = tmp_path / "blog"
        (root / "posts").mkdir(parents=True)
        (root / "blogkit.toml").write_text(SITE.format(url=script.url), "utf-8")
        (root / ".env").write_text(SECRETS.format(url=script.url), "utf-8")
        (root / ".env").chmod(0o600)
        (root / "posts/a.md").write_text("---\ntitle: A\npublish: now\n---\nx\n", "utf-8")
        cost = cost_of(command, root, children)
        assert (cost.code, "sent more than 50 MB in one answer" in cost.err) == (1, True), cost
        assert cost.memory < MEMORY, cost
        assert "canary" not in cost.err
    finally:
        server.shutdown()
        server.server_close()
