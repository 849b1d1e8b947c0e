"""What the torture and the state machine found: ways in which somebody's words on the blog could
still get lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.posts.post import Publish
from blogkit.sync.actions import Choices
from tests.cases import for_each
from tests.sync.blogs import Reference
from tests.sync.faults import Fuse, Fused, Killed
from tests.sync.world import NOW, SOON, Clock, File, World, results

DRAFT = File(publish=Publish.DRAFT)
THEIRS = Choices(theirs=frozenset({"talks"}))


def edited_there(folder: Path) -> World:
    """A draft that was edited on the blog, and whose file was changed too."""
    world = World(folder)
    world.publish(DRAFT)
    world.edit_there(body=world.post().body + "<p>By hand.</p>")
    return world


@for_each("boundary", ["site.set_state before", "site.set_state after"])
def test_theirs_killed_at_the_change_of_state(tmp_path: Path, boundary: str) -> None:
    world = edited_there(tmp_path)
    newer = DRAFT.but(text="Talks closed.", publish=Publish.LIVE)
    world.platform = Fused(world.site, Fuse(0, only=boundary))
    with pytest.raises(Killed):
        world.publish(newer, choices=THEIRS)
    world.reopen()
    world.publish(newer)
    assert "By hand." in world.post().body


def test_an_edit_after_an_update_that_was_killed_before_it_was_sent(tmp_path: Path) -> None:
    """The journal has the update as sent, but the site does not show its result."""
    world = World(tmp_path)
    world.publish(File())
    newer = File(text="Talks closed.")
    world.platform = Fused(world.site, Fuse(0, only="site.update"))
    with pytest.raises(Killed):
        world.publish(newer)
    world.reopen()
    world.edit_there(body=world.post().body + "<p>By hand.</p>")
    assert results(world.publish(newer)) == ["conflict"]
    assert "By hand." in world.post().body


def test_a_change_of_state_that_was_killed_is_not_taken_for_an_edit(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.publish(File())
    world.platform = Fused(world.site, Fuse(1, only="site.set_state"))
    with pytest.raises(Killed):
        world.publish(DRAFT)
    world.reopen()
    assert world.post().state is State.DRAFT
    assert world.kinds(File()) == ["set-state"]


def test_a_title_on_its_way_when_the_site_refused_is_not_taken_for_an_edit(tmp_path: Path) -> None:
    """Blogger makes the address of the title, so the post has its slug as the title meanwhile."""
    clock = Clock()
    world = World(tmp_path, clock, Reference(clock, slug="by-title"))
    draft = DRAFT.but(more={"slug": "talks-open"})
    world.publish(draft)

    class Halfway:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
            world.edit_there(title="talks-open", state=State.LIVE, at=NOW)
            raise Rejected("no")

    world.platform = Halfway()  # type: ignore[assignment]
    live = draft.but(publish=Publish.LIVE)
    assert results(world.publish(live)) == ["failed"]
    world.platform = world.site
    assert world.kinds(live) == ["update"]


def test_an_edit_that_a_reader_does_not_see_is_accepted(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.publish(File())
    world.edit_there(labels=("gs-ii",))
    assert world.kinds(File()) == ["adopt"]


class EditedMeanwhile:
    """A site on which somebody edits a post just before one of our looks at it."""

    def __init__(self, world: World, number: int, **changes: Any) -> None:
        self._world, self._number, self._changes = world, number, changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.site, name)

    def get(self, ref: Any) -> Remote:
        self._number -= 1
        if self._number == -1:
            post = self._world.post()
            self._world.edit_there(**{name: change(post) for name, change in self._changes.items()})
        return self._world.site.get(ref)


@for_each("number", [0, 1], ids=["after the create", "after the change of state"])
@for_each(
    "changes",
    [
        {"body": lambda post: post.body + "<p>By hand.</p>"},
        {"labels": lambda post: (*post.labels, "By hand.")},
    ],
    ids=["body", "labels"],
)
def test_an_edit_between_our_write_and_our_look(tmp_path: Path, number: int, changes: Any) -> None:
    world = World(tmp_path)
    world.platform = EditedMeanwhile(world, number, **changes)  # type: ignore[assignment]
    world.publish(File())
    world.platform = world.site
    world.publish(File(text="Talks closed."))
    world.publish(File(text="Talks closed, again."))
    assert "By hand." in world.post().body + " ".join(world.post().labels)


@for_each("file", [DRAFT, File(text="Talks closed.")], ids=["a change of state", "an update"])
def test_undo_leaves_an_edit_between_our_write_and_our_look(tmp_path: Path, file: File) -> None:
    world = World(tmp_path)
    world.publish(File())
    world.platform = EditedMeanwhile(world, 0, body=lambda post: post.body + "<p>By hand.</p>")  # type: ignore[assignment]
    world.publish(file)
    world.platform = world.site
    assert "By hand." in world.post().body
    assert results(world.undo()) == ["conflict"]
    assert "By hand." in world.post().body


def test_undo_leaves_an_edit_before_a_change_of_state_that_the_site_refused(tmp_path: Path) -> None:
    """Here the change is on its way when it is refused: the post is a draft already."""
    world = World(tmp_path)
    world.publish(File())

    class Halfway:
        def __getattr__(self, name: str) -> Any:
            return getattr(world.site, name)

        def set_state(self, ref: Ref, target: Target, *, seen: Remote | None = None) -> Remote:
            world.edit_there(body=world.post().body + "<p>By hand.</p>", state=State.DRAFT)
            raise Rejected("no")

    world.platform = Halfway()  # type: ignore[assignment]
    world.publish(File(publish=Publish.SCHEDULED, at=SOON))
    world.platform = world.site
    assert results(world.undo()) == ["conflict"]
    world.publish(File(text="Talks closed."))
    assert "By hand." in world.post().body


@for_each("moment", ["before", "after"])
def test_a_draft_that_is_published_there_during_an_update_is_told(
    tmp_path: Path, moment: str
) -> None:
    """Once, the live post counted as what the run had left."""
    world = World(tmp_path)
    world.publish(DRAFT)

    class PublishedThere(Fuse):
        def go_off(self) -> None:
            world.site.set_state(world.post().ref, Target(State.LIVE))

    newer = DRAFT.but(text="Talks closed.")
    world.platform = Fused(world.site, PublishedThere(0, only=f"site.update {moment}"))
    assert results(world.publish(newer)) == ["done"]
    world.platform = world.site
    assert world.post().state is State.LIVE
    (outcome,) = world.publish(newer)
    assert (str(outcome.result), outcome.action.changes) == ("left", ("state",))
    assert world.post().state is State.LIVE
