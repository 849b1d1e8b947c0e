"""Each field of a request and of an answer, without a site."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.platforms.items import DamagedItem
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.settings import SETTING_ROWS
from tests.cases import for_each
from tests.platforms.wordpress.conftest import URL, post

DRAFT = Draft("miami", "post", 'Talks & "more"', "<p>x</p>")


def read(**fields: Any) -> Remote:
    return api.remote_from_wordpress(api.read_post(post(**fields), fields.get("type", "post")))


def test_a_request_asks_for_the_raw_fields_that_a_post_is_made_of() -> None:
    asked = dict(api.READ)
    assert (asked.pop("context"), asked.pop("_embed")) == ("edit", "wp:term")
    assert {*asked.pop("_fields").split(",")} == {
        *("id", "type", "status", "link", "slug", "date_gmt", "modified_gmt"),
        *("title.raw", "content.raw", "excerpt.raw", "categories", "tags", "featured_media"),
        *(row.field for row in SETTING_ROWS.values()),
        *("meta", "aioseo_meta_data"),
        *("_links", "_embedded"),
    }
    assert asked == {}


USUAL = {
    *("id", "type", "status", "link", "slug", "date_gmt", "modified_gmt"),
    *("title.raw", "content.raw", "categories", "tags", "featured_media"),
}


@for_each(
    ("fields", "seen", "embeds", "more"),
    [
        ({}, True, False, set()),
        ({}, False, False, {"excerpt.raw"}),
        ({"excerpt": "x"}, True, False, {"excerpt.raw"}),
        ({"content": "x"}, True, False, {"content.rendered"}),
        ({"tags": []}, True, True, {"excerpt.raw", "_links", "_embedded"}),
        (
            {"categories": [], "content": "x"},
            True,
            True,
            {"excerpt.raw", "_links", "_embedded", "content.rendered"},
        ),
    ],
)
def test_a_change_asks_for_what_may_have_changed(
    fields: dict[str, Any], seen: bool, embeds: bool, more: set[str]
) -> None:
    asked = dict(api.answer_params(fields, seen=seen))
    shown = {*asked.pop("_fields").split(",")}
    settings = {*(row.field for row in SETTING_ROWS.values()), "meta", "aioseo_meta_data"}
    assert shown == USUAL | settings | more
    assert asked == {"context": "edit", **({"_embed": "wp:term"} if embeds else {})}


def test_a_look_at_time_stamps_asks_for_no_text() -> None:
    asked = dict(api.GLANCE)
    texts = {"content.raw", "categories", "tags"}
    assert {*asked.pop("_fields").split(",")} == USUAL - texts
    assert asked == {"context": "edit"}


@for_each(
    ("word", "state", "status"),
    [
        ("publish", State.LIVE, ""),
        ("private", State.LIVE, "private"),
        ("future", State.SCHEDULED, ""),
        ("draft", State.DRAFT, ""),
        ("auto-draft", State.DRAFT, "auto-draft"),
        ("pending", State.DRAFT, "pending"),
        ("of-a-plugin", State.DRAFT, "of-a-plugin"),
        ("trash", State.TRASHED, ""),
    ],
)
def test_each_status_is_read_as_a_state(word: str, state: State, status: str) -> None:
    found = read(status=word)
    assert (found.state, found.status) == (state, status)


def test_each_state_is_listed_by_its_statuses() -> None:
    states = (State.SCHEDULED, State.DRAFT, State.LIVE, State.TRASHED)
    assert api.statuses(states) == "future,draft,pending,publish,private,trash"


def test_terms_whose_names_an_answer_lacks_are_asked_for_once() -> None:
    term = {"id": 3, "taxonomy": "category", "name": "News"}
    posts = [
        api.read_post(post(categories=[3, 4], tags=[5], _embedded={"wp:term": [[term]]}), "post"),
        api.read_post(post(categories=[4, 6], tags=[5]), "post"),
    ]
    assert api.unnamed_terms(posts) == {"categories": [4, 6], "tags": [5]}
    assert api.unnamed_terms([]) == {"categories": [], "tags": []}


def test_every_field_of_a_post_is_read() -> None:
    terms = [
        [{"id": 3, "taxonomy": "category", "name": "News"}],
        [{"id": 5, "taxonomy": "post_tag", "name": "GS"}],
    ]
    shown = read(
        type="page",
        status="publish",
        slug="caf%C3%A9",
        excerpt={"raw": "A &amp; B"},
        modified_gmt="2026-11-21T10:00:00",
        featured_media=12,
        _embedded={"wp:term": terms},
    )
    assert shown == Remote(
        Ref("7", "page"),
        "Talks open",
        "<p>x</p>\n<!-- blogkit:post key=miami -->",
        State.LIVE,
        f"{URL}/?p=7",
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        "2026-11-21T10:00:00",
        categories=("News",),
        tags=("GS",),
        slug="café",
        excerpt="A & B",
        featured_id="12",
        category_ids=("3",),
        tag_ids=("5",),
        raw_title="Talks open",
        raw_excerpt="A &amp; B",
    )


def test_a_page_without_an_excerpt_has_none() -> None:
    assert read(excerpt=None).excerpt == ""


def test_terms_that_say_nothing_are_passed_over() -> None:
    terms = [
        [
            {"id": 1, "taxonomy": "category", "name": "R&amp;D"},
            {"id": 2, "taxonomy": "category", "name": "News"},
        ],
        [
            {"code": "rest_forbidden"},
            {"id": 3, "taxonomy": ["x"], "name": "News"},
            {"id": 4, "taxonomy": "category"},
            {"id": "x", "taxonomy": "category", "name": "No number"},
        ],
        [
            {"id": 5, "taxonomy": "post_tag", "name": None},
            {"id": 6, "taxonomy": "shelf", "name": "Top"},
        ],
    ]
    shown = read(_embedded={"wp:term": terms})
    assert (shown.categories, shown.tags) == (("R&D", "News"), ())


@for_each(
    ("kind", "asked", "fields", "expected"),
    [
        ("post", "", {}, None),
        ("post", "7", {}, None),
        ("page", "7", {"type": "page"}, None),
        ("page", "7", {}, "the answer is about post 7"),
        ("post", "8", {}, "the answer is about post 7"),
        ("post", "", {"type": "page"}, "the answer is about page 7"),
    ],
)
def test_an_answer_about_another_post_is_none(
    kind: Any, asked: str, fields: dict[str, Any], expected: str | None
) -> None:
    if expected is None:
        assert api.read_post(post(**fields), kind, asked).id == 7
        return
    with pytest.raises(DamagedItem, match=expected):
        api.read_post(post(**fields), kind, asked)


@for_each(
    ("item", "post_id", "message", "key"),
    [
        ({"id": 9, "content": {"raw": "<p>x</p>"}}, "", "post 9", ""),
        ({"id": 9, "content": {"raw": "<!-- blogkit:post key=a -->"}}, "7", "post 7", "a"),
        ({"id": 9, "content": {"raw": None}}, "", "post 9", None),
        ({"id": 9, "content": "<!-- blogkit:post key=a -->"}, "", "post 9", None),
        ({"id": 9}, "", "post 9", None),
        ({}, "", "a post without a usable id", None),
        ([], "", "a post without a usable id", None),
        (None, "7", "post 7", None),
    ],
)
def test_a_post_that_cannot_be_read_is_named_with_its_key(
    item: object, post_id: str, message: str, key: str | None
) -> None:
    error = api.unreadable_resource("school", "post", item, "its title is damaged", post_id)
    assert error.message == f"site school: cannot read {message}: its title is damaged"
    assert error.key == key


@for_each(
    ("item", "expected"),
    [
        ({"_links": {"wp:action-unfiltered-html": []}}, True),
        ({"_links": {"https://api.w.org/action-unfiltered-html": []}}, True),
        ({"_links": {"wp:action-publish": []}}, False),
        ({"_links": {}}, False),
        ({"_links": ["wp:action-unfiltered-html"]}, False),
        ({}, False),
        ([], False),
        (None, False),
    ],
)
def test_the_links_of_a_post_tell_whether_raw_html_is_kept(item: object, expected: bool) -> None:
    assert api.may_post_raw_html(item) is expected


def test_a_time_is_sent_in_utc_without_fractions() -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    assert api.wordpress_time(datetime(2026, 12, 1, 7, 0, 1, 999, kolkata)) == "2026-12-01T01:30:01"


@for_each(
    ("draft", "numbers", "sent"),
    [
        (DRAFT, ((), (), 0), {"tags": ()}),
        (DRAFT, ((3,), (4,), 12), {"tags": (3,), "categories": (4,), "featured_media": 12}),
        (replace(DRAFT, slug="talks"), ((), (), 0), {"slug": "talks", "tags": ()}),
        (
            replace(DRAFT, excerpt='R&D "x"'),
            ((), (), 0),
            {"excerpt": 'R&amp;D "x"', "tags": ()},
        ),
        (
            replace(DRAFT, kind="page", slug="talks", excerpt="e"),
            ((3,), (4,), 12),
            {"slug": "talks", "excerpt": "e", "featured_media": 12},
        ),
    ],
)
def test_what_is_sent_for_a_draft(
    draft: Draft, numbers: tuple[Any, Any, int], sent: dict[str, Any]
) -> None:
    tags, categories, featured = numbers
    assert api.post_fields(draft, tags=tags, categories=categories, featured=featured) == {
        "title": 'Talks &amp; "more"',
        "content": "<p>x</p>",
        **sent,
    }


@for_each(
    ("values", "sent"),
    [
        ({"title": 'A & "B"'}, {"title": 'A &amp; "B"'}),
        ({"excerpt": 'A & "B"'}, {"excerpt": 'A &amp; "B"'}),
        ({"body": "<p>&</p>"}, {"content": "<p>&</p>"}),
        ({"featured_id": "12"}, {"featured_media": 12}),
        ({"featured_id": ""}, {"featured_media": 0}),
        ({"slug": "s", "tags": ("a",), "categories": ()},) * 2,
        ({"labels": ("a",), "url": "u"}, {}),
    ],
)
def test_fields_have_other_names_there(values: dict[str, Any], sent: dict[str, Any]) -> None:
    assert api.metadata(values) == sent


REMOTE = Remote(Ref("7"), DRAFT.title, DRAFT.body, State.DRAFT)
FIELDS = {"title", "content", "excerpt", "slug", "categories", "tags"}


@for_each(
    ("wanted", "found", "differ"),
    [
        ({}, {}, set()),
        ({}, {"title": 'Talks  &\n"more"'}, set()),
        ({}, {"title": 'talks & "more"'}, {"title"}),
        ({}, {"body": "<p>x</p>\n"}, {"content"}),
        ({"body": "<p>a<br>b</p>"}, {"body": "<p>a<br />b</p>"}, set()),
        ({"body": "<p>a<br />b</p>"}, {"body": "<p>a<br>b</p>"}, set()),
        ({"body": "<p>a<br>b</p>", "exact": True}, {"body": "<p>a<br />b</p>"}, {"content"}),
        ({"excerpt": "a b"}, {"excerpt": "a\nb"}, set()),
        ({"slug": "news"}, {"slug": "news-today"}, {"slug"}),
        ({"excerpt": "a"}, {}, {"excerpt"}),
        ({"slug": "news"}, {"slug": "news-2"}, set()),
        ({"slug": "news"}, {"slug": "news-2a"}, {"slug"}),
        ({"categories": ("News",)}, {"categories": ("Opinion",)}, {"categories"}),
        ({"categories": ("World  news",)}, {"categories": ("world news",)}, set()),
        ({"labels": ("A",), "tags": ("B",)}, {"tags": ("b", "a")}, set()),
        ({"labels": ("A",)}, {"tags": ("B",)}, {"tags"}),
        ({"tags": ("A",)}, {}, {"tags"}),
    ],
)
def test_fields_that_the_site_has_already(
    wanted: dict[str, Any], found: dict[str, Any], differ: set[str]
) -> None:
    same = api.unchanged_fields(replace(DRAFT, **wanted), replace(REMOTE, **found))
    assert same == FIELDS - differ


@for_each(
    ("sent", "kept", "expected"),
    [
        ({}, {"tags": [3], "categories": [4], "featured_media": 12}, []),
        ({"tags": (3, 5)}, {"tags": [5, 3]}, []),
        ({"tags": (3, 5)}, {"tags": [3]}, ["tags"]),
        ({"categories": [4]}, {"categories": [1]}, ["categories"]),
        ({"categories": []}, {"categories": [1]}, []),
        ({"categories": []}, {"categories": [1, 2]}, ["categories"]),
        ({"tags": []}, {"tags": [1]}, ["tags"]),
        ({"featured_media": 12}, {"featured_media": 12}, []),
        ({"featured_media": 0}, {"featured_media": 12}, ["featured_media"]),
        (
            {"tags": [3], "categories": [4], "featured_media": 12},
            {},
            ["tags", "categories", "featured_media"],
        ),
    ],
)
def test_what_the_site_left_out(
    sent: dict[str, Any], kept: dict[str, Any], expected: list[str]
) -> None:
    answer = api.read_post(post(**{"tags": [], "categories": [], **kept}), "post")
    assert api.dropped(sent, answer) == expected
