"""`python -m benchmarks.cluster` in short, and proof that it notices what must not happen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cluster.chaos import SHORT, Ordeal, torment
from benchmarks.cluster.tally import NEVER, SEEN
from tests.conftest import ON_POSTGRES

pytestmark = [pytest.mark.usefixtures("real_time"), *ON_POSTGRES]
CALM = Ordeal(workers=3, blogs=2, actions=24, kills=0, restarts=0, faults=0, pauses=0)


def test_nothing_twice_nothing_lost_one_writer_a_blog(tmp_path: Path) -> None:
    tally = torment(SHORT, 1, tmp_path)
    assert tally.wrong == {}
    assert tally.evidence.keys() == set(NEVER), "each was counted"
    assert all(tally.count[name] for name in SEEN), tally.count


def test_it_notices_a_pace_that_is_not_shared(tmp_path: Path) -> None:
    tally = torment(CALM, 1, tmp_path, sabotage="pace")
    assert tally.count["creates without a turn"] == 24


def test_it_notices_a_second_writer(tmp_path: Path) -> None:
    """On a busy machine the writers may miss each other; slower answers bring them together."""
    one_blog = replace(CALM, blogs=1)
    for seed, latency in enumerate((0.3, 1, 3)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        tally = torment(one_blog, seed, folder, sabotage="locks", patience=20, latency=latency)
        if tally.count["two writers"] + tally.count["duplicates"]:
            return
    pytest.fail("no second writer was noticed")
