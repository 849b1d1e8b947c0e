"""Settings compared, shown, and written into files that are made from posts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blogkit.platforms.base import Ref, Remote, State, differing, settings_between
from blogkit.platforms.settings import arrow, changed_settings, fits, masked, worth_writing
from tests.cases import for_each


@for_each(
    ("wanted", "found", "same"),
    [
        (5, 5, True),
        (5, "5", True),
        ("5", 5, True),
        ("a", "A", False),
        (True, 1, True),
        (True, "True", False),
        (None, "", True),
        (None, 0, True),
        (None, "x", False),
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1}, "{'a': 1}", False),
    ],
)
def test_a_value_fits_whatever_its_type(wanted: Any, found: Any, same: bool) -> None:
    assert fits(wanted, found) is same


def test_only_what_both_tell_can_differ() -> None:
    assert changed_settings({"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "d": 5}) == ["c"]
    one = Remote(Ref("7"), "T", "b", State.LIVE, settings={"order": 3, "sticky": True})
    other = Remote(Ref("7"), "T", "b", State.LIVE, settings={"order": 4})
    assert differing(one, other) == {"settings": {"order": 3}}


@for_each(
    ("updated", "date", "differ"),
    [
        ("2031-05-01T07:00:00", "2031-05-01T07:00:00+00:00", False),
        ("2031-05-01T07:00:00", "2032-05-01T07:00:00+00:00", True),
        ("2031-05-01T07:00:00", "", False),
        ("", "2031-05-01T07:00:00+00:00", True),
    ],
)
def test_a_draft_that_was_made_with_a_date_has_it_already(
    updated: str, date: str, *, differ: bool
) -> None:
    made = Remote(Ref("7"), "T", "b", State.DRAFT, settings={"date": ""}, updated=updated)
    saved = replace(made, settings={"date": date}, updated="2026-11-20T10:00:00")
    names = ["date"] if differ else []
    assert settings_between(made, saved) == settings_between(saved, made) == names


@for_each(
    ("name", "before", "after", "words"),
    [
        ("comments", "open", "closed", "comments: open → closed"),
        ("sticky", False, True, "sticky: no → yes"),
        ("order", 0, 3, "order: 0 → 3"),
        ("template", "", "wide.php", "template: none → wide.php"),
        ("password", "", "open sesame", "password: none → set"),
        ("password", "open sesame", "close sesame", "password: changed"),
        ("location", "", {"name": "Miami", "lat": 1.5}, "location: none → name: Miami, lat: 1.5"),
    ],
)
def test_a_change_in_words(name: str, before: Any, after: Any, words: str) -> None:
    assert arrow(name, before, after) == words


def test_a_password_is_not_shown() -> None:
    shown = masked({"password": "open sesame", "order": 3})
    assert shown == {"password": "set", "order": 3}
    assert masked({"password": ""}) == {"password": "none"}


@for_each(
    ("kind", "settings", "written"),
    [
        ("post", {"sticky": False, "comments": "open", "format": "standard", "template": ""}, {}),
        ("page", {"comments": "closed", "order": 0, "parent": ""}, {}),
        ("post", {"sticky": True, "comments": "closed"}, {"sticky": True, "comments": "closed"}),
        ("page", {"comments": "open", "parent": "id:3"}, {"comments": "open", "parent": "id:3"}),
        ("post", {"author": "id:3", "password": "x", "date": "2030-01-01", "pings": "open"}, {}),
        (
            "post",
            {"meta.rating": 5, "meta.empty": "", "meta._seo": "x", "meta.footnotes": "[]"},
            {"meta": {"rating": 5}},
        ),
    ],
)
def test_a_file_gets_what_is_unusual(kind: str, settings: Any, written: Any) -> None:
    assert worth_writing(settings, kind) == written
