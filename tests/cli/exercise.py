"""The exercises of the documentation, done by a shell as a reader does them: their commands
work, and print what the page says.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.cli.process import BLOGKIT, started

Step = tuple[str, str]
"""Commands, and what the page says that they print: "" where it says nothing."""
DOCS = Path(__file__).resolve().parents[2] / "docs"
PART = "\n## Try it yourself\n"
WAIT = "sleep 5"
"""Where a reader waits to be sure that a request hangs, the test looks (`UNTIL_IT_HANGS`)."""
_NEXT = "=== next ==="
_PORT = "8765"
UNTIL_IT_HANGS = (
    """until curl -s $BLOG/_sandbox/faults | grep -q '"waiting":\\[\\]'; do sleep 0.1; done"""
)


def steps(page: str, begin: str = "", end: str = "") -> list[Step]:
    """The steps of a page's exercise, or of its part between two headings."""
    text = (DOCS / page).read_text(encoding="utf-8").split(PART, 1)[1].split("\n## ", 1)[0]
    if begin:
        text = text.split(f"\n### {begin}\n", 1)[1]
    if end:
        text = text.split(f"\n### {end}\n", 1)[0]
    found: list[Step] = []
    for kind, block in re.findall(r"^```(sh|text)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        if kind == "sh":
            found.append((block, ""))
        else:
            found[-1] = (found[-1][0], block)
    return found


def check(steps: Sequence[Step], folder: Path) -> None:
    """Do the steps in a folder, beside a sandbox; the first one is the sandbox's own window."""
    assert steps[0] == ("blogkit sandbox\n", "")
    with _sandbox(folder) as port:
        printed = _printed(steps[1:], folder, port)
    for (commands, said), text in zip(steps[1:], printed, strict=True):
        assert not said or comparable(text) == comparable(said), f"{commands}printed:\n{text}"


_DAY = r"\w{3} \d{1,2} \w{3} \d{4}"


def comparable(text: str) -> list[str]:
    """Lines without the day on which it was, and without the fingerprint that changes with a
    widget's look.
    """
    text = re.sub(rf"{_DAY}, \d\d:\d\d \w+ \([^)]*UTC\)", "DAY AND TIME", text)
    text = re.sub("(STARTED|DAY AND TIME) +", r"\1  ", text)  # a column is as wide as its day
    text = re.sub(r"hash=\w+", "HASH", text)
    return [
        line.rstrip() for line in re.sub(r"/\d{4}/\d\d/", "/YEAR/MONTH/", text).strip().splitlines()
    ]


@contextmanager
def _sandbox(folder: Path) -> Iterator[str]:
    """`blogkit sandbox` in a window of its own; its port."""
    with started("sandbox", "--port", "0", "--json", cwd=folder) as window:
        assert window.stdout
        lines = iter(window.stdout)
        said = ""
        while not said.rstrip().endswith("}"):
            said += next(lines)
        yield json.loads(said)["url"].rstrip("/").rpartition(":")[2]
        window.send_signal(signal.SIGINT)
        window.communicate(timeout=300)


def _printed(steps: Sequence[Step], folder: Path, port: str) -> list[str]:
    """What each step prints."""
    program = folder / "bin/blogkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(BLOGKIT)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"\necho '{_NEXT}'\n".join(f"{commands}wait 2>/dev/null" for commands, _ in steps)
    done = subprocess.run(
        ["bash", "-c", script.replace(_PORT, port).replace(WAIT, UNTIL_IT_HANGS)],
        cwd=folder,
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=1000,
        check=False,
    )
    parts = [part.replace(f":{port}", f":{_PORT}") for part in done.stdout.split(f"{_NEXT}\n")]
    assert len(parts) == len(steps), done.stdout
    return parts
