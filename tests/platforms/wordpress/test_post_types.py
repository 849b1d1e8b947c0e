"""Custom types of post, which WordPress shows at addresses of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from blogkit.errors import NotFound, Rejected
from blogkit.platforms.base import Draft, Ref, State
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.sync.export import export_source
from tests.platforms.wordpress.conftest import Connect, Script, post, refusal

TYPES = {
    "post": {"rest_base": "posts", "taxonomies": ["category", "post_tag"]},
    "book": {"rest_base": "books", "rest_namespace": "library/v1", "taxonomies": ["genre"]},
}
BOOKS = "/library/v1/books"
DRAFT = Draft("miami", "post", "Talks open", "<p>x</p>\n<!-- blogkit:post key=miami -->")


def book(number: int = 7, **fields: Any) -> dict[str, Any]:
    found = post(number, type="book", **fields)
    del found["categories"], found["tags"]
    return found


@pytest.fixture
def library(connect: Connect, script: Script) -> WordPress:
    script.on("GET", "/wp/v2/types", TYPES)
    return connect(types=["book"])


def test_a_post_of_a_type_lives_at_its_address(library: WordPress, script: Script) -> None:
    script.on("POST", BOOKS, book(), 201)
    made = library.create(replace(DRAFT, type="book"))
    assert (made.ref, made.type) == (Ref("book-7"), "book")
    script.on("GET", f"{BOOKS}/7", book())
    script.on("POST", f"{BOOKS}/7", book(title={"raw": "New"}))
    seen = library.get(made.ref)
    assert library.update(seen.ref, replace(DRAFT, title="New", type="book"), seen).title == "New"
    script.on("DELETE", f"{BOOKS}/7", book(status="trash"))
    library.trash(made.ref)
    routes = [route for _, route, *_ in script.seen]
    assert routes.count("/wp/v2/types") == 1, "looked up once"


def test_lists_and_searches_have_the_types_of_the_settings(
    library: WordPress, script: Script
) -> None:
    script.on("GET", "/wp/v2/posts", [post(5, content={"raw": "<p>y</p>"})])
    script.on("GET", BOOKS, [book(7)])
    listed = library.list("post", [State.DRAFT])
    assert [one.ref for one in listed] == [Ref("5"), Ref("book-7")]
    found = library.find("miami", "post")
    assert found is not None
    assert found.ref == Ref("book-7")
    similar = library.find_similar([DRAFT], "post")
    assert [one.ref for one in similar] == [Ref("5"), Ref("book-7")]
    many = library.get_many([Ref("5"), Ref("book-7")])
    assert set(many) == {Ref("5"), Ref("book-7")}
    assert script.seen[-1][2]["include"] == "5,7"
    script.on("GET", "/wp/v2/pages", [])
    assert list(library.list("page", [State.DRAFT])) == []


def test_a_type_that_the_site_lacks_is_answered_with_its_types(
    connect: Connect, script: Script
) -> None:
    script.on("GET", "/wp/v2/types", TYPES)
    script.on("GET", "/wp/v2/posts", [])
    with pytest.raises(Rejected, match='no type of post "film"') as caught:
        connect(types=["film"]).find("miami", "post")
    assert "its types: book, post" in caught.value.hint
    assert script.writes() == []


def test_a_post_keeps_its_type(library: WordPress, script: Script) -> None:
    script.on("GET", f"{BOOKS}/7", book())
    seen = library.get(Ref("book-7"))
    with pytest.raises(Rejected, match="cannot make post book-7 a post"):
        library.update(seen.ref, DRAFT, seen)
    assert script.writes() == []


def test_a_damaged_post_of_a_type_is_named_by_its_id(library: WordPress, script: Script) -> None:
    script.on("GET", "/wp/v2/posts", [])
    script.on("GET", BOOKS, [book(title=None)])
    damaged: list[str] = []
    list(
        library.list(
            "post", [State.DRAFT], on_unreadable=lambda error: damaged.append(error.post_id)
        )
    )
    assert damaged == ["book-7"]


def test_a_file_of_such_a_post_names_its_type(library: WordPress, script: Script) -> None:
    script.on("GET", f"{BOOKS}/7", book())
    source = export_source(library.get(Ref("book-7")), "school").decode()
    assert 'type: "book"\n' in source
    assert 'post_id: "book-7"\n' in source


def test_a_plain_number_may_be_of_any_type_and_a_key_of_none(
    library: WordPress, script: Script
) -> None:
    for route in ("/wp/v2/posts/7", "/wp/v2/posts/about-tea", "/wp/v2/posts/8", f"{BOOKS}/8"):
        script.on("GET", route, refusal("rest_post_invalid_id", status=404), 404)
    script.on("GET", f"{BOOKS}/7", book())
    assert library.get(Ref("7")).ref == Ref("book-7")
    for missing in ("8", "about-tea"):
        with pytest.raises(NotFound):
            library.get(Ref(missing))
