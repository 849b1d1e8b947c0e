"""A sandbox without a network, and one on a port with Google's own client in front of it. It is
noon in Kolkata.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from blogkit.sandbox.server import Sandbox

NOON = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
BEARER = {"Authorization": "Bearer sandbox"}


@dataclass
class Api:
    """The API as raw HTTP: `api.post("/posts", {...}, isDraft="true")`; paths are below the blog
    unless they start with /v3/.
    """

    sandbox: Sandbox
    client: Client

    def call(
        self,
        verb: str,
        path: str,
        body: Any = None,
        /,
        *,
        headers: dict[str, str] = BEARER,
        **query: Any,
    ) -> TestResponse:
        path = (
            path
            if path.startswith(("/v3/", "/blogger/"))
            else f"/v3/blogs/{self.sandbox.blog.id}{path}"
        )
        return self.client.open(path, method=verb, json=body, query_string=query, headers=headers)

    def get(self, path: str, /, **query: Any) -> TestResponse:
        return self.call("GET", path, **query)

    def post(self, path: str, body: Any = None, /, **query: Any) -> TestResponse:
        return self.call("POST", path, body, **query)

    def new(
        self, title: str = "A title", *, kind: str = "posts", draft: bool = True, **body: Any
    ) -> dict[str, Any]:
        """An entry that is there."""
        answer = self.post(f"/{kind}", {"title": title, **body}, isDraft=str(draft).lower())
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.get_json()
        return made

    def seen(self, identity: str, kind: str = "posts") -> dict[str, Any]:
        """The entry as its author sees it."""
        found: dict[str, Any] = self.get(f"/{kind}/{identity}", view="AUTHOR").get_json()
        return found


def reason(answer: TestResponse) -> tuple[int, str]:
    """An error's HTTP status and its reason."""
    return answer.status_code, answer.get_json()["error"]["errors"][0]["reason"]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Not on any port."""
    made = Sandbox(clock=lambda: NOON)
    yield made
    made.stop()


@pytest.fixture
def api(sandbox: Sandbox) -> Api:
    return Api(sandbox, Client(sandbox.app))


@pytest.fixture
def running() -> Iterator[Sandbox]:
    """On a port."""
    with Sandbox(clock=lambda: NOON) as made:
        yield made
