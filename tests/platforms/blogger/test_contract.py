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
from tests.sick import SickHttp, without

ADVERSE = Quirks(daily_insert_limit="none", insert_throttle="none")
ONE_BY_ONE = {
    "draft_keeps_published",
    "publish_live_again",
    "revert_draft",
    "live_status_field",
    "newlines_to_br",
    "schedule_mints_url",
    "republish_remints_url",
}
"""Switches on the adapter's own ways; the others are turned all at once. `update_draft` has its
own tests: it forbids updates.
"""
MILD = {
    name: positions[-1]
    for name, positions in OPTIONS.items()
    if name not in {"update_draft", "daily_insert_limit"}
}
TURNED = [
    pytest.param(ADVERSE, id="none", marks=pytest.mark.slow),
    *(
        pytest.param(
            replace(ADVERSE, **{name: MILD[name]}),
            id=f"{name}={MILD[name]}",
            marks=pytest.mark.slow,
        )
        for name in sorted(ONE_BY_ONE)
    ),
    pytest.param(
        replace(ADVERSE, **{name: to for name, to in MILD.items() if name not in ONE_BY_ONE}),
        id="the others",
        marks=pytest.mark.slow,
    ),
    pytest.param(replace(ADVERSE, **MILD), id="all"),
]


class OnSandbox(PlatformContract):
    schedules_pages = False

    @pytest.fixture
    def now(self, sandbox: Sandbox) -> datetime:
        return sandbox.clock()

    @pytest.fixture
    def damage(self, platform: Any) -> Damage:
        def damage(ref: Ref, field: str) -> None:
            change = without({"body": "content"}.get(field, field))
            platform._http = SickHttp(platform._http, ref.id, change)

        return damage


class TestBlogger(OnSandbox):
    @pytest.fixture
    def platform(self, sandbox: Sandbox) -> Platform:
        return connect_to(sandbox)


class TestBloggerTurned(OnSandbox):
    """Every other position, and addresses by slug: the longest way through the adapter."""

    @pytest.fixture(params=TURNED)
    def sandbox(self, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
        with Sandbox(switches=replace(request.param)) as sandbox:
            yield sandbox

    @pytest.fixture
    def platform(self, sandbox: Sandbox) -> Platform:
        return connect_to(sandbox, slug_by_title=True)


def test_no_switch_is_forgotten() -> None:
    assert set(MILD) | {"update_draft", "daily_insert_limit"} == set(OPTIONS)
    assert set(MILD) >= ONE_BY_ONE
