"""Find a file's post on its site: by the id that the journal or the file has, else by its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from blogkit.dataclass import dataclass
from blogkit.errors import NotFound, Unreadable
from blogkit.journal.records import Intent, Memory
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Ref, Remote, State
from blogkit.platforms.items import DuplicateKey, duplicate_key, without_copies
from blogkit.platforms.unread import time_of
from blogkit.sync.actions import Desired
from blogkit.sync.duplicates.leftovers import leftovers
from blogkit.sync.duplicates.rule import own_draft
from blogkit.sync.listing import RemoteIndex, ref_of_memory


@dataclass(frozen=True)
class Sources:
    """Where posts are fetched from.

    Attributes:
        listed: The site's listing, if it saves requests.
        keys: By which key the journal, or a file with its id, knows a post.
    """

    platform: Platform
    journal: Journal
    listed: RemoteIndex | None
    keys: Mapping[Ref, str]

    def of_key(self, key: str, posts: Sequence[Remote]) -> Sequence[Remote]:
        """Return the posts with a key in their text that are not known by another key."""
        ours = [post for post in posts if self.keys.get(post.ref, key) == key]
        return without_copies(ours) if len(ours) > 1 else ours


@dataclass(frozen=True)
class Located:
    """The post of a file, and what else has its key.

    Attributes:
        remote: The post; None if there is none.
        others: Further posts, if the post is a draft of an interrupted run of ours.
        leftovers: Drafts that killed runs left beside the post.
    """

    remote: Remote | None
    others: tuple[Remote, ...] = ()
    leftovers: Sequence[Remote] = ()


def locate_post(
    sources: Sources, desired: Desired, memory: Memory | None, intents: Sequence[Intent]
) -> Located:
    """Return the post of a file.

    Args:
        sources: Where posts are fetched from.
        desired: What the post should be.
        memory: What the journal remembers of it.
        intents: Our open actions on it, the newest first.

    Raises:
        DuplicateKey: There are several posts, and nothing tells which one to keep.
        Unreadable: There is no post, but one that cannot be read may be it.
    """
    known = sources.of_key(desired.key, _with_key(sources, desired, memory))
    if len(known) < 2:
        try:
            return Located(_remote(sources, desired, memory, known))
        except DuplicateKey as error:
            known = sources.of_key(desired.key, error.posts)
    if len(known) < 2:
        return Located(next(iter(known), None))
    own = own_draft(known, memory, intents)
    if own is not None:
        return Located(own, tuple(post for post in known if post.ref != own.ref))
    left = leftovers(known, memory)
    if not left:
        raise duplicate_key(sources.platform.name, desired.key, desired.kind, known)
    superfluous = {post.ref for post in left}
    return Located(next(post for post in known if post.ref not in superfluous), leftovers=left)


def _with_key(sources: Sources, desired: Desired, memory: Memory | None) -> Sequence[Remote]:
    """Return the posts with the key, as far as that takes no more requests than one post does.

    A copy of the post is younger than our last look at it, so older posts are not asked for.
    """
    if desired.remote_id or memory is None:
        return ()  # it has no key of ours, or `find` looks for it
    if sources.listed is not None:
        return list(sources.listed.by_key.get((desired.kind, desired.key), {}).values())
    return sources.platform.find_all(
        desired.key, desired.kind, since=time_of(memory.updated), on_unreadable=lambda _: None
    )


def _remote(
    sources: Sources, desired: Desired, memory: Memory | None, known: Sequence[Remote]
) -> Remote | None:
    for ref in _places(desired, memory):
        remote = next((post for post in known if post.ref == ref), None) or _by_id(sources, ref)
        if remote is not None and remote.state is not State.TRASHED:
            return remote
    # Not known, or gone: an interrupted create, another machine or a restored backup may have made
    # a post of this key.
    listed, platform = sources.listed, sources.platform
    try:
        if listed is not None:
            found = listed.find(platform.name, desired.key, desired.kind)
        else:
            found = platform.find(desired.key, desired.kind)
        return next(iter(sources.of_key(desired.key, [found] if found else [])), None)
    except Unreadable as error:
        for suspect in (error, *error.others):
            post_id = suspect.post_id if isinstance(suspect, Unreadable) else ""
            if sources.keys.get(Ref(post_id, desired.kind), desired.key) == desired.key:
                raise suspect from None
        return None  # the journal knows them as other posts


def _by_id(sources: Sources, ref: Ref) -> Remote | None:
    """Fetch a post by its id: from the listing or, as that may be incomplete, by itself."""
    if sources.listed is not None and ref in sources.listed.by_ref:
        return sources.listed.by_ref[ref]
    try:
        return sources.platform.get(ref)
    except NotFound:
        return None


def _places(desired: Desired, memory: Memory | None) -> Iterable[Ref]:
    """Return where the post should be. An id in the file overrides a remembered one."""
    named = [Ref(desired.remote_id, desired.kind)] if desired.remote_id else []
    remembered = (
        [ref_of_memory(memory)] if memory and desired.remote_id in ("", memory.remote_id) else []
    )
    return dict.fromkeys([*named, *remembered])
