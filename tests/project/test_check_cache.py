"""With a cache, checks and plans find what they find without one, whatever changed in between."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit import signatures
from blogkit.config import Config, Site
from blogkit.errors import ContentError, Problem
from blogkit.project.cache.database import checksum_of
from blogkit.project.cache.stamps import NOT_RENDERED, ONLY_SENT
from blogkit.project.project import Project
from blogkit.project.rendering import PostRenderer
from tests.cases import for_each

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOML = """\
# A blog about rivers.
[blog]
title = "Rivers"
timezone = "Asia/Kolkata"
default_site = "main"

[sites.main]
platform = "folder"
folder = "site"

[sites.other]
platform = "blogger"
url = "https://rivers.blogspot.com"
"""
POSTS = {
    "plain": "---\ntitle: The river rose\npublish: now\n---\nWater came to the old bridge.\n",
    "keyed": "---\ntitle: The dam held\nkey: dam\n---\nThe dam held through the night.\n",
    "links": "---\ntitle: Three links\n---\n[the flood](plain.md), [the dam](dam), [a lake](lake).\n",
    "badge": (
        "---\ntitle: A badge that ends\n---\n```{hero} Rivers in flood\nbadge: {text: New, until:"
        " 2026-11-29}\n```\nThe warning holds until the end of the week.\n"
    ),
    "picture": "---\ntitle: A picture of it\n---\n![The bridge at dawn](images/a.png)\n\nThe bridge.\n",
    "table": "---\ntitle: Levels by day\n---\nThe levels.\n\n```{table} Levels\ndata: data/t.csv\n```\n",
    "own": "---\ntitle: With a widget of ours\n---\nA level follows.\n\n```{level}\nmetres: 4\n```\n",
    "quiz": (
        "---\ntitle: The quiz of the week\nquiz: rivers-1\npublish: draft\n---\nA quiz to come.\n\n"
        "```{quiz-button} Test yourself\nlabel: Start the rivers test\n```\n"
    ),
    "both": "---\ntitle: On both sites\nsites: [main, other]\nexcerpt: Short.\n---\nOne for two.\n",
    "dated": "---\ntitle: On Monday\npublish: 2026-11-30 07:00\nsites: [other]\n---\nIt goes out.\n",
}
WIDGET = {
    "fields.yaml": (
        "purpose: How high the water is\nfields:\n  - {name: metres, type: number, description: The"
        " height}\n"
    ),
    "template.html": "<p{{ style('level') }}>{{ metres }} m</p>\n",
    "style.css": ".bk-level { margin: 0 }\n",
    "example.md": "```{level}\nmetres: 3\n```\n",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cfc0f01f0005000201"
)


LINKS = sys.platform != "win32"
"""Links need a privilege there."""


class Blog:
    """A blog's folder, and what is counted of it."""

    def __init__(self, root: Path) -> None:
        self.root, self.rendered = root, 0
        self.now, self.environ = (
            NOON,
            {"XDG_CONFIG_HOME": str(root.parent / "config"), "BLOGKIT_TRUST": "1"},
        )

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def link(self, name: str, target: str) -> None:
        path = self.root / name
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def open(self) -> Project:
        return blogkit.open(self.root, environ=self.environ, clock=lambda: self.now)

    def check(self, *paths: str, **options: object) -> tuple[int, list[Problem]]:
        self.rendered = 0
        report = self.open().check(*(self.root / path for path in paths), **options)  # type: ignore[arg-type]
        return report.posts, list(report)

    def plan(self, **options: object) -> list[str]:
        """All that a plan tells about posts that no site has yet."""
        self.rendered = 0
        try:
            plan = self.open().plan(offline=True, **options)  # type: ignore[arg-type]
        except ContentError as error:
            return [str(error)]
        found = [*plan.left_out, *plan.warnings, *plan.unavailable.items()]
        posts = [f"{one.site} {one.kind} {one} {one._action.desired.digest}" for one in plan]
        return [*posts, *map(repr, found)]


def _link(blog: Blog) -> None:
    """Add an image, a folder of images and a widget's folder that are links, with their uses."""
    blog.write("pics1/z.png", PNG + b"1")
    blog.write("pics2/z.png", PNG + b"2")
    blog.write("images/b.png", PNG + b"b")
    for name, text in WIDGET.items():
        blog.write(f"shared/gauge/{name}", text.replace("level", "gauge"))
        blog.write(f"shared/weir/{name}", text.replace("level", "gauge").replace(" m<", " metres<"))
    blog.link("images/now.png", "a.png")
    blog.link("pics", "pics1")
    blog.link("widgets/gauge", "../shared/gauge")
    uses = "![Today](images/now.png)\n\n```{gauge}\nmetres: 7\n```\n"
    blog.write("posts/linked.md", f"---\ntitle: Today\nimage: pics/z.png\n---\nSeen.\n\n{uses}")


def _offer(blog: Blog) -> None:
    """Add a package with a widget to a folder that Python searches."""
    for name, text in WIDGET.items():
        blog.write(f"../python/gauges/stage/{name}", text.replace("level", "stage"))
    blog.write("../python/gauges-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: gauges\n")
    blog.write(
        "../python/gauges-1.dist-info/entry_points.txt", "[blogkit.widgets]\ngauges = gauges\n"
    )
    blog.write(
        "posts/stage.md",
        "---\ntitle: The stage\n---\nOf the river:\n\n```{stage}\nmetres: 2\n```\n",
    )


Make = Callable[[Path], Blog]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.setattr(signatures, "_SETTLED", -(10**15))  # a file counts at once as settled
    blogs: list[Blog] = []
    document = PostRenderer.document

    def counted(renderer: PostRenderer, *given: object, **more: object) -> object:
        blogs[-1].rendered += 1
        return document(renderer, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(PostRenderer, "document", counted)

    packages = [*sys.path]

    def made(folder: Path) -> Blog:
        blog = Blog(folder / "blog")
        monkeypatch.setattr(sys, "path", [*packages, str(folder / "python")])
        blog.write("blogkit.toml", TOML)
        for name, text in POSTS.items():
            blog.write(f"posts/{name}.md", text)
        for name, text in WIDGET.items():
            blog.write(f"widgets/level/{name}", text)
        blog.write("images/a.png", PNG)
        blog.write("data/t.csv", "day,metres\nMonday,4\n")
        _offer(blog)
        if LINKS:
            _link(blog)
        blogs.append(blog)
        return blog

    return made


CHANGES: dict[str, Callable[[Blog], object]] = {
    "the post": lambda b: b.edit("posts/plain.md", "old", "#YOUR_LINK"),
    "its front matter": lambda b: b.edit("posts/plain.md", "title: The", "title: A"),
    "its sites": lambda b: b.edit("posts/plain.md", "publish: now", "sites: [other]"),
    "an image": lambda b: b.write("images/a.png", b"no image"),
    "an image that went": lambda b: (b.root / "images/a.png").unlink(),
    "a nearer image": lambda b: b.write("posts/images/a.png", b"another"),
    "data": lambda b: b.write("data/t.csv", "day,metres\nMonday,4,5\n"),
    "a template": lambda b: b.write("widgets/level/template.html", "<blink>{{ metres }}</blink>\n"),
    "a style": lambda b: b.edit("widgets/level/style.css", "margin: 0", "behavior: x"),
    "fields": lambda b: b.edit("widgets/level/fields.yaml", "number", "boolean"),
    "a widget that went": lambda b: shutil.rmtree(b.root / "widgets/level"),
    "Python in a widget": lambda b: b.write("widgets/level/widget.py", "import os\n"),
    "a folder of a widget": lambda b: (b.root / "widgets/bridge").mkdir(),
    "the look": lambda b: b.edit("blogkit.toml", "[sites.main]", '[theme]\naccent = "light-dark(#aa0000,#ba3030)"\n[sites.main]'),
    "the language": lambda b: b.edit("blogkit.toml", "[sites.main]", 'language = "hi"\n[sites.main]'),
    "the zone": lambda b: b.edit("blogkit.toml", "Asia/Kolkata", "America/Lima"),
    "a check": lambda b: b.edit("blogkit.toml", "[sites.main]", '[check]\noff = ["stale-badge", "unknown-internal-link"]\n[sites.main]'),
    "images' limits": lambda b: b.edit("blogkit.toml", "[sites.main]", "[images]\nmax_width = 100\n[sites.main]"),
    "the default site": lambda b: b.edit("blogkit.toml", 'default_site = "main"', 'default_site = "other"'),
    "a site's setting": lambda b: b.edit("blogkit.toml", 'url = "https', 'slug_by_title = true\nurl = "https'),
    "a site that went": lambda b: b.write("blogkit.toml", TOML.partition("[sites.other]")[0]),
    "a link's address": lambda b: b.write("links.toml", 'rivers-1 = "https://example.com/q"\n'),
    "a wrong address": lambda b: b.write("links.toml", 'rivers-1 = "http://example.com/q"\n'),
    "the target of a link": lambda b: (b.root / "posts/plain.md").rename(b.root / "posts/rain.md"),
    "the key of a target": lambda b: b.edit("posts/keyed.md", "key: dam", "key: weir"),
    "a target that comes": lambda b: b.write("posts/lake.md", "---\ntitle: A lake\n---\nCalm and deep.\n"),
    "a likelier target": lambda b: b.write("posts/lakes.md", "---\ntitle: Two lakes\n---\nCalm, both.\n"),
    "a key that is taken": lambda b: b.write("posts/weir.md", "---\ntitle: A weir\nkey: dam\n---\nFoam.\n"),
    "a copy": lambda b: b.write("posts/plain (1).md", POSTS["plain"]),
    "a linked image": lambda b: b.link("images/now.png", "b.png"),
    "a linked folder": lambda b: b.link("pics", "pics2"),
    "a link out": lambda b: b.link("images/now.png", str(b.root.parent / "x.png")),
    "a linked widget": lambda b: b.edit("shared/gauge/template.html", " m<", " metres<"),
    "a widget's link": lambda b: b.link("widgets/gauge", "../shared/weir"),
    "a linked widget's code": lambda b: b.write("shared/gauge/widget.py", "import os\n"),
    "a package's template": lambda b: b.edit("../python/gauges/stage/template.html", " m<", " metres<"),
    "a package that is not searched for": lambda b: sys.path.remove(str(b.root.parent / "python")),
    "a later day": lambda b: setattr(b, "now", NOON + timedelta(days=3)),
    "an earlier day": lambda b: setattr(b, "now", NOON - timedelta(days=30)),
    "trust": lambda b: b.environ.pop("BLOGKIT_TRUST"),
}  # fmt: skip
"""Each of them may change what some post's check finds."""


@pytest.mark.slow
@for_each("change", CHANGES, local=6)
def test_a_change_is_noticed(make: Make, tmp_path: Path, change: str) -> None:
    blog = make(tmp_path)
    before = blog.check(), blog.plan()
    CHANGES[change](blog)
    found = blog.check(), blog.plan()
    for look, seen in zip((blog.check, blog.plan), found, strict=True):
        (blog.root / ".blogkit/cache.sqlite").unlink()
        assert look() == seen
    if change == "the post":
        assert found[0] != before[0]
        assert found[1] != before[1]


OPTIONS: list[dict[str, object]] = [
    {"site": "other"},
    {"allow_pending_quiz": True},
    {"quiz_url": "http://example.com/q"},
    {"quiz_url": "http://example.com/q", "allow_http": True},
]


@for_each("options", OPTIONS, ids=str, quick=1)
def test_options_are_noticed(make: Make, tmp_path: Path, options: dict[str, object]) -> None:
    blog = make(tmp_path)
    for look in (blog.check, blog.plan):
        look(**options)
        plain = look()
        found = look(**options)
        assert look() == plain
        (blog.root / ".blogkit/cache.sqlite").unlink()
        assert look(**options) == found


UNRELATED: dict[str, Callable[[Blog], object]] = {
    "nothing": lambda b: None,
    "a comment": lambda b: b.edit("blogkit.toml", "# A blog about rivers.", "# Another comment."),
    "the title": lambda b: b.edit("blogkit.toml", '"Rivers"', '"Lakes"'),
    "a user name": lambda b: b.edit("blogkit.toml", 'url = "https', 'timeout = 9\nurl = "https'),
    "another image": lambda b: b.write("images/b.png", PNG),
    "an hour": lambda b: setattr(b, "now", NOON + timedelta(hours=1)),
    "a link's address": lambda b: b.write("links.toml", 'lakes-1 = "https://example.com/q"\n'),
}  # fmt: skip


@for_each("change", UNRELATED, quick=3)
def test_an_unrelated_change_renders_nothing_again(make: Make, tmp_path: Path, change: str) -> None:
    blog = make(tmp_path)
    (blog.root / "posts/quiz.md").unlink()
    checked = blog.check()
    assert blog.rendered > len(POSTS) - 2
    before = checked, blog.plan()
    UNRELATED[change](blog)
    rendered = []
    assert blog.check() == before[0]
    rendered.append(blog.rendered)
    assert blog.plan() == before[1]
    assert [*rendered, blog.rendered] == [0, 0]


def test_a_plan_after_a_check_renders_only_what_stops_posts(make: Make, tmp_path: Path) -> None:
    blog = make(tmp_path)
    for text, rendered in (("By [YOUR NAME].", 1), ("By Asha.", 0)):
        blog.write("posts/todo.md", f"---\ntitle: To do\npublish: draft\n---\n{text}\n")
        alone = blog.plan()
        (blog.root / ".blogkit/cache.sqlite").unlink()
        blog.check()
        assert blog.plan() == alone
        assert blog.rendered == rendered


def test_one_changed_post_is_rendered_alone(make: Make, tmp_path: Path) -> None:
    blog = make(tmp_path)
    blog.check()
    blog.edit("posts/plain.md", "old", "new")
    blog.check()
    assert blog.rendered == 1
    blog.write("posts/weir.md", "---\ntitle: A weir\n---\nFoam and noise.\n")
    blog.check()
    assert blog.rendered == 2  # the new one, and the one with a link to a post that there is not


@pytest.mark.skipif(sys.platform != "linux", reason="needs links, and names that are not text")
def test_links_to_a_post_are_that_post(make: Make, tmp_path: Path) -> None:
    """Its key is the name of the file to which they lead, for checks, plans and links alike."""
    blog = make(tmp_path)
    blog.write("drafts/lake.md", "---\ntitle: A lake\n---\nCalm and deep.\n")
    before = blog.check()[0]
    for name in ("a", "b"):
        blog.link(f"posts/{name}.md", "../drafts/lake.md")
    assert blog.check("posts/a.md") == blog.check("posts/a.md", "drafts/lake.md") == (1, [])
    posts, problems = blog.check()
    assert posts == before + 1
    assert not [one for one in problems if "lake" in str(one)]
    plan = blog.open().plan(offline=True)
    assert [one.key for one in plan if one.title == "A lake"] == ["lake"]
    assert not plan.left_out
    broken = os.fsencode(blog.root / "drafts") + b"/x\xff.md"
    os.rename(os.fsencode(blog.root / "drafts/lake.md"), broken)  # noqa: PTH104
    (blog.root / "posts/b.md").unlink()
    blog.link("posts/a.md", os.fsdecode(broken))
    assert blog.check()[0] == before


def test_files_that_went_are_forgotten(make: Make, tmp_path: Path) -> None:
    blog = make(tmp_path)
    blog.check()
    blog.plan()
    (blog.root / "posts/plain.md").rename(blog.root / "posts/rain.md")
    blog.check()
    with closing(sqlite3.connect(blog.root / ".blogkit/cache.sqlite")) as db:
        for table in ("file", "checked", "head", "text"):
            names = {name for (name,) in db.execute(f"SELECT path FROM {table}")}
            assert names
            assert "posts/plain.md" not in names


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are read from now on."""
    names: list[str] = []
    original = Path.read_bytes

    def noted(path: Path) -> bytes:
        names.append(path.name)
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return names


def test_one_post_of_many_reads_no_other(make: Make, tmp_path: Path, read: list[str]) -> None:
    blog = make(tmp_path)
    alone = blog.check("posts/links.md")
    blog.check()
    blog.edit("posts/links.md", "Three", "Two or three")
    read.clear()
    assert blog.check("posts/links.md") == alone
    assert {name for name in read if name.removesuffix(".md") in POSTS} == {"links.md"}


def test_one_post_without_links_reads_no_other_even_the_first_time(
    make: Make, tmp_path: Path, read: list[str]
) -> None:
    blog = make(tmp_path)
    read.clear()
    assert blog.check("posts/plain.md")[0] == 1
    assert {name for name in read if name.removesuffix(".md") in POSTS} == {"plain.md"}


def test_the_settings_that_do_not_count_exist() -> None:
    """All others count, also those that are yet to come."""
    assert {one.name for one in fields(Config)} >= NOT_RENDERED
    assert {one.name for one in fields(Site)} >= ONLY_SENT


def _spoil(blog: Blog, statement: str) -> None:
    with closing(sqlite3.connect(blog.root / ".blogkit/cache.sqlite")) as db, db:
        db.executescript(statement)


def _noted(name: str, value: str) -> str:
    checksum = checksum_of([name, value])
    return f"INSERT OR REPLACE INTO note VALUES ('{name}', '{value}', {checksum})"


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARM: dict[str, Callable[[Blog], object]] = {
    "other text": lambda b: _spoil(b, "UPDATE checked SET found = replace(found, 'lake', 'pond')"),
    "no JSON": lambda b: _spoil(b, "UPDATE checked SET found = 'x'"),
    "other keys": lambda b: _spoil(b, "UPDATE head SET \"key\" = 'lake'"),
    "no table": lambda b: _spoil(b, "DROP TABLE checked; DROP TABLE head; DROP TABLE note"),
    "other columns": lambda b: _spoil(b, "ALTER TABLE checked RENAME COLUMN found TO lost"),
    "a wrong note": lambda b: _spoil(b, _noted("profile main", "folder a.b")),
    "another version": lambda b: _spoil(b, "PRAGMA user_version = 99"),
    "no database": lambda b: b.write(".blogkit/cache.sqlite", b"not a database" * 900),
    "nothing in it": lambda b: b.write(".blogkit/cache.sqlite", b""),
    "a folder": lambda b: _make_folder(b.root / ".blogkit/cache.sqlite"),
    "read-only": lambda b: os.chmod(b.root / ".blogkit/cache.sqlite", 0o400),  # noqa: PTH101
    "full": lambda b: _spoil(b, "PRAGMA max_page_count = 1"),
}


@for_each("harm", HARM, quick=3)
def test_a_damaged_cache_changes_no_result(make: Make, tmp_path: Path, harm: str) -> None:
    blog = make(tmp_path)
    before = blog.check(), blog.plan()
    HARM[harm](blog)
    blog.write("posts/plain.md", POSTS["plain"])  # to have something to keep
    assert (blog.check(), blog.plan()) == before
    assert (blog.check(), blog.plan()) == before


def test_a_foreign_cache_changes_no_result(make: Make, tmp_path: Path) -> None:
    blog = make(tmp_path)
    blog.check()
    other = tmp_path / "other/blog"
    shutil.copytree(blog.root, other)
    second = Blog(other)
    second.edit("posts/plain.md", "old", "#YOUR_LINK")
    found = second.check()
    shutil.rmtree(other / ".blogkit")
    assert second.check() == found
