"""Schema steps only ever get added; a newer journal is refused; a crash in a step leaves the old
schema.
"""

from __future__ import annotations

import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from blogkit.errors import JournalError
from blogkit.journal import migrations
from blogkit.journal.dialect import SQL
from blogkit.journal.migrations import STEPS
from blogkit.journal.sqlite import SqliteFile
from blogkit.journal.store import Journal
from tests.journal.conftest import Place
from tests.journal.samples import NOW, clock, intend

RELEASED = {
    "001_start": "5e4b91f877f7c68b",
    "002_undo": "256a853bcd4b5c7c",
    "003_files": "57ebe4a49d17260b",
    "004_names": "0cb118c402ba3c62",
}


def test_a_step_is_never_edited() -> None:
    assert list(STEPS[: len(RELEASED)]) == list(RELEASED)
    for name, known in RELEASED.items():
        assert hashlib.sha256((SQL / f"{name}.sql").read_bytes()).hexdigest()[:16] == known, (
            "write a new step instead"
        )


def test_every_step_has_its_file_and_every_file_is_a_step() -> None:
    assert sorted(path.stem for path in SQL.glob("[0-9]*.sql")) == list(STEPS)


def test_steps_are_recorded(place: Place) -> None:
    place.open().close()
    assert place.execute("SELECT id, name, applied FROM migration ORDER BY id") == [
        (number, name, NOW.isoformat()) for number, name in enumerate(STEPS, 1)
    ]


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path).close()
    before = path.read_bytes()
    Journal.open(path).close()
    assert path.read_bytes() == before


def test_a_newer_journal_is_refused_and_untouched(place: Place) -> None:
    with place.open() as journal:
        intend(journal)
    place.execute(
        f"INSERT INTO migration VALUES ({len(STEPS) + 1}, 'from the future', '2030-01-01')"
    )
    before = [place.execute(f"SELECT * FROM {table}") for table in ("migration", "run", "action")]
    with pytest.raises(JournalError, match="newer version of blogkit") as caught:
        place.open()
    assert "get the newer version of blogkit" in caught.value.hint
    assert [
        place.execute(f"SELECT * FROM {table}") for table in ("migration", "run", "action")
    ] == before


def test_a_journal_that_cannot_be_used_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal.open(path).close()
    database = SqliteFile(path)
    database.connection.execute("INSERT INTO migration VALUES (99, 'from the future', '2030')")
    with pytest.raises(JournalError, match="newer version"):
        Journal._up_to_date(database, clock)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.connection.execute("SELECT 1")


def test_another_programs_steps_are_left_alone(place: Place) -> None:
    place.execute(
        "CREATE TABLE migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)"
    )
    place.execute("INSERT INTO migration VALUES (1, 'users', '2020-01-01')")
    with pytest.raises(JournalError, match="belongs to another program") as caught:
        place.open()
    assert "its own" in caught.value.hint
    assert place.execute("SELECT name FROM migration") == [("users",)]


def test_a_step_that_fails_leaves_the_old_schema(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.open().close()
    folder = tmp_path / "sql"
    folder.mkdir()
    for name in STEPS:
        (folder / f"{name}.sql").write_bytes((SQL / f"{name}.sql").read_bytes())
    (folder / "999_broken.sql").write_text(
        "CREATE TABLE extra (id INTEGER);\n\nCREATE TABLE run (id INTEGER);\n"
    )
    monkeypatch.setattr(migrations, "SQL", folder)
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, "999_broken"))
    with pytest.raises(JournalError, match="already exists"):
        place.open()
    monkeypatch.undo()
    with place.open() as journal:
        assert journal.start_run("publish") == 1
    with pytest.raises((sqlite3.Error, psycopg.Error), match="extra"):
        place.execute("SELECT * FROM extra")


def test_two_processes_may_start_at_once(place: Place) -> None:
    """The second waits for the first's schema instead of failing on its tables."""
    with ThreadPoolExecutor(8) as pool:
        journals = list(pool.map(lambda n: place.open(), range(8)))
    assert len({journal.start_run("publish") for journal in journals}) == 8
    for journal in journals:
        journal.close()
