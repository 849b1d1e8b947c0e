"""Export, import, export: the archive is the same, and so is every post in it."""

from __future__ import annotations

from dataclasses import fields, replace
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from blogkit.archive.blogger import BloggerReader
from blogkit.archive.markup import Markup
from blogkit.archive.post import ArchivedBlog, ArchivedPost, ArchivedState
from blogkit.archive.reader import ArchiveReader
from blogkit.archive.wxr import WxrReader
from tests.archive.odd_posts import BLOG, NOW, POSTS
from tests.archive.test_writers import atom, wxr

ZONE = ZoneInfo("Asia/Kolkata")
LOST_IN_WXR = {"place", "labels", "line", "id"}
"""What an export of WordPress has no place for, or has elsewhere; labels are tags there."""
KEPT_IN_ATOM = ("title", "body", "place", "author")


def read(reader: ArchiveReader) -> list[ArchivedPost]:
    reader.survey()
    return list(reader.posts())


def wxr_posts(data: bytes) -> list[ArchivedPost]:
    return read(WxrReader(lambda: BytesIO(data), "a.xml"))


def atom_posts(data: bytes) -> list[ArchivedPost]:
    return read(BloggerReader(lambda: BytesIO(data), "a.atom", NOW))


def values(post: ArchivedPost, but: set[str]) -> dict[str, Any]:
    return {one.name: getattr(post, one.name) for one in fields(post) if one.name not in but}


def test_our_reader_gets_back_what_our_writer_wrote_for_wordpress() -> None:
    for written, found in zip(POSTS, wxr_posts(wxr(POSTS)[0]), strict=True):
        page = written.kind == "page"
        wanted = replace(
            written,
            tags=(*written.labels, *written.tags),
            updated=written.updated or written.published,
            comments=written.comments or ("closed" if page else "open"),
            pings=written.pings or ("closed" if page else "open"),
        )
        assert values(found, LOST_IN_WXR) == values(wanted, LOST_IN_WXR)


def test_our_reader_gets_back_what_our_writer_wrote_for_blogger() -> None:
    for written, found in zip(POSTS, atom_posts(atom(POSTS)[0]), strict=True):
        for name in KEPT_IN_ATOM:
            assert getattr(found, name) == getattr(written, name)
        public = written.state is ArchivedState.LIVE
        assert found.state is (ArchivedState.LIVE if public else ArchivedState.DRAFT)
        assert found.published == (written.published or NOW)


def test_a_second_export_is_the_first_one() -> None:
    first = wxr(POSTS)[0]
    assert wxr(wxr_posts(first))[0] == first
    blog = ArchivedBlog("blogger", BLOG.title, "42", BLOG.url)
    first = atom(POSTS, blog)[0]
    assert atom(atom_posts(first), blog)[0] == first


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_every_text_comes_back(text: str) -> None:
    legal = Markup().legal(text)
    post = replace(POSTS[0], body=text, meta={})
    for found in (*wxr_posts(wxr([post])[0]), *atom_posts(atom([post])[0])):
        assert found.body == legal


def test_from_one_platform_to_the_other_and_back_no_text_changes() -> None:
    moved = wxr_posts(wxr(atom_posts(atom(POSTS)[0]), ArchivedBlog("blogger"))[0])
    assert [(one.title, one.body) for one in moved] == [(one.title, one.body) for one in POSTS]
