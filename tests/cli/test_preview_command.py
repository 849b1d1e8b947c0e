"""`blogkit preview` as a process: it prints where it is, and ends with 0 on Ctrl-C."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.cli import process
from tests.cli.conftest import Run
from tests.cli.test_import_page import PREVIEW

TOML = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    text = "---\ntitle: Seen while it is written\n---\nThe text of a preview.\n"
    (tmp_path / "posts" / "seen.md").write_text(text, encoding="utf-8")
    return tmp_path


@contextmanager
def running(cwd: Path, *arguments: object) -> Iterator[str]:
    """Its address; ended by Ctrl-C, as a person would."""
    with process.started(*arguments, cwd=cwd) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("The preview is at http://127.0.0.1:"), (
            server.stderr and server.stderr.read()
        )
        yield line.split()[4]
        _interrupted(server)


def _interrupted(server: subprocess.Popen[str]) -> None:
    code, _, err = process.interrupt(server)
    assert (code, err) == (0, "")


@pytest.mark.usefixtures("real_time")
def test_it_serves_one_browser_until_ctrl_c(blog: Path) -> None:
    """A page that listens does not keep it from ending."""
    with (
        requests.Session() as browser,
        running(blog, "preview", "--port", 0, "posts/seen.md") as address,
    ):
        root = address.partition("?")[0]
        assert requests.get(root, timeout=300).status_code == 403
        assert "post=posts/seen.md" in browser.get(address, timeout=300).text
        frame = browser.get(f"{root}frame?post=posts/seen.md", timeout=300)
        assert "The text of a preview." in frame.text
        listening = browser.get(f"{root}events?post=posts/seen.md", stream=True, timeout=300)
        assert listening.status_code == 200
    listening.close()


@pytest.mark.usefixtures("real_time")
def test_an_import_is_shown_and_writes_nothing(blog: Path) -> None:
    (blog / "answer.md").write_text("# Seen before it is saved\n\nThe words.\n", encoding="utf-8")
    with (
        requests.Session() as browser,
        running(blog, *PREVIEW.split()[1:]) as address,
    ):
        root = address.partition("?")[0]
        assert "/import?number=1" in browser.get(address, timeout=300).text
        shown = browser.get(f"{root}imported?number=1", timeout=300).json()
        assert (shown["title"], shown["path"]) == (
            "Seen before it is saved",
            "posts/seen-before-it-is-saved.md",
        )
    assert [path.name for path in (blog / "posts").iterdir()] == ["seen.md"]


def test_a_dry_run_needs_no_preview(run: Run, blog: Path) -> None:
    (blog / "answer.md").write_text("# A title\n\nThe words.\n", encoding="utf-8")
    done = run("import", "answer.md", "--preview", "--dry-run")
    assert done.code == 2
    assert "leave out --dry-run" in done.err


def test_a_port_in_use_is_named(run: Run, blog: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("preview", "--port", port)
    assert done.code == 2
    assert (
        f"the preview cannot listen on 127.0.0.1:{port}: another program uses this port" in done.err
    )
    assert "--port 0" in done.err


@pytest.mark.parametrize("path", ["posts/none.md", "blogkit.toml", "posts", "../elsewhere.md"])
def test_only_a_post_of_the_blog_is_taken(run: Run, blog: Path, path: str) -> None:
    done = run("preview", path)
    assert done.code == 2
    assert f"{path} is not a post of this blog" in done.err


def test_outside_of_a_blog_the_folder_is_missing(run: Run, tmp_path: Path) -> None:
    done = run("preview")
    assert done.code == 1
    assert "no blogkit.toml" in done.err
