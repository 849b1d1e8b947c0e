"""A real process, really killed, on a platform and a journal that live on the disk."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.journal.store import Journal
from blogkit.platforms.base import State
from blogkit.platforms.folder import Folder
from blogkit.publish.apply import apply
from blogkit.publish.desired import desire
from blogkit.publish.observe import look
from blogkit.publish.plan import plan
from tests.publish.faults import Fuse, Fused
from tests.publish.world import EVERY_STATE, KOLKATA, Clock, File

OLD = File()
NEW = OLD.but(text="Talks closed.", title="Talks closed")


def kill() -> BaseException:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def publish(folder: Path, file: File, fuse: Fuse) -> list[str]:
    """One whole run, as a process of its own would do it; returns what was decided."""
    clock = Clock()
    platform = Fused(Folder("main", folder / "public", zone=KOLKATA, clock=clock), fuse)
    with Journal.open(folder / "journal.sqlite", clock=clock) as real:
        journal = Fused(real, fuse)
        wanted = [desire(file.post(), file.document(), platform, KOLKATA, clock())]
        actions = plan(wanted, look(wanted, platform, journal), clock())
        outcomes = apply(actions, platform, journal, journal.start_run("publish"), clock=clock)
        assert [outcome.message for outcome in outcomes if not outcome.ok] == []
        return [str(action.kind) for action in actions]


def in_a_process(work: Callable[[], object]) -> int:
    """The signal that ended it, 0 if it came to its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside idle threads is safe here: the child only runs `work`
        child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("before", [None, OLD], ids=["create", "update"])
def test_killed_at_every_boundary(tmp_path: Path, before: File | None) -> None:
    smooth = Fuse()
    if before:
        publish(tmp_path / "smooth", before, Fuse())
    publish(tmp_path / "smooth", NEW, smooth)
    for at, boundary in enumerate(smooth.names):
        folder = tmp_path / str(at)
        if before:
            publish(folder, before, Fuse())
        assert in_a_process(lambda folder=folder, at=at: publish(folder, NEW, Fuse(at, kill))) == -signal.SIGKILL, boundary
        publish(folder, NEW, Fuse())
        site = Folder("main", folder / "public", zone=KOLKATA, clock=Clock())
        (post,) = site.list("post", EVERY_STATE)
        assert (post.state, post.title) == (State.LIVE, NEW.title), boundary
        assert NEW.text in post.body
        assert publish(folder, NEW, Fuse()) == ["unchanged"]
        with Journal.open(folder / "journal.sqlite") as journal:
            assert journal.unsettled("main") == []
            assert journal.damage() == ""
            assert journal.memories("main")["talks"].state == "live"
