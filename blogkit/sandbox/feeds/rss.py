"""Write a feed as RSS (https://www.rssboard.org/rss-specification)."""

from __future__ import annotations

from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.feeds.atom import LABELS
from blogkit.sandbox.feeds.page import FeedPage
from blogkit.sandbox.feeds.xml import add_text, stamp, summary_of
from blogkit.sandbox.store import StoredPost


def rss_feed(blog: Blog, page: FeedPage, root: str) -> Element:
    """Return a part of a feed.

    Args:
        blog: The blog.
        page: The entries.
        root: The blog's address without a slash at the end.
    """
    rss = Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = SubElement(rss, "channel")
    newest = max((entry.updated for entry in page.entries), default=blog.clock())
    texts = {
        "atom:id": f"tag:blogger.com,1999:blog-{blog.id}",
        "lastBuildDate": format_datetime(blog.local(newest)),
        "title": blog.title,
        "description": blog.description,
        "link": f"{root}/",
        "generator": "Blogger",
    }
    for tag, text in texts.items():
        add_text(channel, tag, text)
    channel.extend(_item(blog, entry, root, summary=page.summary) for entry in page.entries)
    return rss


def _item(blog: Blog, entry: StoredPost, root: str, *, summary: bool) -> Element:
    item = Element("item")
    guid = f"tag:blogger.com,1999:blog-{blog.id}.{entry.kind}-{entry.id}"
    add_text(item, "guid", guid, isPermaLink="false")
    add_text(item, "pubDate", format_datetime(blog.local(entry.published)))
    add_text(item, "atom:updated", stamp(blog, entry.updated))
    for label in entry.labels:
        add_text(item, "category", label, domain=LABELS)
    add_text(item, "title", entry.title)
    add_text(item, "description", summary_of(entry) if summary else entry.content)
    add_text(item, "link", f"{root}{entry.path}")
    add_text(item, "author", "noreply@blogger.com (Sandbox)")
    return item
