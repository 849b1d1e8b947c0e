"""A journal of an earlier blogkit goes on with all its rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from blogkit.journal.dialect import POSTGRES, SQL, SQLITE
from tests.journal.conftest import Place
from tests.journal.samples import NOW, memory

ACTION = """
INSERT INTO action (run, site, "key", kind, action, story, pushed, wish, status, intended, changed, "before", "after")
SELECT 1, 'main', 'KEY', 'post', 'update', 'story', 'd', 'live', 'STATUS', 'NOW', 'NOW', BEFORE, AFTER
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
    for key, status, after in (
        ("talks", "done", blob.format(b"after".hex())),
        ("other", "sent", "NULL"),
    ):
        words = {
            "KEY": key,
            "STATUS": status,
            "NOW": NOW.isoformat(),
            "BEFORE": before,
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
        assert sent.status == "sent"
        assert [intent.key for intent in journal.unsettled("main")] == ["other"]
        assert journal.memories("main") == {"talks": memory()}
        assert journal.asset("main", "ab") is not None
        assert journal.damage() == ""


def test_it_goes_on(old: Place) -> None:
    with old.open() as journal:
        (intent,) = journal.unsettled("main")
        journal.done(intent.id, memory("other", remote_id="18"), b"new")
        assert journal.actions(1)[1].remote_id == "18"
        assert journal.start_run("publish") == 2
