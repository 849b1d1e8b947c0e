"""Read a Blogger backup: an Atom feed, as Google Takeout writes it, or as Blogger did before.

Google documents neither form. Takeout has `blogger:type` and `blogger:status`
(namespace http://schemas.google.com/blogger/2018); the older form has categories of kind
(https://developers.google.com/gdata/docs/2.0/elements#gdata-kinds) and `app:draft`
(https://www.rfc-editor.org/rfc/rfc5023#section-13.1.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState, Location
from blogkit.archive.reader import ArchiveReader, Contents, key_in, read_time
from blogkit.archive.xml import PieceReader, XmlNode
from blogkit.errors import ContentError, Problem

_ATOM = "http://www.w3.org/2005/Atom}"
_TAKEOUT = "http://schemas.google.com/blogger/2018}"
_APP = ("http://purl.org/atom/app#}", "http://www.w3.org/2007/app}")
_GEORSS = "http://www.georss.org/georss}"
_KIND = "http://schemas.google.com/g/2005#kind"
_NUMBERS = re.compile(r"blog-(\d+)(?:\.(?:post|page)-(\d+))?\Z")
_KINDS = {"POST": "post", "PAGE": "page", "COMMENT": "comment"}
_STATES = {
    "LIVE": ArchivedState.LIVE,
    "SCHEDULED": ArchivedState.SCHEDULED,
    "DRAFT": ArchivedState.DRAFT,
}
_NO_KIND = "entries of the kind “unknown”"
_TOTAL = "opensearchrss/1.0/}totalResults"
"""Only answers that come in pages have it (https://github.com/dewitt/opensearch)."""
_LEFT_OUT = {
    "comment": "comments",
    "settings": "settings of the blog",
    "template": "templates of the blog",
    "trashed": "posts in the trash",
}


class BloggerReader:
    """Reads a Blogger backup.

    Args:
        opened: Opens the file from its beginning.
        name: What messages call it.
        now: A live post with a later date is scheduled.
    """

    def __init__(self, opened: Callable[[], BinaryIO], name: str, now: datetime) -> None:
        self._opened, self._name, self._now = opened, name, now

    def survey(self) -> Contents:
        """Return what the archive has, after reading all of it once.

        Raises:
            ContentError: It is broken, or it is something else.
        """
        contents = Contents(ArchivedBlog("blogger"))
        title = number = url = ""
        authors: set[str] = set()
        is_page_of_feed = False
        with self._opened() as file:
            reader = PieceReader(file, self._name)
            for node in reader:
                if node.tag == f"{_ATOM}entry":
                    left_out = self._why_left_out(node)
                    contents.left_out[left_out] += bool(left_out)
                    identifier = node.text_of(f"{_ATOM}id")
                    number = number or _blog_number(identifier)
                    if not left_out:
                        contents.posts += 1
                        authors.add(_author(node))
                        body = node.text_of(f"{_ATOM}content")
                        contents.keys.add(key_in(body, _post_number(identifier)))
                elif node.tag.endswith(_TOTAL):
                    is_page_of_feed = True
                elif node.tag == f"{_ATOM}title":
                    title = node.text.strip()
                elif node.tag == f"{_ATOM}id":
                    number = number or _blog_number(node.text)
                elif node.tag == f"{_ATOM}link" and node.attributes.get("rel") == "alternate":
                    url = node.attributes.get("href", "")
        del contents.left_out[""]
        if is_page_of_feed or not (contents.posts or set(contents.left_out) - {_NO_KIND}):
            raise _nothing(self._name)
        contents.blog = ArchivedBlog("blogger", title, number, url)
        contents.authors = frozenset(authors)
        if reader.removed:
            contents.notes.append(f"control characters left out: {reader.removed}")
        return contents

    def join(self, other: ArchiveReader) -> None:
        """Do nothing: a post of Blogger refers to no others."""

    def posts(self) -> Iterator[ArchivedPost]:
        """Yield the posts and pages; see `ArchiveReader`."""
        with self._opened() as file:
            for node in PieceReader(file, self._name):
                if node.tag == f"{_ATOM}entry" and not self._why_left_out(node):
                    yield self._post(node)

    def _why_left_out(self, entry: XmlNode) -> str:
        kind = _kind(entry)
        if kind not in ("post", "page"):
            return _LEFT_OUT.get(kind, f"entries of the kind “{kind}”")
        status = entry.text_of(f"{_TAKEOUT}status")
        if "TRASHED" in status or "DELETED" in status:
            return _LEFT_OUT["trashed"]
        content = entry.first(f"{_ATOM}content")
        return "posts in XHTML" if content and content.children else ""

    def _post(self, entry: XmlNode) -> ArchivedPost:
        url = entry.text_of(f"{_TAKEOUT}filename").strip() or _alternate(entry)
        published = read_time(entry.text_of(f"{_ATOM}published"))
        return ArchivedPost(
            kind=_kind(entry),
            title=entry.text_of(f"{_ATOM}title"),
            body=entry.text_of(f"{_ATOM}content"),
            state=self._state(entry, published),
            id=_post_number(entry.text_of(f"{_ATOM}id")),
            published=published,
            updated=read_time(entry.text_of(f"{_ATOM}updated")),
            labels=_labels(entry),
            slug=urlsplit(url).path.rpartition("/")[2].removesuffix(".html"),
            url=url,
            description=entry.text_of(f"{_TAKEOUT}metaDescription").strip(),
            place=_place(entry),
            author=_author(entry),
            line=entry.line,
        )

    def _state(self, entry: XmlNode, published: datetime | None) -> ArchivedState:
        status = entry.text_of(f"{_TAKEOUT}status").strip()
        # What is not known must not go live.
        state = _STATES.get(status, ArchivedState.DRAFT) if status else _old_state(entry)
        if state is ArchivedState.LIVE and published and published > self._now:
            return ArchivedState.SCHEDULED
        return state


def _kind(entry: XmlNode) -> str:
    kind = entry.text_of(f"{_TAKEOUT}type").strip()
    if kind:
        return _KINDS.get(kind, kind.lower())
    for category in entry.all(f"{_ATOM}category"):
        if category.attributes.get("scheme") == _KIND:
            return category.attributes.get("term", "").rpartition("#")[2]
    return "unknown"


def _old_state(entry: XmlNode) -> ArchivedState:
    for app in _APP:
        control = entry.first(f"{app}control")
        if control and control.text_of(f"{app}draft").strip() == "yes":
            return ArchivedState.DRAFT
    return ArchivedState.LIVE


def _labels(entry: XmlNode) -> tuple[str, ...]:
    found = (
        node.attributes.get("term", "").strip()
        for node in entry.all(f"{_ATOM}category")
        if node.attributes.get("scheme") != _KIND
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _place(entry: XmlNode) -> Location | None:
    location = entry.first(f"{_TAKEOUT}location")
    if location:
        name, lat, lng = (
            location.text_of(f"{_TAKEOUT}{part}") for part in ("name", "latitude", "longitude")
        )
    else:
        name = entry.text_of(f"{_GEORSS}featurename")
        lat, _, lng = entry.text_of(f"{_GEORSS}point").strip().partition(" ")
    try:
        place = Location(name.strip() or f"{lat.strip()}, {lng.strip()}", float(lat), float(lng))
    except ValueError:
        return None
    # also False for NaN
    return place if abs(place.lat) <= 90 and abs(place.lng) <= 180 else None


def _author(entry: XmlNode) -> str:
    author = entry.first(f"{_ATOM}author")
    return author.text_of(f"{_ATOM}name").strip() if author else ""


def _alternate(entry: XmlNode) -> str:
    for link in entry.all(f"{_ATOM}link"):
        if link.attributes.get("rel") == "alternate":
            return link.attributes.get("href", "")
    return ""


def _blog_number(text: str) -> str:
    found = _NUMBERS.search(text.strip())
    return found[1] if found else ""


def _post_number(text: str) -> str:
    found = _NUMBERS.search(text.strip())
    return (found[2] or "") if found else ""


def _nothing(name: str) -> ContentError:
    message = (
        "this is a feed, not the backup of a Blogger blog: it may lack posts, and parts of them"
    )
    hint = "get the backup from takeout.google.com: choose Blogger, and import its feed.atom"
    return ContentError([Problem(name, 0, message, hint, "not-an-archive")])
