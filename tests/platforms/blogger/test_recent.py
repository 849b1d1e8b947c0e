"""The look for a key among the posts that were written last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from blogkit.platforms.base import PostKind, Ref, Remote, State
from blogkit.platforms.blogger.listing import ListedItem
from blogkit.platforms.blogger.recent import RecentPosts
from blogkit.platforms.items import Found
from blogkit.regions import sentinel

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def post(number: int, key: str, minutes_ago: float, state: State = State.LIVE) -> Remote:
    stamp = (NOW - timedelta(minutes=minutes_ago)).isoformat()
    return Remote(Ref(str(number)), f"Post {number}", sentinel(key), state, updated=stamp)


class Blog:
    """Lists two posts a page, those written last first."""

    def __init__(self, *posts: Remote) -> None:
        self.posts = list(posts)
        self.pages = 0
        self.read: list[str] = []
        self.combines = True
        self.recent = RecentPosts("main", self._page, self._get, self._whole)

    def keys(self, key: str, since: datetime | None = NOW - timedelta(hours=1)) -> list[str]:
        return [post.ref.id for post in self.recent.find(key, "post", since).posts]

    def _page(
        self, kind: PostKind, state: State | None, size: int, token: str
    ) -> tuple[Sequence[ListedItem], str]:
        self.pages += 1
        shown = [one for one in self.posts if self.combines or one.state is State.LIVE]
        shown.sort(key=lambda one: one.updated, reverse=True)
        start = int(token or 0)
        return shown[start : start + 2], str(start + 2) if start + 2 < len(shown) else ""

    def _get(self, ref: Ref) -> Remote:
        self.read.append(ref.id)
        return next(one for one in self.posts if one.ref == ref)

    def _whole(self, kind: PostKind) -> Found:
        return Found(self.posts)


def test_only_what_was_written_since_is_read() -> None:
    blog = Blog(*(post(number, f"old-{number}", 1000 + number) for number in range(20)))
    blog.posts.append(post(50, "rain", 1))
    assert blog.keys("rain") == ["50"]
    assert blog.pages == 1


def test_without_a_time_everything_is_read() -> None:
    blog = Blog(*(post(number, f"old-{number}", 1000 + number) for number in range(6)))
    assert blog.keys("old-5", None) == ["5"]
    assert blog.pages == 3


def test_the_next_look_reads_what_is_new_and_knows_the_rest() -> None:
    blog = Blog(*(post(number, f"new-{number}", 60 - number) for number in range(1, 10)))
    assert blog.keys("new-1") == ["1"]
    pages = blog.pages
    blog.posts.append(post(50, "new-1", 1))
    assert blog.keys("new-1") == ["1", "50"]
    assert blog.pages == pages + 2, "the newest of the last look is on the first page, too"
    assert blog.read == ["1"], "it may have changed since, which its page would not show again"


def test_what_was_thrown_away_since_is_not_found() -> None:
    blog = Blog(*(post(number, f"new-{number}", 60 - number) for number in range(1, 10)))
    assert blog.keys("new-1") == ["1"]
    blog.posts[0] = replace(blog.posts[0], state=State.TRASHED)
    blog._page = lambda *_: ([], "")  # type: ignore[method-assign]
    blog.recent._page = blog._page
    assert blog.keys("new-1") == []


def test_a_site_that_does_not_combine_states_is_listed_state_by_state() -> None:
    blog = Blog(post(1, "rain", 2, State.DRAFT), post(2, "rain", 1))
    blog.combines = False
    assert blog.keys("rain") == ["2"]
    blog.recent.made(blog.posts[0])
    assert blog.keys("rain") == ["1", "2"]
