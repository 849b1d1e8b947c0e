"""The state machine of tests/sync/machine on every platform that needs no network beyond loopback.

An example is a story of some twenty steps. The stories are the same in every run: `make test` tells
a third of them, and with CI=true all. `BLOGKIT_MACHINE=30` in the environment tells thirty times as
many, and the profile `fuzz` new ones each time:

    HYPOTHESIS_PROFILE=fuzz BLOGKIT_MACHINE=30 .venv/bin/python -m pytest -n auto tests/sync/test_machine.py
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from blogkit.errors import BlogkitError
from blogkit.sandbox.quirks import Quirks
from tests.sync.blogs import Blog, OnBlogger, OnFolder, Reference
from tests.sync.machine import Publishing, as_test
from tests.sync.positions import ADVERSE, MILD
from tests.sync.world import Clock

pytestmark = pytest.mark.slow

BAD_DAYS = [
    "500-after-commit",
    "503",
    "reset",
    "reset-after-commit",
    "truncated-json",
    "html-maintenance",
    "429",
    "quota",
    "expired-token",
]


class InMemory(Publishing):
    """Few files, so that much happens to each."""

    keys = 2

    def make_blog(self, clock: Clock) -> Blog:
        return Reference(clock)


class InMemoryTogether(Publishing):
    """Several writers, and listings instead of single looks."""

    keys = 5

    def make_blog(self, clock: Clock) -> Blog:
        return Reference(clock, max_concurrency=4, page_size=4)


class InMemoryAhead(InMemoryTogether):
    """The site answers for several posts in one request, so that the last look at some is a
    moment old when they are written.
    """

    looks_again = False

    def make_blog(self, clock: Clock) -> Blog:
        return Reference(clock, max_concurrency=4, page_size=4, batch_size=3)


class InAFolder(Publishing):
    def make_blog(self, clock: Clock) -> Blog:
        return OnFolder(self.folder / "public", clock)


class AtBlogger(Publishing):
    """In pages of four, so that five posts are listed."""

    keys = 5
    switches: ClassVar[Quirks] = ADVERSE
    options: ClassVar[dict[str, Any]] = {}

    def make_blog(self, clock: Clock) -> Blog:
        return OnBlogger(clock, self.switches, **self.options)

    @rule(fault=st.sampled_from(BAD_DAYS), after=st.integers(0, 15), times=st.integers(1, 4))
    def publish_on_a_bad_day(self, fault: str, after: int, times: int) -> None:
        assert isinstance(self.blog, OnBlogger)
        self.blog.sandbox.fail(fault, after=after, times=times)
        with suppress(BlogkitError):
            self.run()
        self.blog.sandbox.faults.clear()


class AtBloggerBySlug(AtBlogger):
    """The longest way: addresses by a stand-in for the title."""

    slugs = ("talks-open", "talks-go-on", "talks-end")
    options: ClassVar[dict[str, Any]] = {"slug_by_title": True}


class AtBloggerTogether(AtBloggerBySlug):
    options: ClassVar[dict[str, Any]] = {"slug_by_title": True, "writers": 3}


class AtMildBlogger(AtBlogger):
    """Every uncertain behaviour in its other position."""

    switches: ClassVar[Quirks] = replace(ADVERSE, **MILD)


class AtMildBloggerBySlug(AtBloggerBySlug):
    switches: ClassVar[Quirks] = replace(ADVERSE, **MILD)
    options: ClassVar[dict[str, Any]] = {"slug_by_title": True, "writers": 3}


TestInMemory = as_test(InMemory, 80, steps=30)
TestInMemoryTogether = as_test(InMemoryTogether, 24)
TestInMemoryAhead = as_test(InMemoryAhead, 24)
TestInAFolder = as_test(InAFolder, 12)
TestAtBlogger = as_test(AtBlogger, 2, shrink=False)
TestAtBloggerBySlug = as_test(AtBloggerBySlug, 2, shrink=False)
TestAtBloggerTogether = as_test(AtBloggerTogether, 2, shrink=False)
TestAtMildBlogger = as_test(AtMildBlogger, 2, shrink=False)
TestAtMildBloggerBySlug = as_test(AtMildBloggerBySlug, 2, shrink=False)
