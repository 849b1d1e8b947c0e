"""Ways to damage an answer: of one post, or as a whole."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

from tests.hostile.sick_proxy import Answer, Way
from tests.sick import objects_in

MISSING = object()
API = ("/v3/", "/wp/v2/")
"""How the routes of Blogger and of WordPress begin."""
ONE_POST: dict[str, dict[str, Any]] = {
    "title null": {"title": None},
    "title number": {"title": 7},
    "text null": {"content": None},
    "text list": {"content": ["<p>", 5]},
    "text object": {"content": {"raw": "x"}},
    "state null": {"status": None},
    "state unknown": {"status": "HAUNTED"},
    "state list": {"status": ["LIVE"]},
    "labels null": {"labels": None},
    "labels text": {"labels": "rain"},
    "labels of numbers": {"labels": ["a", 5]},
    "date word": {"published": "yesterday"},
    "date number": {"published": 1764547200},
    "date without zone": {"published": "2026-12-01T07:00:00"},
    "date before all dates": {"published": "0001-01-01T00:00:00+14:00"},
    "date after all dates": {"published": "9999-12-31T23:59:59-14:00"},
    "date of a 13th month": {"published": "2026-13-45T07:00:00Z"},
    "address of a broken host": {"url": "http://[::1"},
    "address of a port too many": {"url": "http://example.com:99999999/rain.html"},
    "address of two lines": {"url": "http://example.com/rain\nerror: all posts were deleted"},
    "address number": {"url": 5},
    "stamp null": {"updated": None},
    "title and text null": {"title": None, "content": None},
}
"""Fields of a post that are damaged; its id is whole."""

WITHOUT_ID: dict[str, dict[str, Any]] = {
    "id null": {"id": None},
    "id missing": {"id": MISSING},
    "id of a folder": {"id": "../../users/self"},
    "id object": {"id": {"value": 5}},
    "id fraction": {"id": 5.5},
    "id of 400 digits": {"id": 10**399},
    "id and text null": {"id": None, "content": None},
}
"""Damage after which a listing does not tell which post it is about."""


def one_post(post_id: str, fields: dict[str, Any]) -> Way:
    """Damage every answer about a post."""

    def way(answer: Answer) -> None:
        for one in list(objects_in(answer.data)):
            if str(one.get("id")) == post_id and "content" in one:
                one.update(fields)
                for name in [name for name, value in fields.items() if value is MISSING]:
                    del one[name]

    return way


def _is_post(one: Any, post_id: str) -> bool:
    return isinstance(one, dict) and str(one.get("id")) == post_id


def _instead(value: Any) -> Callable[[str], Way]:
    def of_post(post_id: str) -> Way:
        def way(answer: Answer) -> None:
            data = answer.data
            listed = data.get("items") if isinstance(data, dict) else data
            if isinstance(listed, list):
                listed[:] = [value if _is_post(one, post_id) else one for one in listed]
            elif _is_post(data, post_id):
                answer.data = value

        return way

    return of_post


INSTEAD = {
    "null": _instead(None),
    "word": _instead("rain"),
    "list": _instead([]),
    "empty": _instead({}),
}
"""Something else in the place of a post."""


def _posts(change: Callable[[Answer], None]) -> Way:
    """Damage answers about posts, but not those of signing in."""

    def way(answer: Answer) -> None:
        if answer.path.startswith(API):
            change(answer)

    return way


def _set(**values: Any) -> Way:
    def change(answer: Answer) -> None:
        if isinstance(answer.data, dict) and "items" in answer.data:
            answer.data.update(values)

    return _posts(change)


def _raw(data: bytes) -> Way:
    return _posts(lambda answer: setattr(answer, "raw", data))


def _header(name: str, value: str) -> Way:
    return _posts(lambda answer: answer.headers.update({name: value}))


def _token(**values: Any) -> Way:
    def way(answer: Answer) -> None:
        if answer.path.endswith("/token"):
            answer.data.update(values)

    return way


def _endless() -> Way:
    numbers = itertools.count()

    def change(answer: Answer) -> None:
        if isinstance(answer.data, dict) and answer.path.endswith(("/posts", "/pages")):
            answer.data["nextPageToken"] = f"more{next(numbers)}"

    return _posts(change)


def _twice(answer: Answer) -> None:
    if isinstance(answer.data, dict) and isinstance(answer.data.get("items"), list):
        answer.data["items"] *= 2


WHOLE: dict[str, tuple[Way, bool]] = {
    "items null": (_set(items=None), False),
    "items object": (_set(items={"0": {}}), False),
    "items number": (_set(items=5), False),
    "token number": (_set(nextPageToken=5), False),
    "pages without end": (_endless(), False),
    "items twice": (_posts(_twice), True),
    "a list": (_posts(lambda answer: setattr(answer, "data", [answer.data])), False),
    "null": (_posts(lambda answer: setattr(answer, "data", None)), False),
    "number": (_raw(b"17"), False),
    "nothing": (_raw(b""), False),
    "half": (
        _posts(lambda answer: setattr(answer, "raw", json.dumps(answer.data).encode()[:-9])),
        False,
    ),
    "NaN": (_raw(b'{"items": [NaN]}'), False),
    "deep": (_raw(b'{"items": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), False),
    "bytes": (_raw(b"\xff\xfe\x00{]"), False),
    "web page": (_raw(b"<html><title>Hello</title></html>"), False),
    "broken gzip": (_header("Content-Encoding", "gzip"), False),
    "encoding that does not decode": (
        _header("Content-Type", "application/json; charset=undefined"),
        True,
    ),
    "date word": (_header("Date", "yesterday"), True),
    "date too large": (_header("Date", "Sun, 22 Nov 2026 12:00:00 +99999999999999999999"), True),
    "date of year 0": (_header("Date", "Sun, 22 Nov 0000 12:00:00 GMT"), False),
    "date with a strange zone": (_header("Date", "Sun, 22 Nov 2026 12:00:00 +9999"), True),
    "token null": (_token(access_token=None), False),
    "token of 400 digits": (_token(expires_in=10**399), True),
    "token for no time": (_token(expires_in="soon"), True),
}
"""Damage of whole answers, and whether everything can be done nevertheless."""


def redirect(location: str) -> Way:
    """Answer every request for posts with a redirect."""

    def change(answer: Answer) -> None:
        answer.status = 302
        answer.headers["Location"] = location
        answer.raw = b""

    return _posts(change)


WHOLE |= {
    "redirect to a broken host": (redirect("http://[::1"), False),
    "redirect to a port too many": (redirect("http://example.com:99999999/"), False),
    "redirect to itself": (redirect("?"), False),
}
