"""Two runs in one workspace: the second is told who is at work, and nobody has to clean up after
a dead one.
"""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal.lock import only_one
from blogkit.journal.store import Journal
from tests.journal.conftest import Place
from tests.waiting import PATIENCE

HOLD = """
import pathlib, sys
from blogkit.journal.store import Journal
with CODE as journal, journal.alone("publish"):
    journal.intend(journal.start_run("publish"), "main", "talks", "post", "create", "s", "d", None)
    print("held", flush=True)
    sys.stdin.read()
"""
Process = subprocess.Popen[str]


@pytest.fixture
def holder(place: Place, real_time: None) -> Iterator[Process]:
    code = HOLD.replace("CODE", place.code)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@contextmanager
def taken_at_last(journal: Journal) -> Iterator[None]:
    """The lock, once the system has noticed the holder's death: for a server that is a moment
    later.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with journal.alone("publish"):
                yield
                return
        except JournalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def test_the_second_is_told_who_is_at_work(place: Place, holder: Process) -> None:
    with place.open() as journal:
        with (
            pytest.raises(
                JournalError,
                match=(
                    r"^another blogkit process is running here: blogkit publish \(process"
                    rf" {holder.pid}\b"
                ),
            ) as caught,
            journal.alone("publish"),
        ):
            raise AssertionError("unreachable")
        assert "wait" in caught.value.hint
        journal.start_run("plan")  # reading and planning go on


def test_a_dead_holder_holds_nothing_and_leaves_its_open_end(place: Place, holder: Process) -> None:
    holder.kill()
    holder.wait()
    with place.open() as journal, taken_at_last(journal):
        assert [intent.status for intent in journal.unsettled("main")] == ["intended"]


def test_it_is_let_go_at_the_end_and_after_an_error(place: Place) -> None:
    with place.open() as journal, place.open() as other:
        with pytest.raises(OSError, match="of the run itself"), journal.alone("publish"):
            raise OSError("of the run itself")
        with other.alone("publish"):
            pass
        with journal.alone("publish"):
            pass


def test_one_process_is_no_exception(place: Place) -> None:
    with place.open() as journal, place.open() as other, journal.alone("publish"):
        for second in (other, journal):
            with (
                pytest.raises(JournalError, match=r"running here: blogkit publish"),
                second.alone("undo"),
            ):
                raise AssertionError("unreachable")


def test_the_name_of_the_holder_is_not_in_the_locked_file(tmp_path: Path) -> None:
    """Windows lets nobody else read a locked file."""
    lock = tmp_path / "journal.sqlite.lock"
    with only_one(lock, "publish"):
        assert lock.read_bytes() == b""
        assert (
            lock.with_suffix(".holder").read_text(encoding="utf-8")
            == f"blogkit publish (process {os.getpid()})"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["journal.sqlite.lock"]


def test_a_lock_whose_holder_left_no_name(tmp_path: Path) -> None:
    lock = tmp_path / "journal.sqlite.lock"
    with only_one(lock, "publish"):
        lock.with_suffix(".holder").unlink()
        with (
            pytest.raises(
                JournalError, match=r"^another blogkit process is running here: process unknown$"
            ),
            only_one(lock, "undo"),
        ):
            raise AssertionError("unreachable")


def test_a_folder_that_knows_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (
        Journal.open(tmp_path / "j.sqlite") as journal,
        pytest.raises(JournalError, match=r"cannot lock .*j\.sqlite\.lock: No locks") as caught,
        journal.alone("publish"),
    ):
        raise AssertionError("unreachable")
    assert "local disk" in caught.value.hint
