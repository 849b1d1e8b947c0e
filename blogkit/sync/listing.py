"""A site's listing, read once for many posts instead of one request for each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from blogkit.errors import NotFound, SuddenlyEmpty, Unreadable
from blogkit.journal.records import Memory
from blogkit.platforms.base import (
    Capabilities,
    OnUnreadable,
    Platform,
    PostKind,
    Ref,
    Remote,
    State,
)
from blogkit.platforms.items import Found
from blogkit.platforms.unread import Glance, UnreadPosts, is_unread
from blogkit.regions import find_sentinel
from blogkit.sync.actions import Desired
from blogkit.sync.compare import is_as_digested, is_as_listed

_log = logging.getLogger("blogkit.sync")

PRESENT = (State.SCHEDULED, State.DRAFT, State.LIVE)
"""In this order: a post that goes live between two requests is in both lists, and never in none."""


@dataclass
class RemoteIndex:
    """The posts of a listing that a plan needs, by id and by key.

    Attributes:
        kinds: The kinds that were listed.
        damaged: The posts that cannot be read.
        others: The number of further posts on the site.
    """

    kinds: frozenset[PostKind]
    by_ref: dict[Ref, Remote] = field(default_factory=dict)
    by_key: dict[tuple[PostKind, str], dict[Ref, Remote]] = field(default_factory=dict)
    damaged: dict[PostKind, list[Unreadable]] = field(default_factory=dict)
    others: int = 0

    def find(self, site: str, key: str, kind: PostKind) -> Remote | None:
        """Return the post with this key, as `Platform.find` does.

        Args:
            site: The site's name, for the message.
            key: The key of the post's file.
            kind: Post or page.

        Raises:
            Conflict: Several posts have the key.
            Unreadable: No post has it, but a damaged one may.
        """
        posts = self.by_key.get((kind, key), {}).values()
        return Found(list(posts), self.damaged.get(kind, [])).choose(site, key, kind)


def is_listing_cheaper(
    wanted: Collection[Desired], memories: Mapping[str, Memory], capabilities: Capabilities
) -> bool:
    """Return whether listing the whole site takes fewer requests than looking for each post.

    Where no search tells the posts with a key, each post takes two: it, and those written since.

    Args:
        wanted: The posts to fetch.
        memories: What the journal knows of the site, which tells roughly how many posts it has.
        capabilities: The site's page size.
    """
    if not capabilities.page_size:
        return False
    # Each state is listed on its own, and its last page is rarely full.
    pages = len(PRESENT) + max(len(memories), len(wanted)) // capabilities.page_size
    each = 1 if capabilities.searches or len(wanted) < 2 else 2
    return each * len(wanted) > pages


def read_listing(
    wanted: Collection[Desired],
    memories: Mapping[str, Memory],
    platform: Platform,
    report: Callable[[Remote], None],
    *,
    deep: bool = False,
) -> RemoteIndex:
    """List the site, and keep the posts that are wanted or remembered.

    Args:
        wanted: The posts to plan for.
        memories: What the journal knows of the site.
        platform: The site.
        report: Is called for each post.
        deep: Read the texts of all posts, also of those that their time stamps prove.

    Returns:
        Those posts, by id and by key.

    Raises:
        SuddenlyEmpty: The site lists nothing, although posts were published there.
    """
    index = RemoteIndex(frozenset(desired.kind for desired in wanted))
    known = {ref_of_memory(memory): memory for memory in memories.values()}
    refs = known.keys() | {Ref(desired.remote_id, desired.kind) for desired in wanted}
    keys = {(desired.kind, desired.key) for desired in wanted}
    for kind in sorted(index.kinds):
        damaged = index.damaged.setdefault(kind, [])
        for post in _posts(kind, known, platform, damaged.append, deep=deep):
            report(post)
            key = known[post.ref].key if is_unread(post) else find_sentinel(post.body)
            if key is not None and (kind, key) in keys:
                index.by_key.setdefault((kind, key), {})[post.ref] = post
            elif post.ref not in refs:
                # Counted, although nothing is done with them: a site that shows other posts has not
                # lost all of its data.
                index.others += 1
                continue
            index.by_ref[post.ref] = post
        for error in damaged:
            if Ref(error.post_id, kind) not in refs and (kind, error.key) not in keys:
                _log.warning("%s; it is left alone", error.message)
    for (_, key), posts in index.by_key.items():
        if len(posts) > 1:  # what stamps prove does not tell whether the text still has the key
            for ref in [ref for ref, post in posts.items() if find_sentinel(post.body) != key]:
                del posts[ref]
    if not index.by_ref and not index.others and not any(index.damaged.values()):
        refuse_emptied(platform.name, memories.values(), index.kinds)
    return index


def _posts(
    kind: PostKind,
    known: Mapping[Ref, Memory],
    platform: Platform,
    on_unreadable: OnUnreadable,
    *,
    deep: bool,
) -> Iterator[Remote]:
    """Yield the posts of a listing; those that stamps or digests prove are read when needed."""
    if platform.capabilities.digests and not deep:
        yield from _digested(kind, known, platform, on_unreadable)
        return
    if deep or not platform.capabilities.glances:
        yield from platform.list(kind, PRESENT, on_unreadable=on_unreadable)
        return
    unread, others, total = UnreadPosts(platform), dict[Ref, None](), 0
    damaged: list[Unreadable] = []
    for glance in platform.glance(kind, PRESENT, on_unreadable=damaged.append):
        total += 1
        memory = known.get(glance.ref)
        if memory and glance.updated == memory.updated and is_as_listed(memory.last_seen, glance):
            yield unread.add(glance, memory.last_seen)
        else:
            others[glance.ref] = None
    capabilities = platform.capabilities
    if len(others) > capabilities.batch_size * (len(PRESENT) + total // capabilities.page_size):
        posts = platform.list(kind, PRESENT, on_unreadable=on_unreadable)
        yield from (post for post in posts if post.ref in others)
        return
    for error in damaged:
        on_unreadable(error)
    yield from _read(platform, list(others), on_unreadable)


def _digested(
    kind: PostKind,
    known: Mapping[Ref, Memory],
    platform: Platform,
    on_unreadable: OnUnreadable,
) -> Iterator[Remote]:
    unread = UnreadPosts(platform)
    for post in platform.glance(kind, PRESENT, on_unreadable=on_unreadable):
        memory = known.get(post.ref)
        if not isinstance(post, Glance):
            yield post
        elif memory and is_as_digested(memory.last_seen, post):
            yield unread.add(post, memory.last_seen)
        else:
            yield from _read(platform, [post.ref], on_unreadable)


def _read(platform: Platform, refs: Sequence[Ref], on_unreadable: OnUnreadable) -> Iterator[Remote]:
    size = platform.capabilities.batch_size
    for start in range(0, len(refs), size):
        batch = refs[start : start + size]
        found = platform.get_many(batch)
        yield from found.values()
        for ref in batch:
            if ref not in found:
                try:
                    post = platform.get(ref)
                except NotFound:
                    continue  # gone since the listing
                except Unreadable as error:
                    on_unreadable(error)
                    continue
                if post.state is not State.TRASHED:
                    yield post


def ref_of_memory(memory: Memory) -> Ref:
    """Return where the site has a remembered post."""
    return Ref(memory.remote_id, "page" if memory.kind == "page" else "post")


MAX_MISSING = 3
"""So many posts may have been deleted one by one without anybody wondering."""


def refuse_emptied(site: str, missing: Iterable[Memory], kinds: Collection[str]) -> None:
    """Check that a site did not lose all its posts at once.

    Args:
        site: The site's name, for the message.
        missing: What the journal remembers of the missing posts.
        kinds: Only these count.

    Raises:
        SuddenlyEmpty: More than a few are missing, not counting those that undo moved to the trash.
    """
    gone = [memory for memory in missing if memory.kind in kinds and memory.state != State.TRASHED]
    if len(gone) < MAX_MISSING:
        return
    raise SuddenlyEmpty(
        f"site {site} shows none of the {len(gone)} posts published there"
        f" ({gone[0].url or gone[0].key}, …); nothing was written",
        site=site,
        hint=(
            f"check the blog and the account with blogkit doctor {site}; if the posts were deleted,"
            " name the files and add --recreate"
        ),
    )
