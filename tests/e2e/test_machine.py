"""The state machine of tests/sync/machine on a real WordPress: few stories, the same in every
run.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test

from blogkit.http import HttpClient
from blogkit.platforms.base import Platform, Remote, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.sync.blogs import PRESENT, Blog
from tests.sync.faults import Exchanges, Fuse
from tests.sync.machine import Publishing, story_settings
from tests.sync.world import Clock

EXAMPLES = 6
STEPS = 20


class OnWordPress(Blog):
    """We are an author; somebody else works in it as its administrator. Posts that were there
    before this story are not looked at.
    """

    def __init__(self, real: Site) -> None:
        self._real = real
        self._before = {post.ref for post in self._all(*PRESENT, State.TRASHED)}

    def connect(self) -> WordPress:
        return self._as("author")

    def behind(self, platform: Any, fuse: Fuse) -> Platform:
        platform._client._http = Exchanges(platform._client._http, fuse)
        return platform  # type: ignore[no-any-return]

    def posts(self) -> list[Remote]:
        return self._all(*PRESENT)

    def trashed(self) -> list[Remote]:
        return self._all(State.TRASHED)

    def write(self, post: Remote, **fields: Any) -> None:
        if "labels" in fields:
            fields["tags"] = fields.pop("labels")
        self._as("admin").restore(post.ref, replace(post, **fields), post, fresh=True)

    def move(self, post: Remote, target: Target) -> None:
        self._as("admin").set_state(post.ref, target)

    def trash(self, post: Remote) -> None:
        self._as("admin").trash(post.ref)

    def restore(self, post: Remote) -> None:
        self._real.rest(
            "admin", "POST", f"wp/v2/posts/{post.ref.id}", json={"status": "draft"}
        ).raise_for_status()

    def close(self) -> None:
        for post in self.posts():
            self._real.rest(
                "admin", "DELETE", f"wp/v2/posts/{post.ref.id}", params={"force": "true"}
            ).raise_for_status()

    def _as(self, login: str) -> WordPress:
        user = self._real.users[login]
        auth = ApplicationPassword(self._real.url, user.login, user.application_password)
        return WordPress("main", self._real.url, http=HttpClient("main", auth=auth))

    def _all(self, *states: State) -> list[Remote]:
        before = getattr(self, "_before", set())
        return [post for post in self._as("admin").list("post", states) if post.ref not in before]


class RealTime(Clock):
    """WordPress goes by its own."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)

    def advance(self, **much: float) -> None:
        """Not to be had."""


@pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
def test_stories_on_wordpress(wordpress: Site) -> None:
    numbers = itertools.count()

    class AtWordPress(Publishing):
        """Enough files for a listing."""

        keys = 4

        def __init__(self) -> None:
            self.number = next(numbers)
            super().__init__()

        def name(self, number: int) -> str:
            return f"story-{self.number}-{number}"

        def make_clock(self) -> Clock:
            return RealTime()

        def make_blog(self, clock: Clock) -> Blog:
            return OnWordPress(wordpress)

    run_state_machine_as_test(
        AtWordPress, settings=story_settings(EXAMPLES, steps=STEPS, shrink=False)
    )
