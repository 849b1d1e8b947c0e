"""`make torture` in short on a real WordPress, with its fault switch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.chaos.scenes import ON_WORDPRESS, on_wordpress
from benchmarks.chaos.tally import NEVER
from tests.crash.children import Children
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

pytestmark = pytest.mark.slow  # so they start first, and no worker ends on one


@pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
def test_nothing_twice_nothing_lost_nothing_overwritten(wordpress: Site, tmp_path: Path) -> None:
    with Children() as one, Children() as other:
        tally = on_wordpress([one, other], 26, 1, tmp_path, wordpress)
    assert tally.findings == [], "seed 1"
    assert {name: tally.count[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert tally.count["kills"] >= 1
    assert tally.count["answers kept"] >= 1
    assert tally.count["damaged answers"] >= 1


@pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
def test_old_answers_would_overwrite(wordpress: Site, tmp_path: Path) -> None:
    """On a host that keeps answers, a program that believes them undoes what people wrote."""
    busy = {"calm": True, "others": 0.9, "posts": 2}
    scenes = [replace(one, **busy) for one in ON_WORDPRESS if one.old]
    with Children("caches") as children:
        tally = on_wordpress([children], 10, 1, tmp_path, wordpress, scenes=scenes)
    assert tally.count["overwritten"] >= 1
