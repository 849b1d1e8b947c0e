"""Read WordPress's export, which it calls WXR: a feed with every post, page and term.

https://developer.wordpress.org/reference/functions/export_wp/ writes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import unquote

from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState
from blogkit.archive.reader import ArchiveReader, Contents, key_in, read_time
from blogkit.archive.wxr_terms import TermTable
from blogkit.archive.xml import PieceReader, XmlNode
from blogkit.errors import ContentError, Problem
from blogkit.html.inline_html import inline_text

_SPACES = tuple(f"http://wordpress.org/export/1.{minor}/" for minor in (0, 1, 2))
_COMMENTS = frozenset(f"{space}}}comment" for space in _SPACES)
_CONTENT = "http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "http://purl.org/dc/elements/1.1/}creator"
_STATES = {
    "publish": ArchivedState.LIVE,
    "future": ArchivedState.SCHEDULED,
    "draft": ArchivedState.DRAFT,
    "pending": ArchivedState.PENDING,
    "private": ArchivedState.PRIVATE,
}
_LEFT_OUT = {"trash": "posts in the trash", "auto-draft": "unsaved drafts"}
_PHP = re.compile(r'(?:[aO]:\d+:["{]|[CE]:\d+:"|s:\d+:"|[ibd]:-?[\d.]+;)')
"""How the data that PHP's `serialize` writes begins (https://www.php.net/serialize)."""
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_seopress_titles_desc")
_SEO_TITLES = ("_yoast_wpseo_title", "rank_math_title", "_seopress_titles_title")
_THUMBNAIL, _ALT, _TEMPLATE = "_thumbnail_id", "_wp_attachment_image_alt", "_wp_page_template"


@dataclass
class ExportTables:
    """What posts refer to.

    Attributes:
        terms: Which term is below which.
        attachments: Address and alternative text of files, by id.
        pages: Slug of pages, and the id of the page above, by id.
    """

    terms: TermTable = field(default_factory=TermTable)
    attachments: dict[str, tuple[str, str]] = field(default_factory=dict)
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)


class WxrReader:
    """Reads a WordPress export.

    Args:
        opened: Opens the file from its beginning.
        name: What messages call it.

    Attributes:
        tables: What its posts refer to.
    """

    def __init__(self, opened: Callable[[], BinaryIO], name: str) -> None:
        self._opened, self._name = opened, name
        self.tables = ExportTables()
        self._space = ""

    def survey(self) -> Contents:
        """Return what the archive has, after reading all of it once.

        Raises:
            ContentError: It is broken, or it is something else.
        """
        contents = Contents(ArchivedBlog("wordpress"))
        channel: dict[str, str] = {}
        authors: set[str] = set()
        notes: Counter[str] = Counter()
        with self._opened() as file:
            reader = PieceReader(file, self._name, _COMMENTS)
            for node in reader:
                space, _, tag = node.tag.rpartition("}")
                self._space = space if space in _SPACES else self._space
                if tag == "item":
                    self._note_item(node, contents, authors, notes)
                elif space in _SPACES and tag in ("category", "term"):
                    self.tables.terms.add(node, self._space)
                elif tag in ("title", "link", "base_blog_url"):
                    channel.setdefault(tag, node.text.strip())
        if not self._space:
            raise _nothing(self._name)
        url = channel.get("base_blog_url") or channel.get("link", "")
        contents.blog = ArchivedBlog("wordpress", channel.get("title", ""), url=url)
        contents.authors = frozenset(authors)
        contents.attachments = tuple(url for url, _ in self.tables.attachments.values() if url)
        notes["control characters left out"] = reader.removed
        contents.notes += [f"{words}: {count}" for words, count in notes.items() if count]
        return contents

    def join(self, other: ArchiveReader) -> None:
        """Know what posts of another part refer to; see `ArchiveReader`."""
        if isinstance(other, WxrReader):
            other.tables.terms.update(self.tables.terms)
            other.tables.attachments.update(self.tables.attachments)
            other.tables.pages.update(self.tables.pages)
            self.tables = other.tables

    def posts(self) -> Iterator[ArchivedPost]:
        """Yield the posts and pages; see `ArchiveReader`."""
        with self._opened() as file:
            for node in PieceReader(file, self._name, _COMMENTS):
                if node.tag == "item" and not self._why_left_out(node):
                    yield self._post(node)

    def _wp(self, item: XmlNode, name: str) -> str:
        return item.text_of(f"{self._space}}}{name}").strip()

    def _note_item(
        self, item: XmlNode, contents: Contents, authors: set[str], notes: Counter[str]
    ) -> None:
        kind, number = self._wp(item, "post_type"), self._wp(item, "post_id")
        contents.left_out["comments"] += sum(child.tag in _COMMENTS for child in item.children)
        if kind == "attachment":
            alt = _meta(item, self._space).get(_ALT, "")
            self.tables.attachments[number] = (self._wp(item, "attachment_url"), alt)
        if kind == "page":
            slug = unquote(self._wp(item, "post_name"))
            self.tables.pages[number] = (slug, self._wp(item, "post_parent"))
        if left_out := self._why_left_out(item):
            contents.left_out[left_out] += 1
            return
        contents.posts += 1
        authors.add(item.text_of(_CREATOR).strip())
        contents.keys.add(key_in(item.text_of(_CONTENT), number))
        values = _meta(item, self._space).values()
        notes["custom fields left out because they hold data of PHP"] += sum(
            bool(_PHP.match(value)) for value in values
        )
        notes["private posts"] += self._wp(item, "status") == "private"
        notes["posts with a password, which is in their files"] += bool(
            self._wp(item, "post_password")
        )

    def _why_left_out(self, item: XmlNode) -> str:
        kind, status = self._wp(item, "post_type"), self._wp(item, "status")
        if kind == "attachment":
            return "files of the media library"
        if kind not in ("post", "page"):
            return f"posts of the type “{kind}”"
        return _LEFT_OUT.get(status, "")

    def _post(self, item: XmlNode) -> ArchivedPost:
        meta = _meta(item, self._space)
        image, image_alt = self.tables.attachments.get(meta.get(_THUMBNAIL, ""), ("", ""))
        template = meta.get(_TEMPLATE, "")
        order = self._wp(item, "menu_order")
        return ArchivedPost(
            kind=self._wp(item, "post_type"),
            title=inline_text(item.text_of("title")),
            body=item.text_of(_CONTENT),
            # What is not known, such as a status of a plugin, must not go live.
            state=_STATES.get(self._wp(item, "status"), ArchivedState.DRAFT),
            id=self._wp(item, "post_id"),
            published=self._published(item),
            updated=read_time(self._wp(item, "post_modified_gmt")),
            **self.tables.terms.of(item),
            slug=unquote(self._wp(item, "post_name")),
            url=item.text_of("link").strip(),
            description=_first(meta, _DESCRIPTIONS),
            seo_title=_first(meta, _SEO_TITLES),
            excerpt=inline_text(item.text_of(f"{self._space}excerpt/}}encoded")),
            author=item.text_of(_CREATOR).strip(),
            image=image,
            image_alt=image_alt,
            password=self._wp(item, "post_password"),
            sticky=self._wp(item, "is_sticky") == "1",
            comments=_open(self._wp(item, "comment_status")),
            pings=_open(self._wp(item, "ping_status")),
            parent=self._parent(self._wp(item, "post_parent")),
            order=int(order) if re.fullmatch(r"-?\d{1,9}", order) else 0,
            template="" if template == "default" else template,
            meta={
                name: value
                for name, value in meta.items()
                if value and not name.startswith("_") and name not in _DESCRIPTIONS + _SEO_TITLES
                if not _PHP.match(value)
            },
            line=item.line,
        )

    def _published(self, item: XmlNode) -> datetime | None:
        found = read_time(self._wp(item, "post_date_gmt"))
        if found is None and self._wp(item, "status") in ("publish", "private", "future"):
            text = item.text_of("pubDate").strip()
            with suppress(ValueError, TypeError, OverflowError):
                # Python reads WordPress's zero date, of the year -0001, as one of 2000.
                found = None if "-0001" in text else parsedate_to_datetime(text).astimezone(UTC)
        return found

    def _parent(self, number: str) -> str:
        path: list[str] = []
        seen: set[str] = set()
        while number in self.tables.pages and number not in seen:
            seen.add(number)
            slug, number = self.tables.pages[number]
            path.insert(0, slug)
        return "/".join(path) if all(path) else ""


def _meta(item: XmlNode, space: str) -> dict[str, str]:
    """Return the custom fields of a post; of several with one name, the first."""
    found: dict[str, str] = {}
    for node in item.all(f"{space}}}postmeta"):
        name = node.text_of(f"{space}}}meta_key").strip()
        found.setdefault(name, node.text_of(f"{space}}}meta_value"))
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name].strip() for name in names if meta.get(name, "").strip()), "")


def _open(word: str) -> str:
    return word if word in ("open", "closed") else ""


def _nothing(name: str) -> ContentError:
    message = "this is a feed, not an export of a WordPress site"
    hint = "get the export in wp-admin: Tools → Export → All content"
    return ContentError([Problem(name, 0, message, hint, "not-an-archive")])
