"""A blog, a journal, a clock and files: publishing as a user sees it. Unless a world is given
another blog, it needs no network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from blogkit.journal.records import Entry
from blogkit.journal.store import Journal
from blogkit.platforms.base import Platform, Remote, State, Target
from blogkit.posts.post import Post, Publish
from blogkit.render.document import Asset, Document, Fragment
from blogkit.sync.actions import Action, Choices, Desired, RemoteState
from blogkit.sync.apply import apply
from blogkit.sync.delete import plan_delete
from blogkit.sync.desired import build_desired
from blogkit.sync.fetch import fetch_states
from blogkit.sync.merging.base import asked_before
from blogkit.sync.outcome import Outcome, Step
from blogkit.sync.plan import plan
from blogkit.sync.undo import UndoRequest, is_undoable, plan_restore, ref_of_entry
from tests.sync.blogs import PRESENT, Blog, Reference
from tests.sync.faults import Fuse, Fused

KOLKATA = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=1)
EVERY_STATE = PRESENT
OPEN: list[Journal] = []
"""The journals of a test's worlds; the fixture `_journals_are_closed` closes them."""


@dataclass
class Clock:
    """Stands still until told otherwise."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **much: float) -> None:
        self.now += timedelta(**much)


@dataclass(frozen=True)
class File:
    """A post's file and what it renders to; the body of a post that was there before is not made
    anew.
    """

    key: str = "talks"
    text: str = "Talks opened."
    title: str = "US–Russia talks"
    labels: tuple[str, ...] = ("GS-II",)
    publish: Publish = Publish.LIVE
    at: datetime | None = None
    more: dict[str, Any] = field(default_factory=dict)
    assets: tuple[Asset, ...] = ()
    featured: Asset | None = None
    featured_url: str = ""

    def post(self) -> Post:
        path = Path(f"posts/{self.key}.md")
        values = {"kind": "post", **self.more}
        return Post(
            path,
            self.key,
            title=self.title,
            body=self.text,
            body_line=5,
            format="md",
            labels=self.labels,
            publish=self.publish,
            at=self.at,
            **values,
        )

    def document(self) -> Document:
        images = "".join(f'<img src="{asset.url}" alt="{asset.alt}">' for asset in self.assets)
        body = self.text if "remote_id" in self.more else f"<p>{self.text}{images}</p>"
        return Document(
            self.key,
            (Fragment("paragraph", body),),
            assets=self.assets,
            featured=self.featured,
            featured_url=self.featured_url,
        )

    def but(self, **changes: Any) -> File:
        return replace(self, **changes)


@dataclass
class World:
    """blog: the platform in memory unless another is given; site: our connection to it;
    `platform` may be the same behind faults.
    """

    folder: Path
    clock: Callable[[], datetime] = field(default_factory=Clock)
    blog: Blog | None = None
    heard: list[Step | Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.blog = self.blog or Reference(self.clock)
        self.site: Any = self.blog.connect()
        self.platform: Platform = self.site
        self.journal = self._open()

    def _open(self) -> Journal:
        journal = Journal.open(self.folder / "journal.sqlite", clock=self.clock)
        OPEN.append(journal)
        return journal

    def reopen(self) -> None:
        """As another process would."""
        self.journal.close()
        self.platform = self.site = self.blog.connect()
        self.journal = self._open()

    def desired(self, *files: File) -> list[Desired]:
        return [
            build_desired(file.post(), file.document(), self.platform, KOLKATA, self.clock())
            for file in files
        ]

    def look(self, *files: File) -> dict[str, RemoteState]:
        desired = self.desired(*files)
        return fetch_states(desired, self.platform, self.journal, now=self.clock())

    def plan(self, *files: File, choices: Choices = Choices()) -> list[Action]:  # noqa: B008
        wanted = self.desired(*files)
        now = self.clock()
        seen = fetch_states(wanted, self.platform, self.journal, now=now, compared=choices.ours)
        return plan(wanted, seen, now, choices)

    # frozen
    def publish(self, *files: File, choices: Choices = Choices()) -> list[Outcome]:  # noqa: B008
        actions = self.plan(*files, choices=choices)
        return self.apply(actions)

    def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        run = self.journal.start_run("publish")
        return apply(
            actions,
            self.platform,
            self.journal,
            run,
            clock=self.clock,
            sleep=lambda _: None,  # nobody else is at work, so nothing is worth waiting for
            report=self.heard.append,
        )

    def undo(self, run: int = 0) -> list[Outcome]:
        """Take back what a run did; without its number, the last that wrote."""
        last = self.journal.last_writing_run()
        entries = [
            entry
            for entry in self.journal.actions(run or (last.id if last else 0))
            if is_undoable(entry)
        ]
        requests = [self._undo_request(entry) for entry in reversed(entries)]
        return self.apply([*map(plan_restore, requests)])

    def _undo_request(self, entry: Entry) -> UndoRequest:
        found = self.platform.get(ref_of_entry(entry))
        request = UndoRequest(
            entry,
            found,
            self.clock(),
            KOLKATA,
            asked=asked_before(entry, self.journal),
            untrashes=self.platform.capabilities.untrashes,
        )
        is_trashed = found.state is State.TRASHED
        return replace(request, remote=None, trashed=found) if is_trashed else request

    def delete(self) -> list[Outcome]:
        """Delete the only post, which the journal knows."""
        post = self.post()
        (memory,) = self.journal.memories("main").values()
        return self.apply([plan_delete("main", post, memory.key, memory, zone=KOLKATA)])

    def posts(self) -> list[Remote]:
        return [post for kind in ("post", "page") for post in self.site.list(kind, EVERY_STATE)]

    def post(self) -> Remote:
        (post,) = self.posts()
        return post

    def edit_there(self, **changes: Any) -> None:
        """Somebody changes the post in the blog's own editor."""
        self.blog.write(self.post(), **changes)

    def move_there(self, target: Target) -> None:
        """Somebody publishes it, schedules it, or takes it back."""
        assert self.blog is not None
        self.blog.move(self.post(), target)

    def kinds(self, *files: File) -> list[str]:
        return [str(action.kind) for action in self.plan(*files)]


def fused(world: World, fuse: Fuse) -> Fuse:
    """The world's site behind a fuse."""
    world.platform = Fused(world.site, fuse)
    return fuse


def results(outcomes: Sequence[Outcome]) -> list[str]:
    return [str(outcome.result) for outcome in outcomes]
