"""Write a feed as Atom, and the same as Google's JSON.

Shapes: https://www.rfc-editor.org/rfc/rfc4287 and https://developers.google.com/gdata/docs/json
"""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.feeds.page import FeedPage
from blogkit.sandbox.feeds.xml import add_text, stamp, summary_of
from blogkit.sandbox.store import StoredPost

LABELS: Final = "http://www.blogger.com/atom/ns#"
"""The scheme of categories that are labels."""
_NAMESPACES: Final = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:openSearch": "http://a9.com/-/spec/opensearchrss/1.0/",
    "xmlns:blogger": "http://schemas.google.com/blogger/2008",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}
_LISTS: Final = frozenset({"category", "link", "author", "entry"})


def atom_feed(blog: Blog, page: FeedPage, root: str) -> Element:
    """Return a part of a feed.

    Args:
        blog: The blog.
        page: The entries.
        root: The blog's address without a slash at the end.
    """
    feed = Element("feed", _NAMESPACES)
    add_text(feed, "id", f"tag:blogger.com,1999:blog-{blog.id}")
    newest = max((entry.updated for entry in page.entries), default=blog.clock())
    add_text(feed, "updated", stamp(blog, newest))
    for label in page.labels:
        SubElement(feed, "category", {"term": label})
    add_text(feed, "title", blog.title, type="text")
    add_text(feed, "subtitle", blog.description, type="html")
    name = f"{page.kind}s"
    path = f"{root}/feeds/{name}/{'summary' if page.summary else 'default'}"
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{root}/"})
    _link(feed, "self", path)
    if page.following:
        _link(feed, "next", f"{path}?start-index={page.following}&max-results={page.most}")
    _author(feed)
    generator = {"version": "7.00", "uri": "http://www.blogger.com"}
    add_text(feed, "generator", "Blogger", **generator)
    add_text(feed, "openSearch:totalResults", str(page.total))
    add_text(feed, "openSearch:startIndex", str(page.start))
    add_text(feed, "openSearch:itemsPerPage", str(page.most))
    feed.extend(_entry(blog, entry, root, summary=page.summary) for entry in page.entries)
    return feed


def atom_entry(blog: Blog, entry: StoredPost, root: str) -> Element:
    """Return one entry as a document.

    Args:
        blog: The blog.
        entry: A live post or page.
        root: The blog's address without a slash at the end.
    """
    element = _entry(blog, entry, root, summary=False)
    element.attrib.update(_NAMESPACES)
    return element


def to_json(document: Element) -> dict[str, Any]:
    """Return a document as Google's JSON: attributes as keys, text as `$t`."""
    return {"version": "1.0", "encoding": "UTF-8", document.tag: _value(document)}


def _entry(blog: Blog, entry: StoredPost, root: str, *, summary: bool) -> Element:
    element = Element("entry")
    add_text(element, "id", f"tag:blogger.com,1999:blog-{blog.id}.{entry.kind}-{entry.id}")
    add_text(element, "published", stamp(blog, entry.published))
    add_text(element, "updated", stamp(blog, entry.updated))
    for label in entry.labels:
        SubElement(element, "category", {"scheme": LABELS, "term": label})
    add_text(element, "title", entry.title, type="text")
    if summary:
        add_text(element, "summary", summary_of(entry), type="text")
    else:
        add_text(element, "content", entry.content, type="html")
    itself = f"{root}/feeds/{entry.kind}s/default/{entry.id}"
    _link(element, "edit", itself)
    _link(element, "self", itself)
    address = {"rel": "alternate", "type": "text/html", "href": f"{root}{entry.path}"}
    SubElement(element, "link", {**address, "title": entry.title})
    _author(element)
    return element


def _link(parent: Element, rel: str, href: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": "application/atom+xml", "href": href})


def _author(parent: Element) -> None:
    author = SubElement(parent, "author")
    add_text(author, "name", "Sandbox")
    add_text(author, "email", "noreply@blogger.com")


def _value(element: Element) -> dict[str, Any]:
    value: dict[str, Any] = {name.replace(":", "$"): text for name, text in element.items()}
    if element.text:
        value["$t"] = element.text
    for child in element:
        name = child.tag.replace(":", "$")
        if child.tag in _LISTS:
            value.setdefault(name, []).append(_value(child))
        else:
            value[name] = _value(child)
    return value
