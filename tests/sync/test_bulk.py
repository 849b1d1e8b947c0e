"""Many posts at a time: the fewest requests, as many writers as the site bears, and each post's
own end.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from blogkit.errors import (
    AuthenticationError,
    Conflict,
    JournalError,
    NotFound,
    Rejected,
    SuddenlyEmpty,
)
from blogkit.platforms.base import Draft, Ref, Remote
from blogkit.sync.actions import Choices
from blogkit.sync.fetch import fetch_states
from blogkit.sync.outcome import Outcome
from blogkit.sync.plan import orphans
from blogkit.sync.preflight import PreflightChecks
from tests.sync.faults import Fuse, Fused
from tests.sync.world import EVERY_STATE, File, World, results

FILES = [File(f"post-{number:02}", title=f"Number {number}") for number in range(30)]


def of(world: World, *, writers: int = 1, page_size: int = 0, looks: int = 1) -> World:
    world.site.capabilities = replace(
        world.site.capabilities, max_concurrency=writers, page_size=page_size, batch_size=looks
    )
    return world


def requests(world: World) -> Fuse:
    fuse = Fuse(only="site")
    world.platform = Fused(world.site, fuse)
    return fuse


def made(fuse: Fuse) -> list[str]:
    return [name.split()[0].removeprefix("site.") for name in fuse.names if name.endswith("before")]


def test_one_listing_instead_of_a_look_at_each(world: World) -> None:
    of(world, page_size=100)
    world.publish(*FILES)
    fuse = requests(world)
    assert results(world.publish(*FILES)) == ["unchanged"] * 30
    assert made(fuse) == ["list"]


def test_single_looks_where_a_listing_would_cost_more(world: World) -> None:
    of(world, page_size=100)
    world.publish(*FILES)
    fuse = requests(world)
    world.plan(FILES[0])
    assert made(fuse) == ["find_all"]


def test_an_update_of_many_takes_one_write_and_one_look(world: World) -> None:
    """The last looks before the writes are one request for many."""
    of(world, page_size=100, looks=100)
    world.publish(*FILES)
    fuse = requests(world)
    changed = [file.but(text="Changed.") for file in FILES]
    assert results(world.publish(*changed)) == ["done"] * 30
    assert made(fuse) == ["list", "get_many", *(["update", "get"] * 30)]


@pytest.mark.parametrize("looks", [1, 7, 100])
def test_an_edit_after_the_plan_is_found_before_the_write(world: World, looks: int) -> None:
    of(world, page_size=100, looks=looks)
    world.publish(*FILES)
    actions = world.plan(*(file.but(text="Changed.") for file in FILES))
    ninth = next(post for post in world.posts() if post.title == "Number 9")
    world.site._put(replace(ninth, body=ninth.body + "<p>By hand.</p>"))
    assert results(world.apply(actions)) == ["done"] * 9 + ["conflict"] + ["done"] * 20
    assert "By hand." in world.site.get(ninth.ref).body


def test_what_was_looked_at_too_long_ago_is_looked_at_again(world: World) -> None:
    now = 0.0
    world.publish(*FILES)
    posts = world.posts()
    of(world, looks=100)
    fuse = requests(world)
    glances = PreflightChecks(world.platform, [post.ref for post in posts], ticks=lambda: now)
    for post in posts[:10]:
        glances.require_unchanged(post)
    now = 1.9
    glances.require_unchanged(posts[10])
    assert made(fuse) == ["get_many"]
    now = 2.1
    world.site._put(replace(posts[12], title="By hand"))
    glances.require_unchanged(posts[11])
    assert made(fuse) == ["get_many", "get_many"]
    with pytest.raises(Conflict):
        glances.require_unchanged(posts[12])
    world.site.trash(posts[13].ref)
    now = 9.0
    with pytest.raises(NotFound):
        glances.require_unchanged(posts[13])


def test_what_a_listing_leaves_out_is_looked_at_by_itself(world: World) -> None:
    """An account may see less in lists than it may change."""
    of(world, page_size=100)
    world.publish(*FILES)

    class Shy:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def list(self, *arguments: Any, **options: Any) -> list[Remote]:
            return list(world.site.list(*arguments, **options))[5:]

    world.platform = Shy()  # type: ignore[assignment]
    assert results(world.publish(*FILES)) == ["unchanged"] * 30


def test_two_posts_of_one_key_on_a_listing_are_a_conflict(world: World) -> None:
    of(world, page_size=100)
    world.publish(*FILES)
    (wanted,) = world.desired(File("new"))
    world.site.create(wanted.draft)
    world.site.create(wanted.draft)
    outcomes = world.publish(*FILES, File("new"))
    assert results(outcomes) == ["unchanged"] * 30 + ["conflict"]
    assert "trash" in outcomes[-1].hint


@pytest.mark.parametrize("page_size", [0, 100])
def test_a_blog_that_is_suddenly_empty_is_refused(world: World, page_size: int) -> None:
    of(world, page_size=page_size)
    world.publish(*FILES)
    for post in world.posts():
        world.site.trash(post.ref)
    with pytest.raises(SuddenlyEmpty, match="none of the 30 posts"):
        world.publish(*FILES, File("new"))
    assert world.posts() == []


@pytest.mark.parametrize("page_size", [0, 100])
def test_a_blog_that_undo_emptied_is_not_suddenly_empty(world: World, page_size: int) -> None:
    of(world, page_size=page_size)
    world.publish(*FILES)
    world.undo()
    assert world.posts() == []
    assert results(world.publish(*FILES, File("new"))) == [*["refused"] * 30, "done"]


@pytest.mark.parametrize("page_size", [0, 100])
def test_a_blog_that_may_be_empty_is_not_suddenly_empty(world: World, page_size: int) -> None:
    of(world, page_size=page_size)
    world.publish(*FILES)
    for post in world.posts():
        world.site.trash(post.ref)
    found = fetch_states(world.desired(*FILES), world.site, world.journal, may_be_empty=True)
    assert {state.remote for state in found.values()} == {None}


def test_a_new_blog_is_not_suddenly_empty(world: World) -> None:
    of(world, page_size=100)
    assert results(world.publish(*FILES)) == ["done"] * 30


def test_writers_work_at_the_same_time_and_each_post_once(world: World) -> None:
    of(world, writers=4)
    together = threading.Barrier(4, timeout=60)

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def create(self, draft: Draft) -> Remote:
            if draft.key < "post-04":
                together.wait()
            return world.site.create(draft)

    world.platform = Slow()  # type: ignore[assignment]
    outcomes = world.publish(*FILES)
    assert [outcome.action.key for outcome in outcomes] == [file.key for file in FILES]
    assert results(outcomes) == ["done"] * 30
    assert len(world.posts()) == 30


def test_one_posts_trouble_is_its_own_with_many_writers(world: World) -> None:
    of(world, writers=4)

    class Picky:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def create(self, draft: Draft) -> Remote:
            if draft.key == "post-07":
                raise Rejected("no sevens")
            return world.site.create(draft)

    world.platform = Picky()  # type: ignore[assignment]
    outcomes = world.publish(*FILES)
    assert {outcome.action.key: str(outcome.result) for outcome in outcomes if not outcome.ok} == {
        "post-07": "failed"
    }


@pytest.mark.parametrize(
    "error", [AuthenticationError("who?"), JournalError("full"), KeyboardInterrupt()]
)
def test_what_ends_a_run_of_many_writers_leaves_nothing_untold(
    world: World, error: BaseException
) -> None:
    of(world, writers=4)
    count = 0
    lock = threading.Lock()

    class Failing:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def create(self, draft: Draft) -> Remote:
            nonlocal count
            with lock:
                count += 1
                if count == 9:
                    raise error
            return world.site.create(draft)

    world.platform = Failing()  # type: ignore[assignment]
    actions = world.plan(*FILES)
    with suppress(JournalError, KeyboardInterrupt):
        world.apply(actions)
    assert count >= 9
    told = [event for event in world.heard if isinstance(event, Outcome)]
    assert sorted(outcome.action.key for outcome in told) == [file.key for file in FILES]
    world.platform = world.site
    assert {outcome.ok for outcome in world.publish(*FILES)} == {True}
    assert len(world.posts()) == 30


def test_ours_over_a_listing_still_needs_the_word(world: World) -> None:
    of(world, page_size=100)
    world.publish(*FILES)
    post = world.posts()[0]
    world.site._put(replace(post, title="By hand"))
    changed = [file.but(title=f"Changed: {file.title}") for file in FILES]
    assert results(world.publish(*changed)).count("conflict") == 1
    assert (
        results(
            world.publish(*changed, choices=Choices(ours=frozenset(file.key for file in FILES)))
        ).count("done")
        == 1
    )


def test_orphans_are_those_whose_file_is_gone(world: World) -> None:
    world.publish(*FILES[:3])
    left = orphans("main", world.journal.memories("main"), {"post-00", "post-02"})
    assert [(action.key, str(action.kind), action.writes, action.blocked) for action in left] == [
        ("post-01", "orphan", False, False)
    ]
    (outcome,) = world.apply(left)
    assert (str(outcome.result), outcome.ok) == ("left", True)
    assert len(list(world.site.list("post", EVERY_STATE))) == 3


def test_putting_over_a_change_is_a_conflict_of_the_reference_too(world: World) -> None:
    world.publish(FILES[0])
    post = world.post()
    world.edit_there(title="By hand")
    with pytest.raises(Conflict):
        world.site.restore(Ref(post.ref.id), replace(post, body=""), post)
