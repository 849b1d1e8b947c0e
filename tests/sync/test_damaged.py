"""Posts whose data is damaged: they are left alone, and never taken for absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import OutcomeUnknown, Unreadable
from blogkit.platforms.base import Draft, OnUnreadable, Ref, Remote, State
from blogkit.platforms.items import unreadable
from blogkit.sync.actions import ActionKind
from tests.sync.world import File, World, results

ONE, TWO = File("one", title="One"), File("two", title="Two")
LISTED = [File(f"post-{number}", title=f"Number {number}") for number in range(9)]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def ref_of(world: World, title: str) -> Ref:
    (post,) = [post for post in world.posts() if post.title == title]
    return post.ref


def listing(world: World) -> None:
    """Let the site be listed instead of asked for single posts."""
    world.site.capabilities = replace(world.site.capabilities, page_size=100)


@pytest.mark.parametrize("field", ["title", "body"])
@pytest.mark.parametrize("lists", [False, True], ids=["one by one", "listed"])
def test_a_damaged_post_is_refused_and_the_others_go(world: World, field: str, lists: bool) -> None:
    if lists:
        listing(world)
    world.publish(*LISTED)
    sick = ref_of(world, "Number 3")
    world.site.damaged[sick] = field
    changed = [file.but(text="More.") for file in LISTED]
    outcomes = world.publish(*changed, File("new", title="New"))
    assert results(outcomes) == ["done"] * 3 + ["refused"] + ["done"] * 6
    assert outcomes[3].message == (
        f"cannot publish “Number 3” on main: cannot read post {sick.id}: its {field} is null"
    )
    assert outcomes[3].hint
    del world.site.damaged[sick]
    assert results(world.publish(*changed)) == ["unchanged"] * 3 + ["done"] + ["unchanged"] * 5


def by_hand(world: World) -> Ref:
    """Somebody writes a post in the blog's own editor."""
    return world.site.create(Draft("", "post", "By hand", "<p>Mine.</p>")).ref


@pytest.mark.parametrize("lists", [False, True], ids=["one by one", "listed"])
def test_a_post_that_may_be_there_is_not_created(world: World, lists: bool) -> None:
    """Its text cannot be read, and the journal does not know it: it may have the key."""
    if lists:
        listing(world)
    stranger = by_hand(world)
    world.site.damaged[stranger] = "body"
    assert results(world.publish(*LISTED)) == ["refused"] * 9
    world.site.damaged[stranger] = "title"  # its text is whole, and has no key
    assert results(world.publish(*LISTED)) == ["done"] * 9


def test_a_lost_journal_makes_no_second_post_of_a_damaged_one(world: World) -> None:
    world.publish(ONE)
    world.site.damaged[ref_of(world, "One")] = "body"
    world.journal.close()
    for file in world.folder.glob("journal.sqlite*"):
        file.unlink()
    world.journal = world._open()
    assert results(world.publish(ONE)) == ["refused"]
    world.site.damaged.clear()
    assert results(world.publish(ONE)) == ["done"]
    assert len(world.posts()) == 1


class Unclear:
    """A site that loses the answer to a create, and shows the post damaged."""

    def __init__(self, world: World) -> None:
        self._site = world.site

    def __getattr__(self, name: str) -> object:
        return getattr(self._site, name)

    def create(self, draft: Draft) -> Remote:
        self._site.damaged[self._site.create(draft).ref] = "body"
        raise OutcomeUnknown("the answer was lost", site="main")


def test_a_create_whose_post_cannot_be_read_is_never_repeated(world: World) -> None:
    world.platform = Unclear(world)  # type: ignore[assignment]
    assert results(world.publish(ONE, TWO)) == ["unknown", "unknown"]
    world.platform = world.site
    assert world.kinds(ONE, TWO) == [ActionKind.REFUSED] * 2
    assert results(world.publish(ONE, TWO)) == ["refused", "refused"]
    world.site.damaged.clear()
    assert results(world.publish(ONE, TWO)) == ["done", "done"]
    assert sorted(post.title for post in world.posts()) == ["One", "Two"]


class Unrecognisable:
    """A site whose searches for a key show one post without its id and its text. hidden: this one."""

    def __init__(self, world: World, hidden: Ref) -> None:
        self._site, self._hidden = world.site, hidden

    def __getattr__(self, name: str) -> object:
        return getattr(self._site, name)

    def find_all(self, *given: Any, on_unreadable: OnUnreadable, **more: Any) -> list[Remote]:
        on_unreadable(unreadable("main", "post", "its text is null"))
        found = self._site.find_all(*given, on_unreadable=on_unreadable, **more)
        return [post for post in found if post.ref != self._hidden]


OTHERS: dict[str, tuple[Callable[[World], Ref], bool]] = {
    "ours": (lambda world: ref_of(world, "One"), True),
    "a stranger": (by_hand, True),
    "with the key": (lambda world: world.site.create(world.desired(TWO)[0].draft).ref, False),
}


@pytest.mark.parametrize("glances", [True, False])
@pytest.mark.parametrize("name", OTHERS)
def test_a_listing_without_texts_tells_which_post_is_damaged(
    world: World, name: str, glances: bool
) -> None:
    world.site.capabilities = replace(world.site.capabilities, glances=glances)
    world.publish(ONE)
    actions = world.plan(TWO)
    make, harmless = OTHERS[name]
    world.platform = Unrecognisable(world, make(world))  # type: ignore[assignment]
    (outcome,) = world.apply(actions)
    goes = glances and harmless
    assert outcome.result == ("done" if goes else "unknown")
    assert outcome.remote is not None
    assert world.site.get(outcome.remote.ref).state is (State.LIVE if goes else State.DRAFT)


def test_a_post_that_no_listing_makes_readable_keeps_a_draft_back(world: World) -> None:
    world.site.capabilities = replace(world.site.capabilities, glances=True)
    actions = world.plan(TWO)
    stranger = by_hand(world)
    world.site.damaged[stranger] = "body"
    assert results(world.apply(actions)) == ["unknown"]
    world.site.damaged.clear()
    assert results(world.publish(TWO)) == ["done"]


def test_damage_between_plan_and_write_stops_one_post(world: World) -> None:
    world.site.capabilities = replace(world.site.capabilities, batch_size=100, max_concurrency=2)
    world.publish(ONE, TWO)
    actions = world.plan(ONE.but(text="More."), TWO.but(text="More."))
    world.site.damaged[ref_of(world, "One")] = "title"
    outcomes = world.apply(actions)
    assert results(outcomes) == ["failed", "done"]
    assert "its title is null" in outcomes[0].message


def test_damage_after_a_write_does_not_stop_the_site(world: World) -> None:
    """Only a site that answers nothing is left; one that shows one post wrongly is not."""
    world.publish(ONE, TWO)
    real = world.site.update

    def update(ref: Ref, *arguments: object, **options: object) -> Remote:
        done: Remote = real(ref, *arguments, **options)
        if done.title == "One":
            world.site.damaged[ref] = "title"
        return done

    world.site.update = update
    outcomes = world.publish(ONE.but(text="More."), TWO.but(text="More."))
    assert results(outcomes) == ["unknown", "done"]


def test_a_blog_whose_posts_are_damaged_is_not_empty(world: World) -> None:
    files = LISTED[:4]
    world.publish(*files)
    world.site.damaged = dict.fromkeys([post.ref for post in world.posts()], "body")
    assert world.kinds(*files) == [ActionKind.REFUSED] * 4
    listing(world)
    assert world.kinds(*files) == [ActionKind.REFUSED] * 4


def test_a_stranger_that_is_damaged_is_named_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    listing(world)
    world.publish(*LISTED)
    ours, theirs = ref_of(world, "Number 3"), by_hand(world)
    world.site.damaged = {ours: "title", theirs: "title"}
    world.plan(*LISTED)
    assert [record.getMessage() for record in caplog.records] == [
        f"site main: cannot read post {theirs.id}: its title is null; it is left alone"
    ]


def test_the_state_of_the_others_is_told_where_the_listing_stops(world: World) -> None:
    world.publish(ONE)
    world.site.damaged[ref_of(world, "One")] = "title"
    with pytest.raises(Unreadable):
        list(world.site.list("post", [State.LIVE]))
