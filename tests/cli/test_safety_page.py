"""The exercise of docs/safety.md, done by a shell as a reader does it: its commands work, and print what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import BLOGKIT, start

pytestmark = [
    pytest.mark.usefixtures("real_time"),
    pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="its commands need bash and curl"),
]
NEXT = "=== next ==="
PORT = "8765"
WAIT = "sleep 5"
UNTIL_IT_HANGS = """until curl -s $BLOG/_sandbox/faults | grep -q '"waiting":\\[\\]'; do sleep 0.1; done"""
"""Where a reader waits to be sure, the test looks: the order was taken up by a request."""


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    """The page's commands with what it says that they print, "" where it says nothing; the sandbox's own window apart."""
    page = (Path(__file__).resolve().parents[2] / "docs/safety.md").read_text(encoding="utf-8")
    part = page.split("\n## Try it yourself\n", 1)[1].split("\n## ", 1)[0]
    found: list[tuple[str, str]] = []
    for kind, text in re.findall(r"^```(sh|text)\n(.*?)^```$", part, re.DOTALL | re.MULTILINE):
        if kind == "sh":
            found.append((text, ""))
        else:
            found[-1] = (found[-1][0], text)
    assert found[0] == ("blogkit sandbox\n", "")
    return found[1:]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[str]:
    """`blogkit sandbox` in a window of its own."""
    with start("sandbox", "--port", "0", "--json", cwd=tmp_path) as window:
        assert window.stdout
        lines = iter(window.stdout)
        said = ""
        while not said.rstrip().endswith("}"):
            said += next(lines)
        yield json.loads(said)["url"].rstrip("/").rpartition(":")[2]
        window.send_signal(signal.SIGINT)
        window.communicate(timeout=30)


def comparable(text: str) -> list[str]:
    """Lines without the day on which it was."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "DAY AND TIME", text)
    return [line.rstrip() for line in re.sub(r"/\d{4}/\d\d/", "/YEAR/MONTH/", text).strip().splitlines()]


def test_the_exercise_goes_as_the_page_says(tmp_path: Path, port: str, steps: list[tuple[str, str]]) -> None:
    program = tmp_path / "bin/blogkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(BLOGKIT)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    assert sum(WAIT in commands for commands, _ in steps) == 1
    script = f"\necho '{NEXT}'\n".join(f"{commands}wait 2>/dev/null" for commands, _ in steps)
    done = subprocess.run(
        ["bash", "-c", script.replace(PORT, port).replace(WAIT, UNTIL_IT_HANGS)],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    printed = [part.replace(f":{port}", f":{PORT}") for part in done.stdout.split(f"{NEXT}\n")]
    assert len(printed) == len(steps), done.stdout
    for (commands, said), part in zip(steps, printed, strict=True):
        assert not said or comparable(part) == comparable(said), commands
