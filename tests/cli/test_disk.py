"""Disks that refuse: a sentence, the next step, and no half-written file."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blogkit.platforms.base import Remote
from tests.cli import process

Make = Callable[..., Remote]
ROOM = 400_000
"""More than the journal needs, and less than the post."""
LONG = "<p>" + "many words " * 60_000 + "</p>"


def little_room() -> None:
    """Let the system refuse longer files, as a full disk refuses their bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


@pytest.fixture
def locked(workspace: Path) -> Iterator[Path]:
    """A folder of posts in which the user may not write."""
    (workspace / "posts").chmod(0o555)
    yield workspace / "posts"
    (workspace / "posts").chmod(0o755)


@pytest.mark.usefixtures("real_time")
def test_a_pulled_post_that_does_not_fit_leaves_no_file(workspace: Path, by_hand: Make) -> None:
    post = by_hand("Long", LONG)
    done = process.call("pull", post.url, cwd=workspace, preexec_fn=little_room)
    assert done.returncode == 1
    assert "error: cannot write" in done.stderr
    assert "File too large" in done.stderr
    assert "check the disk" in done.stderr
    assert list((workspace / "posts").iterdir()) == []
    assert process.call("pull", post.url, cwd=workspace).returncode == 0
    (path,) = (workspace / "posts").iterdir()
    assert path.read_bytes().endswith(LONG.encode())


@pytest.mark.usefixtures("real_time")
def test_a_new_post_in_a_folder_that_is_locked(locked: Path) -> None:
    done = process.call(
        "new", "post", "Talks", cwd=locked.parent, preexec_fn=process.with_ordinary_rights
    )
    assert done.returncode == 1
    assert "posts/talks.md: Permission denied" in done.stderr
    assert "check the disk, and that you can write to the file and its folder" in done.stderr
    assert list(locked.iterdir()) == []
