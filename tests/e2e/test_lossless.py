"""Each field of a real WordPress post is set, changed and undone; no other field changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import EDIT, Workspace

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180af2d0d5a0000000049454e44ae426082"
)
OWN_TIMES = frozenset({"modified", "modified_gmt"})
DERIVED = frozenset(
    {"_links", "class_list", "guid", "permalink_template", "generated_slug", "link", "slug"}
)
EVERY_VERSION = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)


PLUGIN = """<?php
foreach ( array( 'post', 'page' ) as $type ) {
    register_post_meta( $type, 'rating', array(
        'show_in_rest' => true, 'single' => true, 'type' => 'integer', 'default' => 0,
    ) );
}
add_filter( 'theme_templates', function ( $found ) {
    return array( 'wide.php' => 'Wide', 'narrow.php' => 'Narrow' ) + $found;
} );
"""


class Blog(Workspace):
    """A folder of posts for one account of a site, and the command line."""

    def __post_init__(self) -> None:
        super().__post_init__()
        (self.root / "pages").mkdir()
        self.runs: list[str] = []
        plugin = self.site.docroot / "wp-content/mu-plugins/blogkit-fields.php"
        if not plugin.exists():
            plugin.write_text(PLUGIN, encoding="utf-8")

    def file(self, name: str, title: str, *lines: str) -> None:
        """A post's file, "posts/…", or a page's."""
        head = "\n".join(["---", f"title: {json.dumps(title)}", *lines, "---"])
        (self.root / name).write_text(f"{head}\n{title} today.\n", encoding="utf-8")

    def publish(self, name: str) -> str:
        """Publish one file, which must go well; the post's id."""
        code, report = self.run("publish", "--yes", self.root / name)
        assert code == 0, report
        self.runs.append(str(self.run("log", "--most", "1")[1]["runs"][0]["run"]))
        (outcome,) = report["outcomes"]
        return str(outcome["id"])

    def refused(self, name: str) -> str:
        """Why a plan refuses a file: all that it tells."""
        code, report = self.run("plan", self.root / name)
        assert code != 0, report
        (action,) = report["actions"]
        assert action["action"] == "refused", report
        return f"{action['story']} {action['hint']}"

    def undo(self) -> None:
        """Take back the last publication that was not taken back."""
        code, report = self.run("undo", self.runs.pop(), "--yes")
        assert code == 0, report

    def raw(self, number: str, kind: str = "posts") -> dict[str, Any]:
        """Everything that the site keeps of a post, as an administrator sees it."""
        shown = self.site.rest("admin", "GET", f"/wp/v2/{kind}/{number}", params=EDIT).json()
        kept = {name: value for name, value in shown.items() if name not in OWN_TIMES | DERIVED}
        for name in ("title", "content", "excerpt"):
            kept[name] = shown[name]["raw"]
        return kept


@pytest.fixture
def connect(wordpress: Site, tmp_path: Path) -> Callable[[str], Blog]:
    return lambda role: Blog(tmp_path / role, wordpress, role)


POST_FIELDS = {
    # line, WordPress's field, its value then; another line, its value then
    "password": ('password: "open sesame"', "password", "open sesame", 'password: ""', ""),
    "comments": ("comments: closed", "comment_status", "closed", "comments: open", "open"),
    "pings": ("pings: open", "ping_status", "open", "pings: closed", "closed"),
    "format": ("format: aside", "format", "aside", "format: quote", "quote"),
    "date": (
        "date: 2031-01-31 07:00",
        "date_gmt",
        "2031-01-31T07:00:00",
        "date: 2030-01-31 07:00",
        "2030-01-31T07:00:00",
    ),
}
EDITORS_FIELDS = {"sticky": ("sticky: true", "sticky", True, "sticky: false", False)}
COMMON = {
    "template": ("template: wide.php", "template", "wide.php", 'template: ""', ""),
    "meta": (
        "meta: {rating: 5}",
        "meta",
        {"rating": 5, "footnotes": ""},
        "meta: {rating: 4}",
        {"rating": 4, "footnotes": ""},
    ),
}
PAGE_FIELDS = {
    "order": ("order: 4", "menu_order", 4, "order: 7", 7),
    "comments": ("comments: open", "comment_status", "open", "comments: closed", "closed"),
    "excerpt": ('excerpt: "A & B"', "excerpt", "A &amp; B", 'excerpt: ""', ""),
}


def set_change_and_undo(
    blog: Blog, name: str, title: str, fields: Mapping[str, tuple[Any, ...]]
) -> None:
    """Each field goes there and back, and what a change touches is that field only."""
    kind = name.split("/")[0]
    blog.file(name, title)
    number = blog.publish(name)
    for line, field, value, other_line, other in fields.values():
        before = blog.raw(number, kind)
        if field == "meta":  # 6.1 has no footnotes
            value, other = ({n: v[n] for n in before["meta"]} for v in (value, other))
        assert before[field] != value, field
        blog.file(name, title, line)
        blog.publish(name)
        assert changed(before, blog.raw(number, kind)) == {field: value}
        first = blog.raw(number, kind)
        blog.file(name, title, other_line)
        blog.publish(name)
        assert changed(first, blog.raw(number, kind)) == {field: other}
        for earlier in (first, before):
            blog.undo()
            assert without_floating_date(blog.raw(number, kind)) == without_floating_date(earlier)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that differ; `date` is `date_gmt` in the site's zone."""
    same = {name for name, value in before.items() if after[name] == value}
    differing = {name: value for name, value in after.items() if name not in same | {"date"}}
    if (
        before["status"] == "draft"
        and differing.keys() > {"date_gmt"}
        and (after["date_gmt"][:4] == before["date_gmt"][:4])
    ):
        del differing["date_gmt"]  # a draft without a date has that of its last change
    return differing


def without_floating_date(post: Mapping[str, Any]) -> dict[str, Any]:
    """A draft without a date of its own shows the time of its last change."""
    dates = ("date", "date_gmt")
    this_year = not post["date_gmt"].startswith("203")
    return {n: v for n, v in post.items() if not (n in dates and this_year)}


@EVERY_VERSION
def test_each_field_of_a_post_as_admin(connect: Callable[[str], Blog], wordpress: Site) -> None:
    ids = [wordpress.users[name].id for name in ("editor", "author")]
    author = ("author: editor", "author", ids[0], f"author: id:{ids[1]}", ids[1])
    fields = POST_FIELDS | EDITORS_FIELDS | COMMON | {"author": author}
    set_change_and_undo(connect("admin"), "posts/admin.md", "Monsoon arrives early", fields)


@EVERY_VERSION
def test_each_field_of_a_post_as_author(connect: Callable[[str], Blog]) -> None:
    fields = POST_FIELDS | COMMON
    set_change_and_undo(connect("author"), "posts/author.md", "Wheat prices in June", fields)


@EVERY_VERSION
def test_each_field_of_a_page(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    ids = []
    for name, title, more in (
        ("team", "Our people", "slug: our-people"),
        ("office", "Our rooms", "slug: our-rooms"),
    ):
        blog.file(f"pages/{name}.md", title, "publish: now", more)
        ids.append(int(blog.publish(f"pages/{name}.md")))
    parent = ("parent: our-people", "parent", ids[0], "parent: office", ids[1])
    fields = PAGE_FIELDS | COMMON | {"parent": parent}
    set_change_and_undo(blog, "pages/lossless.md", "How we work", fields)


@EVERY_VERSION
def test_a_password_is_printed_by_no_command(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    name, title = "posts/secret.md", "Members only notes"
    blog.file(name, title, "publish: now", "password: open sesame")
    blog.publish(name)
    blog.file(name, title, "publish: now", "password: close sesame")
    path = blog.root / name
    told = [blog.run(*command)[1] for command in (("plan", path), ("diff", path), ("status",))]
    blog.publish(name)
    told.append(blog.run("log", blog.runs[-1])[1])
    assert "password: changed" in told[0]["actions"][0]["story"]
    assert "live with a password" in json.dumps(told)
    assert "sesame" not in json.dumps(told)


@EVERY_VERSION
def test_states_that_only_wordpress_has(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    name, title = "posts/states.md", "River levels fall"
    blog.file(name, title)
    number = blog.publish(name)
    steps = [
        ("publish: pending", "pending"),
        ("publish: draft", "draft"),
        ("publish: private", "private"),
        ("publish: now", "publish"),
        ("publish: private", "private"),
        ("publish: draft", "draft"),
    ]
    for line, status in steps:
        before = blog.raw(number)
        blog.file(name, title, line)
        blog.publish(name)
        assert changed(before, blog.raw(number)).keys() <= {"status", "date_gmt"}
        assert blog.raw(number)["status"] == status
    for status in ("private", "publish", "private", "draft", "pending", "draft"):
        blog.undo()
        assert blog.raw(number)["status"] == status


@EVERY_VERSION
def test_a_contributor_submits_and_sets_no_other_author(connect: Callable[[str], Blog]) -> None:
    blog = connect("contributor")
    name, title = "posts/contributor.md", "Rice harvest begins"
    blog.file(name, title, "publish: pending")
    number = blog.publish(name)
    assert blog.raw(number)["status"] == "pending"
    blog.file(name, title, "publish: pending", "author: admin")
    told = blog.refused(name)
    assert "contributor.md:4: author: " in told
    assert "author: contributor" in told
    blog.file(name, title, "publish: now")
    code, report = blog.run("publish", "--yes", blog.root / name)
    assert code == 1, report
    assert blog.raw(number)["status"] == "pending"


@EVERY_VERSION
def test_an_editor_gives_a_post_to_an_author(
    connect: Callable[[str], Blog], wordpress: Site
) -> None:
    """Logins are shown to administrators only; the name in the address is enough."""
    blog = connect("editor")
    name, title = "posts/editor.md", "Power lines repaired"
    blog.file(name, title, "author: author", "publish: pending")
    number = blog.publish(name)
    assert blog.raw(number)["author"] == wordpress.users["author"].id
    assert blog.raw(number)["status"] == "pending"
    blog.file(name, title, "author: auther", "publish: pending")
    assert "author (id:" in blog.refused(name)


@EVERY_VERSION
def test_an_author_makes_a_post_sticky_or_is_told(connect: Callable[[str], Blog]) -> None:
    """Old versions let every author do it."""
    blog = connect("author")
    name, title = "posts/sticky.md", "Tea garden festival"
    blog.file(name, title)
    number = blog.publish(name)
    before = blog.raw(number)
    blog.file(name, title, "sticky: true")
    code, report = blog.run("publish", "--yes", blog.root / name)
    may = blog.site.label == debian.OLDEST
    assert code == (0 if may else 1), report
    assert changed(before, blog.raw(number)) == ({"sticky": True} if may else {})


@EVERY_VERSION
def test_names_that_the_site_does_not_have(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    name, title = "posts/names.md", "Forest fires again"
    for line, told in (
        ("author: nobody-known", ("names.md:3: author: ", "editor (id:")),
        (
            "meta: {score: 5}",
            ("names.md:3: meta: ", "register_post_meta('post', 'score'", "rating"),
        ),
    ):
        blog.file(name, title, line)
        found = blog.refused(name)
        assert [part for part in told if part not in found] == [], found
        (status,) = blog.run("status", blog.root / name)[1]["posts"]
        assert status["trouble"].startswith(f"posts/{told[0]}")
    blog.file("pages/below.md", "Far below", "parent: nowhere/at-all")
    assert 'below.md:3: parent: site school has no page "nowhere/at-all"' in blog.refused(
        "pages/below.md"
    )


RAW = {
    "title": 'Foo <em>bar</em> &amp; "baz" &lt;b&gt; qux',
    "excerpt": 'See <a href="https://example.com/?a=1&amp;b=2">this</a> &amp; that',
}


@EVERY_VERSION
def test_html_in_title_and_excerpt_is_kept_byte_for_byte(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    made = {**RAW, "content": "<p>Old text of a post.</p>", "status": "publish"}
    number = blog.site.rest("admin", "POST", "/wp/v2/posts", json=made).json()["id"]
    before = blog.raw(str(number))
    assert {name: before[name] for name in RAW} == RAW
    code, report = blog.run("adopt", str(number))
    assert code == 0, report
    (path,) = (blog.root / "posts").glob("*.html")
    name, text = f"posts/{path.name}", path.read_text(encoding="utf-8")

    path.write_text(text.replace("Old text", "New text"), encoding="utf-8")
    blog.publish(name)
    assert changed(before, blog.raw(str(number))) == {"content": "<p>New text of a post.</p>"}
    blog.undo()
    assert blog.raw(str(number)) == before

    path.write_text(text.replace("qux", "quux").replace("that", "those"), encoding="utf-8")
    blog.publish(name)
    after = blog.raw(str(number))
    assert after["title"] == RAW["title"].replace("qux", "quux")
    assert after["excerpt"] == RAW["excerpt"].replace("that", "those")
    blog.undo()
    assert blog.raw(str(number)) == before


@EVERY_VERSION
def test_a_file_made_from_a_post_keeps_what_is_unusual(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    made = {
        "title": "Bridges of the north",
        "content": "<p>Three bridges were opened.</p>",
        "status": "private",
        "sticky": True,
        "format": "aside",
        "comment_status": "closed",
        "template": "wide.php",
        "meta": {"rating": 4},
    }
    number = str(blog.site.rest("admin", "POST", "/wp/v2/posts", json=made).json()["id"])
    before = blog.raw(number)
    code, report = blog.run("adopt", number)
    assert code == 0, report
    (path,) = (blog.root / "posts").glob("*.html")
    lines = path.read_text(encoding="utf-8").split("---")[1].splitlines()
    told = {"sticky: true", 'format: "aside"', 'comments: "closed"', 'template: "wide.php"'}
    assert told | {'meta: {"rating": 4}'} <= set(lines)
    (action,) = blog.run("plan", path)[1]["actions"]
    assert action["action"] == "unchanged", action
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Three bridges", "Four bridges"), encoding="utf-8")
    blog.publish(f"posts/{path.name}")
    assert changed(before, blog.raw(number)).keys() == {"content"}
    blog.undo()
    assert blog.raw(number) == before


@EVERY_VERSION
def test_empty_values_empty_fields(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    name, title = "posts/empty.md", "Sugar exports grow"
    lines = ("publish: now", "excerpt: A", "image: dot.png", "categories: [Trade]", "tags: [sugar]")
    (blog.root / "dot.png").write_bytes(PNG)
    blog.file(name, title, *lines)
    number = blog.publish(name)
    full = blog.raw(number)
    assert full["featured_media"]
    for line in ('excerpt: ""', "image: none", "categories: []", "tags: []"):
        key = line.partition(":")[0]
        blog.file(name, title, *(line if one.startswith(key) else one for one in lines))
        blog.publish(name)
        field = {"image": "featured_media"}.get(key, key)
        assert changed(full, blog.raw(number)).keys() == {field}
        blog.undo()
        assert changed(full, blog.raw(number)) == {}
    for kept in (lines[2:], ("publish: now", "tags: [sugar]")):
        blog.file(name, title, *kept)
        (action,) = blog.run("plan", blog.root / name)[1]["actions"]
        assert action["story"].startswith("nothing to send"), action


@EVERY_VERSION
def test_a_template_that_the_theme_lacks_is_named(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    blog.file("posts/template.md", "Choir wins a prize", "template: narrow-page.php")
    code, report = blog.run("publish", "--yes", blog.root / "posts/template.md")
    (outcome,) = report["outcomes"]
    assert (code, outcome["result"]) == (1, "failed")
    assert "no such template" in outcome["hint"]


@EVERY_VERSION
def test_emptied_categories_stay_empty(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    name, title = "posts/uncategorised.md", "Onion prices fall"
    blog.file(name, title, "publish: now", "categories: [Prices]")
    number = blog.publish(name)
    blog.file(name, title, "publish: now", "categories: []")
    blog.publish(name)
    assert blog.raw(number)["categories"] == []
    for line in ("excerpt: A", "comments: closed"):
        blog.file(name, title, "publish: now", "categories: []", line)
        blog.publish(name)
        assert blog.raw(number)["categories"] == []


@EVERY_VERSION
def test_a_post_that_comes_back_from_the_trash_is_reported(connect: Callable[[str], Blog]) -> None:
    blog = connect("admin")
    name, title = "posts/returned.md", "Ferry runs again"
    blog.file(name, title, "publish: now")
    old = blog.publish(name)
    blog.site.rest("admin", "DELETE", f"/wp/v2/posts/{old}")
    code, report = blog.run("publish", "--recreate", "--yes", blog.root / name)
    assert code == 0, report
    blog.site.rest("admin", "POST", f"/wp/v2/posts/{old}", json={"status": "publish"})
    code, report = blog.run("plan", blog.root / name)
    (action,) = report["actions"]
    assert (code, action["action"]) == (4, "conflict")
    assert f"(live post {old})" in action["story"]
