"""Files, a blog, other people and bad luck, in any order: one post per key, nobody's words lost
unseen, and it settles.

Which rule may do something depends on what happened, and with several writers that is not the same
in every run. So rules are always allowed, and do nothing where there is nothing to do: hypothesis
draws the same things whatever the threads did.
"""

from __future__ import annotations

import html
import os
import shutil
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant

pytest.register_assert_rewrite(
    *(f"tests.sync.machine.{name}" for name in ("story", "stage", "people", "undoing", "user"))
)

from blogkit.platforms.base import Remote, State  # noqa: E402
from blogkit.posts.post import Publish  # noqa: E402
from blogkit.sync.actions import ActionKind, Choices  # noqa: E402
from blogkit.sync.desired import is_same_time  # noqa: E402
from blogkit.sync.outcome import Result  # noqa: E402
from tests.sampling import profile  # noqa: E402
from tests.sync.blogs import terms  # noqa: E402
from tests.sync.machine.stage import NOTHING  # noqa: E402
from tests.sync.machine.story import Hands, Story  # noqa: E402
from tests.sync.machine.user import WithUser  # noqa: E402

DEEPER = int(os.environ.get("BLOGKIT_MACHINE", "0"))


class Publishing(WithUser):
    """All of it, and what always holds."""

    @invariant()
    def nobodys_words_are_lost_and_nothing_is_there_twice(self) -> None:
        self.hands.hold(self.there().values())

    def settles(self) -> None:
        """Left alone, it comes to rest. Then one run does all that can be done, and the next one
        nothing.
        """
        self.rests()
        posts = self.there()
        self.hands = Hands()
        for story in self.stories:
            story.other_key = story.pristine = False
            story.gone = (
                "remote_id" in story.file.more and story.file.key not in posts
            )  # only people can make that one anew
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
        assert [
            intent for intent in self.world.journal.unsettled("main") if intent.key in keys
        ] == []

    def rests(self) -> None:
        """Nothing is sent that was sent before, but for what the site refused; nothing that only
        we wrote is in conflict.
        """
        outcomes = self.run()
        untouched = {story.key for story in self.stories if not story.touched}
        contested = {ActionKind.CONFLICT, ActionKind.REMOTE_EDITED}
        assert [
            outcome
            for outcome in outcomes
            if outcome.action.kind in contested and outcome.action.key in untouched
        ] == []
        failed = {outcome.action.key for outcome in outcomes if not outcome.ok}
        again = [
            outcome
            for outcome in self.run()
            if outcome.action.writes and outcome.action.key not in failed
        ]
        assert again == []

    def wish_again(self, story: Story, post: Remote | None) -> None:
        """What stays undone until the file changes needs a change, and what the site cannot do
        another wish.
        """
        if story.undone:
            memory = self.world.journal.memories("main").get(story.file.key)
            publish = Publish.DRAFT if memory and memory.desired_state == "live" else Publish.LIVE
            story.file = story.file.but(publish=publish, at=None)
            self.rewrite(story)
        at, live = story.file.at, post is not None and post.state is State.LIVE
        if (
            post
            and live
            and at
            and at <= self.world.clock()
            and not self.blog.redates
            and not is_same_time(at, post.at)
        ):
            story.file = story.file.but(publish=Publish.LIVE, at=None)

    def is_as_wished(self, story: Story, post: Remote) -> None:
        file = story.file
        assert html.unescape(file.text) in html.unescape(post.body)
        assert html.unescape(post.title) == file.title
        assert terms(post) == {*file.labels, *file.more.get("tags", ())}
        for name, value in file.more.get("settings", {}).items():
            assert post.settings.get(name, value) == value
        wanted = {Publish.DRAFT: State.DRAFT, Publish.LIVE: State.LIVE}.get(file.publish)
        if file.at:
            wanted = State.SCHEDULED if file.at > self.world.clock() else State.LIVE
            # What was live before blogkit knew it keeps its date.
            assert post.at == file.at or (wanted is State.LIVE and story.foreign)
        assert wanted in {None, post.state}

    def teardown(self) -> None:
        try:
            self.settles()
        finally:
            self.world.journal.close()
            self.blog.close()
            self.patch.undo()
            shutil.rmtree(self.folder)


def story_settings(examples: int, *, steps: int = 25, shrink: bool = True) -> settings:
    """So many stories of so many steps; outside of CI a third of them, more where the environment
    asks for it, and others each time in `make fuzz`.

    shrink: look for the shortest story that fails, which takes minutes where each step is a
    request.
    """
    part = 1 if DEEPER or profile(os.environ) in {"ci", "fuzz"} else 3
    return settings(
        max_examples=examples * (DEEPER or 1) // part or 1,
        stateful_step_count=steps,
        derandomize=profile(os.environ) != "fuzz",
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
