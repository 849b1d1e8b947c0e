"""What writes a site's pages, loaded when the first page is written or was touched by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from blogkit.platforms.folder.posts import is_untouched
from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.store import RecordStore

if TYPE_CHECKING:
    from blogkit.platforms.folder.page_files import PageFiles
    from blogkit.platforms.folder.site.info import SiteInfo
    from blogkit.platforms.folder.tree import SiteTree
    from blogkit.render.phrases.lookup import Phrases


class SiteParts:
    """The files of one site. The caller holds the site's lock.

    Args:
        folder: The site's folder.
        store: The site's records.
        info: Returns what all pages share.
        clock: Tells which scheduled posts are due.
    """

    def __init__(
        self,
        folder: Path,
        store: RecordStore,
        info: Callable[[], SiteInfo],
        clock: Callable[[], datetime],
    ) -> None:
        self._folder, self._store = folder, store
        self._make_info, self._clock = info, clock
        self._in_batch = False

    @cached_property
    def info(self) -> SiteInfo:
        """What all pages share."""
        return self._make_info()

    @cached_property
    def tree(self) -> SiteTree:
        """The files below the folder."""
        from blogkit.platforms.folder.tree import SiteTree

        return SiteTree(self._folder)

    @cached_property
    def pages(self) -> PageFiles:
        """The pages and the lists of posts."""
        from blogkit.platforms.folder.page_files import PageFiles

        pages = PageFiles(self.tree, self._store, self.info, self._clock)
        pages.waits = self._in_batch
        return pages

    def as_shown(self, record: Record) -> Record:
        """Return a record with what a person edited in its page, which is what readers see."""
        return record if is_untouched(record, self._folder) else self.pages.as_shown(record)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Let the lists of posts wait until `catch_up`."""
        self._in_batch = True
        if "pages" in vars(self):
            self.pages.waits = True
        try:
            yield
        finally:
            self._in_batch = False

    def catch_up(self) -> None:
        """Write the lists of posts, if they waited or if a killed run left that undone."""
        if "pages" in vars(self) or self._store.lists_are_behind():
            self.pages.catch_up()


def site_info(
    title: str,
    language: str,
    zone: ZoneInfo,
    phrases: Callable[[], Phrases] | None,
    sheet: Callable[[], str] | None,
    url: str,
) -> SiteInfo:
    """Return what all pages of a site share.

    Args:
        title: The site's title.
        language: The language of its pages.
        zone: The time zone of dates and permalinks.
        phrases: Returns the words that the pages print; None for those of the language.
        sheet: Returns their style sheet; None for that of a site without a theme.
        url: Where the site is served, with `/` at its end; "" if that is not known.
    """
    from blogkit.platforms.folder.site.info import SiteInfo
    from blogkit.platforms.folder.site.style import style_sheet
    from blogkit.render.looks.theme import Theme
    from blogkit.render.phrases.lookup import Phrases

    words = phrases() if phrases else Phrases(language)
    style = sheet() if sheet else style_sheet(Theme())
    return SiteInfo(title, language, zone, words, style, url)
