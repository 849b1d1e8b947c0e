"""Other taxonomies, and fields for search engines, on a real WordPress."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace, plugged

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
WORDS = "The bridge has four arches, and the flood of 1910 took the second one with it."


@pytest.fixture
def library(wordpress: Site, tmp_path: Path) -> Iterator[Workspace]:
    settings = {"types": ["book"], "taxonomies": ["genre", "mood"]}
    with plugged(wordpress, "library"):
        yield Workspace(tmp_path / "blog", wordpress, settings=settings)


def test_terms_are_created_by_path_changed_and_undone(library: Workspace, wordpress: Site) -> None:
    key = f"bridge-{uuid.uuid4().hex[:6]}"
    path = library.write(
        key,
        f"title: Bridge {key}\ntype: book\npublish: now\n"
        f"taxonomies: {{genre: [Novels {key}/Crime, Essays {key}], mood: [light/dark {key}]}}",
        WORDS,
    )
    _, planned = library.run("plan")
    assert f"creates the genre Novels {key}/Crime" in str(planned)
    assert f"creates the mood light/dark {key}" in str(planned)
    made = library.published()[key]
    number = made["id"].rpartition("-")[2]
    stored = library.stored(number, "books")
    terms = {
        term["id"]: term
        for term in wordpress.rest(
            "admin", "GET", "wp/v2/genres", params={"per_page": 100, "search": ""}
        ).json()
    }
    names = {terms[number]["name"]: terms[number]["parent"] for number in stored["genres"]}
    assert names.keys() == {"Crime", f"Essays {key}"}
    assert terms[names["Crime"]]["name"] == f"Novels {key}"
    assert library.published()[key]["result"] == "unchanged"

    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f", Essays {key}", ""), encoding="utf-8")
    assert library.published()[key]["result"] == "done"
    assert len(library.stored(number, "books")["genres"]) == 1
    code, report = library.run("undo", "--yes")
    assert code == 0, report
    assert sorted(library.stored(number, "books")["genres"]) == sorted(stored["genres"])

    path.write_text(text, encoding="utf-8")
    library.delete_journal()
    _, planned = library.run("plan")
    assert [one["action"] for one in planned["actions"]] == ["adopt"]


def test_what_the_site_lacks_is_said_before_anything_is_sent(library: Workspace) -> None:
    for name, line, reason in (
        ("a", "taxonomies: {genres: [Novels]}", "not among the taxonomies"),
        ("b", "taxonomies: {mood: [light]}", "a post has no mood"),
        ("c", "taxonomies: {genre: ['id:999999']}", "has no genres term"),
        ("d", "seo: {title: Bridges}", "registers no field for the title"),
    ):
        path = library.write(name, f"title: Lacks {name}\n{line}\npublish: now", WORDS + name)
        code, report = library.run("publish", path, "--yes")
        assert code != 0
        (outcome,) = report["outcomes"]
        assert (outcome["result"], reason in outcome["message"]) == ("refused", True), outcome
        assert f"{name}.md:3: " in outcome["message"], outcome


SEO = {
    "yoast": "_yoast_wpseo_title _yoast_wpseo_metadesc",
    "rank-math": "rank_math_title rank_math_description",
    "seopress": "_seopress_titles_title _seopress_titles_desc",
}


@pytest.mark.parametrize("plugin", SEO)
def test_title_and_description_go_where_the_plugin_keeps_them(
    wordpress: Site, tmp_path: Path, plugin: str
) -> None:
    title, description = SEO[plugin].split()
    with plugged(wordpress, "seo", fields=SEO[plugin]):
        blog = Workspace(tmp_path / "blog", wordpress)
        key = f"seo-{uuid.uuid4().hex[:6]}"
        path = blog.write(
            key,
            f"title: Seen {plugin} {key}\nseo: {{title: Found, description: 'A bridge'}}\n"
            "publish: now",
            f"{WORDS} {plugin}",
        )
        number = blog.published()[key]["id"]
        meta = blog.stored(number)["meta"]
        assert (meta[title], meta[description]) == ("Found", "A bridge")
        assert blog.published()[key]["result"] == "unchanged"
        path.write_text(path.read_text(encoding="utf-8").replace("Found", "Sought"), "utf-8")
        blog.published()
        assert blog.stored(number)["meta"][title] == "Sought"
        code, report = blog.run("undo", "--yes")
        assert code == 0, report
        assert blog.stored(number)["meta"][title] == "Found"


def test_all_in_one_seo_has_a_field_of_its_own(wordpress: Site, tmp_path: Path) -> None:
    with plugged(wordpress, "all-in-one-seo"):
        blog = Workspace(tmp_path / "blog", wordpress)
        key = f"aio-{uuid.uuid4().hex[:6]}"
        path = blog.write(
            key, f"title: Seen by {key}\nseo: {{title: Found}}\npublish: now", f"{WORDS} Once."
        )
        number = blog.published()[key]["id"]
        assert blog.stored(number)["aioseo_meta_data"] == {"title": "Found", "description": ""}
        path.write_text(path.read_text(encoding="utf-8").replace("Found", "Sought"), "utf-8")
        blog.published()
        code, report = blog.run("undo", "--yes")
        assert code == 0, report
        assert blog.stored(number)["aioseo_meta_data"]["title"] == "Found"


def test_the_advice_names_the_plugin_that_the_site_has(wordpress: Site, tmp_path: Path) -> None:
    with plugged(wordpress, "yoast-routes"):
        blog = Workspace(tmp_path / "blog", wordpress)
        blog.write("x", "title: Advice\nseo: {description: Bridges}\npublish: now", WORDS)
        code, report = blog.run("publish", "--yes")
    assert code != 0
    (outcome,) = report["outcomes"]
    assert "the site has Yoast SEO" in outcome["hint"]
    assert "_yoast_wpseo_metadesc" in outcome["hint"]
