"""Find the posts that still have to be handed to their sites. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.journal.records import Memory
from blogkit.platforms.base import State, Target
from blogkit.posts.post import Post, Publish
from blogkit.project.context import ProjectContext
from blogkit.project.queue.files import live_keys, timed_posts, waiting_among
from blogkit.sync.desired import desired_state_of, is_same_time


@dataclass(frozen=True)
class UnsentPost:
    """A post that its site does not have with its time yet, or a page of a folder that is due.

    Attributes:
        site: The site's name.
        key: The post's key.
        path: Its file.
        at: When it has to be handed over; a past time means now.
        summary: What has to be done, in a few words.
    """

    site: str
    key: str
    path: Path
    at: datetime
    summary: str


def unsent_posts(context: ProjectContext) -> list[UnsentPost]:
    """Return the posts with a time or in the queue that no run has handed to their site.

    Those that wait until their site takes new posts are not among them. Sends nothing.

    Args:
        context: The call's context.

    Raises:
        JournalError: The journal cannot be read.
    """
    found: list[UnsentPost] = []
    with context.journal() as journal:
        memories = {site: journal.memories(site) for site in context.config.sites}
        later = {(one.site, one.key) for one in journal.work.waiting()}
        live = set[str]().union(*map(live_keys, memories.values()))
        posts = timed_posts(context, live)
        for site, known in memories.items():
            found += _waiting(context, site, posts, known)
            found += _missed(context, site, posts, known)
            if context.config.site(site).platform == "folder":
                found += _due_in_folder(context, site, known)
    return [one for one in found if (one.site, one.key) not in later]


def _waiting(
    context: ProjectContext, site: str, posts: list[Post], memories: Mapping[str, Memory]
) -> Iterator[UnsentPost]:
    now, has_slots = context.clock(), bool(context.config.schedules[site].slots)
    for one in waiting_among(context, site, posts, memories, offline=True):
        if one.held or (one.at is None and not has_slots):
            continue
        if one.at is None or not _is_handed_over(memories.get(one.key), one.at):
            due = min(now, one.at or now)
            yield UnsentPost(site, one.key, one.path, due, _schedule(one.title, site))


def _missed(
    context: ProjectContext, site: str, posts: list[Post], memories: Mapping[str, Memory]
) -> Iterator[UnsentPost]:
    """Yield posts whose time has passed since their file was written.

    A date in the past of a newer file may be a slip: it is left to a person.
    """
    now, default = context.clock(), context.config.default_site
    for post in posts:
        at = post.at
        if post.publish is not Publish.SCHEDULED or at is None or at > now:
            continue
        if site in (post.sites or (default,)) and post.key not in memories:
            written = datetime.fromtimestamp(post.path.stat().st_mtime, UTC)
            if written < at:
                yield UnsentPost(site, post.key, post.path, at, _schedule(post.title, site))


def _due_in_folder(
    context: ProjectContext, site: str, memories: Mapping[str, Memory]
) -> Iterator[UnsentPost]:
    """Yield the scheduled pages of a folder, which no server publishes."""
    scheduled = [one for one in memories.values() if one.state == State.SCHEDULED and one.at]
    if not scheduled:
        return
    files = {path.stem: path for path in context.config.sources()}
    for one in scheduled:
        path = files.get(one.key)
        if path is not None and one.at is not None:
            yield UnsentPost(site, one.key, path, one.at, f"publish {one.key} on {site}")


def _schedule(title: str, site: str) -> str:
    return f"schedule “{title}” on {site}"


def _is_handed_over(memory: Memory | None, at: datetime) -> bool:
    if memory is None:
        return False
    asked = desired_state_of(Target(State.SCHEDULED, at))
    arrived = memory.state in (State.SCHEDULED, State.LIVE) and is_same_time(memory.at, at)
    return arrived or memory.desired_state == asked
