"""Undo that dies at any boundary: what it took back stays so, what it did not can be taken back
again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.platforms.base import State
from blogkit.posts.post import Publish
from tests.cases import for_each
from tests.sync.faults import Fuse, Fused, Killed
from tests.sync.world import File, World

pytestmark = pytest.mark.slow

OLD = File(publish=Publish.DRAFT)
NEW = File(text="Talks closed.", labels=("GS-II", "Economy"), publish=Publish.LIVE)


def updated(folder: Path) -> World:
    world = World(folder)
    world.publish(OLD)
    world.publish(NEW)
    return world


def undo(world: World, fuse: Fuse) -> Fuse:
    world.platform = Fused(world.site, fuse)  # type: ignore[assignment]
    world.journal = Fused(world.journal, fuse)  # type: ignore[assignment]
    world.undo(2)
    return fuse


@for_each("then", ["publish", "undo"])
def test_killed_at_every_boundary(tmp_path: Path, then: str) -> None:
    names = undo(updated(tmp_path / "smooth"), Fuse()).names
    assert "site.restore after" in names
    for at, boundary in enumerate(names):
        world = updated(tmp_path / f"{at}")
        with pytest.raises(Killed):
            undo(world, Fuse(at))
        world.reopen()
        left = world.post()
        if then == "publish":
            world.publish(NEW)
            assert (world.post().body, world.post().labels) == (left.body, left.labels), boundary
            assert world.kinds(NEW) == ["unchanged"], boundary
        else:
            world.undo(2)
            assert OLD.text in world.post().body, boundary
        world.journal.close()


def deleted(folder: Path) -> World:
    world = World(folder)
    world.publish(NEW)
    world.delete()
    return world


def test_a_restore_from_the_trash_that_is_killed_anywhere_is_finished_by_the_next(
    tmp_path: Path,
) -> None:
    names = undo(deleted(tmp_path / "smooth"), Fuse()).names
    assert "site.untrash after" in names
    assert "site.set_state after" in names
    for at, boundary in enumerate(names):
        world = deleted(tmp_path / f"{at}")
        with pytest.raises(Killed):
            undo(world, Fuse(at))
        world.reopen()
        world.undo(2)
        assert world.post().state is State.LIVE, boundary
        world.publish(NEW)  # takes note of an undo that was done, and not recorded
        assert world.kinds(NEW) == ["unchanged"], boundary
        assert world.journal.unsettled("main") == [], boundary
        world.journal.close()


def test_a_publication_goes_on_with_a_restore_that_was_killed(tmp_path: Path) -> None:
    names = undo(deleted(tmp_path / "smooth"), Fuse()).names
    for at, boundary in enumerate(names):
        world = deleted(tmp_path / f"{at}")
        with pytest.raises(Killed):
            undo(world, Fuse(at))
        world.reopen()
        world.publish(NEW)
        states = [post.state for post in world.posts()]
        assert states in ([], [State.LIVE]), boundary
        assert bool(states) == (at > names.index("site.untrash before")), boundary
        assert world.kinds(NEW) == ["unchanged"], boundary
        world.journal.close()
