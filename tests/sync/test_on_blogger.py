"""The same crashes through the Blogger adapter and the sandbox: between any two HTTP exchanges,
addresses by slug included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import BlogkitError, OutcomeUnknown, RateLimited, Rejected
from blogkit.journal.store import Journal
from blogkit.platforms.base import State
from blogkit.posts.post import Publish
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from blogkit.sync.apply import apply
from blogkit.sync.desired import build_desired
from blogkit.sync.fetch import fetch_states
from blogkit.sync.outcome import Outcome
from blogkit.sync.plan import plan
from tests.cases import for_each
from tests.platforms.blogger.conftest import connect_to
from tests.sampling import sample
from tests.sync.faults import Exchanges, Fuse, Fused, Killed
from tests.sync.world import EVERY_STATE, KOLKATA, SOON, Clock, File

OLD = File(
    title="US–Russia talks & more",
    text="हिन्दी “talks” 📍 4 &lt; 5",
    publish=Publish.DRAFT,
    more={"slug": "talks-open"},
)
ERRORS: list[Callable[[], BaseException]] = [
    Killed,
    lambda: OutcomeUnknown("no answer"),
    lambda: RateLimited("slow down"),
    lambda: Rejected("no"),
]
STORIES = {
    "create live": (None, OLD.but(publish=Publish.LIVE)),
    "take back": (OLD.but(publish=Publish.LIVE), OLD),
    "reschedule": (
        OLD.but(publish=Publish.SCHEDULED, at=SOON),
        OLD.but(publish=Publish.SCHEDULED, at=SOON.replace(hour=20)),
    ),
}


class Blog:
    """A sandbox, and a workspace that publishes to it."""

    def __init__(self, sandbox: Sandbox, folder: Path, *, by_slug: bool) -> None:
        self.sandbox, self.folder, self.by_slug = sandbox, folder, by_slug
        self.clock = sandbox.clock

    def publish(self, file: File, fuse: Fuse) -> list[Outcome]:
        """One run, as a process of its own would do it."""
        platform = connect_to(self.sandbox, slug_by_title=self.by_slug)
        platform._blog.http = Exchanges(platform._blog.http, fuse)  # type: ignore[assignment]
        with Journal.open(self.folder / "j.sqlite", clock=self.clock) as real:
            journal: Any = Fused(real, fuse)
            wanted = [build_desired(file.post(), file.document(), platform, KOLKATA, self.clock())]
            actions = plan(wanted, fetch_states(wanted, platform, journal), self.clock())
            return apply(actions, platform, journal, journal.start_run("publish"), clock=self.clock)


@contextmanager
def blog(
    folder: Path, before: File | None, *, by_slug: bool, comments: str = "stripped"
) -> Iterator[Blog]:
    switches = Quirks(daily_insert_limit="none", insert_throttle="none")
    switches.set(html_comments=comments)
    with Sandbox(clock=Clock(), switches=switches) as sandbox:
        blog = Blog(sandbox, folder, by_slug=by_slug)
        if before:
            assert [outcome.ok for outcome in blog.publish(before, Fuse())] == [True]
        yield blog


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "by_slug", "comments"),
    [
        ("create live", True, "stripped"),
        ("create live", False, "kept"),
        ("take back", False, "stripped"),
        ("reschedule", True, "kept"),
    ],
)
@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_at_every_exchange(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    by_slug: bool,
    comments: str,
    number: int,
) -> None:
    error = ERRORS[number]
    before, now = STORIES[name]
    smooth = Fuse(only="http")
    options: dict[str, Any] = {"by_slug": by_slug, "comments": comments}
    with blog(tmp_path_factory.mktemp("smooth"), before, **options) as smoothly:
        (outcome,) = smoothly.publish(now, smooth)
        assert outcome.ok, (outcome.message, outcome.losses)
    answered = isinstance(error(), RateLimited | Rejected)
    points = [
        (at, boundary)
        for at, boundary in enumerate(smooth.names)
        if not answered or not boundary.endswith("after")
    ]
    for at, boundary in sample(points, local=1, turn=number + len(name) + len(comments)):
        with blog(tmp_path_factory.mktemp("broken"), before, **options) as broken:
            with suppress(Killed, BlogkitError):
                broken.publish(now, Fuse(at, error, only="http"))
            (outcome,) = broken.publish(now, Fuse())
            assert outcome.ok, (
                boundary,
                at,
                outcome.action.summary,
                outcome.message,
                outcome.losses,
            )
            (post,) = connect_to(broken.sandbox).list("post", EVERY_STATE)
            assert (post.title, post.labels) == (now.title, now.labels), boundary
            assert post.state is {Publish.LIVE: State.LIVE, Publish.DRAFT: State.DRAFT}.get(
                now.publish, State.SCHEDULED
            )
            assert post.at == now.at or not now.at
            if by_slug and post.state is State.LIVE:
                assert post.slug == "talks-open", boundary
            last = Fuse(only="http")
            (outcome,) = broken.publish(now, last)
            assert (str(outcome.action.kind), len(last.names)) == ("unchanged", 4), (
                "the blog's id is asked for, and the post"
            )


@for_each("fault", ["500-after-commit", "truncated-json", "reset-after-commit"])
def test_a_live_post_is_not_left_under_its_slug_because_an_answer_is_lost(
    tmp_path: Path, fault: str
) -> None:
    with blog(tmp_path, None, by_slug=True) as there:
        there.sandbox.fail(fault, method="POST", path="/publish$")
        (outcome,) = there.publish(OLD.but(publish=Publish.LIVE), Fuse())
        assert outcome.ok, (outcome.message, outcome.losses)
        (post,) = connect_to(there.sandbox).list("post", EVERY_STATE)
        assert (post.title, post.slug, post.state) == (OLD.title, "talks-open", State.LIVE)
