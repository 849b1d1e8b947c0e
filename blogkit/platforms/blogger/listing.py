"""List all posts of a blog, and cache the list briefly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from blogkit.errors import ServerError, Unreadable
from blogkit.platforms.base import OnUnreadable, PostKind, Remote, State
from blogkit.platforms.items import Found, bounded

ListedItem = Remote | Unreadable
Page = Callable[[PostKind, State | None, int, str], tuple[Sequence[ListedItem], str]]
# Long enough for one plan; an edit on the blog meanwhile is found by the preflight check.
FRESH = timedelta(seconds=20)


class Listing:
    """Pages through a blog, and remembers the whole list for a moment.

    `recent` serves several finds of one plan from one listing; each of our writes expires it.

    Args:
        site: The site's name, for messages.
        page: Returns one page and the next page's token.
        size: Posts per page.
        clock: The present time.
    """

    def __init__(self, site: str, page: Page, size: int, clock: Callable[[], datetime]) -> None:
        self._site = site
        self._page = page
        self._size = size
        self._clock = clock
        self._lock = threading.RLock()
        self._seen: dict[PostKind, tuple[datetime, Found]] = {}
        self._writes = 0

    def every(self, kind: PostKind, state: State, on_unreadable: OnUnreadable) -> Iterator[Remote]:
        """Yield all posts in a state.

        A page may be short; only a missing token marks the end.

        Args:
            kind: Posts or pages.
            state: The state.
            on_unreadable: Told each post whose data is damaged.

        Raises:
            ServerError: The listing never ends.
        """
        for item in bounded(self._site, self._pages(kind, state), id_of_listed):
            if isinstance(item, Unreadable):
                on_unreadable(item)
            else:
                yield item

    def recent(self, kind: PostKind) -> Found:
        """Return all live, draft and scheduled posts.

        The list is at most 20 seconds old, and never from before our last write.
        """
        with self._lock:
            seen = self._seen.get(kind)
            if seen and timedelta() <= self._clock() - seen[0] < FRESH:
                return seen[1]
            started, writes = self._clock(), self._writes
            damaged: list[Unreadable] = []
            # A post that goes live between two of these requests is in both lists.
            posts = {
                post.ref: post
                # LIVE comes last: a scheduled post that goes live meanwhile must not be missed by
                # both requests.
                for state in (State.SCHEDULED, State.DRAFT, State.LIVE)
                for post in self.every(kind, state, damaged.append)
            }
            found = Found(list(posts.values()), damaged)
            # A write in another thread while we were listing would make the list stale from the
            # start.
            if writes == self._writes:
                self._seen[kind] = (started, found)
            return found

    def now(self, kind: PostKind) -> Found:
        """Return all live, draft and scheduled posts, past the cache."""
        self.forget()
        return self.recent(kind)

    def forget(self) -> None:
        """Expire the cache before a write."""
        # Without the lock, which `recent` holds while it asks the site: no write waits for a
        # listing. The count is what tells `recent` that its list is old.
        self._writes += 1
        self._seen.clear()

    def _pages(self, kind: PostKind, state: State) -> Iterator[Sequence[ListedItem]]:
        token, given = "", {""}
        while True:
            items, token = self._page(kind, state, self._size, token)
            if token and token in given:
                raise ServerError(
                    f"site {self._site}: Blogger's listing repeats the same page",
                    site=self._site,
                    hint="try again later",
                )
            given.add(token)
            yield items
            if not token:
                return


def id_of_listed(item: ListedItem) -> str:
    """Return an item's id, empty if it has none."""
    return item.post_id if isinstance(item, Unreadable) else item.ref.id
