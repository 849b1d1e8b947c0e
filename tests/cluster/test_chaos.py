"""`python -m benchmarks.cluster` in short, and proof that it notices what must not happen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cluster.chaos import SHORT, Ordeal, torment
from benchmarks.cluster.tally import NEVER, SEEN
from tests.conftest import ON_POSTGRES
from tests.sampling import is_whole

pytestmark = [pytest.mark.usefixtures("real_time"), *ON_POSTGRES]
FEWER = replace(SHORT, workers=3, blogs=4, actions=40, kills=2, faults=8)
"""Each kind of trouble once at least."""
CALM = Ordeal(workers=3, blogs=2, actions=10, kills=0, restarts=0, faults=0, pauses=0)


def test_nothing_twice_nothing_lost_one_writer_a_blog(tmp_path: Path) -> None:
    tally = torment(SHORT if is_whole() else FEWER, 1, tmp_path)
    assert tally.wrong == {}
    assert tally.evidence.keys() == set(NEVER), "each was counted"
    assert all(tally.count[name] for name in SEEN), tally.count


def test_it_notices_a_pace_that_is_not_shared(tmp_path: Path) -> None:
    tally = torment(CALM, 1, tmp_path, sabotage="pace")
    assert tally.count["creates without a turn"] == CALM.actions


def test_it_notices_a_second_writer(tmp_path: Path) -> None:
    one_blog = replace(CALM, blogs=1)
    tally = torment(one_blog, 1, tmp_path, sabotage="locks", meeting=30)
    assert tally.count["two writers"]
