"""feedparser, which many readers and tools are built on, reads the sandbox's feeds."""

from __future__ import annotations

from typing import Any

import feedparser
import httplib2
import pytest

from blogkit.sandbox.server import Sandbox
from tests.cases import for_each

FEEDS = ("feeds/posts/default", "feeds/posts/default?alt=rss", "atom.xml", "rss.xml")
"""All names of the blog's two feeds; the last two redirect."""


def read(sandbox: Sandbox, path: str) -> Any:
    http = httplib2.Http()
    response, content = http.request(sandbox.url + path)
    http.close()
    feed = feedparser.parse(content, response_headers=dict(response))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.fixture
def written(running: Sandbox) -> Sandbox:
    blog = running.blog
    fields = {
        "title": "A & <b> – “x”",
        "content": "<p>1 &amp; 2 – हिन्दी</p>",
        "labels": ["a", "b c"],
    }
    blog.insert("post", {**fields, "published": "2026-11-20T07:00:00+05:30"}, draft=False)
    blog.insert("post", {"title": "Newer", "content": "<p>n</p>"}, draft=False)
    blog.insert("post", {"title": "Not yet"}, draft=True)
    return running


@for_each("path", FEEDS)
def test_a_reader_gets_the_live_posts(written: Sandbox, path: str) -> None:
    feed = read(written, path)
    assert feed.version == ("rss20" if "rss" in path else "atom10")
    assert feed.feed.title == "Sandbox"
    newer, older = feed.entries
    assert newer.title == "Newer"
    assert older.link == f"{written.url}2026/11/a-x.html"
    assert [tag.term for tag in older.tags] == ["a", "b c"]
    assert tuple(older.published_parsed[:5]) == (2026, 11, 20, 1, 30)
    assert older.id.startswith("tag:blogger.com,1999:blog-")
    content = older.content[0].value if "content" in older else older.summary
    assert content == "<p>1 &amp; 2 &#8211; हिन्दी</p>"  # as Blogger stores it


def test_a_reader_follows_the_pages(written: Sandbox) -> None:
    first = read(written, "feeds/posts/default?max-results=1")
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = read(written, following.removeprefix(written.url))
    assert [feed.entries[0].title for feed in (first, second)] == ["Newer", "A & <b> – “x”"]


def test_a_summary_has_no_markup(written: Sandbox) -> None:
    feed = read(written, "feeds/posts/summary")
    assert feed.entries[1].summary == "1 & 2 – हिन्दी"
