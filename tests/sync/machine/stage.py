"""Where the machine plays: files, a blog, a journal, and one process after the other that works
with them.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    SuddenlyEmpty,
)
from blogkit.platforms.base import Remote
from blogkit.regions import find_sentinel
from blogkit.sync import renames
from blogkit.sync.actions import Action, Choices
from blogkit.sync.fetch import fetch_states
from blogkit.sync.outcome import Outcome
from blogkit.sync.plan import orphans, plan
from tests.disk import folder_in_memory
from tests.sync.blogs import Blog
from tests.sync.faults import Fuse, Fused, Killed, Moment
from tests.sync.machine.story import Hands, Story, content
from tests.sync.world import Clock, File, World

ERRORS: list[Callable[[], BaseException]] = [
    Killed,
    KeyboardInterrupt,
    lambda: OutcomeUnknown("lost"),
    lambda: ServerError("html"),
    lambda: RateLimited("slow"),
    lambda: AuthenticationError("who?"),
]
WHICH = st.integers(0, 4)
FIELD = st.sampled_from(["body", "title", "labels"])
NOTHING = Choices()


class Stage(RuleBasedStateMachine):
    """keys: files; slugs: of the first of them; looks_again: right before each write."""

    keys = 3
    slugs = ("talks-open",)
    looks_again = True

    def make_blog(self, clock: Clock) -> Blog:
        raise NotImplementedError

    def make_clock(self) -> Clock:
        return Clock()

    def name(self, number: int) -> str:
        """A key of a file."""
        return f"talks-{number}"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=folder_in_memory() or None))
        self.patch = pytest.MonkeyPatch()
        self.clock = self.make_clock()
        self.blog = self.make_blog(self.clock)
        self.world = World(self.folder, self.clock, self.blog)
        self.numbers = itertools.count()
        self.hands = Hands()
        self.edited: set[str] = set()
        self.stories = [Story(self.first_file(number)) for number in range(self.keys)]

    def first_file(self, number: int) -> File:
        more = {"slug": self.slugs[number]} if number < len(self.slugs) else {}
        return File(
            self.name(number),
            title=f"Talks – “{number}” & more",
            text=f"Talks {number} opened.",
            more=more,
        )

    # what is where

    def there(self) -> dict[str, Remote]:
        """The posts of our files by the files' keys. Never two for one, and none of a key that
        no post was ever given.
        """
        refs = {
            story.file.more["remote_id"]: story.file.key
            for story in self.stories
            if "remote_id" in story.file.more
        }
        keys = {self.name(number) for number in range(self.keys)}
        found: dict[str, Remote] = {}
        for post in self.blog.posts():
            key = refs.get(post.ref.id) or find_sentinel(post.body) or ""
            assert key.removesuffix("-2") == key or key.removesuffix("-2") not in keys, (
                f"a renamed file made another post: {post}"
            )
            if key in {*keys, *refs.values()}:
                assert key not in found, f"two posts of one key: {found[key]} and {post}"
                found[key] = post
        return found

    def post_of(self, story: Story) -> Remote | None:
        return self.there().get(story.file.key)

    def story(self, which: int) -> Story:
        return self.stories[which % len(self.stories)]

    def untouchable(self, *, but: Story | None = None, left: bool = True) -> dict[str, Any]:
        """The content of posts that no run may change: those whose file is as it was adopted
        and, with left, those without a file.
        """
        safe = {
            story.file.key
            for story in self.stories
            if story is not but and (story.pristine or (left and story.left))
        }
        return (
            {key: content(post) for key, post in self.there().items() if key in safe}
            if safe
            else {}
        )

    # running

    def think(self) -> None:
        """What the user does between the plan and its execution."""

    def plan(self, only: Story | None, choices: Choices) -> list[Action]:
        """As `blogkit publish` would."""
        world = self.world
        wanted = world.desired(
            *(story.named for story in ([only] if only else self.stories) if not story.gone)
        )
        memories = world.journal.memories("main")
        may_be_empty = bool(choices.recreate)
        seen = fetch_states(
            wanted,
            world.platform,
            world.journal,
            memories=memories,
            may_be_empty=may_be_empty,
            compared=choices.ours,
            now=world.clock(),
        )
        actions = plan(wanted, seen, world.clock(), choices)
        keys = {story.key for story in self.stories if not story.gone}
        fileless = [memory for memory in memories.values() if memory.key not in keys]
        former = renames.former_titles(fileless, world.journal)
        suspects = renames.find_renames(actions, memories, former)
        actions = renames.refuse_renames(actions, suspects, keys)
        return actions if only else [*actions, *orphans("main", memories, keys)]

    def run(
        self,
        *,
        only: Story | None = None,
        choices: Choices = NOTHING,
        meanwhile: Callable[[], None] = lambda: None,
        anew: bool = True,
        decided: Story | None = None,
    ) -> list[Outcome]:
        """One process's work; nothing when the blog is suddenly empty. anew: in a process of its
        own; decided: its post may be written.
        """
        if anew:
            self.world.reopen()
        try:
            actions = self.plan(only, choices)
        except SuddenlyEmpty:
            looked_at = {
                story.key for story in ([only] if only else self.stories) if not story.gone
            }
            assert not self.there().keys() & self.world.journal.memories("main").keys() & looked_at
            return []
        self.think()
        meanwhile()
        return self.apply(actions, but=decided)

    def apply(self, actions: Sequence[Action], **which: Any) -> list[Outcome]:
        """What nobody may touch is as before, however it ends."""
        before = self.untouchable(**which)
        self.edited.clear()
        try:
            return self.world.apply(actions) if actions else []
        finally:
            after = self.untouchable(**which)
            assert {key for key in before if after.get(key) != before[key]} <= self.edited

    @contextmanager
    def bad_luck(self, fuse: Fuse) -> Iterator[None]:
        """The next process's; it leaves to another what it could not end."""
        self.world.reopen()
        self.world.platform = self.blog.behind(self.world.platform, fuse)
        self.world.journal = Fused(self.world.journal, fuse)  # type: ignore[assignment]
        with suppress(Killed, KeyboardInterrupt, BlogkitError):
            yield
        self.world.reopen()

    @contextmanager
    def happening(self, at: int, which: int, field: str) -> Iterator[None]:
        """Somebody edits in the middle of the next process's work. Where a request is all that a
        platform's method is, nothing is lost; where it looks with one and writes with the next,
        no client can help it.
        """
        self.world.reopen()
        if self.blog.at_once and self.looks_again:
            fuse = Moment(at, lambda: self.edited_there(which, field), only="site")
            self.world.platform = self.blog.behind(self.world.platform, fuse)
        yield
        self.world.reopen()

    def edited_there(self, which: int, field: str) -> None:
        raise NotImplementedError
