"""Where SQLite and PostgreSQL differ, and what a journal needs of either. The queries and the steps of the schema are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import aiosql

SQL = Path(__file__).with_name("sql")


@dataclass(frozen=True)
class Dialect:
    """One kind of SQL.

    driver: aiosql's name of it; placeholder: of a value, in the few statements that stand in the code; has_migrations: asks whether the
    table of steps is there; types: what a type of the schema files is called here.
    """

    driver: str
    placeholder: str
    has_migrations: str
    types: Mapping[str, str] = field(default_factory=dict, hash=False)

    def translate(self, statement: str) -> str:
        """A statement of the schema with this dialect's types."""
        if not self.types:
            return statement
        pattern = "|".join(rf"\b{name}\b" for name in self.types)  # the longest first: INTEGER PRIMARY KEY before INTEGER
        return re.sub(pattern, lambda found: self.types[found[0]], statement)


SQLITE = Dialect("sqlite3", "?", "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'")


class Database(Protocol):
    """A place for one journal. What goes wrong with it is a `JournalError` that names the place, the reason and the next step."""

    connection: Any

    @property
    def dialect(self) -> Dialect:
        """Its kind of SQL."""

    def reading(self) -> AbstractContextManager[Any]:
        """The connection, for queries that change nothing."""

    def transaction(self) -> AbstractContextManager[Any]:
        """The connection, for what is done as a whole or not at all."""

    def alone(self, doing: str) -> AbstractContextManager[None]:
        """Keep other processes from publishing; raises `JournalError` that names the other one."""

    def damage(self) -> str:
        """What is wrong with the place; "" when it is sound."""

    def close(self) -> None:
        """Let go of it."""


@cache
def queries(driver: str) -> Any:
    """The queries of sql/queries.sql as functions of a connection and the values."""
    return aiosql.from_path(SQL / "queries.sql", driver)
