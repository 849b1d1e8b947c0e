"""A site made of prepared answers, for what a real WordPress does too rarely to wait for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses

from blogkit.http import HttpClient
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword

URL = "https://school.example"
PASSWORD = "abcd efgh ijkl mnop"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DATE = "Sun, 22 Nov 2026 12:00:00 GMT"


BLOCKED = (403, {"Date": DATE}, "<html><title>Blocked</title></html>")


class Script:
    """Answers by method and route, each used once and in order; the last one of a route stays.

    blocks: what a firewall of this host turns away, given method and address.
    """

    def __init__(self) -> None:
        self.blocks: Callable[[str, str], bool] = lambda method, address: False
        self.seen: list[tuple[str, str, dict[str, str], Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.addresses: list[str] = []
        self._answers: dict[tuple[str, str], list[tuple[int, dict[str, str], str]]] = {}

    def on(
        self, method: str, route: str, answer: object, status: int = 200, **headers: str
    ) -> None:
        text = answer if isinstance(answer, str) else json.dumps(answer)
        named = {"Date": DATE, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self._answers.setdefault((method, route), []).append((status, named, text))

    def answer(self, request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        address = urlsplit(str(request.url))
        self.addresses.append(str(request.url))
        if self.blocks(str(request.method), str(request.url)):
            return BLOCKED
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        route = query.pop("rest_route", address.path.removeprefix("/wp-json"))
        # WordPress takes a POST for what this says:
        # https://developer.wordpress.org/rest-api/using-the-rest-api/global-parameters/
        method = query.pop("_method", str(request.method))
        query.pop("nocache", None)
        body = request.body
        self.seen.append(
            (
                method,
                route,
                query,
                json.loads(body) if isinstance(body, bytes) and body[:1] == b"{" else body,
            )
        )
        self.headers.append(request.headers)
        prepared = self._answers[method, route]
        return prepared.pop(0) if len(prepared) > 1 else prepared[0]

    def clear(self) -> None:
        """Forget every answer and every request."""
        self.seen.clear()
        self.headers.clear()
        self.addresses.clear()
        self._answers.clear()

    def writes(self) -> list[tuple[str, Any]]:
        """Routes and bodies of what changed something."""
        return [(route, body) for method, route, _, body in self.seen if method != "GET"]


@pytest.fixture
def script() -> Iterator[Script]:
    script = Script()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in ("GET", "POST", "DELETE"):
            for address in (f"{URL}/", re.compile(f"{URL}/wp-json/.*")):
                mock.add_callback(method, address, callback=script.answer)
        yield script


Connect = Callable[..., WordPress]


@pytest.fixture
def connect(script: Script) -> Connect:
    def connect(**options: Any) -> WordPress:
        http = HttpClient(
            "school",
            auth=ApplicationPassword(URL, "author", PASSWORD),
            sleep=lambda _: None,
            clock=lambda: NOW,
        )
        return WordPress("school", URL, http=http, clock=lambda: NOW, **options)

    return connect


@pytest.fixture
def site(connect: Connect) -> WordPress:
    return connect()


def post(number: int = 7, **fields: Any) -> dict[str, Any]:
    """A post as `context=edit` shows it."""
    return {
        "id": number,
        "type": "post",
        "status": "draft",
        "link": f"{URL}/?p={number}",
        "slug": "",
        "date_gmt": "2026-11-20T10:00:00",
        "modified_gmt": "2026-11-20T10:00:00",
        "title": {"raw": "Talks open"},
        "content": {"raw": "<p>x</p>\n<!-- blogkit:post key=miami -->"},
        "excerpt": {"raw": ""},
        "categories": [],
        "tags": [],
        "featured_media": 0,
        "_links": {},
        **fields,
    }


def refusal(code: str, message: str = "Sorry.", **data: Any) -> dict[str, Any]:
    return {"code": code, "message": message, "data": data}
