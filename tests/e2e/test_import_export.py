"""What a real WordPress exports becomes files that are tied to its posts, byte for byte."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import CONFIG, Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
BLOCKS = (
    "<!-- wp:paragraph -->\n<p>{} &amp; more ]]> <em>end</em>&nbsp;</p>\n<!-- /wp:paragraph -->\n\n"
    '<!-- wp:list {{"ordered":true}} -->\n<ol class="wp-block-list"></ol>\n<!-- /wp:list -->'
)


def made(site: Site, route: str, **fields: object) -> int:
    answer = site.rest("admin", "POST", f"wp/v2/{route}", json=fields)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def test_an_export_is_imported_and_nothing_is_to_be_published(
    wordpress: Site, tmp_path: Path
) -> None:
    mark = uuid.uuid4().hex[:6]
    above = made(wordpress, "categories", name=f"Sea {mark}")
    below = made(wordpress, "categories", name=f"Harbours/{mark}", parent=above)
    tag = made(wordpress, "tags", name=f"Q&A {mark}")
    page = made(wordpress, "pages", title=f"Crew {mark}", content="<p>Us</p>", status="publish")
    posts = {
        "live": made(
            wordpress, "posts", title=f"Knots &amp; <em>bends</em> {mark}", status="publish",
            content=BLOCKS.format(f"Ropes {mark}"), categories=[below], tags=[tag], excerpt=f"In short {mark}",
            date_gmt="2019-05-03T01:30:00", slug=f"गाँठ-{mark}",
        ),
        "draft": made(wordpress, "posts", title="", status="draft", content=f"<p>D {mark}</p>"),
        "private": made(
            wordpress, "posts", title=f"Log {mark}", status="private", content="<p>P</p>"
        ),
    }  # fmt: skip
    sub = made(
        wordpress, "pages", title=f"Cook {mark}", content="<p>C</p>", parent=page, status="publish"
    )
    trashed = made(wordpress, "posts", title=f"Gone {mark}", content="<p>G</p>", status="publish")
    wordpress.rest("admin", "DELETE", f"wp/v2/posts/{trashed}")

    blog = Workspace(tmp_path / "blog", wordpress)
    export = tmp_path / "export.xml"
    export.write_text(wordpress.php(CONFIG / "export.php"), encoding="utf-8")
    code, report = blog.run("import", export)
    assert code == 0
    assert [one["site"] for one in report["blogs"]] == ["school"]
    assert report["left_out"]["posts in the trash"] >= 1
    texts = {name: (blog.root / name).read_bytes().decode() for name in report["files"]}
    for number, route in [*((n, "posts") for n in posts.values()), (page, "pages"), (sub, "pages")]:
        ((name, text),) = [
            (name, text) for name, text in texts.items() if f'\npost_id: "{number}"\n' in text
        ]
        stored = blog.stored(number, route)["content"]["raw"]
        assert text.endswith(f"\n---\n{stored}")
        assert name.startswith(route)
        if number == posts["live"]:
            assert f'categories: ["Sea {mark}/Harbours//{mark}"]\n' in text
            assert f'tags: ["Q&A {mark}"]\n' in text
            assert f'title: "Knots & <em>bends</em> {mark}"\n' in text
            assert f'excerpt: "In short {mark}"\n' in text
            assert name == f"posts/गाँठ-{mark}.html"
    names = [
        name
        for name in texts
        if any(f'post_id: "{n}"\n' in texts[name] for n in (*posts.values(), page, sub))
    ]
    code, plan = blog.run("plan", *names)
    assert {one["action"] for one in plan["actions"]} == {"adopt"}, plan
