"""What all pages of a site share."""

from __future__ import annotations

import hashlib
from functools import cached_property
from zoneinfo import ZoneInfo

from blogkit.dataclass import dataclass
from blogkit.render.phrases.lookup import Phrases

_LAYOUT = "2"
"""Raise it when the HTML of pages changes: the next write then renders every page of a site."""


@dataclass(frozen=True)
class SiteInfo:
    """What all pages share.

    Attributes:
        title: The site's title.
        language: A language tag for `<html lang>`.
        zone: The time zone of dates and permalinks.
        phrases: The words that pages print.
        sheet: The style sheet of pages.
        url: Where the site is served, with `/` at its end; "" if that is not known.
    """

    title: str
    language: str
    zone: ZoneInfo
    phrases: Phrases
    sheet: str
    url: str

    @cached_property
    def stamp(self) -> str:
        """A digest of everything here: pages with another one are not up to date."""
        words = repr(sorted(self.phrases.own.items()))
        parts = (_LAYOUT, self.title, self.language, self.zone.key, words, self.sheet, self.url)
        return digest(parts)


def digest(parts: object) -> str:
    """Return a short digest of a value that has a stable `repr`."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
