"""Read what a request for a feed asks for, and find its entries.

Parameters: https://developers.google.com/blogger/docs/2.0/developers_guide_protocol#RetrievingWithQuery
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from blogkit.sandbox.blog import Blog
from blogkit.sandbox.store import ResourceKind, StoredPost, Wanted

_USUAL: Final = 25
# 500 until 2015, then 150, and 100 since 2019
# (https://too-clever-by-half.blogspot.com/2019/03/the-incredible-shrinking-feeds.html).
_MOST: Final = 100
# A page of whole posts also ends by size: of 500 that were asked for, 43 to 86 came.
_MOST_CHARACTERS: Final = 1_000_000


@dataclass(frozen=True)
class FeedPage:
    """A part of a feed.

    Attributes:
        kind: Posts or pages.
        total: How many entries the whole feed has.
        start: The number of the first entry here, from 1.
        most: How many entries were asked for.
        entries: The entries, newest first.
        labels: All labels of the blog, also if the page has no entries: editors ask so for them.
        summary: Entries have the beginning of the text instead of the whole.
    """

    kind: ResourceKind
    total: int
    start: int
    most: int
    entries: list[StoredPost]
    labels: list[str]
    summary: bool

    @property
    def following(self) -> int:
        """The number of the first entry of the next page; 0 if this is the last."""
        after = self.start + len(self.entries)
        return after if self.entries and after <= self.total else 0


def read_feed_page(
    blog: Blog, query: Mapping[str, str], *, kind: ResourceKind, label: str, summary: bool
) -> FeedPage:
    """Return the entries that a request asks for.

    Args:
        blog: The blog.
        query: The parameters of the address.
        kind: Posts or pages.
        label: Only posts with this label; "" for all.
        summary: Whether it is the feed of summaries.
    """
    blog.settle()
    order: Literal["published", "updated"] = (
        "updated" if query.get("orderby") == "updated" else "published"
    )
    found = blog.store.find(
        Wanted(
            kind,
            ["LIVE"],
            labels=[label] if label else [],
            since=_moment(query.get("published-min")),
            until=_moment(query.get("published-max")),
            words=query.get("q", "").split(),
            order=order,
        )
    )
    start, most = _number(query.get("start-index"), 1), _number(query.get("max-results"), _USUAL)
    start = max(1, start)
    shown = found[start - 1 : start - 1 + min(most, _MOST)]
    live = blog.store.find(Wanted(kind, ["LIVE"]))
    labels = sorted({name for entry in live for name in entry.labels})
    entries = shown if summary else _fitting(shown)
    return FeedPage(kind, len(found), start, most, entries, labels, summary)


def _fitting(entries: list[StoredPost]) -> list[StoredPost]:
    size = 0
    for count, entry in enumerate(entries):
        size += len(entry.content)
        if count and size > _MOST_CHARACTERS:
            return entries[:count]
    return entries


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else otherwise


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.astimezone()
