"""The feed of a folder site, as feed readers read it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest

from tests.cases import for_each
from tests.folder_sites import Blog

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "A & B <b>\x08 ]]> \"'"


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path)


@for_each("url", ["", "https://news.example/x"])
def test_a_reader_gets_the_newest_posts(blog: Blog, url: str) -> None:
    folder = blog.folder(url=url)
    for number in range(12):
        body = f"<p>Body {number}.</p><p>More.</p>"
        second_post = blog.publish(f"Post {number}", folder, body=body)
    blog.publish(HOSTILE, folder, labels=("GS-II", HOSTILE), excerpt=HOSTILE)
    read = feedparser.parse((blog.home / "feed.xml").read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert (read.feed.title, len(read.entries)) == ("News & <Notes>", 10)
    first, second = read.entries[:2]
    shown = HOSTILE.replace("\x08", "")
    assert [tag.term for tag in first.tags] == ["GS-II", shown]
    assert second.title == "Post 11"
    assert second.summary == "Body 11."
    assert second.content[0].value == "<p>Body 11.</p><p>More.</p>"
    assert second_post.url.endswith(second.link)
    assert second.link.startswith(f"{url}/2026/09/" if url else "2026/09/")
    assert second.published == f"{blog.now - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    assert read.feed.updated == first.updated


def test_it_has_what_the_standard_demands(blog: Blog) -> None:
    """https://www.rfc-editor.org/rfc/rfc4287#section-4.1"""
    blog.publish(HOSTILE, body="<p>One.</p>")
    blog.publish("Two", body='<p><img src="/images/0123456789abcdef-a.png" alt=""></p>')
    root = ElementTree.fromstring((blog.home / "feed.xml").read_bytes())
    for element in (root, *root.iter(f"{ATOM}entry")):
        found = [child.tag.removeprefix(ATOM) for child in element]
        assert [found.count(name) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    names = [element.text or "" for element in root.iter(f"{ATOM}id")]
    assert len(set(names)) == 3
    assert all(name.startswith("urn:uuid:") for name in names)
    contents = [element.text or "" for element in root.iter(f"{ATOM}content")]
    assert 'src="images/0123456789abcdef-a.png"' in contents[0]


def test_names_stay_when_a_post_changes_or_the_site_moves(blog: Blog) -> None:
    blog.publish("One")
    before = feedparser.parse((blog.home / "feed.xml").read_bytes())
    again = blog.folder(title="Another title", url="https://moved.example")
    blog.publish("Two", again)
    after = feedparser.parse((blog.home / "feed.xml").read_bytes())
    assert after.feed.id == before.feed.id
    assert after.entries[1].id == before.entries[0].id
