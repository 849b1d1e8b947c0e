"""Ways to damage the answers of a WordPress about one post, and about all."""

from __future__ import annotations

from typing import Any

from tests.hostile import ways
from tests.hostile.sick_proxy import Answer, Way

ONE_POST: dict[str, dict[str, Any]] = {
    "title null": {"title": None},
    "title of null": {"title": {"raw": None}},
    "title text": {"title": "Talks"},
    "text null": {"content": None},
    "text without its raw form": {"content": {"rendered": "<p>x</p>"}},
    "text list": {"content": ["<p>", 5]},
    "excerpt list": {"excerpt": {"raw": []}},
    "state null": {"status": None},
    "state empty": {"status": ""},
    "state list": {"status": ["publish"]},
    "type of a page": {"type": "page"},
    "date word": {"date_gmt": "yesterday"},
    "date number": {"date_gmt": 1764547200},
    "date of a 13th month": {"date_gmt": "2026-13-45T07:00:00"},
    "date before all dates": {"date_gmt": "0001-01-01T00:00:00"},
    "date after all dates": {"date_gmt": "9999-12-31T23:59:59"},
    "address of a broken host": {"link": "http://[::1"},
    "address of two lines": {"link": "http://example.com/rain\nerror: all posts were deleted"},
    "address number": {"link": 5},
    "slug number": {"slug": 5},
    "tags null": {"tags": None},
    "tags of lists": {"tags": [[1]]},
    "categories object": {"categories": {"0": 1}},
    "image word": {"featured_media": "five"},
    "stamp number": {"modified_gmt": 5},
    "terms number": {"_embedded": {"wp:term": 5}},
}
"""Fields of a post that are damaged; its id is whole."""


def _pages(number: str) -> Way:
    def way(answer: Answer) -> None:
        if isinstance(answer.data, list):
            answer.headers["X-WP-TotalPages"] = number

    return way


def _twice(answer: Answer) -> None:
    if isinstance(answer.data, list) and answer.path.startswith(ways.API):
        answer.data *= 2


WHOLE: dict[str, Way] = {
    "pages without end": _pages("9" * 18),
    "pages of a word": _pages("many"),
    "items twice": _twice,
}
"""Damage of listings that only WordPress has in this form."""
