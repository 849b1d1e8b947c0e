"""Read a site's posts one by one: a damaged one is set aside, and every listing ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from blogkit.errors import Conflict, ServerError, Unreadable
from blogkit.platforms.base import OnUnreadable, PostKind, Remote
from blogkit.regions import find_sentinel, sentinel_id

_Item = TypeVar("_Item")

MAX_ITEMS = 100_000
"""Most posts, terms or files of one listing. The largest blogs have some ten thousand posts."""

_IDLE_PAGES = 100
"""Pages in a row without anything new after which a listing is taken to be endless. A page may be
empty where an account may not see the posts on it.
"""


class DamagedItem(ValueError):
    """An item of an answer is not what the API documents; the message tells what is wrong."""


def unreadable(
    site: str,
    kind: PostKind,
    damage: str,
    *,
    post_id: str = "",
    body: object = None,
) -> Unreadable:
    """Return the error for a post whose data is damaged.

    Args:
        site: The site's name.
        kind: Post or page.
        damage: What is wrong, as a clause.
        post_id: The post's id, as far as it is known.
        body: The post's text; anything but a text means that it is damaged, too.
    """
    which = f"{kind} {post_id}" if post_id else f"a {kind} without a usable id"
    return Unreadable(
        f"site {site}: cannot read {which}: {damage}",
        post_id=post_id,
        key=find_sentinel(body) or "" if isinstance(body, str) else None,
        site=site,
        hint=(
            "open the post on the blog and save it again; if that does not help, a plugin or a"
            " proxy damages the site's answers"
        ),
    )


class DuplicateKey(Conflict):
    """Several posts of a site have the same key.

    Args:
        message: What was found.
        posts: These posts.
        hint: What the user can do.
    """

    def __init__(self, message: str, posts: Sequence[Remote], *, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.posts = tuple(posts)


@dataclass
class Found:
    """What a search for a key has found: posts, and posts that cannot be read."""

    posts: list[Remote] = field(default_factory=list)
    damaged: list[Unreadable] = field(default_factory=list)

    def choose(self, site: str, key: str, kind: PostKind, where: str = "") -> Remote | None:
        """Return the one post with a key; None if there is none.

        Args:
            site: The site's name.
            key: The key.
            kind: Post or page.
            where: What to do with a superfluous one, for the hint.

        Raises:
            Conflict: Several posts have the key.
            Unreadable: No post has it, but one that cannot be read may have it; `others` has more
                of them.
        """
        posts = without_copies(self._with_key(key))
        if len(posts) > 1:
            raise duplicate_key(site, key, kind, posts, where)
        # A damaged post might be the one with this key; taking it for missing would publish a
        # second one.
        suspects = [error for error in self.damaged if error.may_have(key)]
        if suspects and not posts:
            suspects[0].others = suspects[1:]
            raise suspects[0]
        return next(iter(posts), None)

    def all(self, key: str, on_unreadable: OnUnreadable) -> Sequence[Remote]:
        """Return every post with a key.

        Args:
            key: The key.
            on_unreadable: Told each post that cannot be read and may have the key.
        """
        for error in self.damaged:
            if error.may_have(key):
                on_unreadable(error)
        return self._with_key(key)

    def _with_key(self, key: str) -> list[Remote]:
        posts = {post.ref: post for post in self.posts if find_sentinel(post.body) == key}
        return list(posts.values())


def duplicate_key(
    site: str, key: str, kind: PostKind, posts: Sequence[Remote], where: str = ""
) -> DuplicateKey:
    """Return the error for several posts with one key, which names each of them.

    Args:
        site: The site's name.
        key: The key.
        kind: Post or page.
        posts: The posts.
        where: What to do with a superfluous one, for the hint.
    """
    places = ", ".join(_place(post) for post in posts)
    put = where or "move it to the trash"
    newest = max(posts, key=lambda post: (len(post.ref.id), post.ref.id))
    return DuplicateKey(
        f'{len(posts)} {kind}s on site {site} have the key "{key}": {places}',
        posts,
        hint=(
            f"compare them on the blog: if one is a copy or a translation, run blogkit adopt"
            f" {newest.url or newest.ref.id}, naming that one; if one is superfluous, {put}; then"
            " run: blogkit plan"
        ),
    )


def is_copy(post: Remote) -> bool:
    """Return whether the text of a post was written for another one.

    Plugins duplicate and translate posts (https://wordpress.org/plugins/duplicate-post/). After a
    move to another server, all posts may have other ids.
    """
    return sentinel_id(post.body) not in ("", post.ref.id)


def without_copies(posts: Sequence[Remote]) -> list[Remote]:
    """Return posts of one key without the copies, or all of them if there is nothing else.

    Args:
        posts: The posts with the key.
    """
    return [post for post in posts if not is_copy(post)] or list(posts)


def _place(post: Remote) -> str:
    which = f"{post.state} {post.ref.kind} {post.ref.id}"
    return f"{post.url} ({which})" if post.url else which


def id_of(item: object) -> str:
    """Return the id of an item, empty if it has none that can be used."""
    value = item.get("id") if isinstance(item, dict) else None
    # Not `isinstance`, for which True is an int.
    usable = type(value) in (str, int) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(value))
    return str(value) if usable else ""


def bounded(
    site: str, pages: Iterable[Sequence[_Item]], name_of: Callable[[_Item], str] = id_of
) -> Iterator[_Item]:
    """Yield the items of a listing, those with an id once, and stop a listing that does not end.

    Args:
        site: The site's name.
        pages: The pages, each fetched when it is asked for.
        name_of: Returns an item's id, empty if it has none.

    Raises:
        ServerError: The listing repeats itself, or has more than `MAX_ITEMS` items.
    """
    seen: set[str] = set()
    count = idle = 0
    for page in pages:
        before = len(seen)
        for item in page:
            name = name_of(item)
            if name and name in seen:
                continue
            seen.add(name)
            count += 1
            if count > MAX_ITEMS:
                raise _endless(site, f"has more than {MAX_ITEMS:,} entries")
            yield item
        idle = 0 if len(seen) > before else idle + 1
        if idle >= _IDLE_PAGES:
            raise _endless(site, f"had nothing new on {idle} pages in a row")


def _endless(site: str, why: str) -> ServerError:
    return ServerError(
        f"site {site}: its listing does not end: it {why}",
        site=site,
        status=200,
        hint="a plugin or a proxy damages the site's answers; try again later",
    )
