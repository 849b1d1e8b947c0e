"""A journal of an earlier blogkit goes on with all its rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.journal.dialect import SQL
from blogkit.journal.store import Journal
from tests.journal.samples import NOW, clock, memory

FIRST = (SQL / "001_start.sql").read_text(encoding="utf-8")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """As the first version left it: a finished action, an open end, a memory, an upload."""
    path = tmp_path / "j.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FIRST)
        db.execute("CREATE TABLE migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)")
        db.execute("INSERT INTO migration VALUES (1, '001_start', '2026-01-01')")
        db.execute("INSERT INTO run (command, started) VALUES ('publish', ?)", [NOW.isoformat()])
        for key, status, after in (("talks", "done", b"after"), ("other", "sent", None)):
            db.execute(
                'INSERT INTO action (run, site, "key", kind, action, story, pushed, wish, status, intended, changed, "before", "after") '
                "VALUES (1, 'main', ?, 'post', 'update', 'story', 'd', 'live', ?, ?, ?, ?, ?)",
                [key, status, NOW.isoformat(), NOW.isoformat(), b"before", after],
            )
        db.execute("INSERT INTO memory VALUES ('main', 'talks', 'post', '17', 'https://b.example/t', 'd1', 'o1', 'live', NULL, '', '')")
        db.execute("INSERT INTO asset VALUES ('main', 'ab', 'https://b.example/a.png', '9')")
        db.commit()
    return path


def test_its_rows_are_read(old: Path) -> None:
    with Journal.open(old, clock=clock) as journal:
        done, sent = journal.actions(1)
        assert (done.before, done.after, done.source, done.remote_id) == (b"before", b"after", None, "")
        assert sent.status == "sent"
        assert [intent.key for intent in journal.unsettled("main")] == ["other"]
        assert journal.memories("main") == {"talks": memory()}
        assert journal.asset("main", "ab") is not None
        assert journal.damage() == ""


def test_it_goes_on(old: Path) -> None:
    with Journal.open(old, clock=clock) as journal:
        (intent,) = journal.unsettled("main")
        journal.done(intent.id, memory("other", remote_id="18"), b"new")
        assert journal.actions(1)[1].remote_id == "18"
        assert journal.start_run("publish") == 2
