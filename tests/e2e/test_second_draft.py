"""A draft of a killed run whose journal is lost, beside a live post, on a real WordPress."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.children import Children
from tests.crash.second_draft import SecondDraft
from tests.crash.sites import OnWordPress
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)


def test_the_second_draft_is_withdrawn(wordpress: Site, tmp_path: Path) -> None:
    with Children() as killed, Children() as others:
        scene = SecondDraft(tmp_path, OnWordPress(wordpress), (killed, others))
        scene.assert_one_is_left(first=0)
