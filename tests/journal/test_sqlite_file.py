"""What is true of the journal's file alone: its permissions, full disks, locks, damage."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal.records import Entry
from blogkit.journal.store import Journal
from tests.cases import for_each
from tests.journal.samples import clock, intend


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".blogkit" / "journal.sqlite"


@pytest.fixture
def journal(path: Path):
    with Journal.open(path, clock=clock) as journal:
        yield journal


def test_the_file_is_for_its_owner_only_and_safe_against_power_loss(
    real_disk: None, journal: Journal, path: Path
) -> None:
    intend(journal)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.with_name(path.name + "-wal").stat().st_mode) == 0o600
    assert journal._database.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert journal._database.connection.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o644)
    Journal.open(path, clock=clock).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_full_disk_is_told_and_nothing_is_half_written(journal: Journal) -> None:
    run = journal.start_run("publish")
    pages = journal._database.connection.execute("PRAGMA page_count").fetchone()[0]
    journal._database.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalError, match="disk is full") as caught:
        journal.intend(run, "main", "talks", "post", "create", "s", "d", bytes(range(256)) * 400)
    assert "free some space" in caught.value.hint
    journal._database.connection.execute("PRAGMA max_page_count = 1000000")
    assert journal.unsettled("main") == []
    assert intend(journal) > 0, "the journal goes on once there is room"


def test_a_file_that_may_not_be_written_is_told(journal: Journal, path: Path) -> None:
    journal._database.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError, match="readonly") as caught:
        intend(journal)
    assert "writable" in caught.value.hint
    assert str(path) in caught.value.message


def test_a_journal_that_another_process_holds_is_told(path: Path) -> None:
    Journal.open(path, clock=clock).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Journal.open(path, clock=clock) as journal:
        journal._database.connection.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(JournalError, match="locked") as caught:
            journal.start_run("publish")
    assert "another blogkit" in caught.value.hint
    holder.close()


@for_each("place", ["folder", "file-as-folder"])
def test_a_place_that_cannot_hold_it_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file-as-folder").touch()
    path = (
        tmp_path / "folder" if place == "folder" else tmp_path / "file-as-folder" / "journal.sqlite"
    )
    with pytest.raises(JournalError, match="cannot open the journal") as caught:
        Journal.open(path, clock=clock)
    assert caught.value.hint


def read_everything(path: Path) -> None:
    with Journal.open(path, clock=clock) as journal:
        journal.memories("main")
        journal.unsettled("main")
        journal.actions(1)


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["not a database", "torn page"])
def test_damage_is_told_with_the_way_out(path: Path, harm: str) -> None:
    with Journal.open(path, clock=clock) as journal:
        for n in range(200):
            intend(journal, f"post-{n}")
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    data = bytearray(path.read_bytes())
    start = 0 if harm == "not a database" else 4096
    data[start : start + 20000] = b"\xa5" * 20000
    path.write_bytes(data)
    with pytest.raises(JournalError) as caught:
        read_everything(path)
    assert "finds published posts by the key" in caught.value.hint


def test_a_lost_last_page_leaves_the_actions_before_it(path: Path) -> None:
    """Nothing tells how many actions there were: a gap of 600 is passed over, one of 1000 is not."""
    with Journal.open(path, clock=clock) as journal:
        run = journal.start_run("publish")
        for number in (*range(1, 4), *range(604, 614)):
            action = intend(journal, before=number.to_bytes(2) * 1000, run=run)
            journal._database.connection.execute(
                "UPDATE action SET id = ? WHERE id = ?", (number, action)
            )
    data = bytearray(path.read_bytes())
    page = data.index((613).to_bytes(2) * 1000) // 4096 * 4096
    data[page : page + 4096] = bytes(4096)
    path.write_bytes(data)
    with Journal.open(path, clock=clock) as journal:
        found = [one.id if isinstance(one, Entry) else one.message for one in journal.salvage()]
        assert "malformed" in _reason(journal.damage)
    whole = [one for one in found if isinstance(one, int)]
    assert whole == [*range(1, 4), *range(604, whole[-1] + 1)]
    assert 608 <= whole[-1] < 613
    lost = [one.partition(":")[0] for one in found if isinstance(one, str)]
    assert lost == [f"action {number}" for number in range(whole[-1] + 1, whole[-1] + 1001)]


def _reason(work: Callable[[], str]) -> str:
    try:
        return work()
    except JournalError as error:
        return error.message
