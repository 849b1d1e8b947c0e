"""Blogs from their owner's side: who looks at the posts there, edits, moves, deletes and
restores them by hand, and knows no journal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from blogkit.platforms.base import Draft, Platform, Ref, Remote, State, Target
from blogkit.platforms.folder import Folder
from blogkit.platforms.memory import InMemoryPlatform
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import StoredPost, Wanted
from tests.platforms.blogger.conftest import connect_to
from tests.sync.faults import Exchanges, Fuse, Fused

ZONE = ZoneInfo("Asia/Kolkata")
PRESENT = (State.DRAFT, State.LIVE, State.SCHEDULED)


def terms(post: Remote) -> set[str]:
    """Labels by whatever name the platform has for them. A category that a site gives every post
    is not one.
    """
    return {*post.labels, *post.tags}


class Blog:
    """A blog whose platform is fit for people too; what it has no way for (restoring) is each
    platform's own.

    redates: a live post can be given another date; at_once: a write and the look right before it
    are one.
    """

    redates = True
    at_once = False

    def connect(self) -> Platform:
        """The adapter, as another process would make it."""
        raise NotImplementedError

    def behind(self, platform: Platform, fuse: Fuse) -> Platform:
        """The adapter with its requests behind a fuse."""
        return Fused(platform, fuse)  # type: ignore[return-value]

    def posts(self) -> list[Remote]:
        """All posts in any state but trashed."""
        return list(self.connect().list("post", PRESENT))

    def trashed(self) -> list[Remote]:
        """What can be restored."""
        return list(self.connect().list("post", (State.TRASHED,)))

    def add(self, title: str, body: str, *labels: str) -> Ref:
        """Somebody writes a post in the blog's own editor, and publishes it."""
        site = self.connect()
        ref = site.create(Draft("", "post", title, body, labels)).ref
        site.set_state(ref, Target(State.LIVE))
        return ref

    def write(self, post: Remote, **fields: Any) -> None:
        """Somebody sets its title, body or labels; nothing at all just touches it."""
        self.connect().restore(post.ref, replace(post, **fields), post, fresh=True)

    def move(self, post: Remote, target: Target) -> None:
        """Somebody publishes it, schedules it, or takes it back."""
        self.connect().set_state(post.ref, target)

    def trash(self, post: Remote) -> None:
        """Somebody deletes it."""
        self.connect().trash(post.ref)

    def restore(self, post: Remote) -> None:
        """Somebody takes it out of the trash; it is a draft then."""
        raise NotImplementedError

    def close(self) -> None:
        """Nobody needs it any more."""


class Reference(Blog):
    """The platform in memory."""

    at_once = True

    def __init__(self, clock: Callable[[], datetime], **capabilities: Any) -> None:
        self.site = InMemoryPlatform("main", clock=clock)
        self.site.capabilities = replace(self.site.capabilities, **capabilities)

    def connect(self) -> InMemoryPlatform:
        return self.site

    def write(self, post: Remote, **fields: Any) -> None:
        self.site._put(replace(post, **fields))

    def restore(self, post: Remote) -> None:
        self.site._put(replace(post, state=State.DRAFT, at=None))


class OnFolder(Blog):
    """Pages in a folder. What is due goes live when the folder is built the next time."""

    at_once = True

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder, self._clock = folder, clock

    def connect(self) -> Folder:
        records = self._folder.parent / "records"
        return Folder("main", self._folder, records=records, zone=ZONE, clock=self._clock)

    def restore(self, post: Remote) -> None:
        site = self.connect()
        site._save(replace(site._store.get(post.ref), state=State.DRAFT, at=None))


class OnBlogger(Blog):
    """The sandbox, over HTTP for us; people sit at its store."""

    redates = False

    def __init__(self, clock: Any, switches: Quirks, **options: Any) -> None:
        self.sandbox = Sandbox(
            clock=clock,
            switches=replace(switches, daily_insert_limit="none", insert_throttle="none"),
        ).start()
        self._options = {
            "sleep": lambda seconds: clock.advance(seconds=seconds),
            "blog_id": self.sandbox.blog.id,
            **options,
        }

    def connect(self) -> Platform:
        return connect_to(self.sandbox, **self._options)

    def behind(self, platform: Any, fuse: Fuse) -> Platform:
        platform._blog.http = Exchanges(platform._blog.http, fuse)
        return platform  # type: ignore[no-any-return]

    def posts(self) -> list[Remote]:
        self.sandbox.blog.settle()
        return self._stored("LIVE", "DRAFT", "SCHEDULED")

    def trashed(self) -> list[Remote]:
        return self._stored("SOFT_TRASHED")

    def add(self, title: str, body: str, *labels: str) -> Ref:
        fields = {"title": title, "content": body, "labels": list(labels)}
        return Ref(self.sandbox.blog.insert("post", fields, draft=False).id)

    def write(self, post: Remote, **fields: Any) -> None:
        names = {"title": "title", "body": "content", "labels": "labels"}
        values = {
            names[name]: list(value) if name == "labels" else value
            for name, value in fields.items()
        }
        self.sandbox.blog.change(self._entry(post), values, whole=False)

    def move(self, post: Remote, target: Target) -> None:
        blog, entry = self.sandbox.blog, self._entry(post)
        if entry.state != "DRAFT" and (
            target.state is State.DRAFT or target.state is not post.state
        ):
            entry = blog.revert(entry)
        if target.state is not State.DRAFT and target.state is not post.state:
            blog.publish(entry, target.at or self.sandbox.clock())

    def trash(self, post: Remote) -> None:
        self.sandbox.blog.delete("post", post.ref.id, trash=True)

    def restore(self, post: Remote) -> None:
        entry = self.sandbox.store.get(post.ref.id)
        assert entry is not None
        self.sandbox.store.save(replace(entry, state="DRAFT", trashed=None))

    def close(self) -> None:
        self.sandbox.stop()

    def _entry(self, post: Remote) -> StoredPost:
        return self.sandbox.blog.get("post", post.ref.id)

    def _stored(self, *states: Any) -> list[Remote]:
        return [_shown(entry) for entry in self.sandbox.store.find(Wanted("post", states))]


def _shown(entry: StoredPost) -> Remote:
    state = {
        "LIVE": State.LIVE,
        "DRAFT": State.DRAFT,
        "SCHEDULED": State.SCHEDULED,
        "SOFT_TRASHED": State.TRASHED,
    }[entry.state]
    at = entry.published if state in {State.LIVE, State.SCHEDULED} else None
    slug = entry.path.rpartition("/")[2].removesuffix(".html")
    return Remote(
        Ref(entry.id),
        entry.title,
        entry.content,
        state,
        entry.path,
        at,
        labels=entry.labels,
        slug=slug,
    )
