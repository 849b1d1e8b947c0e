"""An archive is imported again: each post finds its own file, and no other one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import blogkit
from blogkit.platforms.base import Draft, Platform, State, Target
from blogkit.sync.listing import PRESENT
from tests.archive.samples import entry, item, takeout, wxr


def without_addresses(*items: str) -> bytes:
    """The export of a blog that has no address, such as a folder."""
    return wxr(*items, url="").replace(b"https://school.example", b"")


def test_a_post_never_takes_a_file_that_only_has_its_name(
    project: blogkit.Project, folder: Path
) -> None:
    own = folder / "posts/nets.html"
    own.write_text('---\ntitle: "My nets"\npublish: "now"\n---\n<p>Mine.</p>\n')
    export = folder.parent / "export.xml"
    export.write_bytes(without_addresses(item(7, "Nets", "<p>Theirs.</p>", slug="nets")))
    before = own.read_bytes()
    report = project.import_archive(export, force=True)
    assert (report.files, report.different) == (["posts/nets-2.html"], [])
    assert own.read_bytes() == before


def test_posts_of_a_blog_without_an_address_find_their_files_again(
    project: blogkit.Project, folder: Path
) -> None:
    """Same address, same minute, even the same everything: none is lost, and none is copied."""
    export = folder.parent / "export.xml"
    monsoon = item(1, "First monsoon", "<p>June.</p>", slug="monsoon")
    later = item(2, "First monsoon", "<p>July.</p>", slug="monsoon", date="2020-07-01 01:30:00")
    no_slug = item(3, 'A "quoted" title', "<p>Quoted.</p>")
    drafts = [item(n, "", f"<p>Idea {n}.</p>", status="draft", date="") for n in (4, 5)]
    page = item(6, "First monsoon", "<p>A page.</p>", slug="monsoon", kind="page")
    export.write_bytes(without_addresses(monsoon, later, no_slug, *drafts, page))
    first = project.import_archive(export)
    assert len(first.files) == len(set(first.files)) == 6
    texts = [(folder / name).read_text() for name in first.files]
    assert 'imported_from: "school-notes/post/2019-05-03T01:30:00/monsoon"\n' in texts[0]
    assert [text.rpartition("---\n")[2] for text in texts[3:5]] == [
        "<p>Idea 4.</p>",
        "<p>Idea 5.</p>",
    ]
    (folder / first.files[1]).rename(folder / "posts/renamed.html")
    export.write_bytes(without_addresses(item(9, "Newest", slug="newest"), monsoon, later, no_slug,
                                         *drafts, page))  # fmt: skip
    again = project.import_archive(export, force=True)
    assert again.files == ["posts/newest.html"]
    assert again.unchanged == [first.files[0], "posts/renamed.html", *first.files[2:]]


def quizzes(blog: str = "", key: str = "") -> list[str]:
    """Three posts with one title, as a blog has each week; the last two also share their text."""
    options: dict[str, Any] = {"blog": blog} if blog else {}
    bodies = [f"<p>Question one of the year {year}.</p>{key}" for year in (2021, 2020, 2020)]
    return [
        entry(n, "Weekly quiz", body, filename=f"/20{n}/05/weekly-quiz.html", **options)
        for n, body in enumerate(bodies, 11)
    ]


def test_posts_of_one_title_are_no_copies(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    feed = folder.parent / "feed.atom"
    feed.write_bytes(takeout(*quizzes()))
    files = project.import_archive(feed).files
    assert files == [f"posts/weekly-quiz{n}.html" for n in ("", "-2", "-3")]
    assert {one.severity for one in project.check()} == {"warning"}
    plan = project.plan()
    assert [one.kind for one in plan] == ["create"] * 3
    assert plan.apply().ok
    assert [post.title for post in blog.list("post", PRESENT)] == ["Weekly quiz"] * 3
    copy = folder / "posts/weekly-quiz-2-asha.html"
    copy.write_bytes((folder / files[1]).read_bytes())
    errors = [one for one in project.check() if one.severity == "error"]
    assert {(one.path, one.code) for one in errors} == {
        ("posts/weekly-quiz-2-asha.html", "conflict-copy")
    }


def test_a_key_in_a_live_post_belongs_to_its_file_alone(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    """A newer post with the key as its address, and one with the same key copied in."""
    own = folder / "posts/weekly-quiz.md"
    own.write_text("---\ntitle: Weekly quiz\npublish: now\n---\nWhich river is the longest?\n")
    project.plan().apply()
    own.unlink()
    (first,) = blog.list("post", PRESENT)
    body = blog.get(first.ref).body
    posts = {first.ref.id: body}
    for text in (re.sub(r" id=\w+", "", body), "<p>New questions.</p>"):
        ref = blog.create(Draft("", "post", "Weekly quiz", text)).ref
        blog.set_state(ref, Target(State.LIVE))
        posts = {ref.id: text, **posts}
    number = blog.identity().removeprefix("blogger:")
    entries = [
        entry(key, "Weekly quiz", text, filename=f"/20{n}/weekly-quiz.html", blog=number)
        for n, (key, text) in enumerate(posts.items(), 10)
    ]
    newest, copied, live = entries
    feed = folder.parent / "feed.atom"
    feed.write_bytes(takeout(newest, live, copied, blog=number))
    report = project.import_archive(feed)
    assert report.files == [f"posts/weekly-quiz{n}.html" for n in ("-2", "", "-3")]
    assert not [path for path in report.files if "\nkey: " in (folder / path).read_text()]
    assert {one.severity for one in project.check()} <= {"warning"}
    assert len(project.import_archive(feed).unchanged) == 3
    plan = project.plan()
    assert {one.kind for one in plan} <= {"adopt", "unchanged"}
    assert plan.apply().ok
    edited = folder / report.files[0]
    edited.write_text(edited.read_text().replace("New", "Newer"))
    assert [one.kind for one in project.plan() if one.kind != "unchanged"] == ["update"]
