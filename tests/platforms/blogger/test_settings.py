"""Comments and location on Blogger: what is read and sent."""

from __future__ import annotations

from typing import Any

from blogkit.platforms.base import Draft
from blogkit.platforms.blogger.api import remote_from_blogger
from blogkit.platforms.blogger.settings import blogger_fields, kept_by_blogger
from tests.cases import for_each

POST = {"id": "7", "title": "Talks", "status": "DRAFT"}


@for_each(
    ("fields", "settings"),
    [
        ({}, {"location": ""}),
        ({"readerComments": "ALLOW"}, {"comments": "open", "location": ""}),
        ({"readerComments": "dont_allow_show_existing"}, {"comments": "closed", "location": ""}),
        ({"readerComments": "DONT_ALLOW_HIDE_EXISTING"}, {"comments": "hidden", "location": ""}),
        ({"readerComments": 5, "location": "x"}, {"location": ""}),
        (
            {"location": {"name": "Null Island", "span": "1,1"}},
            {"location": {"name": "Null Island", "lat": 0.0, "lng": 0.0}},
        ),
    ],
)
def test_settings_are_read(fields: dict[str, Any], settings: dict[str, Any]) -> None:
    assert remote_from_blogger({**POST, **fields}, "post").settings == settings
    assert remote_from_blogger({**POST, **fields}, "page").settings == {}


@for_each(
    ("settings", "found", "sent"),
    [
        ({"comments": "closed"}, {}, {"readerComments": "DONT_ALLOW_SHOW_EXISTING"}),
        ({"comments": "open"}, {"comments": "open"}, {}),
        ({"location": ""}, {}, {}),
        (
            {"location": ""},
            {"location": {"name": "Miami", "lat": 1.0, "lng": 1.0}},
            {"location": {}},
        ),
    ],
)
def test_only_what_differs_is_sent(settings: Any, found: Any, sent: Any) -> None:
    assert blogger_fields(settings, found) == sent


def test_other_settings_and_those_of_pages_are_left_out() -> None:
    settings = {"comments": "open", "author": "anna", "order": 3}
    assert kept_by_blogger(Draft("a", "post", "A", "x", settings=settings)) == {"comments": "open"}
    assert kept_by_blogger(Draft("a", "page", "A", "x", settings=settings)) == {}
