"""Undo that dies at any boundary: what it took back stays so, what it did not can be taken back
again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.posts.post import Publish
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


@pytest.mark.parametrize("then", ["publish", "undo"])
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
