"""Show the queue: what goes live when, on the sites and in files that are not sent yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import BlogkitError
from blogkit.journal.records import Memory
from blogkit.platforms.base import Ref, Remote, State
from blogkit.posts.loader import load_heads
from blogkit.posts.post import Publish
from blogkit.project.context import ProjectContext
from blogkit.project.plans.planning import refuse_if_no_site_is_left
from blogkit.project.queue.assign import SiteTimes, assigned, times_in_memory, times_on_site
from blogkit.project.queue.files import WaitingFile, waiting_files
from blogkit.project.queue.recurring import template_of
from blogkit.regions import find_sentinel
from blogkit.sync.listing import ref_of_memory

SCHEDULED = "scheduled"
"""The site has the post with this time."""
WAITING = "not sent yet"
"""`blogkit publish` hands the post to its site with this time."""
HELD = "held"
"""The post has no time until it is resumed."""
NO_SLOT = "no free slot"
"""The post has no time, because the site has no slot for it."""


@dataclass(frozen=True)
class QueueEntry:
    """One line of the calendar.

    Attributes:
        site: The site's name.
        at: When the post goes live; None if it has no time.
        state: `scheduled`, `not sent yet`, `held` or `no free slot`.
        title: The post's title.
        key: Its key; empty for a post that has no file.
        path: Its file, relative to the project's folder; empty if it has none.
        queued: Whether it has its time from the queue, and not from its file.
        url: Its address, if the site told it.
    """

    site: str
    at: datetime | None
    state: str
    title: str
    key: str = ""
    path: str = ""
    queued: bool = False
    url: str = ""


class QueueCalendar(list[QueueEntry]):
    """The calendar of one site or of all, by time; posts without a time are last.

    Attributes:
        unavailable: Sites that could not be asked, and why.
    """

    unavailable: Mapping[str, BlogkitError]


def queue_calendar(context: ProjectContext, site: str, *, offline: bool) -> QueueCalendar:
    """Return what goes live when. Reads the sites, writes nothing.

    Args:
        context: The call's context.
        site: Only this site; empty for all.
        offline: Work from the last known state of each site.

    Raises:
        UsageError: The site does not exist.
        BlogkitError: No site can be asked.
    """
    names = [context.config.site(site).name] if site else list(context.config.sites)
    found: list[QueueEntry] = []
    asked = False
    with context.journal() as journal:
        for name in names:
            with context.sites.tolerating(name):
                found += site_entries(context, name, journal.memories(name), offline=offline)
                asked = True
    refuse_if_no_site_is_left(context, others=asked)
    calendar = QueueCalendar(sorted(found, key=_in_order))
    calendar.unavailable = context.sites.unavailable
    return calendar


def site_entries(
    context: ProjectContext, site: str, memories: Mapping[str, Memory], *, offline: bool
) -> list[QueueEntry]:
    """Return the calendar of one site, in no order.

    Args:
        context: The call's context.
        site: The site's name.
        memories: What the journal remembers of the site.
        offline: Trust the journal alone.

    Raises:
        SiteError: The site cannot be listed.
    """
    waiting = waiting_files(context, site, (), memories, offline=offline)
    entries = list(
        _remembered(context, site, memories) if offline else _listed(context, site, memories)
    )
    scheduled = {one.key for one in entries if one.key}
    taken: Mapping[Ref, datetime] = {}
    if any(one.takes_a_slot for one in waiting):
        taken = times_in_memory(memories) if offline else times_on_site(context, site)
    times = SiteTimes(taken, [one for one in waiting if one.key not in scheduled])
    slots = assigned(context, site, (), {}, times)
    entries += [
        _waiting(context, site, one, slots.get(one.key))
        for one in waiting
        if one.key not in scheduled
    ]
    return entries


def _listed(
    context: ProjectContext, site: str, memories: Mapping[str, Memory]
) -> Iterator[QueueEntry]:
    keys = {ref_of_memory(memory): memory.key for memory in memories.values()}
    platform = context.sites.platform(site)
    posts = list(platform.list("post", [State.SCHEDULED], on_unreadable=lambda _: None))
    known = {post.ref: keys.get(post.ref) or find_sentinel(post.body) or "" for post in posts}
    files = _files(context, set(known.values()) - {""})
    for post in posts:
        yield _scheduled(context, site, post, known[post.ref], files)


def _remembered(
    context: ProjectContext, site: str, memories: Mapping[str, Memory]
) -> Iterator[QueueEntry]:
    dated = [one for one in memories.values() if one.state == State.SCHEDULED and one.at]
    files = _files(context, {one.key for one in dated})
    for one in dated:
        post = Remote(ref_of_memory(one), one.key, "", State.SCHEDULED, one.url, one.at)
        yield _scheduled(context, site, post, one.key, files)


@dataclass(frozen=True)
class _File:
    path: Path
    title: str
    queued: bool


def _files(context: ProjectContext, keys: set[str]) -> dict[str, _File]:
    """Return the files of posts, by key."""
    if not keys:
        return {}
    keys = keys | {made[0] for key in keys if (made := template_of(key))}
    sources, config = context.config.sources(), context.config
    named = [path for path in sources if path.stem in keys]
    posts = load_heads(named, root=config.root, zone=config.zone)
    if keys - {post.key for post in posts}:  # a file with another key than its name
        posts = load_heads(sources, root=config.root, zone=config.zone)
    return {
        post.key: _File(post.path, post.title, post.publish is Publish.QUEUE)
        for post in posts
        if post.key in keys
    }


def _scheduled(
    context: ProjectContext, site: str, post: Remote, key: str, files: Mapping[str, _File]
) -> QueueEntry:
    made = template_of(key)
    file = files.get(key) or (files.get(made[0]) if made else None)
    return QueueEntry(
        site,
        post.at,
        SCHEDULED,
        file.title if file and key in files else post.title,
        key,
        context.config.relative(file.path) if file else "",
        bool(file and file.queued),
        post.url,
    )


def _waiting(
    context: ProjectContext, site: str, one: WaitingFile, slot: datetime | None
) -> QueueEntry:
    at = one.at or slot
    state = HELD if one.held else WAITING if at else NO_SLOT
    path = context.config.relative(one.path)
    return QueueEntry(site, at, state, one.title, one.key, path, one.at is None)


def queue_of(entries: Sequence[QueueEntry]) -> list[QueueEntry]:
    """Return the posts that have their time from the queue, in order.

    Args:
        entries: The calendar of one site.
    """
    return sorted((one for one in entries if one.queued and one.at), key=_in_order)


def _in_order(entry: QueueEntry) -> tuple[bool, float, str, str]:
    return entry.at is None, entry.at.timestamp() if entry.at else 0, entry.site, entry.key
