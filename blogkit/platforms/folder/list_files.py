"""The files that follow from all posts: front page, months, labels, feed, and the page 404."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from blogkit.platforms.folder.record import Record
from blogkit.platforms.folder.site.addresses import FEED_FILE, FRONT_PAGE, MISSING_PAGE
from blogkit.platforms.folder.site.entry import PostEntry, newest_first
from blogkit.platforms.folder.site.feed import IN_FEED, feed
from blogkit.platforms.folder.site.info import SiteInfo, digest
from blogkit.platforms.folder.site.listing import PostList, listing_page, missing_page
from blogkit.platforms.folder.site.outline import listings
from blogkit.platforms.folder.store import RecordStore
from blogkit.platforms.folder.tree import SiteTree, mark_of

_Draw = Callable[[str], str]
"""Makes a file's text from the mark that it begins with."""


class ListFiles:
    """The lists of one site. Each is written only if what it shows has changed.

    A list begins with a digest of what it shows, so that none has to be rendered to know this.

    Args:
        tree: The site's files.
        store: Knows what lists show of posts that nothing has touched.
        site: What all pages share.
    """

    def __init__(self, tree: SiteTree, store: RecordStore, site: SiteInfo) -> None:
        self._tree = tree
        self._store = store
        self._site = site
        self._known: dict[tuple[str, str], PostEntry] = {}

    def build(self, live: Sequence[Record], identifier: str) -> None:
        """Write the lists that are not up to date, and remove those without posts.

        Args:
            live: Live posts and pages.
            identifier: Names the site in its feed, for ever.
        """
        self._known = {(each.kind, each.id): self._entry(each) for each in live}
        entries = list(self._known.values())
        posts = newest_first([each for each in entries if each.record.kind == "post"])
        pages = [each for each in entries if each.record.kind == "page"]
        lists = list(listings(posts, pages, self._site))
        for path in set(self._tree.lists()) - {each.path for each in lists}:
            self._tree.remove(path)
        newest = posts[:IN_FEED]
        self._put(MISSING_PAGE, (), lambda mark: missing_page(self._site, mark))
        self._put(
            FEED_FILE,
            (identifier, _tokens(newest)),
            lambda mark: feed(newest, self._site, identifier, mark),
        )
        # The front page is the last: its stamp tells that all others have been written.
        for each in reversed(lists):
            self._put(each.path, _shown(each), self._drawing(each))
        for entry in entries:
            self._store.note_shown(entry.record, self._site.stamp, entry.worked_out)

    def _entry(self, record: Record) -> PostEntry:
        known = self._known.get((record.kind, record.id))
        if known and known.record is record:
            return known
        return PostEntry.known_by(record, self._site, self._store.shown(record, self._site.stamp))

    def _drawing(self, listing: PostList) -> _Draw:
        return lambda mark: listing_page(listing, self._site, mark)

    def _put(self, path: str, shown: object, draw: _Draw) -> None:
        mark = (self._site.stamp, digest(shown))
        found = self._tree.mark(path)
        foreign = found is None and path != FRONT_PAGE and self._tree.exists(path)
        if found != mark and not foreign:
            self._tree.write(path, draw(mark_of(*mark)), lasting=path == FRONT_PAGE)


def _shown(listing: PostList) -> object:
    pages = [(page.record.path, page.record.title) for page in listing.pages]
    ways = (listing.newer, listing.older)
    return (listing.title, _tokens(listing.posts), ways, pages, listing.labels)


def _tokens(entries: Iterable[PostEntry]) -> list[str]:
    return [entry.token for entry in entries]
