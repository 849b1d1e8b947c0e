"""Files that do not wait for the disk: tests end processes, and never the power."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import Any

import pytest

_OFF = "PRAGMA synchronous = OFF"


class Hasty(sqlite3.Connection):
    """A connection that leaves it to the system when its file is written to the disk."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        with suppress(sqlite3.Error):  # a file that is no database is for whoever opens it to find
            super().execute(_OFF)

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        return super().execute(_OFF if sql.startswith("PRAGMA synchronous =") else sql, *parameters)


def do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, no file of this process waits for the disk."""
    connect = sqlite3.connect

    def hasty(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **{"factory": Hasty, **options})
        return connection

    monkeypatch.setattr(sqlite3, "connect", hasty)
    monkeypatch.setattr(os, "fsync", lambda _file: None)
