"""`make torture` in short: many runs, killed and disturbed, on the rehearsal server."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.torture import NEVER, on_sandbox
from tests.crash.children import Children


@pytest.mark.parametrize("seed", [1])
def test_nothing_twice_nothing_lost_nothing_overwritten(tmp_path: Path, seed: int) -> None:
    with Children() as children:
        tally = on_sandbox(children, 40, seed, tmp_path)
    assert tally.findings == []
    assert {name: tally.count[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert tally.count["publishes"] >= 40
    assert tally.count["kills"] >= 5
    assert tally.count["faults"] >= 3
