"""A blog's backup becomes files, tied to the live posts of a site, and nothing is sent twice."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import responses

import blogkit
from blogkit.config import load_config
from blogkit.errors import BlogkitError, ConfigError, ContentError, UsageError
from blogkit.platforms.base import Draft, Platform, State, Target
from blogkit.posts.loader import load_post
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.archive.samples import entry, item, takeout, wxr

HARBOUR = "<p>Cranes at dawn &amp; <b>rope</b></p>\n<p>ends ]]> here&nbsp;</p>\n"


def number(blog: Platform) -> str:
    """The sandbox's blog."""
    return blog.identity().removeprefix("blogger:")


@pytest.fixture
def feed(folder: Path, blog: Platform) -> Path:
    """The backup of the sandbox's blog: two live posts, a draft and a page."""
    ids = []
    for title, body in (("Cranes of the harbour", HARBOUR), ("", "<p>A post without a title.</p>")):
        ref = blog.create(Draft("", "post", title or "x", body, labels=("Boats",))).ref
        blog.set_state(ref, Target(State.LIVE))
        ids.append(ref.id)
    draft = blog.create(Draft("", "post", "Tides to come", "<p>Not yet written.</p>")).ref
    page = blog.create(Draft("", "page", "About the pilot", "<p>Forty years at sea.</p>")).ref
    path = folder.parent / "feed.atom"
    own: dict[str, Any] = {"blog": number(blog)}
    path.write_bytes(
        takeout(
            entry(
                ids[0],
                "Cranes of the harbour",
                HARBOUR,
                labels=("Boats",),
                filename="/2019/05/cranes-of-harbour.html",
                description="Cranes",
                **own,
            ),
            entry(ids[1], "x", "<p>A post without a title.</p>", labels=("Boats",), **own),
            entry(draft.id, "Tides to come", "<p>Not yet written.</p>", status="DRAFT", **own),
            entry(page.id, "About the pilot", "<p>Forty years at sea.</p>", kind="PAGE", **own),
            entry(1, "", "Nice!", kind="COMMENT", **own),
            entry(2, "Old", "<p>Old.</p>", status="SOFT_TRASHED", **own),
            **own,
        )
    )
    return path


def test_imported_posts_are_tied_to_the_live_ones(
    project: blogkit.Project, folder: Path, feed: Path, sandbox: Sandbox
) -> None:
    report = project.import_archive(feed)
    assert [one.site for one in report.blogs] == ["main"]
    assert report.left_out == {"comments": 1, "posts in the trash": 1}
    assert sorted(report.files) == [
        "pages/about-the-pilot.html",
        "posts/cranes-of-harbour.html",
        "posts/tides-to-come.html",
        "posts/x.html",
    ]
    text = (folder / "posts/cranes-of-harbour.html").read_bytes().decode()
    assert text.endswith(f"---\n{HARBOUR}")
    assert '# publish: "2019-05-03 07:00"\n' in text
    assert '# seo: {"description": "Cranes"}\n' in text
    sandbox.log.clear()
    plan = project.plan()
    assert [change.kind for change in plan] == ["adopt"] * 4
    assert plan.apply().ok
    assert {one["method"] for one in sandbox.log.to_json()} <= {"GET", "POST"}
    assert {change.kind for change in project.plan()} == {"unchanged"}


def test_an_import_again_writes_nothing_and_undo_removes_the_files(
    project: blogkit.Project, folder: Path, feed: Path
) -> None:
    first = project.import_archive(feed)
    again = project.import_archive(feed)
    assert (again.files, again.run, len(again.unchanged)) == ([], None, 4)
    edited = folder / "posts/tides-to-come.html"
    edited.rename(folder / "posts/renamed.html")
    (folder / "posts/renamed.html").write_bytes((folder / "posts/renamed.html").read_bytes() + b"!")
    changed = project.import_archive(feed)
    assert (changed.files, changed.different) == ([], ["posts/renamed.html"])
    forced = project.import_archive(feed, force=True)
    assert forced.files == ["posts/renamed.html"]
    assert forced.run
    assert first.run
    project.undo(forced.run).apply()
    assert (folder / "posts/renamed.html").read_bytes().endswith(b"!")
    (folder / "posts/renamed.html").rename(edited)
    edited.write_bytes(edited.read_bytes().removesuffix(b"!"))
    project.undo(first.run).apply()
    assert not list(folder.glob("p*s/*.html"))


def test_a_post_that_blogkit_published_keeps_its_own_file(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    own = folder / "posts/lighthouse.md"
    own.write_text("---\ntitle: The lighthouse\npublish: now\n---\nIt turns at night.\n")
    project.plan().apply()
    (live,) = blog.find_all("lighthouse", "post")
    remote = blog.get(live.ref)
    feed = folder.parent / "feed.atom"
    feed.write_bytes(
        takeout(
            entry(live.ref.id, remote.title, remote.body, blog=number(blog)),
            entry(live.ref.id, remote.title, remote.body, blog=number(blog)),
            blog=number(blog),
        )
    )
    assert project.import_archive(feed).known == ["posts/lighthouse.md"] * 2
    own.unlink()
    report = project.import_archive(feed)
    assert (report.files, report.repeated) == (["posts/lighthouse.html"], ["The lighthouse"])
    assert {change.kind for change in project.plan()} <= {"unchanged", "adopt"}


def test_another_blogs_posts_become_new_ones(project: blogkit.Project, folder: Path) -> None:
    feed = folder.parent / "feed.atom"
    feed.write_bytes(
        takeout(
            entry(1, "Nets", "<p>Nets.</p>", filename="/2019/05/nets.html",
                  description="All about nets", labels=("Gear", "It's new")),
            entry(2, "Nets", "<p>More <!-- blogkit:post key=nets -->nets.</p>",
                  filename="/2020/05/nets.html"),
            entry(3, "CON", "<script>a()</script>", filename="/2020/05/con.html"),
            entry(4, "", "<p>Untitled.</p>", status="DRAFT", filename="/b/draft_5.html"),
            entry(5, "Tomorrow", "<p>Later.</p>", published="2090-01-01T01:30:00Z"),
            entry(6, "पत्तन", "<p>\U0001f6a2</p>", status="UNHEARD_OF"),
        )
    )  # fmt: skip
    report = project.import_archive(feed, allow=("iframe", "script"))
    assert report.blogs[0].site == ""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in report.files}
    assert list(texts) == [
        f"posts/{stem}.html"
        for stem in ("nets", "nets-2", "con-post", "draft_5", "tomorrow", "पत्तन")
    ]
    assert texts["posts/nets.html"] == (
        '---\ntitle: "Nets"\nlabels: ["Gear", "It\'s new"]\npublish: "now"\n'
        'date: "2019-05-03 07:00"\nslug: "nets"\nseo: {"description": "All about nets"}\n'
        'imported_from: "tag:blogger.com,1999:blog-8070105920543249955.post-1"\n---\n<p>Nets.</p>'
    )
    assert texts["posts/nets-2.html"].endswith("<p>More nets.</p>")
    assert 'allow: ["script"]\n' in texts["posts/con-post.html"]
    assert 'publish: "draft"\n# slug' not in texts["posts/draft_5.html"]
    assert '# slug: "draft_5"\n' in texts["posts/draft_5.html"]
    assert 'publish: "2090-01-01 07:00"\n' in texts["posts/tomorrow.html"]
    assert 'publish: "draft"\n' in texts["posts/पत्तन.html"]
    assert report.untitled == ["posts/draft_5.html"]
    assert len(project.import_archive(feed, allow=("iframe", "script")).unchanged) == 6
    assert [change.kind for change in project.plan("posts/con-post.html")] == ["create"]


def test_broken_archives_change_nothing(project: blogkit.Project, folder: Path) -> None:
    feed = folder.parent / "feed.atom"
    feed.write_bytes(takeout(entry(1), entry(2))[:-200])
    with pytest.raises(ContentError, match="the XML is broken here") as caught:
        project.import_archive(feed)
    assert caught.value.problems[0].line == 29
    assert not list((folder / "posts").iterdir())
    assert not list(project.log())


def test_a_site_that_may_be_the_blog_must_be_asked(
    project: blogkit.Project, folder: Path, feed: Path
) -> None:
    settings = folder / "blogkit.toml"
    with_id = settings.read_text()
    without_id = re.sub("blog_id = .*", "", with_id)
    settings.write_text(without_id)
    assert (
        blogkit.open(folder, environ={}).import_archive(feed, dry_run=True).blogs[0].site == "main"
    )
    settings.write_text(re.sub("api_base = .*", 'api_base = "http://127.0.0.1:9"', without_id))
    signed_out = blogkit.open(folder, environ={}, sleep=lambda _seconds: None)
    with pytest.raises(BlogkitError, match="whether this is the blog of site main") as caught:
        signed_out.import_archive(feed)
    assert "--site main" in caught.value.hint
    assert signed_out.import_archive(feed, site="main", dry_run=True).blogs[0].site == "main"
    new = signed_out.import_archive(feed, as_new=True)
    assert new.blogs[0].site == ""
    other = folder.parent / "other.atom"
    other.write_bytes(takeout(entry(1, "Ferries", "<p>Of another blog.</p>")))
    for text in (with_id, without_id):
        settings.write_text(text)
        with pytest.raises(UsageError, match="site main is another blog"):
            blogkit.open(folder, environ={}).import_archive(other, site="main")
    with pytest.raises(UsageError, match="contradict"):
        signed_out.import_archive(feed, as_new=True, site="main")


def test_a_wordpress_export_is_tied_by_its_address(project: blogkit.Project, folder: Path) -> None:
    export = folder.parent / "export.xml"
    export.write_bytes(
        wxr(item(7, "Knots &amp; <em>bends</em>", slug="knots", meta={"mood": "calm"}))
    )
    with (folder / "blogkit.toml").open("a") as settings:
        settings.write(
            '[sites.school]\nplatform = "wordpress"\nurl = "https://www.school.example/"\n'
            'username = "asha"\n'
        )
    tied = blogkit.open(folder, environ={})
    report = tied.import_archive(export)
    assert report.blogs[0].site == "school"
    text = (folder / report.files[0]).read_text()
    assert text.startswith('---\ntitle: "Knots & <em>bends</em>"\n')
    assert 'sites: ["school"]\npost_id: "7"\n' in text
    assert text.endswith("---\n<!-- wp:paragraph -->\n<p>Boats.</p>\n<!-- /wp:paragraph -->")
    with pytest.raises(UsageError, match="site main is not"):
        tied.import_archive(export, site="main")
    export.write_bytes(wxr(item(7, slug="knots"), url="https://elsewhere.example"))
    with pytest.raises(UsageError, match=r"https://elsewhere\.example, and site school is another"):
        tied.import_archive(export, site="school")
    signed_in = {
        "BLOGKIT_SCHOOL_APP_PASSWORD": "abcd",
        "BLOGKIT_SCHOOL_ORIGIN": "https://www.school.example",
    }
    asked = blogkit.open(folder, environ=signed_in)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(
            re.compile("https://www.school.example/"), json={"home": "https://elsewhere.example/"}
        )
        moved = asked.import_archive(export, site="school", force=True)
    assert moved.blogs[0].site == "school"


def test_new_posts_go_to_a_blog_with_their_dates_and_states(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    (folder / "posts/other.md").write_text("---\ntitle: Other\nkey: Sails\n---\nOwn words here.\n")
    feed = folder.parent / "feed.atom"
    feed.write_bytes(
        takeout(
            entry(1, "Sails", "<p>Canvas, and how to mend it.</p>", filename="/2019/05/sails.html"),
            entry(2, "Keel", "<p>Oak or steel below the water.</p>", status="DRAFT"),
            entry(3, "The crew", "<p>Who sails with us this year.</p>", kind="PAGE"),
            entry(4, "Regatta", "<p>See you at the start.</p>", published="2090-01-01T01:30:00Z"),
        )
    )
    report = project.import_archive(feed)
    assert report.files[0] == "posts/sails-2.html"
    done = project.plan(*report.files).apply()
    assert done.ok, [(one.result, one.message, one.losses, one.notes) for one in done]
    live = {
        post.title: (post.state, kind == "post" and post.at and post.at.year)
        for kind in ("post", "page")
        for post in blog.list(kind, PRESENT)
    }
    assert live == {
        "Sails": (State.LIVE, 2019),
        "Keel": (State.DRAFT, None),
        "The crew": (State.LIVE, False),  # Blogger sets no dates of pages
        "Regatta": (State.SCHEDULED, 2090),
    }


def test_a_disk_that_refuses_leaves_a_run_to_undo_or_to_go_on_with(
    project: blogkit.Project, folder: Path
) -> None:
    path = folder.parent / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Blogs/A/feed.atom", takeout(entry(1, "Bow"), title="Bows & Sterns"))
        archive.writestr("Blogs/B/feed.atom", takeout(entry(2, "Hull"), title="Hulls", blog="7"))
    blocker = folder / "posts/hulls"
    blocker.write_bytes(b"")
    with pytest.raises(ConfigError):
        project.import_archive(path)
    (run,) = project.log()
    assert [file.entry.path for file in project.run(run.id).files] == [
        "posts/bows-sterns/bow.html",
        "posts/hulls/hull.html",
    ]
    blocker.unlink()
    report = project.import_archive(path)
    assert report.unchanged == ["posts/bows-sterns/bow.html"]
    assert report.files == ["posts/hulls/hull.html"]
    project.undo(run.id).apply()
    assert sorted(path.name for path in (folder / "posts").rglob("*")) == ["hull.html", "hulls"]


def test_an_export_in_several_files_is_one_blog(project: blogkit.Project, folder: Path) -> None:
    path = folder.parent / "export.zip"
    photo = "<wp:attachment_url>https://school.example/boat.jpg</wp:attachment_url>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.xml", wxr(item(1, "Boats", slug="boats", meta={"_thumbnail_id": "9"})))
        archive.writestr(
            "2.xml", wxr(item(9, "boat", "", kind="attachment", status="inherit", more=photo),
                         item(2, "Nets", slug="nets", meta={"_thumbnail_id": "9"}))
        )  # fmt: skip
    report = project.import_archive(path)
    assert report.files == ["posts/boats.html", "posts/nets.html"]
    for name in report.files:
        assert 'image: "https://school.example/boat.jpg"\n' in (folder / name).read_text()


NASTY = [
    "\n\n<p>Starts with lines.</p> \n",
    "---\ntitle: Not front matter\n---\n<p>x</p>",
    "<p>Broken <b>tags & <!-- comment",
    "\r\n<p>Windows\rMac</p>\r\n",
    "<pre>\n\n  indented\n</pre>\u2028\ufeff\U0001f6a2",
    "",
    "<!-- {timeline} -->",
]


def test_bodies_of_tied_posts_are_sent_byte_for_byte(
    project: blogkit.Project, folder: Path, blog: Platform
) -> None:
    feed = folder.parent / "feed.atom"
    own: dict[str, Any] = {"blog": number(blog)}
    entries = [entry(n + 1, f"Nasty {n}", body, **own) for n, body in enumerate(NASTY)]
    feed.write_bytes(takeout(*entries, **own).replace(b"\r", b"&#13;"))
    config = load_config(folder)
    for name, body in zip(project.import_archive(feed).files, NASTY, strict=True):
        post = load_post(folder / name, root=folder, zone=config.zone)
        assert post.exact == body


def test_a_post_that_is_too_large_is_written_and_named(
    project: blogkit.Project, folder: Path
) -> None:
    feed = folder.parent / "feed.atom"
    photo = f"<img src='data:image/png;base64,{'A' * 5_100_000}'>"
    feed.write_bytes(takeout(entry(1, "Photo album", photo), entry(2, "Small", "<p>Small.</p>")))
    report = project.import_archive(feed)
    assert report.too_large == ["posts/photo-album.html"]
    assert (folder / "posts/photo-album.html").read_bytes().endswith(photo.encode())
    assert [problem.code for problem in project.check("posts/photo-album.html")] == ["too-large"]
    again = project.import_archive(feed)
    assert (again.files, again.unchanged) == ([], ["posts/photo-album.html", "posts/small.html"])
