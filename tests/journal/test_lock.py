"""Two runs in one workspace: the second is told who is at work, and nobody has to clean up after a dead one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal.store import Journal

HOLD = """
import pathlib, sys
from blogkit.journal.store import Journal
with Journal.open(pathlib.Path(sys.argv[1])) as journal, journal.alone("publish"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path, real_time: None):
    path = tmp_path / "j.sqlite"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield path, process
        process.kill()


def test_the_second_is_told_who_is_at_work(holder: tuple[Path, subprocess.Popen[str]]) -> None:
    path, process = holder
    with Journal.open(path) as journal:
        with (
            pytest.raises(JournalError, match=rf"blogkit publish \(process {process.pid}\) is at work") as caught,
            journal.alone("publish"),
        ):
            raise AssertionError("unreachable")
        assert "wait" in caught.value.hint
        journal.start_run("plan")  # reading and planning go on


def test_a_dead_holder_holds_nothing(holder: tuple[Path, subprocess.Popen[str]]) -> None:
    path, process = holder
    process.kill()
    process.wait()
    with Journal.open(path) as journal, journal.alone("publish"):
        pass


def test_it_is_let_go_at_the_end_and_after_an_error(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        with pytest.raises(OSError, match="of the run itself"), journal.alone("publish"):
            raise OSError("of the run itself")
        with journal.alone("publish"):
            pass
