"""Sites whose answers are damaged: on the way, behind an adapter's own client."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from blogkit.http import Request, Response

Change = Callable[[dict[str, Any]], None]


def objects_in(data: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in decoded JSON, outermost first."""
    if isinstance(data, dict):
        yield data
    for value in (
        data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    ):
        yield from objects_in(value)


class SickHttp:
    """An `HttpClient` whose answers show one post with damage."""

    def __init__(self, real: Any, post_id: str, change: Change) -> None:
        self._real, self._id, self._change = real, post_id, change

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def send(self, request: Request) -> Response:
        answer = self._real.send(request)
        data = answer.decoded()
        for one in objects_in(data):
            if str(one.get("id")) == self._id:
                self._change(one)
        return replace(answer, text=json.dumps(data)) if data is not None else answer


def without(name: str) -> Change:
    """Return the change that makes a field null."""

    def change(post: dict[str, Any]) -> None:
        if name in post:
            post[name] = None

    return change
