from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest

from blogkit.http import Http
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.auth import RefreshToken
from blogkit.platforms.blogger.refusals import throttled
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.switches import Switches

ZONE = ZoneInfo("Asia/Kolkata")
Connect = Callable[..., Blogger]


def refuse_to_wait(seconds: float) -> None:
    raise AssertionError(f"nothing here needs to wait {seconds} s")


def connect_to(sandbox: Sandbox, *, sleep: Callable[[float], None] = refuse_to_wait, secret: str = "sandbox", **options: object) -> Blogger:
    """The adapter as a workspace would set it up for the sandbox, in small pages."""
    signer = RefreshToken(
        Http("main", clock=sandbox.clock, sleep=sleep),
        url=f"{sandbox.api_base}/token",
        client_id="sandbox",
        client_secret=secret,
        refresh_token="sandbox",
    )
    http = Http("main", auth=signer, clock=sandbox.clock, sleep=sleep, throttled=throttled)
    settings = {"min_interval": 0, "page_size": 4, "clock": sandbox.clock, "zone": ZONE, "api_base": sandbox.api_base, **options}
    return Blogger("main", sandbox.url, http=http, **settings)  # type: ignore[arg-type]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Switches(daily_insert_limit="none")) as sandbox:
        yield sandbox


@pytest.fixture
def blogger(sandbox: Sandbox) -> Blogger:
    return connect_to(sandbox)
