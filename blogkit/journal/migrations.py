"""Bring the journal's schema up to date, step by step.

Released steps are never edited; new ones are new files at the end.
"""

from __future__ import annotations

from typing import Any

from blogkit.errors import JournalError
from blogkit.extras import update_hint
from blogkit.journal.dialect import SQL, Dialect

STEPS = (
    "001_start",
    "002_undo",
    "003_files",
    "004_names",
    "005_todo",
    "006_work",
    "007_schedule",
    "008_notice",
    "009_jobs",
    "010_pictures",
)
"""The files of the steps, in order."""


def version(db: Any, dialect: Dialect) -> int:
    """Return the number of applied steps; 0 for a new journal.

    Args:
        db: A connection of the driver.
        dialect: The database's kind of SQL.

    Raises:
        JournalError: Another program owns the table of steps.
    """
    if db.execute(dialect.has_migrations).fetchone() is None:
        return 0
    # "migration" is a likely name in a database that others use, too
    seen = [row[0] for row in db.execute("SELECT name FROM migration ORDER BY id")]
    if seen and seen[0] != STEPS[0]:
        raise JournalError(
            f'the table "migration" belongs to another program (its first step is {seen[0]})',
            hint="give the journal its own database or schema",
        )
    return len(seen)


def is_current(db: Any, dialect: Dialect) -> bool:
    """Return whether there is nothing to migrate.

    Args:
        db: A connection of the driver.
        dialect: The database's kind of SQL.

    Raises:
        JournalError: Another program owns the table of steps.
    """
    return version(db, dialect) == len(STEPS)


def migrate(db: Any, dialect: Dialect, *, now: str, place: str) -> None:
    """Bring the schema up to date.

    Args:
        db: A connection in a transaction, so that a crash leaves the old schema intact.
        dialect: The database's kind of SQL.
        now: The time to record, in the journal's form.
        place: What messages call the database.

    Raises:
        JournalError: A newer blogkit wrote the journal, or another program owns the table of steps.
    """
    seen = version(db, dialect)
    if seen > len(STEPS):
        raise JournalError(
            f"{place} was written by a newer version of blogkit (schema {seen}; this version"
            f" supports up to {len(STEPS)})",
            hint=update_hint(),
        )
    table = (
        "CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied"
        " TEXT NOT NULL)"
    )
    db.execute(dialect.translate(table))
    values = ", ".join([dialect.placeholder] * 3)
    for number, name in enumerate(STEPS[seen:], start=seen + 1):
        # one by one: `executescript` of sqlite3 would commit the transaction first
        # (https://docs.python.org/3/library/sqlite3.html#sqlite3.Cursor.executescript)
        for statement in (SQL / f"{name}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                db.execute(dialect.translate(statement))
        db.execute(
            f"INSERT INTO migration (id, name, applied) VALUES ({values})",  # noqa: S608
            (number, name, now),  # noqa: RUF100, S608
        )
