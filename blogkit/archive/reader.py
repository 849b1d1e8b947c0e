"""What the readers of archives have in common: what they return, and how times are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from blogkit.archive.post import ArchivedBlog, ArchivedPost
from blogkit.regions import find_sentinel, sentinel_id


@dataclass
class Contents:
    """What an archive has, counted by a first pass over all of it.

    Attributes:
        blog: The blog that it is of.
        posts: How many posts and pages it has.
        left_out: What is not imported, with its number: "comments", "posts in the trash" and so on.
        notes: What else its reader noticed, in sentences for people.
        attachments: The addresses of the files in the media library.
        authors: Who wrote posts.
        keys: The keys that blogkit wrote into posts.
    """

    blog: ArchivedBlog
    posts: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    attachments: tuple[str, ...] = ()
    authors: frozenset[str] = frozenset()
    keys: set[str] = field(default_factory=set)


class ArchiveReader(Protocol):
    """Reads one blog's archive."""

    def survey(self) -> Contents:
        """Return what the archive has, after reading all of it once.

        Raises:
            ContentError: It is broken, or it is something else.
        """
        ...

    def join(self, other: ArchiveReader) -> None:
        """Know what posts of another part of the same archive refer to, after `survey` of both.

        Large exports come in several files, and a post's image may be in another one.
        """
        ...

    def posts(self) -> Iterator[ArchivedPost]:
        """Yield its posts and pages, after `survey`. Those in the trash are not among them."""
        ...


def key_in(body: str, number: str) -> str:
    """Return the key that blogkit wrote into a post; "" for none, or for that of another post.

    Args:
        body: The post's HTML.
        number: The site's id of the post.
    """
    if sentinel_id(body) not in ("", number):
        return ""
    return find_sentinel(body) or ""


def read_time(text: str) -> datetime | None:
    """Return a time of an archive, in UTC; None if there is none, or it is not a time.

    Args:
        text: ISO 8601, or the zeros that WordPress has for a draft without a date. A time without
            an offset is in UTC.
    """
    try:
        # Python 3.11 takes "Z", and any number of digits of a second up to six.
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
