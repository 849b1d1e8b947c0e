"""Files, a blog, other people and bad luck, in any order: one post per key, nobody's words lost unseen, and it settles.

Which rule may do something depends on what happened, and with several writers that is not the same in every run. So rules are always
allowed, and do nothing where there is nothing to do: hypothesis draws the same things whatever the threads did.
"""

from __future__ import annotations

import html
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from blogkit.content.post import Publish
from blogkit.errors import BlogkitError, JournalError, NotFound, NotSignedIn, OutcomeUnknown, SiteBroken, SuddenlyEmpty, TooFast
from blogkit.platforms.base import Remote, State, Target
from blogkit.publish import renamed
from blogkit.publish import undo as undoing
from blogkit.publish.actions import Action, ActionKind, Choices
from blogkit.publish.compare import bore_title
from blogkit.publish.observe import look
from blogkit.publish.outcome import Outcome, Result
from blogkit.publish.plan import is_same_time, orphans, plan
from blogkit.publish.undo import Undoing
from blogkit.regions import find_sentinel
from tests.publish.blogs import Blog, terms
from tests.publish.faults import Fuse, Fused, Killed
from tests.publish.world import KOLKATA, Clock, File, World

ERRORS: list[Callable[[], BaseException]] = [
    Killed,
    KeyboardInterrupt,
    lambda: OutcomeUnknown("lost"),
    lambda: SiteBroken("html"),
    lambda: TooFast("slow"),
    lambda: NotSignedIn("who?"),
]
DEEPER = int(os.environ.get("BLOGKIT_MACHINE", "0"))
WHICH = st.integers(0, 4)
NOTHING = Choices()
HAND = re.compile(r"<p>By hand \d+\.</p>| – by hand \d+")


@dataclass
class Story:
    """A post's file, and what the machine knows about it.

    gone: the file is not in the workspace; other_key: it bears another name, and so another key; pristine: the file of a post that
    was there before, as it was adopted; undone: a run was undone, so that the blog may show an older text until the file's text
    changes, and an older state until its wish does; foreign: its post may be live from before the journal began.
    """

    file: File
    gone: bool = False
    other_key: bool = False
    pristine: bool = False
    undone: bool = False
    foreign: bool = False

    @property
    def key(self) -> str:
        return self.file.key + "-2" if self.other_key else self.file.key

    @property
    def left(self) -> bool:
        """Nothing in the workspace has the key of its post."""
        return self.gone or self.other_key

    @property
    def named(self) -> File:
        return self.file.but(key=self.key)

    def change(self, **changes: Any) -> None:
        self.file = self.file.but(**changes)
        self.pristine = False


@dataclass
class Hands:
    """What people wrote on the blog that no run was told to overwrite: by post, by field. away: posts that people threw away."""

    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)

    def hold(self, posts: Iterable[Remote]) -> None:
        """Raises `AssertionError` where some are missing."""
        there = {post.ref.id: post for post in posts}
        for name, marks in self.marks.items():
            if name not in self.away:
                assert name in there, f"post {name} is not there any more, with {marks}"
                for where, mark in marks.items():
                    assert is_in(there[name], where, mark), (where, mark, there[name])


def is_in(post: Remote, where: str, mark: str) -> bool:
    return mark in (terms(post) if where == "labels" else getattr(post, where))


def content(post: Remote) -> tuple[str, str, frozenset[str]]:
    return post.title, post.body, frozenset(terms(post))


class Publishing(RuleBasedStateMachine):
    """keys: files; slugs: of the first of them."""

    keys = 3
    slugs = ("talks-open",)

    def make_blog(self, clock: Clock) -> Blog:
        raise NotImplementedError

    def make_clock(self) -> Clock:
        return Clock()

    def name(self, number: int) -> str:
        """A key of a file."""
        return f"talks-{number}"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        self.clock = self.make_clock()
        self.blog = self.make_blog(self.clock)
        self.world = World(self.folder, self.clock, self.blog)
        self.numbers = itertools.count()
        self.hands = Hands()
        self.stories = [Story(self.first_file(number)) for number in range(self.keys)]

    def first_file(self, number: int) -> File:
        more = {"slug": self.slugs[number]} if number < len(self.slugs) else {}
        return File(self.name(number), title=f"Talks – “{number}” & more", text=f"Talks {number} opened.", more=more)

    def teardown(self) -> None:
        try:
            self.settles()
        finally:
            self.world.journal.close()
            self.blog.close()
            self.patch.undo()
            shutil.rmtree(self.folder)

    # what is where

    def there(self) -> dict[str, Remote]:
        """The posts of our files by the files' keys. Never two for one, and none of a key that no post was ever given."""
        refs = {story.file.more["remote_id"]: story.file.key for story in self.stories if "remote_id" in story.file.more}
        keys = {self.name(number) for number in range(self.keys)}
        found: dict[str, Remote] = {}
        for post in self.blog.posts():
            key = refs.get(post.ref.id) or find_sentinel(post.body) or ""
            assert key.removesuffix("-2") == key or key.removesuffix("-2") not in keys, f"a renamed file made another post: {post}"
            if key in {*keys, *refs.values()}:
                assert key not in found, f"two posts of one key: {found[key]} and {post}"
                found[key] = post
        return found

    def post_of(self, story: Story) -> Remote | None:
        return self.there().get(story.file.key)

    def story(self, which: int) -> Story:
        return self.stories[which % len(self.stories)]

    def untouchable(self, *, but: Story | None = None, left: bool = True) -> dict[str, Any]:
        """The content of posts that no run may change: those whose file is as it was adopted and, with left, those without a file."""
        safe = {story.file.key for story in self.stories if story is not but and (story.pristine or (left and story.left))}
        return {key: content(post) for key, post in self.there().items() if key in safe} if safe else {}

    # the user

    @rule(which=WHICH, publish=st.sampled_from([Publish.KEEP, Publish.DRAFT, Publish.LIVE]))
    def wish(self, which: int, publish: Publish) -> None:
        story = self.story(which)
        story.file = story.file.but(publish=publish, at=None)

    @rule(which=WHICH, hours=st.sampled_from([-2, 1, 24]))
    def wish_for_a_time(self, which: int, hours: int) -> None:
        at = self.world.clock().replace(second=0, microsecond=0) + timedelta(hours=hours)
        story = self.story(which)
        story.file = story.file.but(publish=Publish.SCHEDULED, at=at)

    @rule(which=WHICH)
    def write(self, which: int) -> None:
        self.rewrite(self.story(which))

    def rewrite(self, story: Story) -> None:
        text = f"Text {next(self.numbers)}: “4 &lt; 5” – हिन्दी."
        story.change(text=f"<p>{text}</p>" if "remote_id" in story.file.more else text)

    @rule(which=WHICH, labels=st.sampled_from([(), ("GS-II",), ("GS-II", "Economy")]))
    def label(self, which: int, labels: tuple[str, ...]) -> None:
        self.story(which).change(labels=labels, more=self.story(which).file.more | {"tags": ()})

    @rule(which=WHICH)
    def remove_the_file_or_put_it_back(self, which: int) -> None:
        self.story(which).gone = not self.story(which).gone

    @rule(which=WHICH)
    def rename_the_file_or_name_it_back(self, which: int) -> None:
        """A post of the same title is what tells; one that is not remembered under its title is not looked for."""
        story = self.story(which)
        memory = self.world.journal.memories("main").get(story.file.key)
        if story.other_key or (memory and bore_title(memory.observed, story.file.title) and "remote_id" not in story.file.more):
            story.other_key = not story.other_key

    @rule(live=st.booleans())
    def adopt_what_was_there_before(self, live: bool) -> None:
        """As `blogkit adopt` would write its file."""
        if len(self.stories) > self.keys:
            return
        ref = self.blog.add("Old “news”", "<p>Written long ago – by hand.</p>", "Old")
        (post,) = (post for post in self.blog.posts() if post.ref == ref)
        more = {"remote_id": ref.id, "categories": post.categories, "tags": post.tags}
        file = File(
            f"{self.name(0)}-old",
            post.body,
            post.title,
            post.labels,
            Publish.LIVE if live else Publish.KEEP,
            more=more,
        )
        self.stories.append(Story(file, pristine=True, foreign=True))

    @rule(which=st.integers(0, 9))
    def publish(self, which: int) -> None:
        """One file, or all of them."""
        self.run(only=self.stories[which] if which < len(self.stories) else None)

    @rule(at=st.integers(0, 60), error=st.sampled_from(ERRORS), which=st.integers(0, 9))
    def publish_with_bad_luck(self, at: int, error: Callable[[], BaseException], which: int) -> None:
        with self.bad_luck(Fuse(at, error)):
            self.run(only=self.stories[which] if which < len(self.stories) else None, anew=False)

    @rule(at=st.integers(0, 20))
    def publish_with_a_full_disk(self, at: int) -> None:
        self.world.reopen()
        self.world.journal = Fused(self.world.journal, Fuse(at, lambda: JournalError("full")))  # type: ignore[assignment]
        with suppress(JournalError):
            self.run(anew=False)
        self.world.reopen()

    @rule(which=WHICH, ours=st.booleans())
    def decide(self, which: int, ours: bool) -> None:
        """Whose words stand."""
        story = self.story(which)
        post = self.post_of(story)
        if story.left or post is None or post.ref.id not in self.hands.marks:
            return
        marks = self.hands.marks.pop(post.ref.id)
        chosen = frozenset({story.key})
        self.run(choices=Choices(ours=chosen) if ours else Choices(theirs=chosen), decided=story)
        story.pristine = False
        post = self.post_of(story)
        assert post is not None
        for where, mark in marks.items():
            assert is_in(post, where, mark) is not ours
        if not ours:  # their labels and their state are kept as well, until the file changes
            story.file = story.file.but(publish=Publish.KEEP, at=None)
            self.rewrite(story)

    @rule(which=WHICH)
    def recreate(self, which: int) -> None:
        story = self.story(which)
        if not story.left:
            self.run(only=story, choices=Choices(recreate=frozenset({story.key})))

    @rule(which=WHICH, field=st.sampled_from(["body", "title", "labels"]))
    def publish_as_somebody_edits(self, which: int, field: str) -> None:
        """After our look, before our writing."""
        self.run(meanwhile=lambda: self.edited_there(which, field))

    @rule()
    def lose_the_journal(self) -> None:
        """On another machine nobody knows of a rename, so there is none under way."""
        if any(story.other_key for story in self.stories):
            return
        self.world.journal.close()
        for path in self.folder.glob("journal.sqlite*"):
            path.unlink()
        self.world.journal = self.world._open()
        for story in self.stories:
            story.foreign = True

    # undoing

    @rule(then_publish=st.booleans())
    def undo(self, then_publish: bool) -> None:
        self.world.reopen()
        outcomes = self.undo_a_run(self.last_run())
        restored = {outcome.action.key: outcome.action for outcome in outcomes if outcome.ok and outcome.action.kind is ActionKind.RESTORE}
        if not then_publish:
            return
        stays = {story.file.key for story in self.stories if not story.left and self.is_what_was_sent(story, restored)}
        before = self.there()
        self.run()
        after = self.there()
        for key in stays:
            assert content(after[key]) == content(before[key]), "what was undone came back though its file did not change"

    def is_what_was_sent(self, story: Story, restored: dict[str, Action]) -> bool:
        (wanted,) = self.world.desired(story.named)
        return story.file.key in restored and restored[story.file.key].desired.digest == wanted.digest

    @rule(at=st.integers(0, 30), error=st.sampled_from(ERRORS), again=st.booleans())
    def undo_with_bad_luck(self, at: int, error: Callable[[], BaseException], again: bool) -> None:
        run = self.last_run()
        with self.bad_luck(Fuse(at, error)):
            self.undo_a_run(run)
        if again:
            self.undo_a_run(run)

    @rule(which=WHICH, field=st.sampled_from(["body", "title", "labels"]))
    def undo_as_somebody_edits(self, which: int, field: str) -> None:
        self.world.reopen()
        self.undo_a_run(self.last_run(), meanwhile=lambda: self.edited_there(which, field))

    def last_run(self) -> int:
        found = self.world.journal.last_writing_run()
        return found.id if found else 0

    def undo_a_run(self, run: int, meanwhile: Callable[[], None] = lambda: None) -> list[Outcome]:
        """As `blogkit undo` would."""
        entries = [entry for entry in self.world.journal.actions(run) if undoing.undoable(entry)]
        for story in self.stories:
            story.undone |= story.file.key in {entry.key for entry in entries}
        actions = [undoing.decide(Undoing(entry, self.seen(entry), self.clock(), KOLKATA)) for entry in entries[::-1]]
        self.think()
        meanwhile()
        return self.apply(actions, left=False)

    def seen(self, entry: Any) -> Remote | None:
        ref, site = undoing.ref_of(entry), self.world.platform
        try:
            found = site.get(ref) if ref.id else site.find(entry.key, ref.kind)
        except NotFound:
            return None
        return None if found is None or found.state is State.TRASHED else found

    # others

    @rule(which=WHICH, field=st.sampled_from(["body", "body", "title", "labels"]))
    def edited_there(self, which: int, field: str) -> None:
        post = self.post_of(self.story(which))
        if post is None:
            return
        number = next(self.numbers)
        marks = {"body": f"<p>By hand {number}.</p>", "title": f" – by hand {number}", "labels": f"By hand {number}"}
        if field == "labels":
            name = "tags" if post.tags else "labels"
            self.blog.write(post, **{name: (*getattr(post, name), marks[field])})
        else:
            self.blog.write(post, **{field: HAND.sub("", getattr(post, field)) + marks[field]})
        self.hands.marks.setdefault(post.ref.id, {})[field] = marks[field]

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

    @rule(which=WHICH)
    def trashed_there(self, which: int) -> None:
        post = self.post_of(self.story(which))
        if post:
            self.blog.trash(post)
            self.hands.away.add(post.ref.id)

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

    # running

    def think(self) -> None:
        """What the user does between the plan and its execution."""

    def plan(self, only: Story | None, choices: Choices) -> list[Action]:
        """As `blogkit publish` would."""
        world = self.world
        wanted = world.desired(*(story.named for story in ([only] if only else self.stories) if not story.gone))
        memories = world.journal.memories("main")
        may_be_empty = bool(choices.recreate)
        seen = look(wanted, world.platform, world.journal, memories=memories, may_be_empty=may_be_empty, clock=world.clock)
        actions = plan(wanted, seen, world.clock(), choices)
        keys = {story.key for story in self.stories if not story.gone}
        actions = renamed.refuse(actions, renamed.suspects(actions, memories), keys)
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
        """One process's work; nothing when the blog is suddenly empty. anew: in a process of its own; decided: its post may be written."""
        if anew:
            self.world.reopen()
        try:
            actions = self.plan(only, choices)
        except SuddenlyEmpty:
            looked_at = {story.key for story in ([only] if only else self.stories) if not story.gone}
            assert not self.there().keys() & self.world.journal.memories("main").keys() & looked_at
            return []
        self.think()
        meanwhile()
        return self.apply(actions, but=decided)

    def apply(self, actions: Sequence[Action], **which: Any) -> list[Outcome]:
        """What nobody may touch is as before, however it ends."""
        before = self.untouchable(**which)
        try:
            return self.world.apply(actions) if actions else []
        finally:
            assert self.untouchable(**which) == before

    @contextmanager
    def bad_luck(self, fuse: Fuse) -> Iterator[None]:
        """The next process's; it leaves to another what it could not end."""
        self.world.reopen()
        self.world.platform = self.blog.behind(self.world.platform, fuse)
        self.world.journal = Fused(self.world.journal, fuse)  # type: ignore[assignment]
        with suppress(Killed, KeyboardInterrupt, BlogkitError):
            yield
        self.world.reopen()

    # what always holds

    @invariant()
    def nobodys_words_are_lost_and_nothing_is_there_twice(self) -> None:
        self.hands.hold(self.there().values())

    def settles(self) -> None:
        """Left alone, it comes to rest. Then one run does all that can be done, and the next one nothing."""
        self.rests()
        posts = self.there()
        self.hands = Hands()
        for story in self.stories:
            story.other_key = story.pristine = False
            story.gone = "remote_id" in story.file.more and story.file.key not in posts  # only people can make that one anew
            self.wish_again(story, posts.get(story.file.key))
        wanted = [story for story in self.stories if not story.gone]
        keys = frozenset(story.key for story in wanted)
        outcomes = self.run(choices=Choices(ours=keys, recreate=keys))
        posts = self.there()
        for story, outcome in zip(wanted, outcomes, strict=False):
            assert outcome.result in {Result.DONE, Result.UNCHANGED}, outcome
            self.is_as_wished(story, posts[story.file.key])
        self.world.reopen()
        assert {str(action.kind) for action in self.plan(None, NOTHING)} <= {"unchanged", "orphan"}
        assert [intent for intent in self.world.journal.unsettled("main") if intent.key in keys] == []

    def rests(self) -> None:
        """Nothing is sent that was sent before; but what the site refused is tried again."""
        failed = {outcome.action.key for outcome in self.run() if not outcome.ok}
        again = [outcome for outcome in self.run() if outcome.action.writes and outcome.action.key not in failed]
        assert again == []

    def wish_again(self, story: Story, post: Remote | None) -> None:
        """What stays undone until the file changes needs a change, and what the site cannot do another wish."""
        if story.undone:
            memory = self.world.journal.memories("main").get(story.file.key)
            publish = Publish.DRAFT if memory and memory.wish == "live" else Publish.LIVE
            story.file = story.file.but(publish=publish, at=None)
            self.rewrite(story)
        at, live = story.file.at, post is not None and post.state is State.LIVE
        if post and live and at and at <= self.world.clock() and not self.blog.redates and not is_same_time(at, post.at):
            story.file = story.file.but(publish=Publish.LIVE, at=None)

    def is_as_wished(self, story: Story, post: Remote) -> None:
        file = story.file
        assert html.unescape(file.text) in html.unescape(post.body)
        assert html.unescape(post.title) == file.title
        assert terms(post) == {*file.labels, *file.more.get("tags", ())}
        wanted = {Publish.DRAFT: State.DRAFT, Publish.LIVE: State.LIVE}.get(file.publish)
        if file.at:
            wanted = State.SCHEDULED if file.at > self.world.clock() else State.LIVE
            # What was live before blogkit knew it keeps its date.
            assert post.at == file.at or (wanted is State.LIVE and story.foreign)
        assert wanted in {None, post.state}


def story_settings(examples: int, *, steps: int = 25, shrink: bool = True) -> settings:
    """So many stories of so many steps; more, and others each time, where the environment asks for it.

    shrink: look for the shortest story that fails, which takes minutes where each step is a request.
    """
    return settings(
        max_examples=examples * (DEEPER or 1),
        stateful_step_count=steps,
        derandomize=not DEEPER,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def as_test(machine: type[Publishing], examples: int, **how: Any) -> type:
    """The machine as a test of pytest's; `how` as for `story_settings`."""
    test = machine.TestCase
    test.settings = story_settings(examples, **how)
    return test
