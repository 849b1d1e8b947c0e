"""Files, a blog, other people and bad luck, in any order: one post per key, nobody's words lost unseen, and it settles."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from blogkit.content.post import Publish
from blogkit.errors import BlogkitError, JournalError, NotSignedIn, OutcomeUnknown, SiteBroken, TooFast
from blogkit.platforms.base import Remote, State, Target
from blogkit.publish.actions import Choices
from blogkit.publish.outcome import Result
from tests.publish.faults import Fuse, Fused, Killed
from tests.publish.world import File, World

KEY = "talks"
ERRORS = [
    Killed,
    KeyboardInterrupt,
    lambda: OutcomeUnknown("lost"),
    lambda: SiteBroken("html"),
    lambda: TooFast("slow"),
    lambda: NotSignedIn("who?"),
]


class Publishing(RuleBasedStateMachine):
    """hand: the mark that somebody left in the live body and that no run was told to overwrite."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder)
        self.file = File(KEY)
        self.hand = ""
        self.numbers = iter(range(10**6))

    def teardown(self) -> None:
        self.settles()
        self.world.journal.close()
        shutil.rmtree(self.folder)

    def live(self) -> Remote | None:
        posts = self.world.posts()
        return posts[0] if posts else None

    # the user

    @rule(publish=st.sampled_from([Publish.KEEP, Publish.DRAFT, Publish.LIVE]))
    def wish(self, publish: Publish) -> None:
        self.file = self.file.but(publish=publish, at=None)

    @rule(hours=st.sampled_from([-2, 1, 24]))
    def wish_for_a_time(self, hours: int) -> None:
        at = self.world.clock().replace(second=0) + timedelta(hours=hours)
        self.file = self.file.but(publish=Publish.SCHEDULED, at=at)

    @rule()
    def write(self) -> None:
        self.file = self.file.but(text=f"Text {next(self.numbers)}.")

    @rule(labels=st.sampled_from([(), ("GS-II",), ("GS-II", "Economy")]))
    def label(self, labels: tuple[str, ...]) -> None:
        self.file = self.file.but(labels=labels)

    @rule()
    def publish(self) -> None:
        self.world.publish(self.file)

    @rule(at=st.integers(0, 30), error=st.sampled_from(ERRORS))
    def publish_with_bad_luck(self, at: int, error: type[BaseException]) -> None:
        fuse = Fuse(at, error)  # type: ignore[arg-type]
        self.world.platform = Fused(self.world.site, fuse)
        self.world.journal = Fused(self.world.journal, fuse)  # type: ignore[assignment]
        with suppress(Killed, KeyboardInterrupt, BlogkitError):
            self.world.publish(self.file)
        self.world.reopen()

    @rule(at=st.integers(0, 9))
    def publish_with_a_full_disk(self, at: int) -> None:
        self.world.journal = Fused(self.world.journal, Fuse(at, lambda: JournalError("full")))  # type: ignore[assignment]
        with suppress(JournalError):
            self.world.publish(self.file)
        self.world.reopen()

    @precondition(lambda self: self.hand)
    @rule(ours=st.booleans())
    def decide(self, ours: bool) -> None:
        chosen = frozenset({KEY})
        self.world.publish(self.file, choices=Choices(ours=chosen) if ours else Choices(theirs=chosen))
        post = self.live()
        assert post is not None
        assert (self.hand in post.body) is not ours
        self.hand = ""
        if not ours:  # their labels and their state are kept as well, until the file changes
            self.file = self.file.but(text=f"Text {next(self.numbers)}.", publish=Publish.KEEP, at=None)

    # others

    @precondition(lambda self: self.live())
    @rule()
    def edited_there(self) -> None:
        self.hand = f"<p>By hand {next(self.numbers)}.</p>"
        self.world.edit_there(body=self.world.post().body.split("<p>By hand")[0] + self.hand)

    @precondition(lambda self: self.live())
    @rule()
    def touched_there(self) -> None:
        self.world.edit_there()

    @precondition(lambda self: self.live())
    @rule(state=st.sampled_from([State.DRAFT, State.LIVE]))
    def moved_there(self, state: State) -> None:
        self.world.site.set_state(self.world.post().ref, Target(state))

    @precondition(lambda self: self.live())
    @rule()
    def trashed_there(self) -> None:
        self.world.site.trash(self.world.post().ref)
        self.hand = ""

    @rule()
    def restored_there(self) -> None:
        if not self.world.posts():
            for post in list(self.world.site._posts.values())[:1]:
                self.world.site._put(replace(post, state=State.DRAFT, at=None))

    @rule(minutes=st.sampled_from([1, 61, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.world.clock.advance(minutes=minutes)

    # what always holds

    @invariant()
    def one_post(self) -> None:
        assert len(self.world.posts()) <= 1

    @invariant()
    def nobodys_words_are_lost(self) -> None:
        if self.hand:
            assert self.hand in self.world.post().body

    def settles(self) -> None:
        """Left alone, one run does all that can be done, and the next one nothing."""
        choices = Choices(ours=frozenset({KEY}), recreate=frozenset({KEY}))
        (outcome,) = self.world.publish(self.file, choices=choices)
        assert outcome.result in {Result.DONE, Result.UNCHANGED}, outcome
        post = self.world.post()
        assert self.file.text in post.body
        assert post.labels == self.file.labels
        wanted = {Publish.DRAFT: State.DRAFT, Publish.LIVE: State.LIVE}.get(self.file.publish)
        if self.file.at:
            wanted = State.SCHEDULED if self.file.at > self.world.clock() else State.LIVE
            assert post.at == self.file.at
        assert wanted in {None, post.state}
        assert self.world.kinds(self.file) == ["unchanged"]
        assert self.world.journal.unsettled("main") == []


TestPublishing = Publishing.TestCase
TestPublishing.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
