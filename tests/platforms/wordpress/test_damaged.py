"""Damaged answers of a WordPress site, one way after the other, in every call of the adapter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import (
    BlogkitError,
    OutcomeUnknown,
    ServerError,
    SiteError,
    Unreadable,
)
from blogkit.platforms.base import Draft, Ref, Remote, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.render.document import Asset
from tests.images.samples import drawn
from tests.platforms.wordpress.conftest import PASSWORD, Script, post

POSTS, ONE = "/wp/v2/posts", "/wp/v2/posts/7"
REF = Ref("7")
DRAFT = Draft("miami", "post", "Talks", "<p>x</p>", tags=("News",))
WAYS: dict[str, Any] = {
    "null": None,
    "list": [],
    "word": '"post"',
    "number": 5,
    "empty": {},
    **{
        f"{name} {value!r:.20}": post(**{name: value})
        for name, value in [
            ("id", None),
            ("id", "7/../../users/1"),
            ("id", -7),
            ("id", 10**300),
            ("id", 7.5),
            ("id", 8),
            ("type", "page"),
            ("status", None),
            ("status", ""),
            ("status", ["publish"]),
            ("title", None),
            ("title", {"raw": None}),
            ("title", "Talks"),
            ("content", None),
            ("content", {"rendered": "<p>x</p>"}),
            ("content", {"raw": 5}),
            ("excerpt", {"raw": []}),
            ("date_gmt", "yesterday"),
            ("date_gmt", 1764547200),
            ("date_gmt", "2026-13-01T00:00:00"),
            ("date_gmt", "9999-12-31T23:59:59"),
            ("date_gmt", "0001-01-01T00:00:00"),
            ("link", "http://[::1"),
            ("link", 5),
            ("slug", 5),
            ("tags", None),
            ("tags", [[1]]),
            ("categories", {"0": 1}),
            ("featured_media", "five"),
            ("modified_gmt", 5),
            ("_embedded", {"wp:term": 5}),
            ("_embedded", "x"),
        ]
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_one_damaged_post_is_set_aside(site: WordPress, script: Script, way: str) -> None:
    script.on("GET", ONE, WAYS[way])
    script.on("GET", POSTS, [post(5), WAYS[way], post(6)])
    with pytest.raises(Unreadable, match=r"^site school: cannot read post 7: "):
        site.get(REF)
    told: list[Unreadable] = []
    listed = [one.ref.id for one in site.list("post", [State.DRAFT], on_unreadable=told.append)]
    assert {"5", "6"} <= {*listed} <= {"5", "6", "8"}
    assert len(told) == (0 if way == "id 8" else 1)
    with pytest.raises(SiteError):
        site.set_state(REF, Target(State.LIVE))
    assert script.writes() == []


def test_a_post_that_is_nested_without_end_is_set_aside(site: WordPress, script: Script) -> None:
    """It does not cost the page of the listing that it is on."""
    deep = json.dumps(post(7, title={"raw": "DEEP"})).replace('"DEEP"', "[" * 9999 + "]" * 9999)
    script.on("GET", POSTS, f"[{json.dumps(post(5))}, {deep}, {json.dumps(post(6))}]")
    told: list[Unreadable] = []
    listed = site.list("post", [State.DRAFT], on_unreadable=told.append)
    assert [one.ref.id for one in listed] == ["5", "6"]
    assert [error.post_id for error in told] == ["7"]


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_answer_to_a_write_leaves_it_open(
    site: WordPress, script: Script, way: str
) -> None:
    script.on("GET", ONE, post())
    script.on("POST", ONE, WAYS[way])
    script.on("POST", POSTS, WAYS[way])
    script.on("GET", "/wp/v2/tags", [{"id": 3, "name": "News"}])
    seen = Remote(REF, "Talks", "<p>x</p>", State.DRAFT)
    with pytest.raises(OutcomeUnknown):
        site.update(REF, DRAFT, seen, fresh=True)
    with pytest.raises(OutcomeUnknown):
        site.set_state(REF, Target(State.LIVE))
    if way != "id 8":
        with pytest.raises(OutcomeUnknown):
            site.create(DRAFT)


@pytest.mark.parametrize(
    "harmless",
    [
        {"link": False},
        {"slug": None},
        {"excerpt": None},
        {"date_gmt": None},
        {"date_gmt": "0000-00-00T00:00:00"},
        {"featured_media": None},
        {"_embedded": []},
        {"_embedded": {"wp:term": [[{"code": "rest_forbidden"}], [{"taxonomy": 5, "name": 5}]]}},
        {"_links": []},
        {"status": "pitch"},
    ],
    ids=str,
)
def test_what_php_and_plugins_do_is_read(
    site: WordPress, script: Script, harmless: dict[str, Any]
) -> None:
    script.on("GET", ONE, post(**harmless))
    assert site.get(REF).title == "Talks open"


TERMS = [None, 5, "tag", {}, {"id": None, "name": "News"}, {"id": 4, "name": None}, {"id": 4}]


def test_damaged_terms_are_passed_over(site: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/tags", [*TERMS, {"id": 9, "name": "News"}])
    script.on("POST", POSTS, post(tags=[9]))
    site.create(DRAFT)
    assert script.writes()[0][1]["tags"] == [9]


@pytest.mark.parametrize("answer", [None, 5, {}, {"id": None}, {"id": "x"}, [1]], ids=repr)
def test_a_damaged_answer_to_a_new_term_is_told(
    site: WordPress, script: Script, answer: object
) -> None:
    script.on("GET", "/wp/v2/tags", [])
    script.on("POST", "/wp/v2/tags", answer)
    with pytest.raises(OutcomeUnknown, match="a damaged tag"):
        site.create(DRAFT)


FILES = [
    None,
    5,
    {},
    {"id": 4},
    {"id": 4, "source_url": None},
    {"id": 4, "source_url": "http://[x"},
]


@pytest.fixture
def asset(tmp_path: Path) -> Asset:
    path = tmp_path / "pixel.png"
    path.write_bytes(drawn("PNG"))
    return Asset(path, "pixel.png", hashlib.sha256(drawn("PNG")).hexdigest(), "a dot", 3)


@pytest.mark.parametrize("answer", FILES, ids=repr)
def test_damaged_files_are_passed_over_and_a_damaged_upload_is_told(
    site: WordPress, script: Script, asset: Asset, answer: object
) -> None:
    script.on("GET", "/wp/v2/media", [answer])
    script.on("POST", "/wp/v2/media", answer)
    with pytest.raises(OutcomeUnknown, match="a damaged file"):
        site.upload(asset)


INDEXES = [None, [], 5, {}, {"namespaces": None}, {"namespaces": 5}, {"namespaces": ["wp/v2", 5]}]
GOOD = {"namespaces": ["wp/v2"], "home": "https://school.example"}
ODD = [
    {**GOOD, "name": 5},
    {**GOOD, "gmt_offset": "five"},
    {**GOOD, "gmt_offset": []},
    {**GOOD, "timezone_string": 5},
]
ACCOUNTS = [None, [], 5, {"roles": None}, {"roles": [5]}, {"capabilities": 5}, {"name": 5}]


@pytest.mark.parametrize("index", [*INDEXES, *ODD], ids=repr)
def test_health_names_a_damaged_description(site: WordPress, script: Script, index: object) -> None:
    script.on("GET", "/", index)
    ((name, passed, *_),) = site.health().checks
    assert (name, passed) == ("reachable", False)
    assert site.identity().startswith("wordpress:https://school.example")


@pytest.mark.parametrize("account", ACCOUNTS, ids=repr)
@pytest.mark.parametrize("posts", [[], [None], [{"_links": 5}]], ids=repr)
def test_health_names_a_damaged_account(
    site: WordPress, script: Script, account: object, posts: list[Any]
) -> None:
    script.on("GET", "/", GOOD)
    script.on("GET", "/wp/v2/users/me", account)
    script.on("GET", POSTS, posts)
    failed = [name for name, passed, *_ in site.health().checks if not passed]
    assert "signed in" in failed


@pytest.mark.parametrize(
    "headers",
    [
        {"X_WP_TotalPages": "1000000000"},
        {"X_WP_TotalPages": "9" * 5000},
        {"X_WP_TotalPages": "٣"},
        {"X_WP_TotalPages": "-1"},
    ],
    ids=lambda headers: headers["X_WP_TotalPages"][:12],
)
def test_a_listing_ends_whatever_its_header_says(
    site: WordPress, script: Script, headers: dict[str, str]
) -> None:
    script.on("GET", POSTS, [post(5)], **headers)
    listed = []
    with suppress(ServerError):
        listed += site.list("post", [State.DRAFT])
    assert [one.ref.id for one in listed] in ([], ["5"])
    assert len(script.seen) <= 101


@pytest.mark.parametrize("read", ["terms", "files"])
def test_other_listings_end_too(site: WordPress, script: Script, asset: Asset, read: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "terms": lambda: site.create(DRAFT),
        "files": lambda: site.upload(asset),
    }
    for route in ("/wp/v2/tags", "/wp/v2/media"):
        item = {"id": 1, "name": "Other", "source_url": "https://school.example/x.png"}
        script.on("GET", route, [item], X_WP_TotalPages="1000000000")
    with pytest.raises(SiteError, match="its listing does not end"):
        calls[read]()
    assert script.writes() == []


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Sun, 22 Nov 2026 12:00:00 +99999999999999999999",
        "Sun, 22 Nov 2026 12:00:00 -0000",
    ],
)
def test_a_damaged_date_is_no_date(site: WordPress, script: Script, date: str) -> None:
    script.on("GET", ONE, post(), Date=date)
    script.on("POST", ONE, post(status="publish"))
    assert site.set_state(REF, Target(State.LIVE)).state is State.LIVE


def test_a_password_in_damaged_data_is_not_shown(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(date_gmt=PASSWORD))
    with pytest.raises(BlogkitError) as caught:
        site.get(REF)
    assert PASSWORD not in f"{caught.value!r}{caught.value.message}"
