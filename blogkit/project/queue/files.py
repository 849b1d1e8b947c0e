"""Find the posts that wait for a slot, or for their time, in files that a call does not plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import Conflict, ContentError, Unreadable
from blogkit.journal.records import Memory
from blogkit.platforms.base import Draft, Ref, Remote, State
from blogkit.posts.post import Post, Publish
from blogkit.project.context import ProjectContext
from blogkit.project.queue.recurring import due_occurrences
from blogkit.sync.actions import Desired
from blogkit.sync.listing import is_listing_cheaper, read_listing, ref_of_memory

_TIMED = re.compile(rb"(?im)^(?:publish|date)[ \t]*:[ \t]*[\"']?(queue|\d{4}-\d\d?-\d\d?)")
_TEMPLATE = re.compile(rb"(?m)^every[ \t]*:")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WaitingFile:
    """A post that its site does not have as scheduled yet.

    Attributes:
        key: The post's key.
        path: Its file.
        title: Its title.
        priority: Its priority in the queue.
        at: The time that its file names; None if it takes a slot.
        held: It gets no slot for now.
        ref: The post on the site, if it is there with another time.
    """

    key: str
    path: Path
    title: str
    priority: int = 0
    at: datetime | None = None
    held: bool = False
    ref: Ref | None = None

    @property
    def takes_a_slot(self) -> bool:
        """Whether it gets the next free slot."""
        return self.at is None and not self.held


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
    posts = timed_posts(context, live_keys(memories), left_out)
    return waiting_among(context, site, posts, memories, offline=offline)


def waiting_among(
    context: ProjectContext,
    site: str,
    posts: Iterable[Post],
    memories: Mapping[str, Memory],
    *,
    offline: bool,
) -> list[WaitingFile]:
    """Return which of these posts will get a time on a site.

    Args:
        context: The call's context.
        site: The site's name.
        posts: The posts of the project, without their bodies.
        memories: What the journal remembers of the site.
        offline: Trust the journal alone.
    """
    now, hold = context.clock(), context.config.schedules[site].hold
    posts = [post for post in posts if site in (post.sites or (context.config.default_site,))]
    queued = [post for post in posts if post.publish is Publish.QUEUE and post.kind == "post"]
    on_site = {} if offline else _on_site(context, site, queued, memories)
    found = [
        WaitingFile(post.key, post.path, post.title, post.priority, held=post.hold or hold)
        for post in queued
        if _waits(memories.get(post.key), on_site.get(post.key))
    ]
    dated = [
        (post.key, post.title, post.path, post.at)
        for post in posts
        if post.publish is Publish.SCHEDULED and post.at and post.at > now
    ]
    for template in posts:
        with suppress(ContentError):  # a plan tells what is wrong in it
            dated += [
                (one.key, one.key, template.path, one.at)
                for one in due_occurrences(context, template)
                if site in one.sites
            ]
    for key, title, path, at in dated:
        memory = memories.get(key)
        ref = ref_of_memory(memory) if memory else None
        found.append(WaitingFile(key, path, title, at=at, ref=ref))
    return found


def _waits(memory: Memory | None, remote: Remote | None) -> bool:
    if memory is not None:
        return memory.state == State.DRAFT
    return remote is None or remote.state is State.DRAFT


def live_keys(memories: Mapping[str, Memory]) -> set[str]:
    """Return the keys of posts that are live."""
    return {key for key, memory in memories.items() if memory.state == State.LIVE}


def timed_posts(
    context: ProjectContext, live: Collection[str], left_out: Collection[Path] = ()
) -> list[Post]:
    """Return the posts in the queue and those with a time of their own, without their bodies.

    Posts whose time came before yesterday, and most that are live, are left out.

    Args:
        context: The call's context.
        live: The keys of posts that are live.
        left_out: Files that are not read.
    """
    since = context.clock().astimezone(context.config.zone).date() - _DAY
    candidates = [
        path
        for path in context.config.sources()
        if path not in left_out and _may_be_timed(path, since, live=path.stem in live)
    ]
    if not candidates:
        return []
    from blogkit.posts.loader import load_heads  # most blogs have no such file

    return load_heads(candidates, root=context.config.root, zone=context.config.zone)


def _may_be_timed(path: Path, since: date, *, live: bool) -> bool:
    """Return whether a file may be among the timed ones.

    Most posts of a blog went live long ago, and reading YAML takes longer than this.
    """
    with suppress(OSError):
        text = path.read_bytes()
        if _TEMPLATE.search(text):
            return True
        found = _TIMED.findall(text)
        if any(_is_queue(one) for one in found):
            # It may have another key than its name, or go to a site that does not have it yet.
            return not live or b"key" in text or b"sites" in text
        return any(_day(one) >= since for one in found)
    return False


def _is_queue(value: bytes) -> bool:
    return value.lower() == b"queue"


def _day(value: bytes) -> date:
    with suppress(ValueError):
        return date(*(int(part) for part in value.split(b"-")))
    return date.max  # not a day: its problem is for `check`


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
