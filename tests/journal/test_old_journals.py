"""A journal of an earlier blogkit goes on with all its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.journal.dialect import POSTGRES, SQL, SQLITE
from blogkit.journal.records import StoredAsset
from blogkit.journal.store import Journal
from tests.journal.conftest import Place
from tests.journal.samples import NOW, memory

ACTION = """
INSERT INTO action (run, site, "key", kind, action, story, pushed, wish, status, intended, changed, "before", meant, "after")
SELECT 1, 'main', 'KEY', 'post', 'update', 'a summary', 'd', 'live', 'STATUS', 'NOW', 'NOW', BEFORE, MEANT, AFTER
"""


@pytest.fixture
def old(new_place: Callable[[], Place]) -> Place:
    """As the first version left it: a finished action, an open end, a memory, an upload."""
    place = new_place()
    dialect, blob = (
        (SQLITE, "x'{}'") if place.kind == "sqlite" else (POSTGRES, "decode('{}', 'hex')")
    )
    steps = (
        "CREATE TABLE migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)"
    )
    for statement in [
        steps,
        *(SQL / "001_start.sql").read_text(encoding="utf-8").strip().split(";\n"),
    ]:
        place.execute(dialect.translate(statement))
    place.execute("INSERT INTO migration VALUES (1, '001_start', '2026-01-01')")
    place.execute(f"INSERT INTO run (command, started) VALUES ('publish', '{NOW.isoformat()}')")
    before = blob.format(b"before".hex())
    for key, status, meant, after in (
        ("talks", "done", "NULL", blob.format(b"after".hex())),
        ("other", "sent", blob.format(b"expected".hex()), "NULL"),
    ):
        words = {
            "KEY": key,
            "STATUS": status,
            "NOW": NOW.isoformat(),
            "BEFORE": before,
            "MEANT": meant,
            "AFTER": after,
        }
        statement = ACTION
        for word, value in words.items():
            statement = statement.replace(word, value)
        place.execute(statement)
    place.execute(
        "INSERT INTO memory VALUES ('main', 'talks', 'post', '17', 'https://b.example/t', 'd1',"
        " 'o1', 'live', NULL, '', '')"
    )
    place.execute("INSERT INTO asset VALUES ('main', 'ab', 'https://b.example/a.png', '9')")
    return place


def test_its_rows_are_read(old: Place) -> None:
    with old.open() as journal:
        done, sent = journal.actions(1)
        assert (done.before, done.after, done.source, done.remote_id) == (
            b"before",
            b"after",
            None,
            "",
        )
        assert (sent.status, sent.summary) == ("sent", "a summary")
        (intent,) = journal.unsettled("main")
        assert (intent.key, intent.expected) == ("other", b"expected")
        assert (intent.last_pushed, intent.desired_state) == ("d", "live")
        assert journal.memories("main") == {"talks": memory()}
        assert journal.asset("main", "ab") is not None
        assert journal.damage() == ""


def test_it_goes_on(old: Place) -> None:
    with old.open() as journal:
        (intent,) = journal.unsettled("main")
        journal.done(intent.id, memory("other", remote_id="18"), b"new")
        assert journal.actions(1)[1].remote_id == "18"
        assert journal.start_run("publish") == 2


def test_a_file_of_version_0_1_goes_on(tmp_path: Path) -> None:
    """`.dump` of a journal whose columns had other names (004_names)."""
    path = tmp_path / "journal.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(Path(__file__).with_name("old_journal.sql").read_text(encoding="utf-8"))
    with Journal.open(path) as journal:
        created, updated = journal.actions(1)
        assert (created.summary, created.note) == ("create live post “Talks”", "a note")
        assert (created.last_pushed, created.desired_state) == ("d1", "live")
        assert (created.after, created.source, created.remote_id) == (b"after", b"Talks\n", "17")
        (intent,) = journal.unsettled("main")
        assert (intent.id, intent.status, intent.remote_id) == (updated.id, "unknown", "18")
        assert (intent.before, intent.expected) == (b"before", b"what the site would show")
        rain = memory(
            "rain", kind="page", state="scheduled", at=NOW, updated="u", last_pushed="d3",
            last_seen="o3", desired_state="scheduled",
        )  # fmt: skip
        known = {"talks": memory(desired_state="live"), "rain": rain}
        assert journal.memories("main") == known
        assert [file.path for file in journal.files.of_run(1)] == ["posts/talks.md"]
        assert journal.asset("main", "ab") == StoredAsset("https://b.example/a.png", "9")
        assert journal.damage() == ""
    with closing(sqlite3.connect(path)) as db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(action)")}
        columns |= {row[1] for row in db.execute("PRAGMA table_info(memory)")}
    assert columns.isdisjoint({"story", "pushed", "wish", "meant", "observed"})
