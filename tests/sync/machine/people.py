"""What others do on the blog, and the clock everywhere."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from blogkit.platforms.base import State, Target
from blogkit.regions import find_sentinel
from tests.sync.machine.stage import FIELD, WHICH, Stage

HAND = re.compile(r"<p>By hand \d+\.</p>| – by hand \d+")


class WithPeople(Stage):
    """They know nothing of journals and files."""

    @rule(which=WHICH, field=FIELD)
    def edited_there(self, which: int, field: str) -> None:
        post = self.post_of(self.story(which))
        if post is None:
            return
        number = next(self.numbers)
        marks = {
            "body": f"<p>By hand {number}.</p>",
            "title": f" – by hand {number}",
            "labels": f"By hand {number}",
        }
        if field == "labels":
            name = "tags" if post.tags else "labels"
            self.blog.write(post, **{name: (*getattr(post, name), marks[field])})
        else:
            self.blog.write(post, **{field: HAND.sub("", getattr(post, field)) + marks[field]})
        self.hands.marks.setdefault(post.ref.id, {})[field] = marks[field]
        self.edited.add(self.story(which).file.key)
        self.story(which).touched = True

    @rule(which=WHICH)
    def touched_there(self, which: int) -> None:
        post = self.post_of(self.story(which))
        if post:
            self.blog.write(post)

    @rule(which=WHICH, state=st.sampled_from([State.DRAFT, State.LIVE, State.SCHEDULED]))
    def moved_there(self, which: int, state: State) -> None:
        post = self.post_of(self.story(which))
        if post:
            at = self.world.clock().replace(microsecond=0) + timedelta(hours=3)
            self.blog.move(post, Target(state, at if state is State.SCHEDULED else None))
            self.story(which).touched = True

    @rule(which=WHICH)
    def trashed_there(self, which: int) -> None:
        post = self.post_of(self.story(which))
        if post:
            self.blog.trash(post)
            self.hands.away.add(post.ref.id)
            self.story(which).touched = True

    @rule(which=WHICH)
    def restored_there(self, which: int) -> None:
        """Only where its place is free: two posts of one key are people's own doing."""
        story = self.story(which)
        ref = story.file.more.get("remote_id")
        if self.post_of(story) is not None:
            return
        for post in self.blog.trashed():
            if post.ref.id == ref if ref else find_sentinel(post.body) == story.file.key:
                self.blog.restore(post)
                self.hands.away.discard(post.ref.id)
                return

    @rule(minutes=st.sampled_from([1, 61, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
