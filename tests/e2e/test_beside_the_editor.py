"""A person changes a post in wp-admin, and its Markdown file lives on, on a real WordPress."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
TEXT = """\
The *monsoon* reached Kerala on 1 June, and
the __forecast__ was right.

## What it brings

* Rain for the fields
* Relief from the [heat](https://example.com/heat)

```{timeline}
events:
  - {date: "2026-06-01", title: Kerala, text: The rain begins.}
  - {date: "2026-06-10", title: Mumbai, text: Trains are late.}
```

| Place | Date |
|-------|-----:|
| Kerala | 1 June |

***

It leaves in October.[^1]

[^1]: By the calendar of the weather office.
"""
FIELDS = ("title", "excerpt", "content", "tags", "categories", "status", "slug", "meta")


@pytest.fixture(params=["admin", "author"])
def blog(request: pytest.FixtureRequest, wordpress: Site, tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "blog", wordpress, user=request.param)


def posted(blog: Workspace) -> tuple[Path, int]:
    key = f"monsoon-{uuid.uuid4().hex[:6]}"
    front = f"title: Monsoon {key}\ntags: [weather] # one\npublish: now"
    path = blog.write(key, front, TEXT)
    return path, blog.published(path, "--as-new")[key]["id"]  # each test has such a post


def edited(site: Site, number: int, **fields: Any) -> None:
    answer = site.rest("admin", "POST", f"wp/v2/posts/{number}", json=fields)
    assert answer.status_code == 200, answer.text


def tag(site: Site, name: str) -> int:
    """The id of a tag, made if it is missing."""
    answer = site.rest("admin", "POST", "wp/v2/tags", json={"name": name})
    data = answer.json()
    return int(data["id"] if answer.status_code == 201 else data["data"]["term_id"])


def kinds(blog: Workspace, key: str) -> set[str]:
    _, report = blog.run("plan")
    return {one["action"] for one in report["actions"] if one["key"] == key}


def test_what_a_person_changed_goes_into_the_markdown(wordpress: Site, blog: Workspace) -> None:
    path, number = posted(blog)
    source = path.read_text(encoding="utf-8")
    stored = blog.stored(number)
    body = stored["content"]["raw"]
    paragraph = (
        "<!-- wp:paragraph -->\n<p>Then it <strong>rains</strong>.</p>\n<!-- /wp:paragraph -->"
    )
    changes = [
        ("reached Kerala", "reached the south"),
        ("forecast", "first forecast"),
        (">What it brings<", ">What it brings us<"),
        ("Rain for the fields", "Water for the fields"),
        (">1 June</td>", ">2 June</td>"),
        ("<!-- wp:separator", f"{paragraph}\n\n<!-- wp:separator"),
    ]
    for old, new in changes:
        assert body.count(old) == 1, (old, body)
        body = body.replace(old, new)
    tags = [*stored["tags"], tag(wordpress, "Kerala")]
    title = f"The monsoon {path.stem}"
    edited(wordpress, number, content=body, title=title, tags=tags)

    code, report = blog.run("pull", path)
    assert code == 0, report
    expected = source.replace("reached Kerala", "reached the south")
    for old, new in (
        ("the __forecast__", "the __first forecast__"),
        ("## What it brings", "## What it brings us {#what-it-brings}"),
        ("Rain for", "Water for"),
        ("| Kerala | 1 June |", "| Kerala | 2 June |"),
        ("\n***", "\nThen it __rains__.\n\n***"),
        ("title: Monsoon", "title: The monsoon"),
        (f"Monsoon {path.stem}", f"The monsoon {path.stem}"),
        ("[weather] # one", "[weather, Kerala] # one"),
    ):
        expected = expected.replace(old, new, 1) if new not in expected else expected
    assert path.read_text(encoding="utf-8") == expected
    assert kinds(blog, path.stem) == {"unchanged"}
    assert blog.stored(number)["content"]["raw"] == body, "pull sends nothing"


def test_a_tag_there_and_the_text_here(wordpress: Site, blog: Workspace) -> None:
    path, number = posted(blog)
    stored = blog.stored(number)
    edited(wordpress, number, tags=[*stored["tags"], tag(wordpress, "Kerala")])
    before = blog.stored(number)
    text = path.read_text(encoding="utf-8").replace("in October", "in late October")
    path.write_text(text, encoding="utf-8")

    assert kinds(blog, path.stem) == {"update"}
    assert blog.published()[path.stem]["result"] == "done"
    after = blog.stored(number)
    assert (after["tags"], "in late October" in after["content"]["raw"]) == (before["tags"], True)
    assert kinds(blog, path.stem) == {"unchanged"}
    code, report = blog.run("undo", "--yes")
    assert code == 0, report
    restored = blog.stored(number)
    assert {name: restored.get(name) for name in FIELDS} == {
        name: before.get(name) for name in FIELDS
    }


def test_a_title_on_both_sides_is_a_conflict(wordpress: Site, blog: Workspace) -> None:
    path, number = posted(blog)
    edited(wordpress, number, title="A person's title")
    text = path.read_text(encoding="utf-8").replace("title: Monsoon", "title: Rains")
    path.write_text(text, encoding="utf-8")
    code, report = blog.run("publish", "--yes")
    assert (code, "its title is “A person's title” on the site" in str(report)) == (4, True)
