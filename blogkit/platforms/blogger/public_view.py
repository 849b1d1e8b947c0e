"""A blog as readers see it: the adapter without its sign-in, which reads the public feeds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from blogkit.errors import NotFound, Unreadable
from blogkit.platforms.base import (
    Draft,
    OnUnreadable,
    PostKind,
    Ref,
    Remote,
    State,
    get_one_by_one,
    raise_unreadable,
)
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.public_feed import PublicFeed
from blogkit.platforms.items import Found


class PublicView(Blogger):
    """One blog on Blogger, read from its feeds.

    It has live posts only. What needs the API raises what `http` raises when it signs a request.

    Args:
        name: The site's name in blogkit.toml.
        url: The blog's address.
        feed: The blog's public feeds.
        **options: As for `Blogger`.
    """

    def __init__(self, name: str, url: str, *, feed: PublicFeed, **options: Any) -> None:
        super().__init__(name, url, **options)
        # All posts are read at once and kept: the view serves one call.
        self.capabilities = replace(self.capabilities, page_size=0, glances=False)
        self._feed = feed
        self._found: dict[PostKind, Found] = {}

    def find(self, key: str, kind: PostKind) -> Remote | None:
        """Return the live post with the key."""
        return self._all(kind).choose(self.name, key, kind, "delete it")

    def find_similar(
        self,
        drafts: Collection[Draft],  # noqa: ARG002
        kind: PostKind,
    ) -> Iterable[Remote]:
        """Return all live posts."""
        return self._all(kind).posts

    def find_all(
        self,
        key: str,
        kind: PostKind,
        *,
        since: datetime | None = None,  # noqa: ARG002
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Sequence[Remote]:
        """Return the live posts with the key."""
        return self._all(kind).all(key, on_unreadable)

    def get(self, ref: Ref) -> Remote:
        """Return a live post.

        Raises:
            NotFound: Readers do not see it.
        """
        if ref.kind not in self._found:
            return self._feed.get(ref)
        found = self._found[ref.kind]
        for post in found.posts:
            if post.ref == ref:
                return post
        for error in found.damaged:
            if error.post_id == ref.id:
                raise error
        raise NotFound(
            f"{ref.kind} {ref.id} is not in the public feed of site {self.name}",
            site=self.name,
            status=404,
        )

    def list(
        self,
        kind: PostKind,
        states: Sequence[State],
        label: str = "",
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield the live posts, if they are among the states."""
        if State.LIVE not in states:
            return
        found = self._all(kind)
        for error in found.damaged:
            on_unreadable(error)
        yield from (post for post in found.posts if not label or label in post.labels)

    def glance(
        self,
        kind: PostKind,
        states: Sequence[State],
        *,
        on_unreadable: OnUnreadable = raise_unreadable,
    ) -> Iterator[Remote]:
        """Yield what `list` does."""
        return self.list(kind, states, on_unreadable=on_unreadable)

    def get_many(self, refs: Sequence[Ref]) -> Mapping[Ref, Remote]:
        """Return the posts that are live."""
        return get_one_by_one(refs, self.get)

    def _all(self, kind: PostKind) -> Found:
        if kind not in self._found:
            found = Found()
            for item in self._feed.every(kind):
                if isinstance(item, Unreadable):
                    found.damaged.append(item)
                else:
                    found.posts.append(item)
            self._found[kind] = found
        return self._found[kind]
