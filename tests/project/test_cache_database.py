"""The file of the cache is ours as a whole, or is made again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.project.cache.database import CacheFile, checksum_of
from tests.cases import for_each

HEAD = ("posts/a.md", "stamp", "signature", "a")
FOREIGN = {
    "a view": "DROP TABLE head; CREATE VIEW head AS SELECT 1 AS path",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON head BEGIN DELETE FROM text; END",
    "a further table": "CREATE TABLE more (x INTEGER PRIMARY KEY AUTOINCREMENT)",
    "a name with a quote": 'CREATE TABLE "a""b" (x)',
    "an index": "CREATE INDEX i ON head (length(stamp))",
    "a missing table": "DROP TABLE head",
    "fewer columns": (
        "DROP TABLE head; CREATE TABLE head (path, checksum);"
        f" INSERT INTO head VALUES ('posts/a.md', {checksum_of(['posts/a.md'])})"
    ),
}


@for_each("content", FOREIGN)
def test_a_foreign_database_is_made_again(tmp_path: Path, content: str) -> None:
    with CacheFile.open(tmp_path) as file:
        file.replace("head", [HEAD])
    with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as db:
        db.executescript(FOREIGN[content])
    with CacheFile.open(tmp_path) as file:
        assert list(file.rows("head", ["posts/a.md"])) == []
        file.replace("head", [HEAD])
    with CacheFile.open(tmp_path) as file:
        assert list(file.rows("head", ["posts/a.md"])) == [HEAD]
        assert file.db
        found = file.db.execute("SELECT type, name FROM sqlite_master").fetchall()
    assert {(kind, name) for kind, name in found if name != "sqlite_sequence"} == {
        ("table", name) for name in ("file", "checked", "head", "text", "note")
    }


def test_a_damaged_note_is_left_out(tmp_path: Path) -> None:
    with CacheFile.open(tmp_path) as file:
        file.note("profile main", "folder 6.5")
        assert file.noted("profile main") == "folder 6.5"
        assert file.db
        file.db.execute("UPDATE note SET value = 'folder a.b'")
        assert file.noted("profile main") == ""
        file.note("profile main", "folder 6.6")
        assert file.noted("profile main") == "folder 6.6"


def test_two_processes_that_find_no_cache_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one has made it, and written to it, just after the first one has looked."""
    started: list[bool] = []

    class Slow(sqlite3.Connection):
        def execute(self, query: str, *given: object) -> sqlite3.Cursor:
            found = super().execute(query, *given)  # type: ignore[arg-type]
            if query == "PRAGMA user_version" and not started:
                started.append(True)
                found = super().execute(f"SELECT {found.fetchone()[0]}")
                with CacheFile.open(tmp_path) as other:
                    other.replace("head", [HEAD])
            return found

    monkeypatch.setattr(
        sqlite3,
        "connect",
        lambda path, timeout: (sqlite3.Connection if started else Slow)(path, timeout=timeout),
    )
    with CacheFile.open(tmp_path) as file:
        assert list(file.rows("head", ["posts/a.md"])) == [HEAD]
