"""A page that a person edited in the folder is an edit of the post, as on every other site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import Conflict
from blogkit.platforms.base import Draft, State, Target
from blogkit.platforms.folder.hand_edits import seal_holds
from blogkit.regions import sentinel
from tests.cases import for_each
from tests.folder_sites import Blog

BODY = (
    f"{sentinel('rivers')}\n<style>.w{{color:red}}</style>\n<p>The Ganga is long.</p>\n"
    '<p><img src="/images/0123456789abcdef-map.png" alt=""></p>\n'
)
TOML = '[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.main]\nplatform = "folder"\nfolder = "site"\n'
POST = "---\ntitle: Rivers of the plains\npublish: now\n---\nThe Ganga is long.\n\nThe Yamuna joins it.\n"
OLD_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Rivers</title>
</head>
<body>
<p><a href="../../index.html">News &amp; &lt;Notes&gt;</a></p>
<h1>Rivers</h1>
<p><small><time datetime="2026-09-02T11:30+05:30">2 September 2026</time></small></p>
{BODY.replace("/images/", "../../images/")}
</body>
</html>
"""
OLD_INDEX = f"""<!doctype html>
<html lang="en">
<head>
<title>News</title>
<style>{".w{color:red}" * 40}</style>
</head>
<body>
<main>
<!-- blogkit:site -->
<h1>News</h1>
</main>
</body>
</html>
"""


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path)


def edit(page: Path, old: str, new: str) -> None:
    text = page.read_bytes()
    assert old.encode() in text
    page.write_bytes(text.replace(old.encode(), new.encode()))


@for_each(
    "old, new, title, body",
    [
        ("is long", "is holy", "Rivers", BODY.replace("is long", "is holy")),
        ("<h1>Rivers", "<h1>Rivers &amp; lakes", "Rivers & lakes", BODY),
        (f"{sentinel('rivers')}\n", "", "Rivers", BODY),
        ("<footer", "<p>Mine</p><footer", "Rivers", BODY),
        ("\n", "\r\n", "Rivers", BODY),
        ("blogkit:page", "my page", "Rivers", BODY),
    ],
)
def test_an_edit_is_read_back(blog: Blog, old: str, new: str, title: str, body: str) -> None:
    post = blog.publish("Rivers", body=BODY, labels=("Geography",))
    page = blog.home / "2026/09" / f"{post.slug}.html"
    assert seal_holds(page.read_text("utf-8"))
    edit(page, old, new)
    shown = blog.folder().get(post.ref)
    assert (shown.title, shown.body) == (title, body)


def test_another_page_in_its_place_keeps_the_key(blog: Blog) -> None:
    post = blog.publish("Rivers", body=BODY)
    page = blog.home / "2026/09/rivers.html"
    page.write_text("<html><body><p>All new</p></body></html>", "utf-8")
    folder = blog.folder()
    assert folder.get(post.ref).body == f"{sentinel('rivers')}\n<p>All new</p>"
    assert folder.find("rivers", "post") is not None


def test_an_edit_is_not_overwritten_unseen_and_outlives_other_writes(blog: Blog) -> None:
    folder = blog.folder()
    post = blog.publish("Rivers", folder, body=BODY)
    page = blog.home / "2026/09/rivers.html"
    edit(page, "is long", "is holy")
    draft = Draft("rivers", "post", "Rivers", BODY.replace("is long", "is wide"))
    with pytest.raises(Conflict, match=r"changed since .*\(body\)"):
        folder.update(post.ref, draft, post)
    blog.publish("Lakes", blog.folder(title="Another name"))  # renews every page
    assert "is holy" in page.read_text("utf-8")
    assert seal_holds(page.read_text("utf-8"))
    edit(page, "is holy", "is deep")
    assert "is deep" in folder.set_state(post.ref, Target(State.DRAFT)).body
    assert not page.exists()
    assert "is deep" in folder.set_state(post.ref, Target(State.LIVE)).body
    assert "is wide" in folder.update(post.ref, draft, folder.get(post.ref)).body


def test_an_edit_by_a_program_that_drops_comments_outlives_a_new_look(blog: Blog) -> None:
    post = blog.publish("Rivers", body=BODY)
    page = blog.home / "2026/09/rivers.html"
    edit(page, "is long", "is holy")
    page.write_text(re.sub("<!-- blogkit:page .*\n", "", page.read_text("utf-8")), "utf-8")
    renamed = blog.folder(title="Another name")
    assert "is holy" in renamed.get(post.ref).body
    blog.publish("Lakes", renamed)
    assert "is holy" in page.read_text("utf-8")
    assert seal_holds(page.read_text("utf-8"))
    assert "is holy" in blog.folder(title="Another name").get(post.ref).body


def test_pages_of_versions_before_0_2_are_not_edited(blog: Blog) -> None:
    post = blog.publish("Rivers", body=BODY)
    page = blog.home / "2026/09/rivers.html"
    page.write_text(OLD_PAGE, "utf-8")
    (blog.home / "index.html").write_text(OLD_INDEX, "utf-8")
    assert blog.folder().get(post.ref) == post
    blog.publish("Lakes")
    assert seal_holds(page.read_text("utf-8"))
    assert "The Ganga is long." in page.read_text("utf-8")
    blog.folder().trash(post.ref)
    page.write_text(OLD_PAGE, "utf-8")  # as a killed run leaves it
    blog.publish("Hills")
    assert not page.exists()


def test_status_and_plan_tell_it_and_ours_overwrites(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    file = tmp_path / "posts" / "rivers.md"
    file.write_text(POST, encoding="utf-8")
    project = blogkit.open(tmp_path, environ={})
    project.plan().apply()
    (page,) = (tmp_path / "site").glob("*/*/rivers*.html")
    edit(page, "is long", "is holy")
    assert [one.file for one in project.status()] == ["edited there"]
    assert project.plan().writing == 0
    assert "is holy" in str(list(project.diff()))
    file.write_text(POST.replace("is long", "is wide"), encoding="utf-8")
    assert [one.file for one in project.status()] == ["conflict"]
    project.plan().apply()
    assert "is holy" in page.read_text("utf-8")
    project.plan("posts/rivers.md", ours=True).apply()
    assert "is wide" in page.read_text("utf-8")
    assert [one.file for one in project.status()] == ["up to date"]
