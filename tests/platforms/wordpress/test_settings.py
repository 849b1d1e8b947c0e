"""Settings on WordPress: what is read, what is sent, and names that the site does not have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.platforms.wordpress import api
from blogkit.platforms.wordpress.adapter import WordPress
from tests.cases import for_each
from tests.platforms.wordpress.conftest import Connect, Script, post, refusal

DRAFT = Draft("miami", "post", "Talks open", "<p>x</p>\n<!-- blogkit:post key=miami -->")
POSTS, PAGES, ONE = "/wp/v2/posts", "/wp/v2/pages", "/wp/v2/posts/7"
ME = {"id": 3, "slug": "anna", "name": "Anna", "username": "anna.k", "capabilities": {}}
EDITOR = {**ME, "capabilities": {"edit_others_posts": True}}
SHOWN: dict[str, Any] = {
    "author": 3,
    "password": "",
    "sticky": False,
    "comment_status": "open",
    "ping_status": "open",
    "format": "standard",
    "template": "",
    "meta": {"rating": 0},
}
READ = {
    "author": "id:3",
    "password": "",
    "sticky": False,
    "comments": "open",
    "pings": "open",
    "format": "standard",
    "template": "",
    "meta.rating": 0,
    "date": "",
}


def read(**fields: Any) -> Remote:
    return api.remote_from_wordpress(api.read_post(post(**fields), fields.get("type", "post")))


def test_settings_are_read() -> None:
    assert read(**SHOWN).settings == READ
    page = read(type="page", **SHOWN, parent=12, menu_order=4).settings
    assert page == {n: v for n, v in READ.items() if n not in ("sticky", "format")} | {
        "parent": "id:12",
        "order": 4,
    }


@for_each(
    ("fields", "date"),
    [
        ({}, ""),
        ({"date_gmt": None}, ""),
        ({"date_gmt": "2026-11-20T10:00:01"}, ""),
        ({"date_gmt": "2026-12-01T01:30:00"}, "2026-12-01T01:30:00+00:00"),
        ({"date_gmt": "2026-12-01T01:30:00", "status": "pending"}, "2026-12-01T01:30:00+00:00"),
        ({"date_gmt": "2026-12-01T01:30:00", "status": "publish"}, None),
        ({"date_gmt": "2026-12-01T01:30:00", "modified_gmt": "soon"}, ""),
    ],
)
def test_a_draft_has_a_date_if_it_is_not_that_of_its_last_change(
    fields: dict[str, Any], date: str | None
) -> None:
    assert read(**fields).settings.get("date") == date


def test_a_damaged_setting_is_left_out() -> None:
    broken = {"author": "anna", "sticky": 1, "comment_status": None, "meta": []}
    assert read(**SHOWN | broken).settings.keys() == READ.keys() - {
        *("author", "sticky", "comments", "meta.rating"),
    }


@for_each(
    ("settings", "sent"),
    [
        ({"comments": "closed"}, {"comment_status": "closed"}),
        ({"comments": "open", "pings": "open", "author": "id:3"}, {}),
        ({"sticky": True}, {"sticky": True}),
        ({"password": "Open sesame"}, {"password": "Open sesame"}),
        ({"meta.rating": 5}, {"meta": {"rating": 5}}),
        ({"meta.rating": 0}, {}),
        ({"date": "2026-12-01T01:30:00+00:00"}, {"date_gmt": "2026-12-01T01:30:00"}),
        ({"date": ""}, {}),
        ({"location": {"name": "Miami", "lat": 1.0, "lng": 1.0}, "order": 3}, {}),
    ],
)
def test_a_change_of_one_field_sends_that_field(
    connect: Connect, script: Script, settings: dict[str, Any], sent: dict[str, Any]
) -> None:
    site = connect()
    script.clear()
    shown = post(**SHOWN)
    script.on("GET", ONE, shown)
    script.on("GET", "/wp/v2/users/me", ME)
    script.on(
        "OPTIONS", POSTS, {"schema": {"properties": {"meta": {"properties": {"rating": {}}}}}}
    )
    script.on("POST", ONE, shown)
    found = site.get(Ref("7"))
    site.update(Ref("7"), replace(DRAFT, settings=settings), found, fresh=True)
    assert [body for _, body in script.writes() if isinstance(body, dict)] == (
        [sent] if sent else []
    )


def test_an_undone_setting_is_sent_as_it_was(site: WordPress, script: Script) -> None:
    before, now = read(**SHOWN), read(**SHOWN | {"sticky": True, "author": 9})
    script.on("POST", ONE, post(**SHOWN))
    site.restore(Ref("7"), before, now, fresh=True)
    assert script.writes() == [(ONE, {"sticky": False, "author": 3})]


def test_a_draft_without_a_date_loses_the_one_that_it_got(site: WordPress, script: Script) -> None:
    before, now = read(), read(date_gmt="2026-12-01T01:30:00")
    script.on("POST", ONE, post())
    site.restore(Ref("7"), before, now, fresh=True)
    assert script.writes() == [(ONE, {"date_gmt": None})]


# Clearing


def test_empty_fields_are_sent(site: WordPress, script: Script) -> None:
    news = {"wp:term": [[{"id": 3, "taxonomy": "category", "name": "News"}]]}
    shown = post(excerpt={"raw": "Short"}, featured_media=12, categories=[3], _embedded=news)
    script.on("GET", ONE, shown)
    default = {"wp:term": [[{"id": 1, "taxonomy": "category", "name": "Uncategorized"}]]}
    script.on("POST", ONE, post(categories=[1], _embedded=default))
    found = site.get(Ref("7"))
    cleared = replace(DRAFT, cleared=("excerpt", "image", "categories"))
    back = site.update(Ref("7"), cleared, found, fresh=True)
    assert script.writes() == [(ONE, {"excerpt": "", "categories": [], "featured_media": 0})]
    assert back.category_ids == ("1",), "the site's default category"


# Authors


@for_each("name", ["anna", "Anna.K", "id:3"])
def test_the_own_account_is_known_by_login_name_and_id(
    site: WordPress, script: Script, name: str
) -> None:
    script.on("GET", "/wp/v2/users/me", ME)
    resolved = site.resolve(replace(DRAFT, settings={"author": name}))
    assert resolved.settings == {"author": "id:3"}
    assert site.resolve(resolved) == resolved


def test_an_editor_names_another_author_with_one_listing(site: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/users/me", EDITOR)
    script.on("GET", "/wp/v2/users", [{"id": 9, "slug": "boris", "name": "Boris"}])
    for name in ("boris", "id:9", "boris"):
        resolved = site.resolve(replace(DRAFT, settings={"author": name}))
        assert resolved.settings == {"author": "id:9"}
    assert [route for _, route, _, _ in script.seen] == ["/wp/v2/users/me", "/wp/v2/users"]


@for_each(
    ("account", "name", "message", "hint"),
    [
        (EDITOR, "bors", 'author: site school has no author "bors"', "boris (id:9)"),
        (EDITOR, "id:8", 'has no author "id:8"', "boris (id:9)"),
        (ME, "boris", "may only write its own posts", "author: anna"),
    ],
)
def test_an_author_who_cannot_be_set(
    connect: Connect, script: Script, account: Any, name: str, message: str, hint: str
) -> None:
    site = connect()
    script.clear()
    script.on("GET", "/wp/v2/users/me", account)
    script.on("GET", "/wp/v2/users", [{"id": 9, "slug": "boris", "name": "Boris"}])
    with pytest.raises(Rejected, match=message) as caught:
        site.resolve(replace(DRAFT, settings={"author": name}))
    assert hint in caught.value.hint


def test_an_id_is_taken_where_the_site_hides_its_users(site: WordPress, script: Script) -> None:
    for route in ("/wp/v2/users/me", "/wp/v2/users"):
        script.on("GET", route, refusal("rest_no_route"), 404)
    resolved = site.resolve(replace(DRAFT, settings={"author": "id:9"}))
    assert resolved.settings == {"author": "id:9"}
    with pytest.raises(Rejected) as caught:
        site.resolve(replace(DRAFT, settings={"author": "boris"}))
    assert "id:3" in caught.value.hint


# Pages


def page(number: int, slug: str, parent: int = 0) -> dict[str, Any]:
    return {"id": number, "slug": slug, "parent": parent}


def test_a_parent_is_found_by_its_address(site: WordPress, script: Script) -> None:
    script.on("GET", PAGES, [page(5, "team", 4), page(6, "team", 2)])
    script.on("GET", PAGES, [page(2, "about")])
    below = Draft("x", "page", "X", "<p>x</p>", settings={"parent": "about/team"})
    assert site.resolve(below).settings == {"parent": "id:6"}


@for_each(("parent", "found"), [("", ""), ("none", ""), ("id:6", "id:6")])
def test_a_parent_by_its_id_and_none(
    site: WordPress, script: Script, parent: str, found: str
) -> None:
    script.on("GET", f"{PAGES}/6", page(6, "team"))
    below = Draft("x", "page", "X", "<p>x</p>", settings={"parent": parent})
    assert site.resolve(below).settings == {"parent": found}


def test_a_parent_is_found_by_the_key_of_its_file(site: WordPress, script: Script) -> None:
    body = {"raw": "<p>x</p><!-- blogkit:post key=team -->"}
    script.on("GET", PAGES, [])
    script.on("GET", PAGES, [post(6, type="page", content=body)])
    below = Draft("x", "page", "X", "<p>x</p>", settings={"parent": "team"})
    assert site.resolve(below).settings == {"parent": "id:6"}


def test_a_parent_that_two_pages_may_be(site: WordPress, script: Script) -> None:
    body = {"raw": "<p>x</p><!-- blogkit:post key=team -->"}
    script.on("GET", PAGES, [])
    script.on("GET", PAGES, [post(n, type="page", content=body) for n in (6, 7)])
    below = Draft("x", "page", "X", "<p>x</p>", settings={"parent": "team"})
    with pytest.raises(Rejected, match="parent: 2 pages on site school"):
        site.resolve(below)


def test_a_parent_that_does_not_exist(site: WordPress, script: Script) -> None:
    script.on("GET", PAGES, [])
    below = Draft("x", "page", "X", "<p>x</p>", settings={"parent": "team"})
    with pytest.raises(Rejected, match='parent: site school has no page "team"'):
        site.resolve(below)


# Custom fields


def test_a_custom_field_must_be_registered(site: WordPress, script: Script) -> None:
    fields = {"rating": {"type": "integer"}, "colour": {"type": "string"}}
    script.on("OPTIONS", POSTS, {"schema": {"properties": {"meta": {"properties": fields}}}})
    given = replace(DRAFT, settings={"meta.rating": 5, "meta.colour": 7})
    assert site.resolve(given).settings == {"meta.rating": 5, "meta.colour": "7"}
    with pytest.raises(Rejected, match='does not register "score"') as caught:
        site.resolve(replace(DRAFT, settings={"meta.score": 5}))
    assert "register_post_meta('post', 'score'" in caught.value.hint
    assert "colour, rating" in caught.value.hint
    assert len(script.seen) == 1


def test_a_firewall_that_hides_the_fields_is_passed_by(site: WordPress, script: Script) -> None:
    """The read-back finds what was not kept."""
    script.on("OPTIONS", POSTS, "<title>Blocked</title>", 403)
    given = replace(DRAFT, settings={"meta.rating": 5})
    assert site.resolve(given) == given


# What can be told before anything is sent


@for_each(
    ("kind", "settings", "expected"),
    [
        ("post", {"author": "anna", "meta.x": 1, "date": ""}, []),
        ("post", {"location": ""}, [("setting-location", "warning")]),
        ("post", {"parent": "about"}, [("setting-parent", "warning")]),
        ("page", {"sticky": True}, [("setting-sticky", "warning")]),
        ("post", {"comments": "hidden"}, [("setting-comments", "error")]),
        ("post", {"sticky": True, "password": "x"}, [("setting-sticky", "error")]),
        ("post", {"sticky": True, "password": ""}, []),
    ],
)
def test_what_wordpress_lacks_is_told(
    site: WordPress, kind: Any, settings: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = site.check(replace(DRAFT, kind=kind, settings=settings), None)
    assert [(problem.code, problem.severity) for problem in found] == expected


def test_a_status_is_read_in_the_words_of_the_site() -> None:
    assert [
        (one.state, one.status) for one in (read(status="private"), read(status="pending"))
    ] == [
        (State.LIVE, "private"),
        (State.DRAFT, "pending"),
    ]
