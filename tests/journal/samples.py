"""What the journal's tests write down: a memory, an action, a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from blogkit.journal.records import Memory
from blogkit.journal.store import Journal

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def memory(key: str = "talks", **changes: object) -> Memory:
    known = Memory(
        "main",
        key,
        "post",
        "17",
        "https://b.example/t",
        last_pushed="d1",
        last_seen="o1",
        state="live",
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def intend(
    journal: Journal,
    key: str = "talks",
    before: bytes | None = None,
    *,
    run: int = 0,
    action: str = "create",
    site: str = "main",
) -> int:
    """One action, in a new run unless `run` says which."""
    run = run or journal.start_run("publish")
    return journal.intend(
        run, site, key, "post", action, f"{action} {key}", "d1", before, desired_state="live"
    )
