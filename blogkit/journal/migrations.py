"""The journal's schema, step by step. Steps that were released are never edited: a new need is a new file at the end."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from blogkit.errors import JournalError

SQL = Path(__file__).with_name("sql")
STEPS = ("001_start",)


def version(db: sqlite3.Connection) -> int:
    """How many steps this file has seen; 0 for a new one."""
    table = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'").fetchone()
    if table is None:
        return 0
    return int(db.execute("SELECT COALESCE(MAX(id), 0) FROM migration").fetchone()[0])


def migrate(db: sqlite3.Connection, *, now: str) -> None:
    """Bring the schema up to date; call inside a transaction, so that a crash leaves the old schema whole.

    Raises `JournalError` for a journal that a newer blogkit wrote.
    """
    seen = version(db)
    if seen > len(STEPS):
        raise JournalError(
            f"the journal was written by a newer blogkit (schema {seen}, this one knows {len(STEPS)})",
            hint="update blogkit: pip install --upgrade blogkit",
        )
    db.execute("CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)")
    for number, name in enumerate(STEPS[seen:], start=seen + 1):
        for statement in (SQL / f"{name}.sql").read_text(encoding="utf-8").split(";\n"):
            db.execute(statement)
        db.execute("INSERT INTO migration (id, name, applied) VALUES (?, ?, ?)", (number, name, now))
