"""Find the posts that wait for a slot, or for their time, in files that a call does not plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from blogkit.errors import Conflict, Unreadable
from blogkit.journal.records import Memory
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.posts.loader import load_heads
from blogkit.posts.post import Post, Publish
from blogkit.project.context import ProjectContext
from blogkit.sync.actions import Desired
from blogkit.sync.listing import is_listing_cheaper, read_listing, ref_of_memory

_TIMED = re.compile(
    rb"^(?:publish|schedule|date)\s*:\s*[\"']?(?:queue|\d{4}-)", re.MULTILINE | re.IGNORECASE
)
"""Most posts of a blog went live long ago, and reading YAML takes longer than this does."""


@dataclass(frozen=True)
class WaitingFile:
    """A post that is not on the site yet.

    Attributes:
        key: The post's key.
        path: Its file.
        title: Its title.
        priority: Its priority in the queue.
        at: The time that its file names; None if it takes a slot.
        ref: The post on the site, if it is there with another time.
    """

    key: str
    path: Path
    title: str
    priority: int = 0
    at: datetime | None = None
    ref: Ref | None = None


def waiting_files(
    context: ProjectContext,
    site: str,
    left_out: Collection[Path],
    memories: Mapping[str, Memory],
    *,
    offline: bool,
) -> list[WaitingFile]:
    """Return the posts of other files that will get a time on a site.

    Args:
        context: The call's context.
        site: The site's name.
        left_out: The files that the call plans.
        memories: What the journal remembers of the site.
        offline: Trust the journal alone.
    """
    now = context.clock()
    queued, dated = [], []
    for post in _timed(context, site, left_out):
        if post.publish is Publish.QUEUE and not post.hold and post.kind == "post":
            queued.append(post)
        elif post.publish is Publish.SCHEDULED and post.at and post.at > now:
            dated.append(post)
    on_site = {} if offline else _on_site(context, site, queued, memories)
    found = [
        WaitingFile(post.key, post.path, post.title, post.priority)
        for post in queued
        if _waits(memories.get(post.key), on_site.get(post.key))
    ]
    for post in dated:
        memory = memories.get(post.key)
        ref = ref_of_memory(memory) if memory else None
        found.append(WaitingFile(post.key, post.path, post.title, at=post.at, ref=ref))
    return found


def _waits(memory: Memory | None, remote: Remote | None) -> bool:
    if memory is not None:
        return memory.state == State.DRAFT
    return remote is None or remote.state is State.DRAFT


def _timed(context: ProjectContext, site: str, left_out: Collection[Path]) -> Iterator[Post]:
    paths = [path for path in context.config.sources() if path not in left_out]
    candidates = [path for path in paths if _may_be_timed(path)]
    for post in load_heads(candidates, root=context.config.root, zone=context.config.zone):
        if site in (post.sites or (context.config.default_site,)):
            yield post


def _may_be_timed(path: Path) -> bool:
    with suppress(OSError):
        return _TIMED.search(path.read_bytes()) is not None
    return False


def _on_site(
    context: ProjectContext, site: str, posts: Sequence[Post], memories: Mapping[str, Memory]
) -> dict[str, Remote]:
    """Return what the site has of posts that the journal does not know: another machine's."""
    platform = context.sites.platform(site)
    unknown = [_sought(post, site) for post in posts if post.key not in memories]
    listed = None
    if is_listing_cheaper(unknown, memories, platform.capabilities):
        listed = read_listing(unknown, memories, platform, lambda _: None)
    found = {}
    for one in unknown:
        with suppress(Conflict, Unreadable):
            remote = (
                listed.find(site, one.key, one.kind) if listed else platform.find(one.key, one.kind)
            )
            if remote:
                found[one.key] = remote
    return found


def _sought(post: Post, site: str) -> Desired:
    def no_draft() -> Draft:
        raise AssertionError("a post that is only looked for is not written")

    return Desired(post.key, post.path, site, post.kind, post.title, no_draft, None, "", "")
