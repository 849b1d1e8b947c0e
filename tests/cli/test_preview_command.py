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
    with process.start("preview", "--port", 0, *arguments, cwd=cwd) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert line.startswith("The preview is at http://127.0.0.1:"), (
                server.stderr and server.stderr.read()
            )
            yield line.split()[4]
            _interrupted(server)
        finally:
            server.kill()


def _interrupted(server: subprocess.Popen[str]) -> None:
    code, _, err = process.interrupt(server)
    assert (code, err) == (0, "")


@pytest.mark.usefixtures("real_time")
def test_it_serves_one_browser_until_ctrl_c(blog: Path) -> None:
    """A page that listens does not keep it from ending."""
    with requests.Session() as browser, running(blog, "posts/seen.md") as address:
        root = address.partition("?")[0]
        assert requests.get(root, timeout=10).status_code == 403
        assert "post=posts/seen.md" in browser.get(address, timeout=10).text
        frame = browser.get(f"{root}frame?post=posts/seen.md", timeout=10)
        assert "The text of a preview." in frame.text
        listening = browser.get(f"{root}events?post=posts/seen.md", stream=True, timeout=10)
        assert listening.status_code == 200
    listening.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(root, timeout=10)


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
