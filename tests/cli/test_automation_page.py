"""Every command on docs/automation.md is executed, in the page's order, by the shell.

The machine's own programs (systemctl, docker, sudo …) are stand-ins that write down what they are
told; blogkit and git are real.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from blogkit.posts.loader import load_post
from scripts.docs import ROOT
from tests.cli.process import started
from tests.test_docs import blocks

PAGE = (ROOT / "docs/automation.md").read_text(encoding="utf-8")
COMMANDS = blocks(PAGE, "sh", "powershell")
MACHINE = ("systemctl", "loginctl", "journalctl", "sudo", "docker", "crontab")
STAND_IN = """#!/bin/sh
name=$(basename "$0")
for word; do name="$name|$word"; done
echo "$name" >> "$CALLS"
[ "$(basename "$0") $1" != "crontab -l" ] || { cat "$CALLS.tab" 2>/dev/null; exit 0; }
[ "$(basename "$0") $1" != "crontab -" ] || cat > "$CALLS.tab"
"""
STAYS = "blogkit worker"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("real_time"),
    pytest.mark.skipif(shutil.which("git") is None, reason="missing: git"),
]


class Reader:
    """Someone who types the page's commands, one block after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls = folder, folder / "calls"
        programs = folder / "programs"
        programs.mkdir()
        for name in MACHINE:
            (programs / name).write_text(STAND_IN, encoding="utf-8")
            (programs / name).chmod(0o755)
        ours = Path(sys.executable).parent
        self.environ = {
            "PATH": os.pathsep.join(map(str, (programs, ours, os.environ["PATH"]))),
            "HOME": str(folder / "home"),
            "CALLS": str(self.calls),
            **{
                f"GIT_{who}_{what}": "asha@example.com"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        (folder / "home").mkdir()

    def types(self, block: str, cwd: Path) -> str:
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", block],
            cwd=cwd,
            env=self.environ,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        return done.stdout

    def stays(self, line: str, cwd: Path) -> str:
        """Start what does not end by itself, and stop it."""
        with started(*shlex.split(line)[1:], cwd=cwd, env=self.environ) as running:
            assert running.stdout is not None
            first = running.stdout.readline()
            running.send_signal(signal.SIGINT)
            rest, err = running.communicate(timeout=300)
        assert (running.returncode, err) == (0, "")
        return first + rest

    @property
    def told(self) -> list[list[str]]:
        lines = self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []
        return [line.split("|") for line in lines]


def home_of(block: str, reader: Reader) -> Path:
    """The folder in which a block is typed."""
    beside_the_blog = "blogkit init" in block or "docker" in block or "deploy/systemd" in block
    return reader.folder if beside_the_blog else reader.folder / "my-blog"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "deploy").symlink_to(ROOT / "deploy")
    return Reader(tmp_path)


def test_from_a_folder_of_posts_to_a_blog_that_publishes_itself(reader: Reader) -> None:
    blog = reader.folder / "my-blog"
    for block in COMMANDS:
        block_home = home_of(block, reader)
        if ".github" in block:
            subprocess.run(["git", "init", "--quiet", "."], cwd=blog, check=True)
            (blog / "blogkit").symlink_to(ROOT)
        if block.strip() == STAYS:
            assert reader.stays(block.strip(), blog).endswith("stopped\n")
            reader.types("blogkit worker status || true", blog)
        elif block.strip() == "blogkit worker status":
            with started("worker", cwd=blog, env=reader.environ) as running:
                assert running.stdout is not None
                running.stdout.readline()
                reader.types(block, blog)
                running.terminate()
        else:
            reader.types(block, block_home)
        if "blogkit init" in block:
            (settings,) = blocks(PAGE, "toml")
            (blog / "blogkit.toml").write_text(settings, encoding="utf-8")
            (post,) = blocks(PAGE, "markdown")
            (blog / "posts/talks.md").write_text(post, encoding="utf-8")
    names = [words[0] for words in reader.told]
    assert {"loginctl", "journalctl", "sudo", "docker"} <= {*names}
    assert (blog / ".github/workflows/blog.yml").is_file()
    assert load_post(blog / "posts/talks.md", root=blog, zone=None).title == "Talks open in Miami"  # type: ignore[arg-type]


def test_what_the_machine_is_told_names_files_and_units_that_exist(reader: Reader) -> None:
    (reader.folder / "my-blog").mkdir()
    for block in COMMANDS:
        if re.search("sudo|docker", block):
            reader.types(block, reader.folder)
    copy, reload, enable, build, start = reader.told
    assert all(Path(reader.folder, name).is_file() for name in copy[2:-1])
    assert len(copy[2:-1]) == len(list((ROOT / "deploy/systemd").iterdir()))
    assert reload[1:] == ["systemctl", "daemon-reload"]
    unit = enable[-1].replace("@my-blog", "@")
    assert (ROOT / f"deploy/systemd/{unit}.service").is_file()
    assert (ROOT / build[build.index("-f") + 1]).is_file()
    assert start[-1] == build[build.index("-t") + 1]


def test_what_is_installed_by_the_page_is_removed_by_the_page(reader: Reader) -> None:
    reader.types("blogkit init my-blog --yes", reader.folder)
    blog = reader.folder / "my-blog"
    for block in COMMANDS:
        if "schedule" in block:
            reader.types(block, blog)
            found = [*(reader.folder / "home").rglob("blogkit-*")]
            tab = Path(f"{reader.calls}.tab")
            there = bool(found) or (tab.exists() and "blogkit" in tab.read_text(encoding="utf-8"))
            assert there == ("uninstall" not in block), block


def test_no_command_of_the_page_is_left_out() -> None:
    """Commands are in blocks that a test runs; a plain `text` block shows only output."""
    assert not [block for block in blocks(PAGE, "text", "console", "bash") if "blogkit " in block]
    assert len(COMMANDS) >= 14
