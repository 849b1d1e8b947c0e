"""docs/moving.md, executed: a blog of varied posts from Blogger to WordPress, and to Blogger again.

`BLOGKIT_POSTS=40` takes so many posts instead of 200.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from io import StringIO
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup, Comment

from blogkit.__main__ import main
from blogkit.config import load_config
from blogkit.platforms.base import Draft, Platform, Remote, State, Target
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from scripts.docs import ROOT
from tests.cli.conftest import make_workspace
from tests.e2e.wordpress import cache, debian, lifecycle
from tests.e2e.wordpress.site import LONGEST, Site
from tests.edits.corpus import Pen
from tests.hosting.gallery import Answer, Gallery, open_gallery
from tests.images.samples import drawn

pytestmark = pytest.mark.wordpress
COUNT = int(os.environ.get("BLOGKIT_POSTS", "200"))
PAGE = (ROOT / "docs/moving.md").read_text(encoding="utf-8")
PART = PAGE.partition("## The whole way")[2]
COMMANDS = re.findall(r"(?ms)^```sh\n(.*?)^```$", PART)[0].splitlines()
START = datetime(2015, 1, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A WordPress of its own: a new blog, with no posts of other tests."""
    home = tmp_path / "wordpress"
    site = lifecycle.up(debian.NEWEST, home, cache=cache.folder())
    try:
        yield site
    finally:
        lifecycle.down(home)


@dataclass(frozen=True)
class Read:
    """A post as its readers get it."""

    title: str
    words: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    headings: tuple[str, ...]
    labels: frozenset[str]
    state: State
    at: datetime | None


def test_every_post_reads_the_same_at_the_end(tmp_path: Path, site: Site) -> None:
    with Sandbox() as old, Sandbox() as new, open_gallery() as gallery:
        for one in (old, new):  # how Blogger limits new posts is proven elsewhere
            one.switches.set(insert_throttle="none", daily_insert_limit="none")
        folders = {
            "old": make_workspace(tmp_path / "old", old),
            "school": wordpress_folder(tmp_path / "school", site),
            "new": make_workspace(tmp_path / "new", new),
        }
        write_posts(platform(folders["old"]), COUNT, pictures_on(gallery))
        first = read_blog(folders["old"])
        assert len(first) == COUNT + 1
        folder = tmp_path
        for line in COMMANDS:
            command, *arguments = shlex.split(line)
            if command == "cd":
                folder = (folder / arguments[0]).resolve()
            else:
                moving = arguments[:2] == ["images", "move"]
                run(folder, *arguments, *(["--private"] if moving else []))
        for name in ("school", "new"):
            found = read_blog(folders[name])
            assert found.keys() == first.keys(), name
            for title, post in first.items():
                assert found[title] == post, name
        bodies = [post.body for post in posts(platform(folders["new"])) if post.state is State.LIVE]
        assert not any(gallery.url in body for body in bodies), "the pictures moved, too"
        assert any(f"{site.url}/wp-content/uploads/" in body for body in bodies)


def pictures_on(gallery: Gallery) -> list[str]:
    return [
        gallery.on(f"/picture-{n}.png", Answer(drawn("PNG", (40 + n, 30)))) + "?w=640&h=480"
        for n in range(12)
    ]


def write_posts(blog: Platform, count: int, pictures: list[str]) -> None:
    for number in range(count):
        pen = Pen(f"journey {number}")
        draft = Draft(
            "",
            "post",
            f"{pen.words(2, 5)} {number}",
            body_of(pen, number, pictures),
            labels=labels_of(pen),
        )
        ref = blog.create(draft).ref
        if number % 10:  # every tenth one stays a draft
            at = START + timedelta(days=20 * number, minutes=7 * number)
            blog.set_state(ref, Target(State.LIVE, at))
    page = blog.create(Draft("", "page", "About this blog", "<p>Since 2015.</p>")).ref
    blog.set_state(page, Target(State.LIVE))


def body_of(pen: Pen, number: int, pictures: list[str]) -> str:
    """A post as Blogger's editor leaves it, with pictures."""
    pieces = pen.some(
        lambda: f"<p>{pen.inline()}</p>",
        lambda: f"<div>{pen.inline()}<br />{pen.inline()}</div>",
        lambda: f"{pen.inline()}<br /><br />",
        pen.heading,
        pen.list,
        pen.table,
        lambda: f"<blockquote>{pen.inline()}</blockquote>",
        lambda: f"<pre>two\n  lines {pen.words()}</pre>",
        lambda: picture(pen, pictures),
    )
    last = picture(pen, pictures)
    return "\n".join([*pieces, last, f"<p>Number {number} of them, {pen.words(9, 14)}</p>"])


def picture(pen: Pen, pictures: list[str]) -> str:
    name = escape(pen.pick(*pictures))
    return f'<div style="text-align: center;"><a href="{name}"><img alt="{pen.pick("A bay", "नाव", "")}" border="0" src="{name}" /></a></div>'


def labels_of(pen: Pen) -> tuple[str, ...]:
    names = ["Sea", "दो शब्द", "R&D", "GS-II/Polity", "1947–50"]
    return tuple(pen.random.sample(names, pen.random.randint(0, 3)))


def wordpress_folder(root: Path, site: Site) -> Path:
    root.mkdir()
    admin = site.users["admin"]
    (root / "blogkit.toml").write_text(
        f'[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.main]\nplatform = "wordpress"\n'
        f'url = "{site.url}"\nusername = "{admin.login}"\n\n[images]\nhost = "wordpress"\n',
        encoding="utf-8",
    )
    (root / ".env").write_text(
        f"BLOGKIT_MAIN_APP_PASSWORD={admin.application_password}\nBLOGKIT_MAIN_ORIGIN={site.url}\n",
        encoding="utf-8",
    )
    (root / ".env").chmod(0o600)
    for made in site.rest("admin", "GET", "wp/v2/posts", params={"per_page": 100}).json():
        site.rest("admin", "DELETE", f"wp/v2/posts/{made['id']}", params={"force": True})
    for made in site.rest(
        "admin", "GET", "wp/v2/pages", params={"per_page": 100, "status": "any"}
    ).json():
        site.rest("admin", "DELETE", f"wp/v2/pages/{made['id']}", params={"force": True})
    return root


def platform(folder: Path) -> Platform:
    config = load_config(folder)
    return connect(config.site("main"), Settings(config, sleep=lambda _seconds: None))


def posts(blog: Platform) -> Iterator[Remote]:
    for kind in ("post", "page"):
        yield from blog.list(kind, PRESENT)


def read_blog(folder: Path) -> Mapping[str, Read]:
    """The posts by title, with digests of what readers get in the place of pictures' addresses."""
    seen: dict[str, str] = {}
    return {post.title: read(post, seen) for post in posts(platform(folder))}


def shown(address: str, seen: dict[str, str]) -> str:
    if address not in seen:
        answer = requests.get(address, timeout=LONGEST)
        assert answer.ok, address
        seen[address] = hashlib.sha256(answer.content).hexdigest()
    return seen[address]


def read(post: Remote, seen: dict[str, str]) -> Read:
    page = BeautifulSoup(post.body, "html.parser")
    for hidden in page.find_all(string=lambda text: isinstance(text, Comment)):
        hidden.extract()
    return Read(
        post.title,
        tuple(page.get_text(" ").split()),
        tuple(
            (shown(str(one["src"]), seen), str(one.get("alt", ""))) for one in page.find_all("img")
        ),
        tuple(
            shown(str(one["href"]), seen) if one.find("img") else str(one["href"])
            for one in page.find_all("a", href=True)
        ),
        tuple(one.get_text() for one in page.find_all(re.compile("^h[1-6]$"))),
        frozenset((*post.labels, *post.categories, *post.tags)) - {"Uncategorized"},
        post.state,
        post.at if post.ref.kind == "post" and post.state is State.LIVE else None,
    )


def run(folder: Path, *arguments: str) -> None:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["-C", str(folder), *arguments, "--json"], sleep=lambda _seconds: None)
    report = json.loads(out.getvalue() or "{}")
    assert code == 0, (arguments, err.getvalue(), json.dumps(report, ensure_ascii=False)[:4000])
