from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
import requests
import responses

from blogkit.http import HttpClient, RateLimiter
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.auth import RefreshToken
from blogkit.platforms.blogger.errors import throttled
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox

ZONE = ZoneInfo("Asia/Kolkata")
Connect = Callable[..., Blogger]


def refuse_to_wait(seconds: float) -> None:
    raise AssertionError(f"nothing here needs to wait {seconds} s")


def connect_to(
    sandbox: Sandbox,
    *,
    sleep: Callable[[float], None] = refuse_to_wait,
    secret: str = "sandbox",
    ticks: Callable[[], float] = time.monotonic,
    **options: object,
) -> Blogger:
    """The adapter as a workspace would set it up for the sandbox, in small pages."""
    signer = RefreshToken(
        HttpClient("main", clock=sandbox.clock, sleep=sleep),
        url=f"{sandbox.api_base}/token",
        client_id="sandbox",
        client_secret=secret,
        refresh_token="sandbox",
    )
    http = HttpClient(
        "main",
        auth=signer,
        clock=sandbox.clock,
        sleep=sleep,
        throttled=throttled,
        rate_limiter=RateLimiter(sleep=sleep, ticks=ticks),
    )
    settings = {
        "min_interval": 0,
        "new_posts_in_a_row": 0,
        "page_size": 4,
        "clock": sandbox.clock,
        "zone": ZONE,
        "api_base": sandbox.api_base,
        **options,
    }
    return Blogger("main", sandbox.url, http=http, **settings)  # type: ignore[arg-type]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox:
        yield sandbox


@pytest.fixture
def blogger(sandbox: Sandbox) -> Blogger:
    return connect_to(sandbox)


class Prepared:
    """A Blogger of prepared answers, for what the sandbox does not do. Each is used once and in
    order; the last of a route stays.
    """

    ROOT = "https://blogger.googleapis.com/v3/blogs/42"

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, list[tuple[str, str]]]] = []
        self.bodies: list[object] = []
        self._answers: dict[tuple[str, str], list[tuple[int, object]]] = {}

    def on(self, method: str, route: str, answer: object, status: int = 200) -> None:
        self._answers.setdefault((method, route), []).append((status, answer))

    def answer(self, request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        address = urlsplit(str(request.url))
        route = address.path.removeprefix(urlsplit(self.ROOT).path)
        self.seen.append((str(request.method), route, parse_qsl(address.query)))
        if isinstance(request.body, bytes):
            self.bodies.append(json.loads(request.body))
        prepared = self._answers[str(request.method), route]
        status, answer = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        return status, {}, json.dumps(answer)

    def writes(self) -> list[tuple[str, dict[str, str]]]:
        return [(route, dict(query)) for method, route, query in self.seen if method != "GET"]

    def connect(self, **options: Any) -> Blogger:
        http = HttpClient("main", sleep=refuse_to_wait)
        return Blogger(
            "main", "https://talks.blogspot.com/", http=http, zone=ZONE, blog_id="42", **options
        )

    @staticmethod
    def post(number: str = "7", **fields: str) -> dict[str, str]:
        """A post as `posts.get` shows it
        (https://developers.google.com/blogger/docs/3.0/reference/posts).
        """
        return {
            "kind": "blogger#post",
            "id": number,
            "title": "Talks",
            "content": "<p>Text</p>",
            "status": "DRAFT",
            **fields,
        }


@pytest.fixture
def prepared() -> Iterator[Prepared]:
    prepared = Prepared()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in ("GET", "POST", "PATCH", "DELETE"):
            mock.add_callback(
                method, re.compile(re.escape(Prepared.ROOT)), callback=prepared.answer
            )
        yield prepared
