"""A Blogger blog whose pictures are in the media library of a real WordPress."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace
from tests.images.samples import located, opened

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
    served = requests.get(address, timeout=30).content
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


def found(wordpress: Site, address: str) -> list[dict[str, str]]:
    stem = address.rpartition("/")[2].partition(".")[0]
    digest = stem.rpartition("-")[2]
    return list(wordpress.rest("admin", "GET", "wp/v2/media", params={"search": digest}).json())
