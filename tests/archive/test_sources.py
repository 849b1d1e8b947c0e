"""What is a backup is told by its beginning; zip files are read without unpacking them."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogkit.archive import sources
from blogkit.archive.sources import archive_kind, archive_sources, is_archive
from blogkit.errors import ContentError
from tests.archive.samples import entry, item, old_entry, old_export, takeout, wxr
from tests.cases import for_each

THEME = b"<html xmlns:b='http://www.google.com/2005/gml/b'><head>"
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@for_each(
    "data, kind",
    [
        (takeout(entry(1)), "blogger"),
        (b"\xef\xbb\xbf\n" + takeout(entry(1)), "blogger"),
        (takeout(entry(1)).decode().replace("utf-8", "utf-16").encode("utf-16"), "blogger"),
        (old_export(old_entry("post", 1, "A", "b")), "blogger"),
        (wxr(item(1)), "wordpress"),
        (b"<!DOCTYPE rss []>" + wxr(item(1)), "wordpress"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b"<?xml version='1.0'?><!DOCTYPE html>" + THEME + b"<data:blog.pageTitle/>", "theme"),
        (b"<!DOCTYPE html>" + THEME + b"<title>Boats</title>", None),
        (b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/'/>", "xml"),
        (b"<?xml version='1.0'?><!-- a page --><html><head/></html>", None),
        (b"<p>&lt;feed> and <feed></p>", None),
        (b"PK\x03\x04", "zip"),
        (b"<!DOCTYPE html><html><body>x", None),
        (b"# How feeds work\n\n```xml\n" + takeout(entry(1)), None),
        (b"", None),
    ],
)
def test_the_kind_of_a_file(data: bytes, kind: str | None) -> None:
    assert archive_kind(data) == kind


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_takeout_has_a_feed_for_each_blog(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "takeout.zip",
        {
            "Takeout/Blogger/Blogs/Harbour Notes/feed.atom": takeout(entry(1), entry(2)),
            "Takeout/Blogger/Blogs/../../../etc/feed.atom": takeout(entry(3), title="Out"),
            "Takeout/Blogger/Blogs/Harbour Notes/theme-layouts.xml": b"<html/>",
            "Takeout/Blogger/Comments/feed.csv": b"a,b",
            "school.xml": wxr(item(7)),
        },
    )
    assert is_archive(path)
    found = archive_sources(path)
    assert [one.kind for one in found] == ["blogger", "blogger", "wordpress"]
    readers = [one.reader(NOW) for one in found]
    assert [reader.survey().blog.title for reader in readers] == [
        "Harbour Notes", "Out", "School Notes",
    ]  # fmt: skip
    assert [[post.id for post in reader.posts()] for reader in readers] == [
        ["1", "2"],
        ["3"],
        ["7"],
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["takeout.zip"]


def test_damaged_and_hostile_zip_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "takeout.zip", {"feed.atom": takeout(*map(entry, range(2000)))})
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(data)
    with pytest.raises(ContentError, match=r"zip file cannot be read|XML is broken"):
        archive_sources(broken)[0].reader(NOW).survey()
    (tmp_path / "cut.zip").write_bytes(data[:middle])
    assert is_archive(tmp_path / "cut.zip")
    with pytest.raises(ContentError, match="zip file cannot be read"):
        archive_sources(tmp_path / "cut.zip")
    monkeypatch.setattr(sources, "_MOST_UNPACKED", 1000)
    with pytest.raises(ContentError, match="unpacks to more than"):
        archive_sources(path)
    monkeypatch.setattr(sources, "_MOST_MEMBERS", 1)
    with pytest.raises(ContentError, match="more than 1 files"):
        archive_sources(zipped(tmp_path / "many.zip", {"a.xml": b"", "b.xml": b""}))
    with pytest.raises(ContentError, match=r"no feed\.atom"):
        archive_sources(zipped(tmp_path / "photos.zip", {"photo.jpg": b"\xff\xd8"}))
    assert not is_archive(zipped(tmp_path / "word.docx", {"word/document.xml": b"<w/>"}))


def test_feeds_of_readers_are_refused_with_the_way_to_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "rss.xml"
    for data, reason in (
        (b"<rss><channel><item/></channel></rss>", "a feed, not a backup"),
        (THEME + b"<b:skin/></head></html>", "the theme of a Blogger blog"),
        (b"<urlset/>", "neither a page nor the backup"),
    ):
        path.write_bytes(b"<?xml version='1.0'?>" + data)
        assert is_archive(path)
        with pytest.raises(ContentError, match=reason) as caught:
            archive_sources(path)
        assert "takeout.google.com" in caught.value.problems[0].hint


TOTAL = "<s:totalResults xmlns:s='http://a9.com/-/spec/opensearchrss/1.0/'>500</s:totalResults>"


@for_each("total", ["", TOTAL], ids=str)
def test_the_public_feed_of_a_blogger_blog_is_refused(tmp_path: Path, total: str) -> None:
    """Its posts name no kind, or it comes in pages."""
    feed = old_export(total, old_entry("post", 1, "A", "b"))
    path = tmp_path / "pub.xml"
    path.write_bytes(feed if total else feed.replace(b"g/2005#kind", b"ns#"))
    with pytest.raises(ContentError, match="a feed, not the backup") as caught:
        archive_sources(path)[0].reader(NOW).survey()
    assert "takeout.google.com" in caught.value.problems[0].hint


def test_an_unpacked_takeout_is_a_folder_of_feeds(tmp_path: Path) -> None:
    for name, title in (("A", "Bows"), ("B", "Hulls")):
        blog = tmp_path / "Takeout/Blogger/Blogs" / name
        blog.mkdir(parents=True)
        (blog / "feed.atom").write_bytes(takeout(entry(1), title=title))
        (blog / "settings.csv").write_bytes(b"")
    (tmp_path / "jekyll").mkdir()
    (tmp_path / "jekyll/feed.atom").write_bytes(b"<feed xmlns='http://www.w3.org/2005/Atom'/>")
    found = archive_sources(tmp_path / "Takeout")
    assert [one.name for one in found] == [
        "Takeout/Blogger/Blogs/A/feed.atom", "Takeout/Blogger/Blogs/B/feed.atom",
    ]  # fmt: skip
    assert [one.reader(NOW).survey().blog.title for one in found] == ["Bows", "Hulls"]
    assert (is_archive(tmp_path / "Takeout"), is_archive(tmp_path / "jekyll")) == (True, False)
