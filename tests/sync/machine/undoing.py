"""`blogkit undo`, on good days and on bad ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from blogkit.errors import NotFound
from blogkit.platforms.base import Remote, State
from blogkit.regions import find_sentinel
from blogkit.sync import undo as undoing
from blogkit.sync.actions import Action, ActionKind
from blogkit.sync.merging.base import asked_before
from blogkit.sync.outcome import Outcome
from blogkit.sync.undo import UndoRequest
from tests.sync.faults import HonestFuse
from tests.sync.machine.people import WithPeople
from tests.sync.machine.stage import ERRORS, FIELD, WHICH
from tests.sync.machine.story import Story, content
from tests.sync.world import KOLKATA


class WithUndo(WithPeople):
    """The last run that wrote is taken back; being a run itself, that can be taken back too."""

    @rule(then_publish=st.booleans())
    def undo(self, then_publish: bool) -> None:
        self.world.reopen()
        outcomes = self.undo_a_run(self.last_run())
        restored = {
            outcome.action.key: outcome.action
            for outcome in outcomes
            if outcome.ok and outcome.action.kind is ActionKind.RESTORE
        }
        if not then_publish:
            return
        stays = {
            story.file.key
            for story in self.stories
            if not story.left and self.is_what_was_sent(story, restored)
        }
        before = self.there()
        self.run()
        after = self.there()
        for key in stays:
            assert content(after[key]) == content(before[key]), (
                "what was undone came back though its file did not change"
            )

    def is_what_was_sent(self, story: Story, restored: dict[str, Action]) -> bool:
        (wanted,) = self.world.desired(story.named)
        return (
            story.file.key in restored and restored[story.file.key].desired.digest == wanted.digest
        )

    @rule(
        at=st.integers(0, 16),
        error=st.sampled_from(ERRORS),
        then=st.sampled_from(["", "undo", "publish"]),
    )
    def undo_with_bad_luck(self, at: int, error: Callable[[], BaseException], then: str) -> None:
        run, before = self.last_run(), self.there()
        sent = {entry.key: entry.last_pushed for entry in self.world.journal.actions(run)}
        with self.bad_luck(HonestFuse(at, error)):
            self.undo_a_run(run)
        if then == "undo":
            self.undo_a_run(run)
        elif then == "publish":
            taken_back = {
                key: post
                for key, post in self.there().items()
                if key in before and content(post) != content(before[key])
            }
            self.run()
            posts = self.there()
            for story in self.stories:
                key, (wanted,) = story.file.key, self.world.desired(story.named)
                if key in taken_back and wanted.digest == sent[key]:
                    assert content(posts[key]) == content(taken_back[key]), (
                        "half undone, it came back though its file did not change"
                    )

    @rule(which=WHICH, field=FIELD)
    def undo_as_somebody_edits(self, which: int, field: str) -> None:
        self.world.reopen()
        self.undo_a_run(self.last_run(), meanwhile=lambda: self.edited_there(which, field))

    @rule(at=st.integers(0, 20), which=WHICH, field=FIELD)
    def undo_while_somebody_edits(self, at: int, which: int, field: str) -> None:
        with self.happening(at, which, field):
            self.undo_a_run(self.last_run())
        # Between its look and its throwing away a post, undo cannot help it; in the trash nothing
        # is lost.
        thrown = {
            post.ref.id for post in self.blog.trashed() if find_sentinel(post.body) in self.edited
        }
        self.hands.away |= thrown & self.hands.marks.keys()

    def last_run(self) -> int:
        found = self.world.journal.last_writing_run()
        return found.id if found else 0

    def undo_a_run(self, run: int, meanwhile: Callable[[], None] = lambda: None) -> list[Outcome]:
        """As `blogkit undo` would."""
        entries = [entry for entry in self.world.journal.actions(run) if undoing.is_undoable(entry)]
        for story in self.stories:
            story.undone |= story.file.key in {entry.key for entry in entries}
            story.touched |= story.undone
        actions = [
            undoing.plan_restore(
                UndoRequest(
                    entry,
                    self.seen(entry),
                    self.clock(),
                    KOLKATA,
                    asked=asked_before(entry, self.world.journal),
                )
            )
            for entry in entries[::-1]
        ]
        self.think()
        meanwhile()
        return self.apply(actions, left=False)

    def seen(self, entry: Any) -> Remote | None:
        ref, site = undoing.ref_of_entry(entry), self.world.platform
        try:
            found = site.get(ref) if ref.id else site.find(entry.key, ref.kind)
        except NotFound:
            return None
        return None if found is None or found.state is State.TRASHED else found
