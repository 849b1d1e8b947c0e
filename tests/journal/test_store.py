"""The journal keeps what it was told, through other processes, crashes, full disks and damage."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.errors import JournalError
from blogkit.journal.records import Memory, StoredAsset
from blogkit.journal.store import Journal

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def clock() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".blogkit" / "journal.sqlite"


@pytest.fixture
def journal(path: Path):
    with Journal.open(path, clock=clock) as journal:
        yield journal


def memory(key: str = "talks", **changes: object) -> Memory:
    known = Memory("main", key, "post", "17", "https://b.example/t", pushed="d1", observed="o1", state="live")
    return replace(known, **changes)  # type: ignore[arg-type]


def intend(journal: Journal, key: str = "talks", before: bytes | None = None) -> int:
    run = journal.start_run("publish")
    return journal.intend(run, "main", key, "post", "create", f"create {key}", "d1", before, wish="live")


def test_an_action_lives_from_intent_to_outcome(journal: Journal) -> None:
    action = intend(journal, before=b"old")
    (intent,) = journal.unsettled("main")
    assert (intent.status, intent.before, intent.wish, intent.intended) == ("intended", b"old", "live", NOW)
    journal.mark(action, "sent", meant=b"meant")
    (intent,) = journal.unsettled("main")
    assert (intent.status, intent.meant) == ("sent", b"meant")
    journal.mark(action, "unknown", "no answer")
    (intent,) = journal.unsettled("main")
    assert (intent.status, intent.note, intent.meant) == ("unknown", "no answer", b"meant"), "a later mark keeps what was meant"
    journal.done(action, memory(), b"new")
    assert journal.unsettled("main") == []
    assert journal.memories("main") == {"talks": memory()}
    (entry,) = journal.actions(1)
    assert (entry.status, entry.before, entry.after) == ("done", b"old", b"new")


def test_what_certainly_failed_is_settled(journal: Journal) -> None:
    journal.mark(intend(journal), "failed", "the site refused it")
    assert journal.unsettled("main") == []
    assert journal.memories("main") == {}


def test_an_outcome_settles_older_open_ends_of_the_same_post_only(journal: Journal) -> None:
    first, other, second = intend(journal), intend(journal, "other"), intend(journal)
    assert [intent.id for intent in journal.unsettled("main")] == [second, other, first], "newest first"
    journal.done(second, memory(), b"")
    assert [intent.id for intent in journal.unsettled("main")] == [other]
    assert journal.actions(1)[0].status == "settled"


def test_a_look_may_settle(journal: Journal) -> None:
    intend(journal)
    journal.remember(memory(pushed=""))
    assert len(journal.unsettled("main")) == 1
    journal.remember(memory(), settle="found as it was")
    assert journal.unsettled("main") == []
    assert journal.memories("main")["talks"].pushed == "d1"


def test_sites_are_apart(journal: Journal) -> None:
    intend(journal)
    journal.remember(memory())
    journal.remember_asset("main", "ab", "https://b.example/a.png", "9")
    assert journal.memories("school") == {}
    assert journal.unsettled("school") == []
    assert journal.asset("school", "ab") is None
    assert journal.asset("main", "ab") == StoredAsset("https://b.example/a.png", "9")


def test_runs_are_listed_newest_first(journal: Journal) -> None:
    first, second = journal.start_run("publish a"), journal.start_run("publish b")
    journal.finish_run(first, "2 done")
    listed = journal.runs()
    assert [run.id for run in listed] == [second, first]
    assert listed[1].outcome == "2 done"
    assert listed[1].finished == NOW
    assert listed[0].finished is None


def test_times_come_back_as_the_same_moment(journal: Journal) -> None:
    at = datetime(2026, 12, 1, 7, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    journal.remember(memory(at=at))
    assert journal.memories("main")["talks"].at == at


@settings(max_examples=30, deadline=None)
@given(key=st.text(), story=st.text(), before=st.binary())
def test_any_text_and_bytes_survive(tmp_path_factory: pytest.TempPathFactory, key: str, story: str, before: bytes) -> None:
    key, story = (text.encode("utf-8", "replace").decode() for text in (key, story))
    with Journal.open(tmp_path_factory.mktemp("any") / "j.sqlite", clock=clock) as journal:
        journal.intend(journal.start_run(story), "main", key, "post", "update", story, "", before)
        (intent,) = journal.unsettled("main")
        assert (intent.key, intent.story, intent.before) == (key, story, before)


def test_the_file_is_for_its_owner_only_and_safe_against_power_loss(journal: Journal, path: Path) -> None:
    intend(journal)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.with_name(path.name + "-wal").stat().st_mode) == 0o600
    assert journal._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert journal._db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o644)
    Journal.open(path, clock=clock).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_handles_see_each_other(journal: Journal, path: Path) -> None:
    with Journal.open(path, clock=clock) as other:
        action = intend(other)
        assert [intent.id for intent in journal.unsettled("main")] == [action]
        journal.done(action, memory(), b"")
        assert other.memories("main") == {"talks": memory()}


def test_a_killed_process_leaves_what_it_had_written(path: Path, real_time: None) -> None:
    code = f"""
import os, pathlib
from blogkit.journal.store import Journal
j = Journal.open(pathlib.Path({str(path)!r}))
a = j.intend(j.start_run("publish"), "main", "talks", "post", "create", "s", "d", None)
j.mark(a, "sent", meant=b"m")
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with Journal.open(path, clock=clock) as journal:
        (intent,) = journal.unsettled("main")
        assert (intent.status, intent.meant) == ("sent", b"m")
        assert journal.damage() == ""


def test_a_full_disk_is_told_and_nothing_is_half_written(journal: Journal) -> None:
    run = journal.start_run("publish")
    pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
    journal._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalError, match="disk is full") as caught:
        journal.intend(run, "main", "talks", "post", "create", "s", "d", bytes(range(256)) * 400)
    assert "free some space" in caught.value.hint
    journal._db.execute("PRAGMA max_page_count = 1000000")
    assert journal.unsettled("main") == []
    assert intend(journal) > 0, "the journal goes on once there is room"


def test_a_file_that_may_not_be_written_is_told(journal: Journal, path: Path) -> None:
    journal._db.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError, match="readonly") as caught:
        intend(journal)
    assert "writable" in caught.value.hint
    assert str(path) in caught.value.message


def test_a_journal_that_another_process_holds_is_told(path: Path) -> None:
    Journal.open(path, clock=clock).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Journal.open(path, clock=clock) as journal:
        journal._db.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(JournalError, match="locked") as caught:
            journal.start_run("publish")
    assert "another blogkit" in caught.value.hint
    holder.close()


@pytest.mark.parametrize("place", ["folder", "file-as-folder"])
def test_a_place_that_cannot_hold_it_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file-as-folder").touch()
    path = tmp_path / "folder" if place == "folder" else tmp_path / "file-as-folder" / "journal.sqlite"
    with pytest.raises(JournalError, match="cannot open the journal") as caught:
        Journal.open(path, clock=clock)
    assert caught.value.hint


def read_everything(path: Path) -> None:
    with Journal.open(path, clock=clock) as journal:
        journal.memories("main")
        journal.unsettled("main")
        journal.actions(1)


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
    assert "found again by the key" in caught.value.hint


def test_damage_check_is_quiet_on_a_sound_file(journal: Journal) -> None:
    intend(journal)
    assert journal.damage() == ""
