"""Settings in front matter: what is in the file, and only that."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from blogkit.errors import ContentError
from blogkit.posts.loader import load_post
from blogkit.posts.post import Post, Publish
from tests.cases import for_each

NEW_YEAR = datetime(2020, 1, 2, tzinfo=UTC)
KOLKATA = ZoneInfo("Asia/Kolkata")


def load(*lines: str) -> Post:
    text = "\n".join(["---", "title: Talks in Miami", *lines, "---", "Text.\n"])
    path = Path("posts/a.md")
    return load_post(path, root=Path(), zone=KOLKATA, text=text.encode())


@for_each(
    ("lines", "settings"),
    [
        ([], {}),
        (["author:", "sticky:", "meta:"], {}),
        (["author: anna"], {"author": "anna"}),
        (["author: id:3"], {"author": "id:3"}),
        (["password: 007"], {"password": "007"}),
        (['password: ""'], {"password": ""}),
        (["sticky: true"], {"sticky": True}),
        (["sticky: no"], {"sticky": False}),
        (["comments: Closed", "pings: open"], {"comments": "closed", "pings": "open"}),
        (["comments: false"], {"comments": "closed"}),
        (["format: aside"], {"format": "aside"}),
        (["parent: about/team", "order: 0"], {"parent": "about/team", "order": 0}),
        (["template: ''"], {"template": ""}),
        (["meta: {rating: 5, colour: red}"], {"meta.rating": 5, "meta.colour": "red"}),
        (
            ["location: {name: Miami, lat: 25.76, lng: -80}"],
            {"location": {"name": "Miami", "lat": 25.76, "lng": -80.0}},
        ),
        (["location: none"], {"location": ""}),
        (["date: 2026-12-01 07:00"], {"date": "2026-12-01T01:30:00+00:00"}),
        (["publish: draft", "date: 2026-12-01"], {"date": "2026-11-30T18:30:00+00:00"}),
    ],
)
def test_settings_are_read(lines: list[str], settings: dict[str, Any]) -> None:
    assert load(*lines).settings == settings


@for_each(
    ("line", "code"),
    [
        ("sticky: maybe", "bad-flag"),
        ("comments: closd", "bad-option"),
        ("format: gallry", "bad-option"),
        ("image_size: huge", "bad-option"),
        ("order: 1.5", "bad-number"),
        ("order: true", "bad-number"),
        ("author: [anna]", "wrong-type"),
        ("meta: red", "wrong-type"),
        ("location: Miami", "bad-location"),
        ("location: {name: Miami, lat: 95, lng: 1}", "bad-location"),
        ("location: {name: Miami, lat: north, lng: 1}", "bad-location"),
        ("date: tomorrow", "bad-date"),
        ("date: 2026-02-30", "bad-date"),
    ],
)
def test_a_wrong_value_is_an_error_at_its_line(line: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        load("publish: now", line)
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (4, code)
    assert problem.hint


@for_each(
    ("lines", "publish", "at"),
    [
        (["publish: private"], Publish.PRIVATE, None),
        (["publish: pending"], Publish.PENDING, None),
        (["publish: now", "date: 2020-01-02 05:30"], Publish.SCHEDULED, NEW_YEAR),
        (["publish: private", "date: 2020-01-02 05:30"], Publish.PRIVATE, NEW_YEAR),
        (["publish: now", 'date: ""'], Publish.LIVE, None),
        (
            ["publish: 2020-01-02 05:30", "date: 2020-01-02 05:30"],
            Publish.SCHEDULED,
            NEW_YEAR,
        ),
    ],
)
def test_the_state_and_the_date_together(
    lines: list[str], publish: Publish, at: datetime | None
) -> None:
    post = load(*lines)
    assert (post.publish, post.at) == (publish, at)
    assert post.settings == {}


def test_two_dates_that_differ_are_an_error() -> None:
    with pytest.raises(ContentError) as caught:
        load("publish: 2026-12-01 07:00", "date: 2026-12-02")
    assert [(one.line, one.code) for one in caught.value.problems] == [(4, "two-dates")]


@for_each(
    ("lines", "cleared"),
    [
        (["excerpt:", "image:", "tags:"], ()),
        (['excerpt: ""', "image: none"], ("excerpt", "image")),
        (["categories: []", "labels: []", "tags: []"], ("categories", "labels", "tags")),
        (["excerpt: none"], ()),
    ],
)
def test_an_empty_value_clears_a_field(lines: list[str], cleared: tuple[str, ...]) -> None:
    post = load(*lines)
    assert post.cleared == cleared
    assert post.image == ""


# Names of other programs


@for_each(
    ("lines", "expected"),
    [
        (["description: Short", "category: News"], {"excerpt": "Short", "categories": ("News",)}),
        (["Summary: Short", "tag: [a, b]"], {"excerpt": "Short", "tags": ("a", "b")}),
        (["featured_image: a.png"], {"image": "a.png"}),
        (["featured-image: none"], {"image": "", "cleared": ("image",)}),
        (["draft: true"], {"publish": Publish.DRAFT}),
        (["draft: false"], {"publish": Publish.LIVE}),
        (["published: false"], {"publish": Publish.DRAFT}),
        (["status: publish"], {"publish": Publish.LIVE}),
        (["status: private"], {"publish": Publish.PRIVATE}),
        (
            ["date: 2020-01-02 05:30", "draft: false"],
            {"publish": Publish.SCHEDULED, "at": NEW_YEAR, "settings": {}},
        ),
        (
            ["date: 2020-01-02T05:30:00+05:30", "draft: true"],
            {"publish": Publish.DRAFT, "settings": {"date": "2020-01-02T00:00:00+00:00"}},
        ),
        (["weight: 3", "comment_status: closed"], {"settings": {"order": 3, "comments": "closed"}}),
        (["layout: page", "lang: hi"], {"kind": "page", "language": "hi"}),
    ],
)
def test_names_of_other_programs_are_understood(lines: list[str], expected: dict[str, Any]) -> None:
    post = load(*lines)
    assert {name: getattr(post, name) for name in expected} == expected


def test_a_line_is_found_under_its_own_name() -> None:
    assert load("key: a", "description: Short").lines["excerpt"] == 4
    with pytest.raises(ContentError) as caught:
        load("key: a", "description: [a]")
    assert [one.line for one in caught.value.problems] == [4]


@for_each(
    ("lines", "words"),
    [
        (["excerpt: Short", "description: Long"], '"excerpt" on line 3'),
        (["description: Short", "summary: Long"], '"description" on line 3'),
        (["publish: now", "draft: true"], '"publish" on line 3'),
    ],
)
def test_two_names_for_one_value_are_an_error(lines: list[str], words: str) -> None:
    with pytest.raises(ContentError) as caught:
        load(*lines)
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (4, "two-names")
    assert words in problem.message


@for_each("line", ["layout: gallery", "draft: maybe", "published: 2020-01-01", "permalink: /a/"])
def test_what_has_another_meaning_here_stays_an_error(line: str) -> None:
    with pytest.raises(ContentError) as caught:
        load(line)
    assert [one.code for one in caught.value.problems] == ["unknown-key"]
