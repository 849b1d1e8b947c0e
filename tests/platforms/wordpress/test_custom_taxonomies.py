"""Taxonomies beside categories and tags, and the fields of plugins for search engines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Draft, Ref
from blogkit.platforms.wordpress.adapter import WordPress
from tests.platforms.wordpress.conftest import Connect, Script, post

TAXONOMIES = {
    "category": {"rest_base": "categories", "hierarchical": True, "types": ["post"]},
    "genre": {"rest_base": "genres", "hierarchical": True, "types": ["post"]},
    "mood": {"rest_namespace": "library/v1", "hierarchical": False, "types": ["post", "book"]},
    "shelf": {"hierarchical": False, "types": ["book"]},
}
GENRES = [
    {"id": 10, "name": "Novels", "slug": "novels", "parent": 0},
    {"id": 11, "name": "Crime", "slug": "crime", "parent": 10},
    {"id": 12, "name": "Essays", "slug": "essays", "parent": 0},
    {"id": 13, "name": "Crime", "slug": "crime-2", "parent": 12},
]
DRAFT = Draft("miami", "post", "Talks open", "<p>x</p>\n<!-- blogkit:post key=miami -->")
ROUTE = "/wp/v2/posts/7"


@pytest.fixture
def library(connect: Connect, script: Script) -> WordPress:
    script.on("GET", "/wp/v2/taxonomies", TAXONOMIES)
    script.on("GET", "/wp/v2/genres", GENRES)
    script.on("GET", "/library/v1/mood", [{"id": 20, "name": "light/dark", "slug": "x"}])
    return connect(taxonomies=["genre", "mood", "shelf"])


def named(**taxonomies: list[str]) -> Draft:
    return replace(DRAFT, settings={f"taxonomies.{n}": v for n, v in taxonomies.items()})


def test_terms_are_read_sent_and_put_back(library: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, post(genres=[12], mood=[], shelf=None))
    seen = library.get(Ref("7"))
    assert seen.settings["taxonomies.genre"] == ["id:12"]
    assert "taxonomies.shelf" not in seen.settings, "the site does not tell"
    asked = script.seen[-1][2]["_fields"].split(",")
    assert asked[-3:] == ["genres", "mood", "shelf"]

    wanted = named(genre=["Novels/Crime", "id:12"], mood=["Light/Dark"])
    script.on("POST", ROUTE, post(genres=[12, 11], mood=[20]))
    changed = library.update(seen.ref, wanted, seen, fresh=True)
    assert script.writes() == [(ROUTE, {"genres": [11, 12], "mood": [20]})]
    resolved = library.resolve(wanted).settings
    assert {name: changed.settings[name] for name in resolved} == resolved
    assert library.resolve(replace(wanted, settings=resolved)).settings == resolved

    script.on("POST", ROUTE, post(genres=[12], mood=[]))
    library.restore(seen.ref, seen, changed, fresh=True)
    assert script.writes()[1:] == [(ROUTE, {"genres": [12], "mood": []})]


def test_missing_terms_are_planned_and_created_once(library: WordPress, script: Script) -> None:
    new = named(genre=["Novels/Crime/Old"], mood=["sad/glad"])
    assert library.site_terms(new).creates == ("the genre Novels/Crime/Old", "the mood sad/glad")
    assert library.resolve(new).settings["taxonomies.mood"] == ["sad/glad"]
    assert script.writes() == []
    script.on("POST", "/wp/v2/genres", {"id": 14, "name": "Old"}, 201)
    script.on("POST", "/library/v1/mood", {"id": 21, "name": "sad/glad"}, 201)
    script.on("POST", "/wp/v2/posts", post(genres=[14], mood=[21]), 201)
    ready = library.resolve(new, create=True)
    library.create(ready)
    assert script.writes()[:2] == [
        ("/wp/v2/genres", {"name": "Old", "parent": 11}),
        ("/library/v1/mood", {"name": "sad/glad"}),
    ]
    assert script.writes()[2][1]["genres"] == [14]
    assert len(script.writes()) == 3
    for route in ("/wp/v2/taxonomies", "/wp/v2/genres", "/library/v1/mood"):
        assert [r for m, r, *_ in script.seen if m == "GET"].count(route) == 1, "once a run"


@pytest.mark.parametrize(
    ("taxonomies", "reason", "hint"),
    [
        ({"genres": ["x"]}, 'taxonomies: "genres" is not among', 'did you mean "genre"'),
        ({"film": ["x"]}, 'taxonomies: "film" is not among', 'taxonomies = ["film"]'),
        ({"shelf": ["x"]}, "taxonomies: a post has no shelf", "with it: book"),
        ({"genre": ["Crime"]}, "the name of 2 genres", "Novels/Crime, Essays/Crime"),
        ({"genre": ["slug:x"]}, 'no genres term "slug:x"', ""),
    ],
)
def test_what_is_unclear_is_refused(
    library: WordPress, script: Script, taxonomies: dict[str, Any], reason: str, hint: str
) -> None:
    with pytest.raises(Rejected, match=reason) as caught:
        library.resolve(named(**taxonomies))
    assert hint in caught.value.hint
    assert script.writes() == []


def test_a_taxonomy_that_the_site_lacks_is_answered_with_its_own(
    connect: Connect, script: Script
) -> None:
    script.on("GET", "/wp/v2/taxonomies", TAXONOMIES)
    with pytest.raises(Rejected, match='no taxonomy "colour"') as caught:
        connect(taxonomies=["colour"]).get(Ref("7"))
    assert "category, genre, mood, shelf" in caught.value.hint


def described(**properties: Any) -> dict[str, Any]:
    return {"schema": {"properties": properties}}


SEO = replace(DRAFT, settings={"seo.title": "Found", "seo.description": "A bridge"})


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("_yoast_wpseo_title", "_yoast_wpseo_metadesc"),
        ("rank_math_title", "rank_math_description"),
        ("_seopress_titles_title", "_seopress_titles_desc"),
    ],
)
def test_seo_goes_into_the_fields_that_are_registered(
    site: WordPress, script: Script, title: str, description: str
) -> None:
    fields = {name: {"type": "string"} for name in (title, description)}
    script.on("OPTIONS", "/wp/v2/posts", described(meta={"properties": fields}))
    ready = site.resolve(SEO)
    assert ready.settings == {f"meta.{title}": "Found", f"meta.{description}": "A bridge"}
    assert site.resolve(ready) == ready
    script.on("POST", "/wp/v2/posts", post(meta={title: "Found", description: "A bridge"}), 201)
    made = site.create(ready)
    assert script.writes()[-1][1]["meta"] == {title: "Found", description: "A bridge"}
    assert made.settings[f"meta.{title}"] == "Found"


def test_all_in_one_seo_has_its_own_field(site: WordPress, script: Script) -> None:
    script.on("OPTIONS", "/wp/v2/posts", described(aioseo_meta_data={}))
    ready = site.resolve(SEO)
    assert site.resolve(ready) == ready
    there = {"title": "Found", "description": None, "keywords": []}
    script.on("GET", ROUTE, post(aioseo_meta_data=there))
    seen = site.get(Ref("7"))
    script.on("POST", ROUTE, post(aioseo_meta_data={**there, "description": "A bridge"}))
    site.update(seen.ref, ready, seen, fresh=True)
    assert script.writes()[-1] == (ROUTE, {"aioseo_meta_data": {"description": "A bridge"}})


@pytest.mark.parametrize(
    ("namespaces", "hint"),
    [
        (["wp/v2", "rankmath/v1"], "the site has Rank Math"),
        (["wp/v2"], "install Yoast SEO, Rank Math, SEOPress or All in One SEO"),
        (None, "or remove seo:"),
    ],
)
def test_a_site_without_such_fields_is_told_what_to_do(
    site: WordPress, script: Script, namespaces: Any, hint: str
) -> None:
    script.on("OPTIONS", "/wp/v2/posts", described(meta={"properties": {}}))
    script.on("GET", "/", {"namespaces": namespaces})
    with pytest.raises(Rejected, match="seo: site school registers no field for the title") as no:
        site.resolve(SEO)
    assert hint in no.value.hint
    assert {method for method, *_ in script.seen} == {"OPTIONS", "GET"}
