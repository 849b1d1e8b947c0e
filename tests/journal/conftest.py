"""A journal to write into, in each place where one may be kept: what is true of one is true of
the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from blogkit.journal.store import Journal
from tests.conftest import ON_POSTGRES
from tests.journal.samples import clock
from tests.postgres import Server


@dataclass(frozen=True)
class Place:
    """Where a journal is kept. code: opens it in another process, as an expression; execute:
    runs SQL past the journal.
    """

    kind: str
    open: Callable[[], Journal]
    code: str
    execute: Callable[[str], list[Any]]


def on_sqlite(path: Path) -> Place:
    def execute(statement: str) -> list[Any]:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            return db.execute(statement).fetchall()

    path.parent.mkdir(parents=True, exist_ok=True)
    return Place(
        "sqlite",
        lambda: Journal.open(path, clock=clock),
        f"Journal.open(pathlib.Path({str(path)!r}))",
        execute,
    )


def on_postgres(server: Server) -> Place:
    schema = server.fresh()
    url = server.url(schema)
    return Place(
        "postgres",
        lambda: Journal.connect(url, clock=clock),
        f"Journal.connect({url!r})",
        lambda statement: server.execute(statement, schema=schema),
    )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=ON_POSTGRES)])
def new_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Place]:
    """Makes places, each empty."""
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        return lambda: on_postgres(server)
    return lambda: on_sqlite(tmp_path_factory.mktemp("journal") / ".blogkit" / "journal.sqlite")


@pytest.fixture
def place(new_place: Callable[[], Place]) -> Place:
    return new_place()


@pytest.fixture
def journal(place: Place) -> Iterator[Journal]:
    with place.open() as journal:
        yield journal
