"""What the journal costs: each step of a post, and reading 10,000 memories, in a file and in
PostgreSQL; plain sqlite3 beside them.

python -m benchmarks.journal [--rounds N]. PostgreSQL: the server that BLOGKIT_BENCHMARK_URL names
(an empty schema), else one of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import post
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal

Timed = dict[str, dict[str, list[float]]]
"""operation → contestant → seconds"""

WARM = 10
"""Rounds that are not counted."""

MEMORIES = 10_000
PLAIN = "plain sqlite3"
INTEND, MARK, DONE = (
    "intend, with the post before and its file",
    "mark as sent, with what is expected",
    "done, with the post after",
)
REMEMBER = f"INSERT OR REPLACE INTO memory VALUES ({', '.join('?' * 11)})"
OBSERVED = '{"title":"0123456789abcdef","body":"0123456789abcdef","labels":"0123456789abcdef"}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, a_database() as url:
        journals = {
            "SQLite": Journal.open(Path(folder) / "journal.sqlite"),
            "PostgreSQL": Journal.connect(url),
        }
        with closing(sqlite3.connect(Path(folder) / "plain.sqlite", isolation_level=None)) as plain:
            make_plain(plain)
            source = post(0).encode()
            times, nothing = no_times(), no_times()
            for number in range(rounds + WARM):
                write(times if number >= WARM else nothing, journals, plain, source, number)
            fill(journals, plain)
            for _ in range(9):
                read(times, journals, plain)
        for journal in journals.values():
            journal.close()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of {rounds} rounds; a post of {len(source) / 1000:.1f} KB"
    )
    tell(times)


def no_times() -> Timed:
    return defaultdict(lambda: defaultdict(list))


@contextmanager
def a_database() -> Iterator[str]:
    """The URL of an empty schema on a server that waits for its disk."""
    if url := os.environ.get("BLOGKIT_BENCHMARK_URL"):
        yield url
        return
    from tests.postgres import serving

    with serving(durable=True) as server:
        yield server.url(server.fresh())


def make_plain(db: sqlite3.Connection) -> None:
    """As safe as the journal: WAL, and the disk is waited for."""
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE action (id INTEGER PRIMARY KEY, site, name, summary, status, before BLOB, expected BLOB, after BLOB, source BLOB)",
        "CREATE TABLE memory (site, name, kind, remote_id, url, last_pushed, last_seen, state, at, updated, desired_state, PRIMARY KEY (site, name))",
    ):
        db.execute(statement)


def write(
    times: Timed,
    journals: dict[str, Journal],
    plain: sqlite3.Connection,
    source: bytes,
    number: int,
) -> None:
    """One post through every step, on all in turn."""
    key, packed = f"post-{number}", zlib.compress(source)
    for name, journal in journals.items():
        run = journal.start_run("publish")
        with timing(times[INTEND][name]):
            action = journal.intend(
                run, "main", key, "post", "update", "summary", "d", packed, source=source
            )
        with timing(times[MARK][name]):
            journal.mark(action, "sent", expected=packed)
        with timing(times[DONE][name]):
            journal.done(action, memory(key), packed)
    with timing(times[INTEND][PLAIN]):
        insert = "INSERT INTO action (site, name, summary, status, before, source) VALUES ('main', ?, 'summary', 'intended', ?, ?)"
        row = plain.execute(insert, (key, packed, zlib.compress(source))).lastrowid
    with timing(times[MARK][PLAIN]):
        plain.execute("UPDATE action SET status = 'sent', expected = ? WHERE id = ?", (packed, row))
    with timing(times[DONE][PLAIN]):
        plain.execute("BEGIN IMMEDIATE")
        plain.execute(
            "UPDATE action SET status = 'done', expected = NULL, after = ? WHERE id = ?",
            (packed, row),
        )
        plain.execute(REMEMBER, plainly(memory(key)))
        plain.execute("COMMIT")


def fill(journals: dict[str, Journal], plain: sqlite3.Connection) -> None:
    """The same memories for all."""
    known = [memory(f"post-{number}") for number in range(MEMORIES)]
    for journal in journals.values():
        # 10,000 transactions would take a minute
        with journal._database.transaction() as db:
            for each in known:
                journal._remember(db, each)
    plain.execute("BEGIN")
    plain.executemany(REMEMBER, map(plainly, known))
    plain.execute("COMMIT")


def read(times: Timed, journals: dict[str, Journal], plain: sqlite3.Connection) -> None:
    operation = f"read {MEMORIES:,} memories"
    for name, journal in journals.items():
        with timing(times[operation][name]):
            found = journal.all_memories()
        assert len(found) == MEMORIES
    with timing(times[operation][PLAIN]):
        plain.execute("SELECT * FROM memory").fetchall()


def memory(key: str) -> Memory:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Memory(
        "main",
        key,
        "post",
        "17",
        f"https://b.example/2026/01/{key}.html",
        "d" * 64,
        OBSERVED,
        "live",
        at,
        at.isoformat(),
        "live",
    )


def plainly(known: Memory) -> tuple[str, ...]:
    """A memory as a plain row."""
    return tuple(str(value) for value in vars(known).values())


@contextmanager
def timing(times: list[float]) -> Iterator[None]:
    """How long this lasts, in seconds."""
    started = time.perf_counter()
    yield
    times.append(time.perf_counter() - started)


def tell(times: Timed) -> None:
    names = ("SQLite", "PostgreSQL", PLAIN)
    print(f"{'':45}" + "".join(f"{name:>15}" for name in names))
    for operation, found in times.items():
        cells = (
            f"{statistics.median(found[name]) * 1000:.2f} ms" if found.get(name) else ""
            for name in names
        )
        print(f"{operation:45}" + "".join(f"{cell:>15}" for cell in cells))


if __name__ == "__main__":
    main()
