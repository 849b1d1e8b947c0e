"""The terms of a post: all of them, and which of several with one name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.platforms.wordpress.adapter import WordPress
from tests.platforms.wordpress.conftest import Script, post

ROUTE = "/wp/v2/posts/7"
TAGS = {number: f"Tag {number}" for number in range(1, 131)}
GS2, GS3 = 21, 31
"""Two categories named Polity, below GS-II and GS-III."""


def embedded(taxonomy: str, names: dict[int, str]) -> dict[str, Any]:
    """As WordPress embeds terms: at most 100."""
    terms = [{"id": number, "taxonomy": taxonomy, "name": name} for number, name in names.items()]
    return {"wp:term": [terms[:100]]}


@pytest.fixture
def tagged(script: Script) -> dict[str, Any]:
    """A post with 130 tags, and the site that knows them."""
    stored = post(tags=list(TAGS), _embedded=embedded("post_tag", TAGS))
    script.on("GET", ROUTE, stored)
    script.on("GET", "/wp/v2/tags", [{"id": n, "name": TAGS[n]} for n in range(101, 131)])
    return stored


def draft(**fields: Any) -> Draft:
    body = "<p>x</p>\n<!-- blogkit:post key=miami -->"
    return Draft("miami", "post", "Talks open", body, **fields)


def test_a_post_with_many_tags_has_them_all(
    site: WordPress, script: Script, tagged: dict[str, Any]
) -> None:
    found = site.get(Ref("7"))
    assert found.tags == tuple(TAGS.values())
    assert found.tag_ids == tuple(map(str, TAGS))
    asked = [query["include"] for _, route, query, _ in script.seen if route == "/wp/v2/tags"]
    assert asked == [",".join(map(str, range(101, 131)))]
    site.get(Ref("7"))
    assert len([route for _, route, *_ in script.seen if route == "/wp/v2/tags"]) == 1, "once a run"


def test_one_more_tag_leaves_the_others(
    site: WordPress, script: Script, tagged: dict[str, Any]
) -> None:
    found = site.get(Ref("7"))
    script.on("GET", "/wp/v2/tags", [])
    script.on("POST", "/wp/v2/tags", {"id": 200, "name": "New"}, 201)
    script.on("POST", ROUTE, {**tagged, "tags": [*TAGS, 200]})
    site.update(Ref("7"), draft(tags=(*TAGS.values(), "New")), found, fresh=True)
    sent = dict(script.writes())[ROUTE]
    assert sorted(sent["tags"]) == [*TAGS, 200]
    # the others have no need to be looked for: the post itself tells which they are
    searched = [query for _, route, query, _ in script.seen if "search" in query]
    assert len(searched) == 1


def polity(number: int) -> dict[str, Any]:
    return post(categories=[number], _embedded=embedded("category", {number: "Polity"}))


@pytest.fixture
def two_of_a_name(script: Script) -> None:
    both = [
        {"id": GS2, "name": "Polity", "parent": 20},
        {"id": GS3, "name": "Polity", "parent": 30},
    ]
    script.on("GET", "/wp/v2/categories", both)


@pytest.mark.usefixtures("two_of_a_name")
def test_another_category_leaves_the_post_in_its_own(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, polity(GS3))
    script.on("POST", "/wp/v2/categories", {"id": 40, "name": "News"}, 201)
    script.on("POST", ROUTE, post(categories=[GS3, 40]))
    found = site.get(Ref("7"))
    site.update(Ref("7"), draft(categories=("Polity", "News")), found, fresh=True)
    assert dict(script.writes())[ROUTE]["categories"] == [GS3, 40]


@pytest.mark.usefixtures("two_of_a_name")
def test_undo_puts_a_post_back_into_the_category_that_it_was_in(
    site: WordPress, script: Script
) -> None:
    before = Remote(
        Ref("7"),
        "Talks open",
        "<p>x</p>\n<!-- blogkit:post key=miami -->",
        State.DRAFT,
        categories=("Polity",),
        category_ids=(str(GS3),),
    )
    script.on("POST", ROUTE, polity(GS3))
    now = replace(before, category_ids=(str(GS2),))
    site.restore(Ref("7"), before, now, fresh=True)
    assert script.writes() == [(ROUTE, {"categories": [GS3]})]


def test_a_term_that_was_deleted_since_is_created_again(site: WordPress, script: Script) -> None:
    before = Remote(Ref("7"), "Talks open", "<p>x</p>", State.DRAFT, tags=("Old",), tag_ids=("9",))
    script.on("GET", "/wp/v2/tags", [])
    script.on("POST", "/wp/v2/tags", {"id": 10, "name": "Old"}, 201)
    script.on("POST", ROUTE, post(tags=[10]))
    site.restore(Ref("7"), before, replace(before, tags=(), tag_ids=()), fresh=True)
    assert dict(script.writes())[ROUTE] == {"tags": [10]}
