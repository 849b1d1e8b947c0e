"""A live post as lists show it, worked out once for each version of its record."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.addresses import label_slug
from blogkit.platforms.folder.site.excerpt import Picture, excerpt, picture
from blogkit.platforms.folder.site.frame import date, published_at, terms
from blogkit.platforms.folder.site.info import SiteInfo, digest

_LOOKED_FOR = ("about", "picture", "token")


@dataclass(frozen=True, eq=False)
class PostEntry:
    """A live post or page in lists.

    Attributes:
        record: The post.
        site: What all pages share.
    """

    record: Record
    site: SiteInfo

    @classmethod
    def known_by(cls, record: Record, site: SiteInfo, shown: Mapping[str, Any]) -> PostEntry:
        """Return an entry of which some is known from an earlier run.

        Args:
            record: The post.
            site: What all pages share.
            shown: What `worked_out` was then.
        """
        entry = cls(record, site)
        with suppress(TypeError):  # a damaged value is worked out again
            picture = shown.get("picture")
            shown = {**shown, "picture": Picture(*picture)} if picture else shown
            vars(entry).update(shown)
        return entry

    @property
    def worked_out(self) -> dict[str, Any]:
        """What had to be looked for in its body."""
        found = {name: vars(self)[name] for name in _LOOKED_FOR if name in vars(self)}
        return found | {"picture": list(found["picture"])} if found.get("picture") else found

    @cached_property
    def at(self) -> datetime:
        """When it was published, in the site's time zone."""
        return published_at(self.record, self.site)

    @cached_property
    def date(self) -> str:
        """Its date as HTML."""
        return date(self.record, self.site)

    @cached_property
    def about(self) -> str:
        """Its search description or first sentences."""
        return excerpt(self.record)

    @cached_property
    def picture(self) -> Picture | None:
        """Its picture."""
        return picture(self.record)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Its labels, by the names of their pages."""
        return {label_slug(name): name for name in reversed(terms(self.record))}

    @cached_property
    def token(self) -> str:
        """A digest of everything that lists and the feed show of it."""
        record = self.record
        shown = (record.path, record.title, record.excerpt, record.featured, record.body)
        return digest((record.id, *shown, terms(record), self.at.isoformat()))


def newest_first(entries: list[PostEntry]) -> list[PostEntry]:
    """Return posts from new to old."""
    return sorted(entries, key=lambda entry: (entry.at, entry.record.id), reverse=True)
