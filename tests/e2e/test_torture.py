"""`make torture` in short on a real WordPress, with its fault switch."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.chaos.scenes import on_wordpress
from benchmarks.chaos.tally import NEVER
from tests.crash.children import Children
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site


@pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
def test_nothing_twice_nothing_lost_nothing_overwritten(wordpress: Site, tmp_path: Path) -> None:
    with Children() as children:
        tally = on_wordpress([children], 18, 1, tmp_path, wordpress)
    assert tally.findings == [], "seed 1"
    assert {name: tally.count[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert tally.count["kills"] >= 1
