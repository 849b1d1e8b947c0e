"""What the user does: writes, wishes, names and removes files, adopts, publishes, decides, and
loses the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from blogkit.errors import JournalError
from blogkit.posts.post import Publish
from blogkit.sync.actions import Choices
from blogkit.sync.compare import title_digest, title_digests
from blogkit.sync.renames import former_titles
from tests.sync.faults import Fuse, Fused, HonestFuse
from tests.sync.machine.stage import ERRORS, FIELD, WHICH
from tests.sync.machine.story import Story, is_in
from tests.sync.machine.undoing import WithUndo
from tests.sync.world import File


class WithUser(WithUndo):
    """As the commands would do it."""

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

    @rule(which=WHICH, comments=st.sampled_from(["", "open", "closed"]))
    def allow_comments(self, which: int, comments: str) -> None:
        """Without a word, they stay as the site has them."""
        given = {"settings": {"comments": comments} if comments else {}}
        self.story(which).change(more=self.story(which).file.more | given)

    @rule(which=WHICH)
    def remove_the_file_or_put_it_back(self, which: int) -> None:
        self.story(which).gone = not self.story(which).gone

    @rule(which=WHICH)
    def rename_the_file_or_name_it_back(self, which: int) -> None:
        """A post of the same title is what tells; one that is not remembered under its title is
        not looked for.
        """
        story = self.story(which)
        if story.other_key or ("remote_id" not in story.file.more and self.is_remembered(story)):
            story.other_key = not story.other_key

    def is_remembered(self, story: Story) -> bool:
        """Whether the journal knows a post that has, or had, the file's title."""
        memory = self.world.journal.memories("main").get(story.file.key)
        return memory is not None and (
            story.file.title in former_titles([memory], self.world.journal)[memory.key]
            or title_digest(memory.last_seen) in title_digests(story.file.title)
        )

    @initialize(adopt=st.booleans(), live=st.booleans())
    def adopt_what_was_there_before(self, adopt: bool, live: bool) -> None:
        """As `blogkit adopt` would write its file."""
        if not adopt:
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
        self.stories.append(Story(file, pristine=True, foreign=True, touched=True))

    @rule(which=st.integers(0, 9))
    def publish(self, which: int) -> None:
        """One file, or all of them."""
        self.run(only=self.stories[which] if which < len(self.stories) else None)

    @rule(at=st.integers(0, 60), error=st.sampled_from(ERRORS), which=st.integers(0, 9))
    def publish_with_bad_luck(
        self, at: int, error: Callable[[], BaseException], which: int
    ) -> None:
        with self.bad_luck(HonestFuse(at, error)):
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

    @rule(which=WHICH, field=FIELD)
    def publish_as_somebody_edits(self, which: int, field: str) -> None:
        """After our look, before our writing."""
        self.run(meanwhile=lambda: self.edited_there(which, field))

    @rule(at=st.integers(0, 40), which=WHICH, field=FIELD, then_undo=st.booleans())
    def publish_while_somebody_edits(
        self, at: int, which: int, field: str, then_undo: bool
    ) -> None:
        """Between any two of our requests."""
        with self.happening(at, which, field):
            self.run(anew=False)
        if then_undo:
            self.undo_a_run(self.last_run())

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
            story.foreign = story.touched = True
