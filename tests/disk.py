"""Files that do not wait for the disk, and journals that begin migrated: tests end processes, and
never the power.
"""

from __future__ import annotations

import functools
import os
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

JOURNAL = "journal.sqlite"
_OFF = "PRAGMA synchronous = OFF"


class Hasty(sqlite3.Connection):
    """A connection that leaves it to the system when its file is written to the disk."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        with suppress(sqlite3.Error):  # a file that is no database is for whoever opens it to find
            super().execute(_OFF)

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        return super().execute(_OFF if sql.startswith("PRAGMA synchronous =") else sql, *parameters)


def do_not_wait(monkeypatch: pytest.MonkeyPatch, *, migrated: bool) -> None:
    """From now on, no file of this process waits for the disk.

    Args:
        migrated: Whether a new journal is a copy of an empty one, which takes a tenth of the time.
    """
    connect = sqlite3.connect

    def hasty(path: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        if migrated and isinstance(path, Path) and path.name == JOURNAL and _is_empty(path):
            path.write_bytes(empty_journal())
        connection: sqlite3.Connection = connect(path, *arguments, **{"factory": Hasty, **options})
        return connection

    monkeypatch.setattr(sqlite3, "connect", hasty)
    monkeypatch.setattr(os, "fsync", lambda _file: None)


def folder_in_memory(least: int = 4 << 30) -> str:
    """Return a folder whose files never reach a disk; "" if none has room for what tests write.

    Args:
        least: The bytes that have to be free.
    """
    place = "/dev/shm"
    with suppress(OSError, AttributeError):  # it is Linux's
        found = os.statvfs(place)
        runs = not found.f_flag & os.ST_NOEXEC and os.access(place, os.W_OK)
        return place if runs and found.f_bavail * found.f_frsize >= least else ""
    return ""


def _is_empty(path: Path) -> bool:
    return path.exists() and path.stat().st_size == 0


@functools.cache
def empty_journal() -> bytes:
    """The file of a journal that holds nothing yet, made as blogkit makes one."""
    from blogkit.journal.store import Journal  # not for the process that only hands out tests

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first.sqlite"
        Journal.open(path).close()
        return path.read_bytes()
