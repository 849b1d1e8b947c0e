"""The simulation behind docs/scale.md: it is the same each time, and more work needs more."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.scale import Costs, Load, busiest_hour, main, simulate, workers_for


@pytest.mark.slow
def test_the_page_shows_what_the_simulation_prints(project: Path, capsys: object) -> None:
    assert main([]) == 0
    printed = capsys.readouterr().out  # type: ignore[attr-defined]
    assert printed in (project / "docs/scale.md").read_text(encoding="utf-8")


def test_more_blogs_need_more_workers_and_slow_sites_too() -> None:
    needed = [workers_for(Load(blogs), Costs()).workers for blogs in (10, 1_000, 10_000)]
    assert needed[0] == 1
    assert all(fewer < more for fewer, more in pairwise(needed))
    assert workers_for(Load(1_000), Costs(latency=2)).workers > needed[1]


def test_one_worker_fewer_is_too_late() -> None:
    import random

    load, costs = Load(1_000), Costs()
    enough = workers_for(load, costs)
    assert enough.late <= 60
    due = busiest_hour(load, random.Random(1))
    fewer = simulate(due, enough.workers - 1, at_a_time=4, sweep=15, costs=costs)
    assert fewer.late > 60
