"""Updates, edits in place and undo: exactly the fields that differ, on answers of the documented
shape.

https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from blogkit.errors import Conflict, PermissionDenied, Rejected
from blogkit.platforms.base import Capabilities, Draft, Ref, Remote, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from tests.platforms.wordpress.conftest import URL, Connect, Script, post, refusal

POSTS, ONE = "/wp/v2/posts", "/wp/v2/posts/7"
TERMS = {"News": 3, "Opinion": 4, "Polity": 5, "GS-II": 6}
BODY = "<p>x</p>\n<!-- blogkit:post key=miami -->"
DRAFT = Draft(
    "miami",
    "post",
    "Talks & more",
    BODY,
    ("GS-II",),
    ("News",),
    ("Polity",),
    slug="news",
    excerpt="Short",
)


def stored(**fields: Any) -> dict[str, Any]:
    """The post that shows just what DRAFT means."""
    categories, tags = (
        fields.pop("categories_named", ["News"]),
        fields.pop("tags_named", ["GS-II", "Polity"]),
    )
    named = [("category", categories), ("post_tag", tags)]
    return post(
        **{
            "title": {"raw": "Talks &amp; more"},
            "content": {"raw": BODY},
            "excerpt": {"raw": "Short"},
            "slug": "news",
            "categories": [TERMS[name] for name in categories],
            "tags": [TERMS[name] for name in tags],
            "_embedded": {
                "wp:term": [
                    [{"id": TERMS[name], "taxonomy": kind, "name": name} for name in names]
                    for kind, names in named
                ]
            },
            **fields,
        }
    )


@pytest.fixture
def terms(script: Script) -> None:
    for taxonomy in ("categories", "tags"):
        script.on(
            "GET",
            f"/wp/v2/{taxonomy}",
            [{"id": number, "name": name, "parent": 0} for name, number in TERMS.items()],
        )


def test_the_declared_capabilities(site: WordPress) -> None:
    assert site.capabilities == Capabilities(
        slug="native",
        excerpt=True,
        featured_image=True,
        upload=True,
        taxonomy="categories-and-tags",
        min_lead_seconds=75,
        max_concurrency=4,
        page_size=100,
        searches=True,
        batch_size=100,
        marks_ids=True,
        answers_stored=True,
        untrashes=True,
        glances=True,
        custom_types=True,
    )


def test_the_types_and_languages_of_a_site_are_among_its_capabilities(connect: Connect) -> None:
    site = connect(types=["recipe"], languages=["en", "hi"])
    assert (site.capabilities.types, site.capabilities.languages) == (("recipe",), ("en", "hi"))


@pytest.mark.parametrize(
    ("there", "sent"),
    [
        ({}, {}),
        ({"title": {"raw": "Talks"}}, {"title": "Talks &amp; more"}),
        ({"title": {"raw": "Talks  &amp;\nmore"}}, {}),
        ({"content": {"raw": "<p>old</p>"}}, {"content": BODY}),
        ({"excerpt": {"raw": "Long"}}, {"excerpt": "Short"}),
        ({"categories_named": ["Opinion"]}, {"categories": [3]}),
        ({"categories_named": ["News", "Opinion"]}, {"categories": [3]}),
        ({"tags_named": ["GS-II"]}, {"tags": [6, 5]}),
        ({"tags_named": []}, {"tags": [6, 5]}),
        ({"slug": "news-2"}, {}),
        ({"slug": "news-17"}, {}),
        ({"slug": "news-today"}, {"slug": "news"}),
        ({"slug": "news-"}, {"slug": "news"}),
        ({"slug": "the-news-2"}, {"slug": "news"}),
        ({"slug": ""}, {"slug": "news"}),
    ],
    ids=str,
)
@pytest.mark.usefixtures("terms")
def test_an_update_sends_the_fields_that_differ_and_no_other(
    site: WordPress, script: Script, there: dict[str, Any], sent: dict[str, Any]
) -> None:
    """A slug with a number stands for a taken address: sending it again would not free it."""
    script.on("GET", ONE, stored(**there))
    script.on("POST", ONE, stored())
    expected = site.get(Ref("7"))
    site.update(Ref("7"), DRAFT, expected, fresh=True)
    assert script.writes() == ([(ONE, sent)] if sent else [])
    looked_up = {
        route.rpartition("/")[2] for _, route, query, _ in script.seen if "search" in query
    }
    # the post itself tells the ids of the terms that it has
    assert looked_up <= {"tags", "categories"} & sent.keys()


@pytest.mark.parametrize(
    ("there", "wanted", "sent"),
    [
        ({}, {}, {}),
        ({}, {"title": "A < B"}, {"title": "A &lt; B"}),
        ({}, {"body": "<p>back</p>"}, {"content": "<p>back</p>"}),
        ({}, {"excerpt": "R&D"}, {"excerpt": "R&amp;D"}),
        ({}, {"excerpt": ""}, {"excerpt": ""}),
        ({}, {"slug": "old-news"}, {"slug": "old-news"}),
        ({}, {"categories": ("Opinion", "News")}, {"categories": [4, 3]}),
        ({}, {"tags": ()}, {"tags": []}),
        ({}, {"featured_id": "12"}, {"featured_media": 12}),
        ({"featured_media": 12}, {"featured_id": ""}, {"featured_media": 0}),
        (
            {"featured_media": 12},
            {"featured_id": "12", "body": "<p>back</p>"},
            {"content": "<p>back</p>"},
        ),
        ({}, {"url": f"{URL}/elsewhere", "state": State.LIVE}, {}),
    ],
    ids=str,
)
@pytest.mark.usefixtures("terms")
def test_putting_back_sends_each_field_by_its_wordpress_name(
    site: WordPress,
    script: Script,
    there: dict[str, Any],
    wanted: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    script.on("GET", ONE, stored(**there))
    expected = site.get(Ref("7"))
    terms_sent = {
        name: sent[name] for name in ("categories", "tags", "featured_media") if name in sent
    }
    script.on("POST", ONE, {**stored(**there), **terms_sent})
    site.restore(Ref("7"), replace(expected, **wanted), expected, fresh=True)
    assert script.writes() == ([(ONE, sent)] if sent else [])


def test_putting_back_over_a_change_sends_nothing(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, stored())
    script.on("GET", ONE, stored(content={"raw": "<p>theirs</p>"}))
    expected = site.get(Ref("7"))
    with pytest.raises(Conflict, match="body"):
        site.restore(Ref("7"), replace(expected, title="Old"), expected)
    assert script.writes() == []


def test_an_image_that_the_post_has_already_is_not_sent_again(
    site: WordPress, script: Script
) -> None:
    there = stored(featured_media=12)
    script.on("GET", ONE, there)
    script.on("GET", "/wp/v2/media", [{"id": 12, "slug": "a", "source_url": f"{URL}/u/a.png"}])
    expected = site.get(Ref("7"))
    site.update(Ref("7"), replace(DRAFT, featured_url=f"{URL}/u/a.png"), expected, fresh=True)
    assert script.writes() == []


@pytest.mark.parametrize(
    ("answered", "message"),
    [(0, "dropped its featured_media"), (13, "dropped its featured_media")],
)
def test_an_image_that_the_site_left_out_is_named(
    site: WordPress, script: Script, answered: int, message: str
) -> None:
    script.on("GET", ONE, stored())
    script.on("POST", ONE, stored(featured_media=answered))
    expected = site.get(Ref("7"))
    with pytest.raises(Rejected, match=message):
        site.restore(Ref("7"), replace(expected, featured_id="12"), expected, fresh=True)


def test_an_image_that_nobody_asked_about_is_not_missed(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, stored(featured_media=12))
    script.on("POST", ONE, stored(featured_media=12, title={"raw": "New"}))
    expected = site.get(Ref("7"))
    assert (
        site.restore(Ref("7"), replace(expected, title="New"), expected, fresh=True).featured_id
        == "12"
    )


# looking at several posts


def shown(posts: list[Remote] | dict[Ref, Remote]) -> list[str]:
    return [remote.ref.id for remote in (posts.values() if isinstance(posts, dict) else posts)]


def test_several_posts_are_looked_at_in_one_request(site: WordPress, script: Script) -> None:
    """One that the listing leaves out is asked for by itself: an account may change more than it
    sees in lists.
    """
    script.on("GET", POSTS, [stored(id=7), stored(id=8, status="future")])
    script.on("GET", "/wp/v2/posts/9", stored(id=9))
    script.on("GET", "/wp/v2/posts/10", stored(id=10, status="trash"))
    script.on("GET", "/wp/v2/posts/11", refusal("rest_post_invalid_id", status=404), 404)
    found = site.get_many([Ref(str(number)) for number in (7, 8, 9, 10, 11)])
    assert shown(dict(found)) == ["7", "8", "9"]
    assert script.seen[0][2]["include"] == "7,8,9,10,11"
    assert script.seen[0][2]["status"] == "publish,private,future,draft,pending"
    assert [route for _, route, _, _ in script.seen[1:]] == [
        f"/wp/v2/posts/{number}" for number in (9, 10, 11)
    ]


def test_posts_that_may_not_be_listed_are_looked_at_one_by_one(
    site: WordPress, script: Script
) -> None:
    script.on("GET", POSTS, refusal("rest_forbidden_context", status=403), 403)
    script.on("GET", ONE, stored())
    assert shown(dict(site.get_many([Ref("7")]))) == ["7"]


def test_a_damaged_post_among_several_is_not_asked_for_again(
    site: WordPress, script: Script
) -> None:
    script.on("GET", POSTS, [stored(id=7), stored(id=8, title=None), stored(id=9)])
    found = site.get_many([Ref("7"), Ref("8"), Ref("9")])
    assert shown(dict(found)) == ["7", "9"]
    assert len(script.seen) == 1


@pytest.mark.parametrize(("hour", "believed"), [("09", False), ("10", True), ("11", True)])
def test_a_list_that_shows_a_post_as_it_was_is_not_believed(
    site: WordPress, script: Script, hour: str, believed: bool
) -> None:
    """Some hosts keep old answers."""
    script.on("GET", ONE, stored(modified_gmt="2026-11-20T10:00:00"))
    script.on("GET", POSTS, [stored(modified_gmt=f"2026-11-20T{hour}:00:00")])
    site.get(Ref("7"))
    found = site.get_many([Ref("7")])[Ref("7")]
    assert found.updated == f"2026-11-20T{hour if believed else '10'}:00:00"
    assert [route for _, route, _, _ in script.seen] == [ONE, POSTS, *([] if believed else [ONE])]


def test_a_post_that_nobody_asked_for_is_not_among_several(site: WordPress, script: Script) -> None:
    script.on("GET", POSTS, [stored(id=7), stored(id=8)])
    assert shown(dict(site.get_many([Ref("7")]))) == ["7"]


@pytest.mark.parametrize("code", ["rest_forbidden_context", "rest_forbidden"])
def test_a_search_that_is_refused_does_not_mean_that_there_is_no_post(
    site: WordPress, script: Script, code: str
) -> None:
    script.on("GET", POSTS, refusal(code, status=403), 403)
    with pytest.raises(PermissionDenied):
        site.find("miami", "post")


@pytest.mark.parametrize(
    ("date", "sent"),
    [("Sun, 22 Nov 2026 12:10:00 GMT", "2026-11-22T12:10:00"), ("", "2026-11-22T12:00:00")],
)
def test_now_is_by_the_sites_clock_or_by_ours(
    site: WordPress, script: Script, date: str, sent: str
) -> None:
    script.on("GET", ONE, stored(date_gmt="2026-12-01T10:00:00"), Date=date)
    script.on("POST", ONE, stored(status="publish"))
    site.set_state(Ref("7"), Target(State.LIVE))
    assert script.writes() == [(ONE, {"status": "publish", "date_gmt": sent})]


@pytest.mark.parametrize(
    ("kind", "answer", "status", "error"),
    [
        ("page", "forbidden status", 400, None),
        ("post", "forbidden status", 400, PermissionDenied),
        ("page", "forbidden context", 403, PermissionDenied),
    ],
)
def test_an_account_that_may_write_no_pages_has_none_to_list(
    site: WordPress,
    script: Script,
    kind: str,
    answer: str,
    status: int,
    error: type[Exception] | None,
) -> None:
    inner = {
        "code": "rest_forbidden_status",
        "message": "Status is forbidden.",
        "data": {"status": 403},
    }
    answers = {
        "forbidden status": refusal(
            "rest_invalid_param",
            params={"status": "Status is forbidden."},
            details={"status": inner},
        ),
        "forbidden context": refusal("rest_forbidden_context", status=403),
    }
    script.on("GET", f"/wp/v2/{kind}s", answers[answer], status)
    if error is None:
        assert list(site.list(kind, [State.DRAFT])) == []  # type: ignore[arg-type]
    else:
        with pytest.raises(error):
            list(site.list(kind, [State.DRAFT]))  # type: ignore[arg-type]


def test_a_label_lists_the_posts_of_its_tag_and_of_its_category_once(
    site: WordPress, script: Script
) -> None:
    script.on("GET", "/wp/v2/tags", [{"id": 5, "name": "Polity", "parent": 0}])
    script.on("GET", "/wp/v2/categories", [{"id": 9, "name": "polity", "parent": 0}])
    script.on("GET", POSTS, [stored(id=7), stored(id=8)])
    script.on("GET", POSTS, [stored(id=8), stored(id=9)])
    assert shown(list(site.list("post", [State.LIVE], label="Polity"))) == ["7", "8", "9"]
    queries = [query for _, route, query, _ in script.seen if route == POSTS]
    assert [(query.get("tags"), query.get("categories"), query["status"]) for query in queries] == [
        ("5", None, "publish,private"),
        (None, "9", "publish,private"),
    ]


@pytest.mark.parametrize(
    ("states", "statuses"),
    [
        ([State.LIVE], "publish,private"),
        ([State.SCHEDULED], "future"),
        ([State.DRAFT], "draft,pending"),
        ([State.TRASHED], "trash"),
        ([State.SCHEDULED, State.TRASHED], "future,trash"),
    ],
    ids=str,
)
def test_states_are_listed_by_their_statuses(
    site: WordPress, script: Script, states: list[State], statuses: str
) -> None:
    script.on("GET", POSTS, [])
    assert list(site.list("post", states)) == []
    assert script.seen[0][2]["status"] == statuses


def test_pages_have_no_labels_to_list_by(site: WordPress, script: Script) -> None:
    assert list(site.list("page", [State.LIVE], label="Polity")) == []
    assert script.seen == []


# which blog it is


@pytest.mark.parametrize(
    ("answer", "identity"),
    [
        ({"home": "https://www.school.example"}, "wordpress:https://www.school.example"),
        ([], f"wordpress:{URL}/"),
    ],
)
def test_a_blog_is_named_by_its_home_address(
    site: WordPress, script: Script, answer: object, identity: str
) -> None:
    script.clear()
    script.on("GET", "/", answer)
    assert site.identity() == identity
    assert script.seen[0][2] == {"_fields": "home"}


def test_the_sites_clock_is_read_from_its_last_answer(site: WordPress, script: Script) -> None:
    assert site.clock_offset() == timedelta()
    script.on("GET", ONE, stored(), Date="Sun, 22 Nov 2026 12:02:30 GMT")
    site.get(Ref("7"))
    assert site.clock_offset() == timedelta(minutes=2, seconds=30)


def test_a_post_without_settings_to_name_is_shown_as_it_is(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post())
    found = site.get(Ref("7"))
    assert list(site.with_names([found])) == [found]
    assert len(script.seen) == 1


def test_the_editor_of_a_post(site: WordPress) -> None:
    assert site.editor_of(Ref("10")).endswith("/wp-admin/post.php?post=10&action=edit")
