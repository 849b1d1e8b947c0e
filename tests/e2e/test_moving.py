"""WordPress's own export and ours, of the same posts on a real site."""

from __future__ import annotations

import uuid
from base64 import b64decode
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from blogkit.archive.post import ArchivedPost
from blogkit.archive.wxr import WxrReader
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import CONFIG, Site
from tests.e2e.workspace import Workspace, plugged

pytestmark = pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
WP = "{http://wordpress.org/export/1.2/}"
DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M/AAAADAQEAGN2NsAAAAABJRU5ErkJggg=="
)
SAME = (
    "title",
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://purl.org/rss/1.0/modules/content/}encoded",
    "{http://wordpress.org/export/1.2/excerpt/}encoded",
    *(
        f"{WP}{name}"
        for name in (
            "post_id",
            "post_date",
            "post_date_gmt",
            "post_modified",
            "comment_status",
            "ping_status",
            "post_name",
            "status",
            "post_parent",
            "menu_order",
            "post_type",
            "post_password",
            "is_sticky",
        )
    ),
)
"""What both exports tell of a post in the same words."""


def test_our_export_tells_what_wordpress_own_export_tells(wordpress: Site, tmp_path: Path) -> None:
    mark = f"move{uuid.uuid4().hex[:6]}"
    made = make_posts(wordpress, mark)
    blog = Workspace(tmp_path / "blog", wordpress)
    code, report = blog.run("export", "ours.xml", "--format", "wxr", "--from", "school")
    assert code == 0, report
    own = wordpress.php(CONFIG / "export.php")
    (tmp_path / "theirs.xml").write_text(own, encoding="utf-8")
    ours, theirs = (items(path, mark) for path in (blog.root / "ours.xml", tmp_path / "theirs.xml"))
    assert len(theirs) == len(made)
    assert ours.keys() == theirs.keys()
    for number, item in theirs.items():
        for tag in SAME:
            assert text(ours[number], tag) == text(item, tag), (tag, text(item, "title"))
        assert terms(ours[number]) == terms(item)
    ours_read, theirs_read = (
        read(path, mark) for path in (blog.root / "ours.xml", tmp_path / "theirs.xml")
    )
    for number, post in theirs_read.items():
        ours_post = ours_read[number]
        for name in ("title", "body", "state", "published", "categories", "tags", "parent"):
            assert getattr(ours_post, name) == getattr(post, name), name
        for name in ("image", "image_alt", "author", "slug", "template", "order", "format"):
            assert getattr(ours_post, name) == getattr(post, name), name


def test_custom_types_and_taxonomies_come_along(wordpress: Site, tmp_path: Path) -> None:
    mark = f"shelf{uuid.uuid4().hex[:6]}"
    settings = {"types": ["book"], "taxonomies": ["genre", "mood"]}
    with plugged(wordpress, "library"):
        novels = _add(wordpress, "genres", name=f"Novels & more {mark}")["id"]
        crime = _add(wordpress, "genres", name=f"Crime/{mark}", parent=novels)["id"]
        mood = _add(wordpress, "mood", name=f"dark {mark}")["id"]
        book = {"title": f"A book {mark}", "content": "<p>b</p>", "status": "publish"}
        _add(wordpress, "books", **book, genres=[crime], mood=[mood])
        blog = Workspace(tmp_path / "blog", wordpress, settings=settings)
        code, report = blog.run("export", "ours.xml", "--format", "wxr", "--from", "school")
        assert code == 0, report
        own = wordpress.php(CONFIG / "export.php")
    (tmp_path / "theirs.xml").write_text(own, encoding="utf-8")
    ours, theirs = (
        next(item for item in ElementTree.parse(path).iter("item") if mark in text(item, "title"))
        for path in (blog.root / "ours.xml", tmp_path / "theirs.xml")
    )
    assert text(ours, f"{WP}post_type") == "book"
    assert len(terms(ours)) == 2
    assert terms(ours) == terms(theirs)
    ours_terms, theirs_terms = (
        {
            (text(term, f"{WP}term_name"), text(term, f"{WP}term_parent"))
            for term in ElementTree.parse(path).iter(f"{WP}term")
            if mark in text(term, f"{WP}term_name")
        }
        for path in (blog.root / "ours.xml", tmp_path / "theirs.xml")
    )
    assert ours_terms == theirs_terms


def make_posts(site: Site, mark: str) -> list[int]:
    """Posts of every kind; their titles have the mark."""

    add = partial(_add, site)

    def post(title: str, route: str = "posts", **fields: Any) -> int:
        return int(add(route, title=f"{title} {mark}", **fields)["id"])

    papers = add("categories", name=f"GS-II & more {mark}")["id"]
    below = add("categories", name=f"Polity/{mark}", parent=papers)["id"]
    tags = [add("tags", name=f"{name} {mark}")["id"] for name in ("ज्वार", "rain")]
    image = site.rest(
        "admin",
        "POST",
        "wp/v2/media",
        data=DOT,
        headers={
            "Content-Type": "image/png",
            "Content-Disposition": f'attachment; filename="{mark}.png"',
        },
    ).json()["id"]
    add(f"media/{image}", alt_text=f'A "dot" {mark}')
    dated = post("Dated draft", status="draft", date_gmt="2031-01-01T00:00:00")
    add(f"posts/{dated}", content="<p>d</p>")  # until then its date counts as the time of saving
    about = post("About", "pages", status="publish", content="<p>us</p>", slug=f"about-{mark}")
    return [
        post(
            "Tides <em>and</em> &amp; more",
            status="publish",
            content="<!-- wp:paragraph -->\n<p>a ]]&gt; b ]]> c &amp; 🚣</p>\n<!-- /wp:paragraph -->\n\n"
            "<!-- wp:html -->\n<pre>\tx\n\n y</pre>\n<!-- /wp:html -->",
            excerpt="Short <b>one</b>",
            categories=[below],
            tags=tags,
            featured_media=image,
            sticky=True,
            comment_status="closed",
            format="aside",
            date_gmt="2024-03-05T04:30:15",
            slug=f"tides-{mark}",
        ),
        post("Private", status="private", content="<p>p</p>", author=site.users["editor"].id),
        post("Locked", status="publish", content="<p>l</p>", password="opensesame"),
        post("Pending", status="pending", content="<p>w</p>"),
        post("Draft", status="draft", content="<p>d</p>"),
        dated,
        post("Later", status="future", content="<p>f</p>", date_gmt="2031-01-02T00:00:00"),
        post(
            "Team",
            "pages",
            status="publish",
            content="<p>t</p>",
            parent=about,
            menu_order=7,
            slug=f"team-{mark}",
        ),
        about,
    ]


def _add(site: Site, route: str, **fields: Any) -> dict[str, Any]:
    answer = site.rest("admin", "POST", f"wp/v2/{route}", json=fields)
    assert answer.ok, answer.text
    return dict(answer.json())


def items(path: Path, mark: str) -> Mapping[str, ElementTree.Element]:
    """The posts of an export with the mark, by number."""
    found = ElementTree.parse(path).findall("channel/item")
    return {
        text(item, f"{WP}post_id"): item
        for item in found
        if mark in text(item, "title") and text(item, f"{WP}post_type") in ("post", "page")
    }


def read(path: Path, mark: str) -> Mapping[str, ArchivedPost]:
    data = path.read_bytes()
    reader = WxrReader(lambda: BytesIO(data), path.name)
    reader.survey()
    return {post.id: post for post in reader.posts() if mark in post.title}


def text(item: ElementTree.Element, tag: str) -> str:
    return item.findtext(tag) or ""


def terms(item: ElementTree.Element) -> set[tuple[str, str]]:
    """The taxonomy and the name of each term."""
    return {(str(one.get("domain")), one.text or "") for one in item.iterfind("category")}
