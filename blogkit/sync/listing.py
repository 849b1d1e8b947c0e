"""A site's listing, read once for many posts instead of one request for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from blogkit.errors import Conflict, SuddenlyEmpty
from blogkit.journal.records import Memory
from blogkit.platforms.base import Capabilities, Platform, PostKind, Ref, Remote, State
from blogkit.regions import find_sentinel
from blogkit.sync.actions import Desired

PRESENT = (State.SCHEDULED, State.DRAFT, State.LIVE)
"""In this order: a post that goes live between two requests is in both lists, and never in none."""


@dataclass
class RemoteIndex:
    """The wanted posts of a listing, by id and by key. others: the number of further posts."""

    kinds: frozenset[PostKind]
    by_ref: dict[Ref, Remote] = field(default_factory=dict)
    by_key: dict[tuple[PostKind, str], dict[Ref, Remote]] = field(default_factory=dict)
    others: int = 0

    def find(self, site: str, key: str, kind: PostKind) -> Remote | None:
        """Do what `Platform.find` does. Raises `Conflict` if several posts have the key."""
        found = list(self.by_key.get((kind, key), {}).values())
        if len(found) > 1:
            places = ", ".join(post.url or f"{post.state} {post.ref.id}" for post in found)
            raise Conflict(
                f'{len(found)} {kind}s on site {site} have the key "{key}": {places}',
                hint="move all but one of them to the trash",
            )
        return found[0] if found else None


def is_listing_cheaper(
    wanted: Collection[Desired], memories: Mapping[str, Memory], capabilities: Capabilities
) -> bool:
    """Return whether listing the whole site takes fewer requests than fetching each post."""
    if not capabilities.page_size:
        return False
    pages = len(PRESENT) + max(len(memories), len(wanted)) // capabilities.page_size
    return len(wanted) > pages


def read_listing(
    wanted: Collection[Desired],
    memories: Mapping[str, Memory],
    platform: Platform,
    report: Callable[[Remote], None],
) -> RemoteIndex:
    """List the site, and keep the posts that are wanted or remembered. report: called for each
    post.
    """
    shelf = RemoteIndex(frozenset(desired.kind for desired in wanted))
    refs = {ref_of_memory(memory) for memory in memories.values()} | {
        Ref(desired.remote_id, desired.kind) for desired in wanted
    }
    keys = {(desired.kind, desired.key) for desired in wanted}
    for kind in sorted(shelf.kinds):
        for post in platform.list(kind, PRESENT):
            report(post)
            key = find_sentinel(post.body)
            if key is not None and (kind, key) in keys:
                shelf.by_key.setdefault((kind, key), {})[post.ref] = post
            elif post.ref not in refs:
                shelf.others += 1
                continue
            shelf.by_ref[post.ref] = post
    if not shelf.by_ref and not shelf.others:
        refuse_emptied(platform.name, memories.values(), shelf.kinds)
    return shelf


def ref_of_memory(memory: Memory) -> Ref:
    """Return where the site has a remembered post."""
    return Ref(memory.remote_id, "page" if memory.kind == "page" else "post")


MAX_MISSING = 3
"""So many posts may have been deleted one by one without anybody wondering."""


def refuse_emptied(site: str, missing: Iterable[Memory], kinds: Collection[str]) -> None:
    """Raise `SuddenlyEmpty` if all remembered posts are missing, except those that undo moved to
    the trash.
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
