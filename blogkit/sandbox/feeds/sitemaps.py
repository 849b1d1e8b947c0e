"""Write the sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.store import ResourceKind, StoredPost, Wanted

_NAMESPACE: Final = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
POSTS_PER_SITEMAP: Final = 150
"""Posts in one sitemap; a blog with more has an index of them."""


def live(blog: Blog, kind: ResourceKind) -> list[StoredPost]:
    """Return what a sitemap lists, newest first.

    Args:
        blog: The blog.
        kind: Posts or pages.
    """
    blog.settle()
    return blog.store.find(Wanted(kind, ["LIVE"]))


def sitemap(entries: Sequence[StoredPost], root: str) -> Element:
    """Return the addresses of entries.

    Args:
        entries: Live posts or pages.
        root: The blog's address without a slash at the end.
    """
    urls = Element("urlset", _NAMESPACE)
    for entry in entries:
        url = SubElement(urls, "url")
        SubElement(url, "loc").text = f"{root}{entry.path}"
        changed = entry.updated.astimezone(UTC)
        SubElement(url, "lastmod").text = f"{changed:%Y-%m-%dT%H:%M:%SZ}"
    return urls


def index(entries: Sequence[StoredPost], root: str) -> Element:
    """Return the addresses of the sitemaps of many entries.

    Args:
        entries: Live posts.
        root: The blog's address without a slash at the end.
    """
    maps = Element("sitemapindex", _NAMESPACE)
    for number in range(1, -(-len(entries) // POSTS_PER_SITEMAP) + 1):
        SubElement(SubElement(maps, "sitemap"), "loc").text = f"{root}/sitemap.xml?page={number}"
    return maps
