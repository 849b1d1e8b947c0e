"""The terms of a post: all of them, and which of several with one name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from blogkit.errors import Conflict, PermissionDenied, Rejected
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.platforms.wordpress.adapter import WordPress
from tests.platforms.wordpress.conftest import Script, post, refusal

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
    looked_up = [query for _, route, query, _ in script.seen if query.get("orderby") == "count"]
    assert len(looked_up) == 1


def polity(number: int) -> dict[str, Any]:
    return post(categories=[number], _embedded=embedded("category", {number: "Polity"}))


@pytest.fixture
def two_of_a_name(script: Script) -> None:
    both = [
        {"id": 20, "name": "GS-II", "slug": "gs-ii", "parent": 0},
        {"id": GS2, "name": "Polity", "slug": "polity", "parent": 20},
        {"id": 30, "name": "GS-III", "slug": "gs-iii", "parent": 0},
        {"id": GS3, "name": "Polity", "slug": "polity-2", "parent": 30},
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


@pytest.mark.usefixtures("two_of_a_name")
def test_an_ambiguous_name_is_refused_before_anything_is_sent(
    site: WordPress, script: Script
) -> None:
    (problem,) = site.site_terms(draft(categories=("polity",))).problems
    assert '"polity" is the name of 2 categories' in problem.message
    assert problem.hint == "write one of: GS-II/Polity, GS-III/Polity"
    with pytest.raises(Rejected, match="name of 2 categories"):
        site.create(draft(categories=("polity",)))
    (unknown,) = site.site_terms(draft(categories=("id:9",))).problems
    assert 'no category "id:9"' in unknown.message
    assert script.writes() == []


@pytest.mark.usefixtures("two_of_a_name")
def test_a_missing_path_is_created_from_what_exists(site: WordPress, script: Script) -> None:
    new = draft(categories=("GS-III > Ethics > Cases", "gs-iii/polity", "GS-III/Ethics"))
    planned = site.site_terms(new)
    assert planned.creates == (
        "the category GS-III > Ethics > Cases",
        "the category GS-III/Ethics",
    )
    assert (planned.names, planned.category_ids) == (("Cases", "Polity", "Ethics"), ())
    script.on("POST", "/wp/v2/categories", {"id": 40, "name": "Ethics"}, 201)
    script.on("POST", "/wp/v2/categories", {"id": 41, "name": "Cases"}, 201)
    script.on("POST", "/wp/v2/posts", post(categories=[41, GS3, 40]), 201)
    site.create(new)
    assert script.writes()[:2] == [
        ("/wp/v2/categories", {"name": "Ethics", "parent": 30}),
        ("/wp/v2/categories", {"name": "Cases", "parent": 40}),
    ]
    assert script.writes()[2][1]["categories"] == [41, GS3, 40]
    assert site.site_terms(new).category_ids == ("41", str(GS3), "40")
    looked_up = [method for method, route, *_ in script.seen if route == "/wp/v2/categories"]
    assert looked_up.count("GET") == 1, "once a run"


@pytest.mark.usefixtures("two_of_a_name")
def test_a_category_that_the_post_has_is_not_sent_again(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, polity(GS3))
    found = site.get(Ref("7"))
    asked = len(script.seen)
    site.update(Ref("7"), draft(categories=("polity",)), found, fresh=True)
    assert len(script.seen) == asked, "its name is enough"
    site.update(Ref("7"), draft(categories=("GS-III/Polity",)), found, fresh=True)
    assert script.writes() == []
    script.on("POST", ROUTE, polity(GS2))
    site.update(Ref("7"), draft(categories=("GS-II/Polity",)), found, fresh=True)
    assert script.writes() == [(ROUTE, {"categories": [GS2]})]


def test_a_move_to_another_category_of_the_name_is_an_edit(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, polity(GS2))
    before = site.get(Ref("7"))
    script.on("GET", ROUTE, polity(GS3))
    site.get(Ref("7"))
    with pytest.raises(Conflict, match="labels"):
        site.update(Ref("7"), draft(), before)


@pytest.mark.usefixtures("two_of_a_name")
def test_files_get_the_shortest_path_of_a_category(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, polity(GS3))
    assert site.category_paths(site.get(Ref("7"))) == ["GS-III/Polity"]


@pytest.mark.usefixtures("two_of_a_name")
def test_undo_does_not_guess_which_category_of_a_name_was_deleted(
    site: WordPress, script: Script
) -> None:
    before = Remote(
        Ref("7"), "T", "<p>x</p>", State.DRAFT, categories=("Polity",), category_ids=("99",)
    )
    with pytest.raises(Rejected, match="name of 2 categories"):
        site.restore(Ref("7"), before, replace(before, category_ids=("1",)), fresh=True)
    assert script.writes() == []


@pytest.mark.usefixtures("two_of_a_name")
def test_a_name_lists_the_posts_of_each_category_with_it(site: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/tags", [])
    script.on("GET", "/wp/v2/posts", [polity(GS3)])
    assert [found.ref for found in site.list("post", [State.LIVE], "Polity")] == [Ref("7")]
    assert script.seen[-1][2]["categories"] == f"{GS2},{GS3}"


def test_a_category_that_someone_creates_after_a_refusal_is_found(
    site: WordPress, script: Script
) -> None:
    script.on("GET", "/wp/v2/categories", [])
    script.on("GET", "/wp/v2/categories", [{"id": 40, "name": "News", "parent": 0}])
    script.on("POST", "/wp/v2/categories", refusal("rest_cannot_create", status=403), 403)
    script.on("POST", "/wp/v2/posts", post(categories=[40]), 201)
    with pytest.raises(PermissionDenied, match="may not create it"):
        site.create(draft(categories=("News",)))
    assert site.create(draft(categories=("News",))).categories == ("News",)


def test_emptied_categories_stay_empty_when_another_field_is_sent(
    site: WordPress, script: Script
) -> None:
    """To a post without a category, WordPress adds its default one with each change."""
    script.on("GET", ROUTE, post(categories=[]))
    script.on("POST", ROUTE, post(categories=[], title={"raw": "Talks closed"}))
    found, empty = site.get(Ref("7")), draft(cleared=("categories",))
    site.update(Ref("7"), empty, found, fresh=True)
    assert script.writes() == []
    site.update(Ref("7"), replace(empty, title="Talks closed"), found, fresh=True)
    assert script.writes() == [(ROUTE, {"title": "Talks closed", "categories": []})]
