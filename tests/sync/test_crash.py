"""The process may end at any request and any journal write. Run again: one post, as meant, and
then nothing more to do.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.errors import (
    JournalError,
    OutcomeUnknown,
    RateLimited,
    ServerError,
    SiteError,
    Unreachable,
)
from blogkit.platforms.base import State
from blogkit.posts.post import Publish
from blogkit.regions import find_sentinel
from blogkit.render.document import Asset
from blogkit.sync.outcome import Outcome
from tests.sampling import sample
from tests.sync.blogs import Reference
from tests.sync.faults import Fuse, Fused, Killed
from tests.sync.world import SOON, Clock, File, World

PICTURE = Asset(Path("/w/images/a.png"), "images/a.png", hashlib.sha256(b"a").hexdigest(), "a", 7)
DRAFT = File(publish=Publish.DRAFT)
LIVE = File()
LATER = File(publish=Publish.SCHEDULED, at=SOON)


@dataclass(frozen=True)
class Story:
    """before: the file as it was published earlier, None for a new post; now: as it is to be
    published.
    """

    before: File | None
    now: File


STORIES = {
    "create a draft": Story(None, DRAFT),
    "create live": Story(None, LIVE),
    "create scheduled": Story(None, LATER),
    "create with a picture": Story(None, LIVE.but(assets=(PICTURE,))),
    "create a page": Story(None, LIVE.but(more={"kind": "page"})),
    "update live": Story(LIVE, LIVE.but(text="Talks closed.", labels=("GS-II", "Economy"))),
    "update and publish": Story(DRAFT, LIVE.but(title="Talks closed")),
    "publish": Story(DRAFT, LIVE),
    "schedule": Story(DRAFT, LATER),
    "take back": Story(LIVE, DRAFT),
    "update and take back": Story(LIVE, DRAFT.but(text="Talks closed.")),
    "reschedule": Story(LATER, LATER.but(at=SOON + timedelta(hours=3))),
}


SITES: dict[str, dict[str, bool]] = {"read back": {}, "answers": {"answers_stored": True}}
"""How the site proves a write: by a read-back, or by its answer."""


def turn(name: str) -> int:
    """A story's number: stories take samples that begin at different boundaries."""
    return [*STORIES].index(name)


def world_of(folder: Path, story: Story, site: str = "read back") -> World:
    clock = Clock()
    world = World(folder, clock, Reference(clock, **SITES[site]))
    if story.before:
        world.publish(story.before)
    return world


def fuse(world: World, fuse: Fuse) -> Fuse:
    world.platform = Fused(world.site, fuse)
    world.journal = Fused(world.journal, fuse)  # type: ignore[assignment]
    return fuse


def boundaries(
    tmp_path_factory: pytest.TempPathFactory,
    story: Story,
    only: str = "",
    site: str = "read back",
) -> list[str]:
    world = world_of(tmp_path_factory.mktemp("smooth"), story, site)
    passed = fuse(world, Fuse(only=only))
    world.publish(story.now)
    return passed.names


def assert_as_meant(world: World, file: File) -> None:
    post = world.post()
    assert find_sentinel(post.body) == file.key
    assert file.text in post.body
    assert "blogkit-asset:" not in post.body
    assert (post.title, post.labels) == (file.title, file.labels)
    wanted = {
        Publish.DRAFT: State.DRAFT,
        Publish.LIVE: State.LIVE,
        Publish.SCHEDULED: State.SCHEDULED,
    }[file.publish]
    assert post.state is wanted
    if file.at:
        assert post.at == file.at


def assert_settled(world: World, file: File) -> None:
    """Nothing to do, nothing open, and no request but the look."""
    passed = fuse(world, Fuse())
    assert [str(action.kind) for action in world.plan(file)] == ["unchanged"]
    assert passed.names == ["site.find_all before", "site.find_all after"]
    assert world.journal.unsettled("main") == []


def run_again(world: World, file: File) -> list[Outcome]:
    world.reopen()
    outcomes = world.publish(file)
    assert [outcome.result for outcome in outcomes if not outcome.ok] == []
    return outcomes


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("name", STORIES)
def test_killed_at_every_boundary(
    tmp_path_factory: pytest.TempPathFactory, name: str, site: str
) -> None:
    story = STORIES[name]
    names = boundaries(tmp_path_factory, story, site=site)
    assert len(names) >= 10
    for at, boundary in sample([*enumerate(names)], local=3, turn=turn(name)):
        world = world_of(tmp_path_factory.mktemp("killed"), story, site)
        fuse(world, Fuse(at))
        with pytest.raises(Killed):
            world.publish(story.now)
        run_again(world, story.now)
        assert_as_meant(world, story.now)
        assert_settled(world, story.now)
        assert len(world.site._posts) == 1, f"killed at {boundary}"
        world.journal.close()


@pytest.mark.slow
@settings(max_examples=60)
@given(
    name=st.sampled_from(sorted(STORIES)),
    kills=st.lists(st.integers(0, 25), min_size=2, max_size=4),
)
def test_killed_again_and_again(
    tmp_path_factory: pytest.TempPathFactory, name: str, kills: list[int]
) -> None:
    story = STORIES[name]
    world = world_of(tmp_path_factory.mktemp("killed"), story)
    for at in kills:
        fuse(world, Fuse(at))
        with suppress(Killed):
            world.publish(story.now)
        world.reopen()
    run_again(world, story.now)
    assert_as_meant(world, story.now)
    assert_settled(world, story.now)
    world.journal.close()


def test_killed_at_the_update_and_again_at_the_state_that_follows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    story = STORIES["update and publish"]
    for second in ("journal.mark after", "site.set_state before", "site.set_state after"):
        world = world_of(tmp_path_factory.mktemp("killed"), story)
        for boundary in ("site.update after", second):
            world.platform = world.site
            fuse(world, Fuse(0, only=boundary))
            with pytest.raises(Killed):
                world.publish(story.now)
            world.reopen()
        run_again(world, story.now)
        assert_as_meant(world, story.now)
        assert_settled(world, story.now)
        world.journal.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_killed_and_the_file_is_changed_before_the_next_run(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """What an interrupted run of ours put there is ours to overwrite."""
    story = STORIES[name]
    newer = story.now.but(text="Talks were put off.", title="Newer")
    points = range(len(boundaries(tmp_path_factory, story)))
    for at in sample(points, local=3, turn=turn(name)):
        world = world_of(tmp_path_factory.mktemp("killed"), story)
        fuse(world, Fuse(at))
        with pytest.raises(Killed):
            world.publish(story.now)
        run_again(world, newer)
        assert_as_meant(world, newer)
        assert_settled(world, newer)
        world.journal.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_killed_and_the_post_is_edited_there_before_the_next_run(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """Whatever else is open: somebody's words are not overwritten unseen."""
    story = STORIES[name]
    points = range(len(boundaries(tmp_path_factory, story)))
    for at in sample(points, local=3, turn=turn(name)):
        world = world_of(tmp_path_factory.mktemp("killed"), story)
        fuse(world, Fuse(at))
        with pytest.raises(Killed):
            world.publish(story.now)
        if world.posts():
            edited = world.post().body + "<p>By hand.</p>"
            world.edit_there(body=edited)
            world.reopen()
            world.publish(story.now)
            assert world.post().body == edited
        world.journal.close()


@pytest.mark.slow
@pytest.mark.parametrize("error", [OutcomeUnknown, ServerError])
@pytest.mark.parametrize("name", STORIES)
def test_no_usable_answer_to_any_request(
    tmp_path_factory: pytest.TempPathFactory, name: str, error: type[SiteError]
) -> None:
    """Lost before it arrived, or its answer lost: found by a look at once, or by the next run."""
    story = STORIES[name]
    points = [*enumerate(boundaries(tmp_path_factory, story, "site"))]
    for at, boundary in sample(points, local=3, turn=turn(name)):
        world = world_of(tmp_path_factory.mktemp("lost"), story)
        fuse(world, Fuse(at, lambda: error("the answer was cut off"), only="site"))
        try:
            world.publish(story.now)
        except (OutcomeUnknown, ServerError):
            assert boundary.split()[0] in {"site.find", "site.find_all", "site.get"}, (
                "only the look before the plan may fail as a whole"
            )
        assert len(world.site._posts) <= 1
        run_again(world, story.now)
        assert_as_meant(world, story.now)
        assert_settled(world, story.now)
        world.journal.close()


@pytest.mark.slow
@pytest.mark.parametrize("error", [RateLimited, Unreachable])
@pytest.mark.parametrize("name", STORIES)
def test_refused_or_unreachable_at_any_request(
    tmp_path_factory: pytest.TempPathFactory, name: str, error: type[SiteError]
) -> None:
    story = STORIES[name]
    befores = [
        at
        for at, boundary in enumerate(boundaries(tmp_path_factory, story, "site"))
        if boundary.endswith("before")
    ]
    for at in sample(befores, local=3, turn=turn(name)):
        world = world_of(tmp_path_factory.mktemp("refused"), story)
        fuse(world, Fuse(at, lambda: error("not now"), only="site"))
        try:
            (outcome,) = world.publish(story.now)
            assert not outcome.ok
            assert "not now" in outcome.message
        except (RateLimited, Unreachable):
            assert at == 0
        run_again(world, story.now)
        assert_as_meant(world, story.now)
        assert_settled(world, story.now)
        world.journal.close()


@pytest.mark.sampled
@pytest.mark.parametrize("name", STORIES)
def test_the_journal_fails_at_any_write(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """Before a request: nothing is sent. After: the run stops and says what was sent."""
    story = STORIES[name]
    befores = [
        at
        for at, boundary in enumerate(boundaries(tmp_path_factory, story, "journal"))
        if boundary.endswith("before")
    ]
    for at in sample(befores, local=3, turn=turn(name)):
        world = world_of(tmp_path_factory.mktemp("full"), story)
        untouched = world.posts()
        fuse(
            world,
            Fuse(
                at, lambda: JournalError("the disk is full", hint="free some space"), only="journal"
            ),
        )
        with pytest.raises(JournalError, match="the disk is full") as caught:
            world.publish(story.now)
        if "was sent to main" not in caught.value.message:
            assert world.posts() == untouched
        assert "free some space" in caught.value.hint
        run_again(world, story.now)
        assert_as_meant(world, story.now)
        assert_settled(world, story.now)
        world.journal.close()
