"""List all posts of a blog, and cache the list briefly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from blogkit.errors import ServerError
from blogkit.platforms.base import PostKind, Remote, State

Page = Callable[[PostKind, State, int, str], tuple[Sequence[Remote], str]]
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
        self._seen: dict[PostKind, tuple[datetime, list[Remote]]] = {}
        self._writes = 0

    def every(self, kind: PostKind, state: State) -> Iterator[Remote]:
        """Yield all posts in a state.

        A page may be short; only a missing token marks the end.

        Raises:
            ServerError: A token came twice: such a listing never ends.
        """
        token, given = "", {""}
        while True:
            posts, token = self._page(kind, state, self._size, token)
            if token and token in given:
                raise ServerError(
                    f"site {self._site}: Blogger's listing repeats the same page",
                    site=self._site,
                    hint="try again later",
                )
            given.add(token)
            yield from posts
            if not token:
                return

    def recent(self, kind: PostKind) -> Sequence[Remote]:
        """Return all live, draft and scheduled posts.

        The list is at most 20 seconds old, and never from before our last write.
        """
        with self._lock:
            seen = self._seen.get(kind)
            if seen and timedelta() <= self._clock() - seen[0] < FRESH:
                return seen[1]
            started, writes = self._clock(), self._writes
            # A post that goes live between two of these requests is in both lists.
            posts = {
                post.ref: post
                # LIVE comes last: a scheduled post that goes live meanwhile must not be missed by
                # both requests.
                for state in (State.SCHEDULED, State.DRAFT, State.LIVE)
                for post in self.every(kind, state)
            }
            # A write in another thread while we were listing would make the list stale from the
            # start.
            if writes == self._writes:
                self._seen[kind] = (started, list(posts.values()))
            return list(posts.values())

    def forget(self) -> None:
        """Expire the cache before a write."""
        self._writes += 1
        self._seen.clear()
