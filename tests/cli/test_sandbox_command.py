"""`blogkit sandbox` as a process: it says where it is, keeps what it is told to keep, and ends
with 0 on Ctrl-C.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from blogkit.sandbox.server import Sandbox
from tests.cases import for_each
from tests.cli import process

pytestmark = pytest.mark.usefixtures("real_time")


@contextmanager
def running(cwd: Path, *arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its address; ended by Ctrl-C, as a person would."""
    with process.started("sandbox", "--port", 0, *arguments, cwd=cwd) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("The test blog is at http://127.0.0.1:"), (
            server.stderr and server.stderr.read()
        )
        yield server, line.split()[5]
        code, _, err = process.interrupt(server)
        assert (code, err) == (0, "")


def control(url: str, path: str) -> dict[str, object]:
    return requests.get(f"{url}_sandbox/{path}", timeout=300).json()


def test_it_serves_a_blog_with_its_title_until_ctrl_c(tmp_path: Path) -> None:
    with running(tmp_path, "--title", "My rehearsal") as (_, url):
        assert "My rehearsal" in requests.get(url, timeout=300).text


def test_its_switches_can_be_moved(tmp_path: Path) -> None:
    with running(tmp_path, "--switch", "if_match=412", "--switch", "update_draft=404") as (_, url):
        switches = control(url, "switches")["switches"]
    assert isinstance(switches, dict)
    assert (switches["if_match"], switches["update_draft"], switches["newlines_to_br"]) == (
        "412",
        "404",
        "off",
    )


def test_posts_survive_a_restart_when_they_are_kept(tmp_path: Path) -> None:
    headers = {"Authorization": "Bearer sandbox"}
    with running(tmp_path, "--data", "kept.sqlite", "--zone", "Europe/Berlin") as (_, url):
        blog = requests.get(
            f"{url}v3/blogs/byurl", params={"url": url}, headers=headers, timeout=300
        ).json()["id"]
        sent = requests.post(
            f"{url}v3/blogs/{blog}/posts",
            json={"title": "Kept", "content": "x"},
            headers=headers,
            timeout=300,
        ).json()
    with running(tmp_path, "--data", "kept.sqlite", "--zone", "Europe/Berlin") as (_, url):
        kept = requests.get(
            f"{url}v3/blogs/{blog}/posts/{sent['id']}", headers=headers, timeout=300
        ).json()
    assert kept["title"] == "Kept"
    assert kept["published"] == sent["published"]
    assert kept["published"].endswith(("+01:00", "+02:00"))


@for_each(
    ("arguments", "words"),
    [
        (("--switch", "if_match"), "--switch takes NAME=VALUE"),
        (("--switch", "if_mach=412"), 'did you mean "if_match"?'),
        (("--switch", "if_match=413"), "positions: ignored, 412"),
        (("--zone", "Mars/Olympus"), "is not a time zone"),
        (("--port", "70000"), "70000"),
    ],
)
def test_what_it_cannot_do_is_usage(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = process.call("sandbox", "--port", "0", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_taken_port_is_usage(tmp_path: Path, sandbox: Sandbox) -> None:
    done = process.call("sandbox", "--port", sandbox.port, cwd=tmp_path)
    assert done.returncode == 2
    assert f"127.0.0.1:{sandbox.port}" in done.stderr
    assert "--port 0" in done.stderr


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes\n", encoding="utf-8")
    done = process.call("sandbox", "--port", 0, "--data", "notes.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "notes.txt" in done.stderr
    assert "--data" in done.stderr
    assert file.read_text(encoding="utf-8") == "my notes\n"


def test_its_address_can_be_read_by_programs(tmp_path: Path) -> None:
    with process.started("sandbox", "--port", 0, "--json", cwd=tmp_path) as server:
        assert server.stdout is not None
        text = "".join(iter(server.stdout.readline, "}\n")) + "}"
        assert requests.get(json.loads(text)["api_base"], timeout=300).status_code == 200
        assert process.interrupt(server)[0] == 0
