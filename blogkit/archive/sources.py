"""Tell what an archive is, and open it: a file, or the members of a zip file."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, Self

from blogkit.archive.blogger import BloggerReader
from blogkit.archive.reader import ArchiveReader
from blogkit.archive.wxr import WxrReader
from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.paths import shown

ArchiveKind = Literal["blogger", "wordpress", "feed", "theme", "xml", "zip"]
_HEAD = 65_536
_ZIP = b"PK\x03\x04"
_PROLOG = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)")
_DECLARED = re.compile(r"\s*<\?xml\b")
_PAGES = ("html", "body", "main", "article", "section", "div", "p", "table", "svg")
"""Elements that a page in XML begins with."""
_BLOGGER = ("schemas.google.com/blogger/", "tag:blogger.com,1999:")
_THEME = re.compile("<(?:b:skin|b:section|b:include|data:blog)")
"""Tags that Blogger's pages have no longer; their `xmlns:b` they keep
(https://support.google.com/blogger/answer/46870)."""
_WORDPRESS = "wordpress.org/export/"
NOT_AN_ARCHIVE = {
    "feed": "this is a feed, not a backup: it may lack posts, and parts of them",
    "theme": "this is the theme of a Blogger blog, which has none of its posts",
    "xml": "this XML file is neither a page nor the backup of a blog",
}
"""What a file is that may be mistaken for an archive, by its kind."""
_MOST_MEMBERS = 10_000
_MOST_UNPACKED = 4_000_000_000
_ENDINGS = (".atom", ".xml")
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError)
"""What a damaged or encrypted zip file raises."""


@dataclass(frozen=True)
class ArchiveSource:
    """One blog's archive, not read yet.

    Attributes:
        name: What messages call it.
        kind: Which program wrote it.
        open: Opens it from its beginning.
    """

    name: str
    kind: ArchiveKind
    open: Callable[[], BinaryIO]

    def reader(self, now: datetime) -> ArchiveReader:
        """Return its reader.

        Args:
            now: A live post with a later date is scheduled.
        """
        if self.kind == "wordpress":
            return WxrReader(self.open, self.name)
        return BloggerReader(self.open, self.name, now)


def archive_kind(head: bytes) -> ArchiveKind | None:
    """Return what kind of archive a file is by its first bytes; None if it is none.

    Args:
        head: The first 64 kB, or all of it. Word documents are zip files, too.
    """
    if head.startswith(_ZIP):
        return "zip"
    head = head[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff")
    found = _root(text)
    name = found[1].lower() if found else ""
    if found is None or name == "html":
        return "theme" if found and _THEME.search(text) else None
    if name == "rss":
        return "wordpress" if _WORDPRESS in text else "feed"
    if name == "feed":
        return "blogger" if any(mark in text for mark in _BLOGGER) else "feed"
    return "xml" if _DECLARED.match(text) and name not in _PAGES else None


def _root(text: str) -> re.Match[str] | None:
    """Return the start of the first tag, with its name, behind all that may precede it."""
    position = 0
    while found := _PROLOG.match(text, position):
        position = found.end()
    return _ROOT.match(text, position)


def is_archive(path: Path) -> bool:
    """Return whether a file or folder is to be read as an archive, not as a page or pages.

    Args:
        path: The file, or the folder.

    Raises:
        OSError: It cannot be read.
    """
    if path.is_dir():
        return bool(_feeds(path))
    kind = _kind_of(path)
    if kind != "zip":
        return kind is not None
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" not in archive.namelist()
    except _BROKEN:
        return path.suffix.lower() == ".zip"


def archive_sources(path: Path) -> list[ArchiveSource]:
    """Return the archives of a file: one for each blog.

    Args:
        path: A feed, an export, a zip file with some, or the folder of an unpacked Takeout.

    Raises:
        ContentError: It contains no archive, or cannot be read.
    """
    name = shown(path.name)
    if path.is_dir():
        return [_file_source(feed, shown(feed.relative_to(path.parent))) for feed in _feeds(path)]
    kind = _kind_of(path)
    if kind in ("blogger", "wordpress"):
        return [_file_source(path, name)]
    if kind == "zip":
        with _reading_zip(name):
            if found := _members(path, name):
                return found
        raise _refused(name, "this zip file has no feed.atom of Blogger and no WordPress export")
    raise _refused(name, NOT_AN_ARCHIVE.get(kind or "", "this is not the archive of a blog"))


def _kind_of(path: Path) -> ArchiveKind | None:
    with path.open("rb") as file:
        return archive_kind(file.read(_HEAD))


def _feeds(folder: Path) -> list[Path]:
    """Return the feeds of an unpacked Takeout."""
    return [path for path in sorted(folder.rglob("feed.atom")) if _kind_of(path) == "blogger"]


def _file_source(path: Path, name: str) -> ArchiveSource:
    kind: ArchiveKind = "wordpress" if _kind_of(path) == "wordpress" else "blogger"
    return ArchiveSource(name, kind, lambda: path.open("rb"))


def _members(path: Path, name: str) -> list[ArchiveSource]:
    """Return the archives in a zip file. Nothing is unpacked to the disk."""
    found = []
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise _refused(name, f"the zip file has more than {_MOST_MEMBERS:,} files")
        for member in members:
            if not member.filename.lower().endswith(_ENDINGS):
                continue
            with archive.open(member) as file:
                kind = archive_kind(file.read(_HEAD))
            if kind not in ("blogger", "wordpress"):
                continue
            if member.file_size > _MOST_UNPACKED:
                limit = f"{_MOST_UNPACKED // 10**9} GB"
                raise _refused(name, f"{shown(member.filename)} unpacks to more than {limit}")
            place = f"{name}/{shown(member.filename)}"
            found.append(ArchiveSource(place, kind, _opener(path, member.filename, place)))
    return found


def _opener(path: Path, member: str, place: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        return _Member(path, member, place)  # type: ignore[return-value]

    return opened


class _Member:
    """A member of a zip file, whose damage is reported with its name."""

    def __init__(self, path: Path, member: str, place: str) -> None:
        self._archive, self._place = zipfile.ZipFile(path), place
        self._file = self._archive.open(member)

    def read(self, size: int) -> bytes:
        with _reading_zip(self._place):
            return self._file.read(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._archive.close()


@contextmanager
def _reading_zip(name: str) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise _refused(name, f"the zip file cannot be read: {error}") from error


def _refused(name: str, message: str) -> ContentError:
    hint = (
        "import the feed.atom of Google Takeout (takeout.google.com, Blogger), or the file that"
        " wp-admin writes: Tools → Export"
    )
    return ContentError([Problem(name, 0, message, hint, "not-an-archive")])
