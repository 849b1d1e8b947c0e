"""Custom types of post on a real WordPress: from a file to a live post, edited, undone, adopted."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace, plugged

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
WORDS = "The novel was printed in 1902 in two volumes, and the second one was soon forgotten."


@pytest.fixture
def library(wordpress: Site, tmp_path: Path) -> Iterator[Workspace]:
    with plugged(wordpress, "library"):
        yield Workspace(tmp_path / "blog", wordpress, settings={"types": ["book"]})


def test_a_book_is_published_edited_in_place_and_undone(library: Workspace) -> None:
    key = f"novel-{uuid.uuid4().hex[:6]}"
    path = library.write(key, f"title: Novel {key}\ntype: book\npublish: now", WORDS)
    made = library.published()[key]
    _, _, number = made["id"].rpartition("-")
    assert made["id"] == f"book-{number}"
    assert library.stored(number, "books")["status"] == "publish"
    assert library.published()[key]["result"] == "unchanged"

    path.write_text(path.read_text(encoding="utf-8").replace("1902", "1903"), encoding="utf-8")
    assert library.published()[key]["result"] == "done"
    body = library.stored(number, "books")["content"]["raw"]
    assert "1903" in body
    code, report = library.run("undo", "--yes")
    assert code == 0, report
    assert "1902" in library.stored(number, "books")["content"]["raw"]

    # a lost journal, and a listing, find it again
    path.write_text(path.read_text(encoding="utf-8").replace("1903", "1902"), encoding="utf-8")
    library.delete_journal()
    _, planned = library.run("plan")
    (action,) = planned["actions"]
    assert (action["action"], action["key"]) == ("adopt", key)
    code, report = library.run(
        *("insert", "quote", "--set", "text=A reader", "--into", key, "--at", "end", "--live"),
        "--yes",
    )
    assert code == 0, report
    assert "A reader" in library.stored(number, "books")["content"]["raw"]
    code, report = library.run("undo", "--yes")
    assert code == 0, report
    assert "A reader" not in library.stored(number, "books")["content"]["raw"]


def test_a_book_by_hand_is_adopted_with_its_type(library: Workspace, wordpress: Site) -> None:
    title = f"By hand {uuid.uuid4().hex[:6]}"
    fields = {"title": title, "content": f"<p>{WORDS.lower()}</p>", "status": "publish"}
    book = wordpress.rest("admin", "POST", "wp/v2/books", json=fields).json()
    assert "?book=" in book["link"], "its address has no path"
    for address in (book["guid"]["raw"], f"{wordpress.url}/wp-admin/post.php?post={book['id']}"):
        code, report = library.run("adopt", address, "--dry-run")
        assert code == 0, report
        assert len(report["files"]) == 1
    code, report = library.run("adopt", f"{book['link']}&utm_source=news")
    assert code == 0, report
    (path,) = (library.root / "posts").iterdir()
    text = path.read_text(encoding="utf-8")
    assert 'type: "book"' in text
    assert f'post_id: "book-{book["id"]}"' in text
    path.write_text(text.replace("1902", "1904"), encoding="utf-8")
    assert [one["result"] for one in library.published().values()] == ["done"]
    assert "1904" in library.stored(book["id"], "books")["content"]["raw"]


def test_an_unknown_type_is_answered_with_those_of_the_site(
    wordpress: Site, tmp_path: Path
) -> None:
    with plugged(wordpress, "library"):
        blog = Workspace(tmp_path / "blog", wordpress, settings={"types": ["novel"]})
        blog.write("a", "title: A\ntype: novel\npublish: now", WORDS)
        code, report = blog.run("publish", "--yes")
    assert code != 0
    assert 'no type of post \\"novel\\"' in str(report) or 'no type of post "novel"' in str(report)
    assert "book" in str(report)
    assert "film" in str(report)
