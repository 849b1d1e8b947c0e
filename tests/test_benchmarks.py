"""The benchmark notices what is slow, and compares with the goals what it should."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.budget import exceeded
from benchmarks.measure import Cost, run
from benchmarks.rows import Goal, Row, projects, rows
from benchmarks.short import COSTS
from benchmarks.table import table, verdict
from benchmarks.yardstick import slowness
from tests.cases import for_each

COSTS_OF_OTHERS = {"hugo": Cost(1, 1, 50), "bare": Cost(0.02, 0.01, 10)}


def test_what_costs_more_than_its_budget_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert exceeded({"prepare": 9.9, "check": 30}, {"prepare": 10}) == 0
    assert exceeded({"prepare": 10.1, "check": 30}, {"prepare": 10}) == 1
    assert "prepare: a post costs 10.1 ms of the processor" in capsys.readouterr().err


def test_the_yardstick_measures_something() -> None:
    assert slowness() > 0
    assert all(COSTS.values())


@for_each(
    ("goal", "cost", "found"),
    [
        (Goal(hugo=1.6), Cost(1.6, 1, 1), "met"),
        (Goal(hugo=1.6), Cost(1.7, 1, 1), "missed"),
        (Goal(seconds=0.4, megabytes=80), Cost(0.4, 1, 79), "met"),
        (Goal(seconds=0.4, megabytes=80), Cost(0.4, 1, 79, 81), "missed"),
        (Goal(seconds=0.4, megabytes=80), Cost(0.5, 1, 79), "missed"),
        (Goal(start=40), Cost(0.06, 1, 1), "met"),
        (Goal(start=40), Cost(0.061, 1, 1), "missed"),
        (Goal(), Cost(9, 9, 9), ""),
    ],
)
def test_goals(goal: Goal, cost: Cost, found: str) -> None:
    assert verdict(goal, cost, COSTS_OF_OTHERS) == found


def test_a_goal_in_times_of_hugo_needs_hugo() -> None:
    assert verdict(Goal(hugo=1.6), Cost(9, 9, 9), {}) == ""


def test_the_table_is_markdown_with_the_goals_beside() -> None:
    row = Row("check of 10", "new", (), Goal(hugo=3), count=10)
    hugo = Row("Hugo", "hugo", (), count=10)
    costs = {"hugo": COSTS_OF_OTHERS["hugo"], "check": Cost(2, 0.5, 60, 100)}
    assert list(table({"hugo": hugo, "check": row}, costs))[3:] == [
        "| check of 10 | 2.00 s | 2.00 | 50.0 ms a post | 60 MB, 100 MB | ≤ 3 × Hugo | met |"
    ]


def test_every_row_has_its_project() -> None:
    assert {row.project for row in rows(10).values()} <= set(projects(10))


def test_a_process_is_measured_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child ends once it has been looked at, or where the system does not tell."""
    seen = tmp_path / "seen"
    look = measure._pss

    def looked(pid: int) -> int:
        size = look(pid)
        if size > 40_000 or not Path("/proc/self/smaps_rollup").exists():
            seen.touch()
        return size

    monkeypatch.setattr(measure, "_pss", looked)
    child = (
        "import pathlib, time; x = bytearray(b'x' * 40_000_000); sum(range(10**6))\n"
        f"while not pathlib.Path({str(seen)!r}).exists(): time.sleep(0.01)"
    )
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('ok')"
    )
    cost, output = run((sys.executable, "-c", parent), tmp_path, dict(os.environ), watch=True)
    assert output == "ok\n"
    # Linux counts what the parent had before the child's program began, here a whole test run
    # (https://man7.org/linux/man-pages/man2/getrusage.2.html).
    assert 40 < cost.largest < 4_000
    assert cost.total is None or cost.total > 40
    assert cost.cpu > 0
    with pytest.raises(RuntimeError, match="no such thing"):
        run((sys.executable, "-c", "exit('no such thing')"), tmp_path, dict(os.environ))
