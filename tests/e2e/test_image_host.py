"""A Blogger blog whose pictures are in the media library of a real WordPress."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from blogkit.config import load_config
from blogkit.platforms.base import Platform, State
from blogkit.project.connect import Settings, connect
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.e2e.test_images import photo
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import LONGEST, Site
from tests.e2e.workspace import Workspace
from tests.hosting.gallery import Answer, open_gallery
from tests.images.samples import drawn, located, opened

NEWEST = pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
ENV = "".join(
    f"BLOGKIT_MAIN_{name}=sandbox\n" for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Quirks(daily_insert_limit="none", insert_throttle="none")) as sandbox:
        yield sandbox


@pytest.fixture
def both(wordpress: Site, sandbox: Sandbox, tmp_path: Path) -> Workspace:
    """A folder for a Blogger blog and a WordPress site, which keeps the pictures of both."""
    space = Workspace(tmp_path, wordpress)
    settings = space.root / "blogkit.toml"
    settings.write_text(
        f'[blog]\ndefault_site = "main"\n\n{settings.read_text(encoding="utf-8")}\n'
        f'[sites.main]\nplatform = "blogger"\nurl = "{sandbox.url}"\nblog_id = "{sandbox.blog.id}"\n'
        f'api_base = "{sandbox.api_base}"\nmin_interval = 0\nnew_posts_in_a_row = 0\n\n'
        '[images]\nhost = "wordpress"\nmax_width = 1200\n',
        encoding="utf-8",
    )
    secrets = space.root / ".env"
    secrets.write_text(secrets.read_text(encoding="utf-8") + ENV, encoding="utf-8")
    return space


def blog_of(space: Workspace) -> Platform:
    config = load_config(space.root)
    return connect(config.site("main"), Settings(config, sleep=lambda _seconds: None))


@NEWEST
def test_pictures_of_blogger_are_in_the_media_library_once(
    both: Workspace, wordpress: Site
) -> None:
    photo(both.root / "ferry.jpg", (2400, 1600), 77, exif=located())
    for name, text in (("ferry", "A ferry left."), ("again", "It came back in the evening.")):
        front = f"title: A ferry, {name}\npublish: now"
        both.write(name, front, f"{text}\n\n![A ferry at sea](ferry.jpg)")
    code, report = both.run("publish", "--yes")
    assert code == 0, report
    assert [one["result"] for one in report["outcomes"]] == ["done", "done"]
    posts = list(blog_of(both).list("post", (State.LIVE,)))
    [address] = {
        address for post in posts for address in re.findall(r'<img[^>]* src="([^"]+)"', post.body)
    }
    served = requests.get(address, timeout=LONGEST).content
    assert opened(served).size == (1200, 800)
    assert b"Exif" not in served
    [file] = found(wordpress, address)
    assert file["alt_text"] == "A ferry at sea"

    both.delete_journal()
    both.write("third", "title: A ferry, third\npublish: now", "On Monday.\n\n![](ferry.jpg)")
    code, report = both.run("publish", "--yes", both.root / "posts/third.md", "--rebuild")
    assert code == 0, report
    assert len(found(wordpress, address)) == 1, "it is looked for before it is uploaded"
    [listed] = both.run("images", "list")[1]["images"]
    assert (listed["url"], listed["proof"]) == (address, "bytes")


IMAGE = """\
<!-- wp:paragraph -->
<p>Rain&nbsp;fell &amp; fell.</p>
<!-- /wp:paragraph -->

<!-- wp:image -->
<figure class="wp-block-image"><img src="{a}" alt="Rain"/></figure>
<!-- /wp:image -->"""
COVER = """\
<!-- wp:cover {{"url":"{a}","dimRatio":50}} -->
<div class="wp-block-cover"><img class="wp-block-cover__image-background" alt="" src="{a}"/></div>
<!-- /wp:cover -->"""
FORMS = (
    IMAGE,
    '<p>Classic.</p>\n\n<a href="{a}"><img class="alignnone" src="{a}" alt="" width="60" /></a>',
    COVER,
    '<!-- wp:html -->\n<div><img src="{a}" srcset="{a} 1x"> and {a}</div>\n<!-- /wp:html -->',
)


@NEWEST
@pytest.mark.slow
def test_pictures_of_a_hundred_posts_move_and_move_back(wordpress: Site, tmp_path: Path) -> None:
    space = Workspace(tmp_path, wordpress)
    settings = space.root / "blogkit.toml"
    table = '\n[images]\nhost = "wordpress"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + table, encoding="utf-8")
    with open_gallery() as gallery:
        old = [
            gallery.on(f"/moving-{n}.png", Answer(drawn("PNG", (50 + n, 31)))) for n in range(20)
        ]
        posts = {}
        for n in range(100):
            body = FORMS[n % len(FORMS)].format(a=old[n % 20])
            fields = {"title": f"A moving post, number {n}", "content": body, "status": "publish"}
            posts[add(wordpress, fields)] = n
        before = raw_texts(wordpress, posts)
        references = [str(number) for number in posts]
        moving = ["images", "move", "--to", "wordpress", "--private", "--limit", "100", "--yes"]
        code, report = space.run(*moving, *references)
        assert code == 0, report
        assert {one["result"] for one in report["outcomes"]} == {"done"}
    after = raw_texts(wordpress, posts)
    for number, n in posts.items():
        [new] = set(re.findall(r'src="([^"]+)"', after[number]))
        assert "/wp-content/uploads/" in new
        words = f"and {old[n % 20]}<"
        expected = before[number].replace(words, "WORDS").replace(old[n % 20], new)
        assert after[number] == expected.replace("WORDS", words)
        assert requests.get(new, timeout=LONGEST).content == drawn("PNG", (50 + n % 20, 31))
    code, report = space.run("undo", "--yes", "--limit", "100")
    assert code == 0, report
    assert raw_texts(wordpress, posts) == before
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: remove(wordpress, number), posts))


def remove(wordpress: Site, number: int) -> None:
    wordpress.rest("admin", "DELETE", f"wp/v2/posts/{number}", params={"force": "true"})


def add(wordpress: Site, fields: dict[str, str]) -> int:
    return int(wordpress.rest("admin", "POST", "wp/v2/posts", json=fields).json()["id"])


def raw_texts(wordpress: Site, numbers: Iterable[int]) -> dict[int, str]:
    params = {"context": "edit", "per_page": "100", "include": ",".join(map(str, numbers))}
    listed = wordpress.rest("admin", "GET", "wp/v2/posts", params=params).json()
    return {post["id"]: post["content"]["raw"] for post in listed}


def found(wordpress: Site, address: str) -> list[dict[str, str]]:
    stem = address.rpartition("/")[2].partition(".")[0]
    digest = stem.rpartition("-")[2]
    return list(wordpress.rest("admin", "GET", "wp/v2/media", params={"search": digest}).json())
