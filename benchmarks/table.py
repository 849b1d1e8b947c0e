"""The figures as a table in Markdown, each beside its goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.measure import Cost
from benchmarks.rows import Goal, Row

HEAD = ("what", "time", "× Hugo", "CPU", "memory: largest process, all", "goal", "")


def table(rows: Mapping[str, Row], costs: Mapping[str, Cost]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield _line(*HEAD)
    yield _line(*["---"] * len(HEAD))
    for name, cost in costs.items():
        row = rows[name]
        yield _line(
            row.title,
            _time(cost.wall),
            _times(cost, costs.get("hugo")),
            f"{per_post(row, cost):.1f} ms{' a post' * (row.count > 1)}",
            _memory(cost),
            _goal(row.goal),
            verdict(row.goal, cost, costs),
        )


def per_post(row: Row, cost: Cost) -> float:
    """Return the milliseconds of the processor for each post."""
    return cost.cpu * 1000 / row.count


def verdict(goal: Goal, cost: Cost, costs: Mapping[str, Cost]) -> str:
    """Return "met" or "missed"; "" without a goal, or without the row that it refers to."""
    hugo, bare = costs.get("hugo"), costs.get("bare")
    limits = [
        (goal.hugo, cost.wall / hugo.wall if hugo else None),
        (goal.seconds, cost.wall),
        (goal.megabytes, cost.total or cost.largest),
        (goal.start, (cost.wall - bare.wall) * 1000 if bare else None),
    ]
    asked = [(limit, found) for limit, found in limits if limit]
    if not asked or any(found is None for _, found in asked):
        return ""
    return "met" if all(found <= limit for limit, found in asked if found) else "missed"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _times(cost: Cost, hugo: Cost | None) -> str:
    return f"{cost.wall / hugo.wall:.2f}" if hugo else ""


def _memory(cost: Cost) -> str:
    total = "" if cost.total is None else f", {cost.total:.0f} MB"
    return f"{cost.largest:.0f} MB{total}"


def _goal(goal: Goal) -> str:
    parts = [
        f"≤ {goal.hugo:g} × Hugo" * bool(goal.hugo),
        f"≤ {goal.seconds:g} s" * bool(goal.seconds),
        f"≤ {goal.megabytes:g} MB" * bool(goal.megabytes),
        f"≤ bare + {goal.start:g} ms" * bool(goal.start),
    ]
    return ", ".join(part for part in parts if part)
