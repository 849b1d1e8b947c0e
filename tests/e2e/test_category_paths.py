"""Categories by path on a real WordPress: the right one of a name, new ones below their parents."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
WORDS = "The commission was set up in 1950, and its report of 1953 is still read in classes."


@pytest.fixture
def tree(wordpress: Site) -> dict[str, int]:
    """Two categories of one name, and the categories above them."""
    mark = uuid.uuid4().hex[:6]
    made: dict[str, int] = {}
    for path in (
        f"II-{mark}",
        f"II-{mark}/Polity-{mark}",
        f"III-{mark}",
        f"III-{mark}/Polity-{mark}",
    ):
        above, _, name = path.rpartition("/")
        answer = wordpress.rest(
            "admin",
            "POST",
            "wp/v2/categories",
            json={"name": name or path, "parent": made.get(above, 0)},
        )
        made[path] = int(answer.json()["id"])
    return made


def test_a_path_names_one_of_two_and_creates_what_is_missing(
    wordpress: Site, tree: dict[str, int], tmp_path: Path
) -> None:
    two, polity, three, other = tree
    blog = Workspace(tmp_path / "blog", wordpress)
    name = polity.partition("/")[2]
    path = blog.write("law", f"title: Law {name}\ncategories: [{name}]\npublish: now", WORDS)
    code, refused = blog.run("publish", "--yes")
    assert code == 1
    (outcome,) = refused["outcomes"]
    assert f'posts/law.md:3: "{name}" is the name of 2 categories' in outcome["message"]
    assert f"{polity}, {other}" in outcome["hint"]

    courts = f"{three}/Courts/High"
    blog.write("law", f"title: Law {name}\ncategories: [{other}, '{courts}']\npublish: now", WORDS)
    code, planned = blog.run("plan")
    assert "creates the category " + courts in str(planned)
    number = blog.published()["law"]["id"]
    stored = blog.stored(number)["categories"]
    assert tree[other] in stored
    (high,) = set(stored) - {tree[other]}
    found = wordpress.rest("admin", "GET", f"wp/v2/categories/{high}").json()
    above = wordpress.rest("admin", "GET", f"wp/v2/categories/{found['parent']}").json()
    assert (found["name"], above["name"], above["parent"]) == ("High", "Courts", tree[three])
    assert blog.published()["law"]["result"] == "unchanged"

    # any other change leaves the post where it is, and a move by a person is seen
    path.write_text(path.read_text(encoding="utf-8").replace("1953", "1954"), encoding="utf-8")
    _, shown = blog.run("diff")
    assert "1954" in str(shown)
    assert "labels" not in str(shown), "a path is not another label"
    blog.published()
    assert set(blog.stored(number)["categories"]) == set(stored)
    path.write_text(path.read_text(encoding="utf-8").replace("1954", "1955"), encoding="utf-8")
    _, shown = blog.run("diff")
    assert "1955" in str(shown)
    marks = [str(shown).count(mark) for mark in ("key=law", f"key=law id={number}")]
    assert marks == [0, 0], "nor is the id beside the key another text"
    blog.published()
    wordpress.rest(
        "admin", "POST", f"wp/v2/posts/{number}", json={"categories": [tree[polity], high]}
    )
    _, status = blog.run("plan")
    assert "categories" in str(status)
    moved = path.read_text(encoding="utf-8").replace(other, f"{two} > {name}")
    path.write_text(moved, encoding="utf-8")
    blog.published()
    assert set(blog.stored(number)["categories"]) == {tree[polity], high}


def test_adopt_writes_the_shortest_path_and_undo_keeps_the_category(
    wordpress: Site, tree: dict[str, int], tmp_path: Path
) -> None:
    _, _, _, other = tree
    blog = Workspace(tmp_path / "blog", wordpress)
    text = {"title": f"Rivers {other}", "content": f"<p>{WORDS[::-1]}</p>", "status": "publish"}
    post = wordpress.rest(
        "admin", "POST", "wp/v2/posts", json={**text, "categories": [tree[other], 1]}
    ).json()
    code, report = blog.run("adopt", post["link"])
    assert code == 0, report
    (path,) = (blog.root / "posts").iterdir()
    assert f'categories: ["{other}", "Uncategorized"]' in path.read_text(encoding="utf-8").replace(
        f'["Uncategorized", "{other}"]', f'["{other}", "Uncategorized"]'
    )
    changed = path.read_text(encoding="utf-8").replace(
        '"Uncategorized"', '"id:' + str(tree[other]) + '"'
    )
    path.write_text(changed, encoding="utf-8")
    blog.published("posts/" + path.name)
    assert blog.stored(post["id"])["categories"] == [tree[other]]
    code, report = blog.run("undo", "--yes")
    assert code == 0, report
    assert set(blog.stored(post["id"])["categories"]) == {tree[other], 1}
