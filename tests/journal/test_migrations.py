"""Schema steps only ever get added; a newer journal is refused; a crash in a step leaves the old schema."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal import migrations
from blogkit.journal.dialect import SQL
from blogkit.journal.migrations import STEPS
from blogkit.journal.store import Journal

RELEASED = {"001_start": "5e4b91f877f7c68b", "002_undo": "256a853bcd4b5c7c"}


def test_a_step_is_never_edited() -> None:
    assert list(STEPS[: len(RELEASED)]) == list(RELEASED)
    for name, known in RELEASED.items():
        assert hashlib.sha256((SQL / f"{name}.sql").read_bytes()).hexdigest()[:16] == known, "write a new step instead"


def test_every_step_has_its_file_and_every_file_is_a_step() -> None:
    assert sorted(path.stem for path in SQL.glob("[0-9]*.sql")) == list(STEPS)


def test_steps_are_recorded(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path, clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)).close()
    rows = sqlite3.connect(path).execute("SELECT id, name, applied FROM migration").fetchall()
    assert rows == [(number, name, "2026-01-02T00:00:00+00:00") for number, name in enumerate(STEPS, 1)]


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path).close()
    before = path.read_bytes()
    Journal.open(path).close()
    assert path.read_bytes() == before


def test_a_newer_journal_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path).close()
    db = sqlite3.connect(path)
    db.execute("INSERT INTO migration VALUES (?, 'from the future', '2030-01-01')", (len(STEPS) + 1,))
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(JournalError, match="newer blogkit") as caught:
        Journal.open(path)
    assert "upgrade" in caught.value.hint
    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path).close()
    folder = tmp_path / "sql"
    folder.mkdir()
    for name in STEPS:
        (folder / f"{name}.sql").write_bytes((SQL / f"{name}.sql").read_bytes())
    (folder / "999_broken.sql").write_text("CREATE TABLE extra (id INTEGER);\n\nCREATE TABLE run (id INTEGER);\n")
    monkeypatch.setattr(migrations, "SQL", folder)
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, "999_broken"))
    with pytest.raises(JournalError, match="already exists"):
        Journal.open(path)
    monkeypatch.undo()
    with Journal.open(path) as journal:
        assert journal.start_run("publish") == 1
        assert journal._db.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []


def test_two_processes_may_start_at_once(tmp_path: Path) -> None:
    """The second waits for the first's schema instead of failing on its tables."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        journals = list(pool.map(lambda n: Journal.open(tmp_path / "j.sqlite"), range(8)))
    assert len({journal.start_run("publish") for journal in journals}) == 8
    for journal in journals:
        journal.close()
