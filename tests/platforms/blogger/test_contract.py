"""The platform contract on the sandbox, with Blogger's uncertain behaviours in every position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from blogkit.platforms.base import Platform, Ref
from blogkit.sandbox.quirks import OPTIONS, Quirks
from blogkit.sandbox.server import Sandbox
from tests.contract import PlatformContract
from tests.contract.damaged import Damage
from tests.platforms.blogger.conftest import connect_to
from tests.platforms.blogger.pairs import pairs_of, pairwise
from tests.sampling import is_whole, note
from tests.sick import SickHttp, without

NOT_TURNED = {"update_draft": ("404",), "daily_insert_limit": ("6",)}
"""Positions in which the contract's tests cannot run: drafts could not be updated, and a test makes
more posts. They have tests of their own in test_faults.py.
"""
TURNED = pairwise(
    {
        name: [to for to in positions if to not in NOT_TURNED.get(name, ())]
        for name, positions in OPTIONS.items()
    }
)
"""Every two positions of two switches meet in one of these."""
ROWS = TURNED if is_whole() else TURNED[:7]
"""In the first ones, each position is at least once."""


class OnSandbox(PlatformContract):
    schedules_pages = False

    @pytest.fixture
    def now(self, sandbox: Sandbox) -> datetime:
        return sandbox.clock()

    @pytest.fixture
    def damage(self, platform: Any) -> Damage:
        def damage(ref: Ref, field: str) -> None:
            change = without({"body": "content"}.get(field, field))
            platform._blog.http = SickHttp(platform._blog.http, ref.id, change)

        return damage


class TestBlogger(OnSandbox):
    @pytest.fixture
    def platform(self, sandbox: Sandbox) -> Platform:
        return connect_to(sandbox)


@pytest.mark.sampled(local=2)
class TestBloggerTurned(OnSandbox):
    """Every two positions, and addresses by slug: the longest way through the adapter."""

    @pytest.fixture(
        params=[
            pytest.param(Quirks(**row), id=str(number), marks=pytest.mark.slow)
            for number, row in enumerate(ROWS)
        ]
    )
    def sandbox(self, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
        if request.param_index == 0:
            note(len(TURNED) - len(ROWS))
        with Sandbox(switches=replace(request.param)) as sandbox:
            yield sandbox

    @pytest.fixture
    def platform(self, sandbox: Sandbox) -> Platform:
        return connect_to(sandbox, slug_by_title=True)


def test_no_switch_is_forgotten() -> None:
    turned = {
        (name, to)
        for name, positions in OPTIONS.items()
        for to in positions
        if to not in NOT_TURNED.get(name, ())
    }
    pairs = {frozenset([one, other]) for one in turned for other in turned if one[0] != other[0]}
    assert pairs == {pair for row in TURNED for pair in pairs_of(row)}
    assert len(TURNED) <= 20
    assert {position for row in TURNED[:7] for position in row.items()} == turned
