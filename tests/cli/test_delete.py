"""`blogkit delete`: to the trash, with undo where the blog has one, and never published again by
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.config import load_config
from blogkit.platforms.base import Platform, Remote, State
from blogkit.platforms.folder import Folder
from blogkit.project.connect import Settings, connect
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]
TITLE = "Talks in Miami"
TOML = """[blog]
timezone = "Asia/Kolkata"

[sites.main]
platform = "folder"
folder = "site"
"""


@pytest.fixture
def folder(workspace: Path) -> Platform:
    """The workspace's site as a folder, which has a trash that programs can restore from."""
    (workspace / "blogkit.toml").write_text(TOML, encoding="utf-8")
    config = load_config(workspace)
    found = connect(config.site("main"), Settings(config))
    assert isinstance(found, Folder)
    return found


def posts(site: Platform) -> dict[str, State]:
    return {post.title: post.state for post in site.list("post", PRESENT)}


@pytest.mark.parametrize("publish", ["now", "draft", "2099-03-01 07:00"])
def test_a_deleted_post_comes_back_with_its_state(
    run: Run, folder: Platform, write: Write, publish: str
) -> None:
    path = write(publish=f'"{publish}"')
    run("publish", "--yes")
    (before,) = folder.list("post", PRESENT)
    shown = run("delete", path, "--dry-run")
    assert (shown.code, f"“{TITLE}” on main to the trash" in shown.out) == (0, True)
    assert posts(folder) == {TITLE: before.state}
    assert run("delete", path, "--yes").code == 0
    assert posts(folder) == {}
    assert path.is_file()
    undone = run("undo", "--yes")
    assert (undone.code, "from the trash" in undone.out + run("log", "3").out) == (0, True)
    (after,) = folder.list("post", PRESENT)
    assert replace(after, updated=before.updated) == before
    again = run("publish", "--yes")
    assert (again.code, "nothing to do" in again.out) == (0, True)
    # and the undo of that undo
    assert run("undo", "--yes").code == 0
    assert posts(folder) == {}


def test_a_deleted_post_is_published_again_only_on_request(
    run: Run, folder: Platform, write: Write
) -> None:
    path = write()
    run("publish", "--yes")
    run("delete", "miami", "--yes")
    for command in (["publish", "--yes"], ["plan"], ["plan", "--offline"], ["publish", "--yes"]):
        done = run(*command)
        assert (done.code, "deleted with blogkit delete" in done.out) == (0, True), command
    assert posts(folder) == {}
    for more in ([], ["--offline"]):
        (row,) = run("status", "--json", *more).json["posts"]
        assert row["file"] == "deleted"
    assert "was deleted" in run("open", path).err
    write(text="Talks were put off.")
    done = run("publish", "--yes")
    assert (done.code, "moved to the trash by delete" in done.out + done.err) == (1, True)
    assert "restore it with blogkit undo RUN" in done.err
    for more in ([], ["--offline"]):
        (row,) = run("status", "--json", *more).json["posts"]
        assert row["file"] == "deleted"
    assert run("publish", path, "--recreate", "--yes").code == 0
    assert posts(folder) == {TITLE: State.LIVE}


def test_deleting_twice_is_once(run: Run, folder: Platform, write: Write) -> None:
    path = write()
    run("publish", "--yes")
    run("delete", path, "--yes")
    again = run("delete", path, "--yes")
    assert (again.code, "nothing to do" in again.out) == (0, True)
    assert run("delete", "nothing-like-it", "--yes").code == 2


def test_blogger_cannot_restore_and_is_told_first(
    run: Run, blog: Platform, write: Write, by_hand: Callable[..., Remote]
) -> None:
    path, other = write(), by_hand("An older note")
    run("publish", "--yes")
    shown = run("delete", path, other.url, "--dry-run")
    assert "main: blogkit undo cannot restore posts" in shown.err
    assert run("delete", path, other.url).code == 2  # a question, and no terminal
    done = run("delete", path, other.url, "--yes", "--json")
    assert (done.code, done.json["final"]) == (0, ["main"])
    assert posts(blog) == {}
    undone = run("undo", "--yes")
    assert (undone.code, "no program can restore posts" in undone.err) == (1, True)
    assert "in the blog's trash, or publish its file again with --recreate" in undone.err
    assert run("publish", "--yes").code == 0
    assert posts(blog) == {}


def test_a_post_without_a_file_comes_back(run: Run, folder: Platform, write: Write) -> None:
    path = write()
    run("publish", "--yes")
    path.unlink()
    assert "or blogkit delete miami" in run("plan").out.replace("run: ", "or ")
    assert run("delete", "miami", "--yes").code == 0
    assert "miami" not in run("plan").out
    assert run("undo", "--yes").code == 0
    assert posts(folder) == {TITLE: State.LIVE}


def test_what_was_edited_in_the_trash_or_restored_there_is_kept(
    run: Run, folder: Platform, write: Write
) -> None:
    write()
    run("publish", "--yes")
    (before,) = folder.list("post", PRESENT)
    run("delete", "miami", "--yes")
    folder.untrash(before.ref)
    edit(folder, TITLE, body="<p>By hand.</p>")
    assert run("undo", "2", "--yes").code == 4
    (now,) = folder.list("post", PRESENT)
    edit(folder, TITLE, body=before.body)
    done = run("undo", "2", "--yes")  # restored by hand, as a draft
    assert (done.code, posts(folder)) == (0, {TITLE: State.LIVE})
    assert now.state is State.DRAFT


def test_many_posts_need_a_limit(run: Run, folder: Platform, write: Write) -> None:
    paths = [write(f"note-{n}", f"Note {n} of the day.", f"Note {n}") for n in range(3)]
    run("publish", "--yes")
    assert run("delete", *paths, "--limit", "2", "--yes").code == 1
    assert len(posts(folder)) == 3
    assert run("delete", *paths, "--yes").code == 0
    assert posts(folder) == {}
