"""Commands that change files are killed at every write of the journal and of a file: each file is
as it was or as it was meant, the journal knows which, and undo and a second run are right.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from blogkit.platforms.base import Draft, State, Target
from tests.archive.samples import entry, takeout
from tests.crash.children import Children
from tests.crash.job import Ended, Job
from tests.crash.sites import OnFolder, make_workspace, posts
from tests.sampling import sample

pytestmark = pytest.mark.slow

BOUNDARIES = "^(journal COMMIT|file (write|rename|link|remove))"
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Story:
    """before: commands that have run; command: what is killed; again: whether a second run ends
    with the same files as one that was not killed.
    """

    command: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    again: bool = True


REPLACE = ("replace", "text:Open", "--with", "Start", "--all", "--limit", "9", "--yes")
ADOPT = ("adopt", "--all")
DELETE = ("delete", "ONE", "TWO", "--yes")
STORIES = {
    "adopt": Story(ADOPT),
    "pull": Story(("pull", "--site", "main", "ONE", "TWO")),
    "pull-replace": Story(
        ("pull", "note", "--replace"),
        (
            ("import", "note.html", "-o", "posts/note.md"),
            ("publish", "--yes"),
            ("replace", "text:A note", "--with", "A word", "note", "--live", "--yes"),
        ),
    ),
    "replace": Story(REPLACE, (ADOPT,)),
    "fix": Story(("check", "--fix"), (ADOPT,)),
    "files-and-posts": Story(REPLACE, (("pull", "ONE"),)),
    "undo": Story(("undo", "--yes"), (ADOPT, REPLACE)),
    "undo-created": Story(("undo", "--yes"), (ADOPT,)),
    "delete": Story(DELETE),
    "new": Story(("new", "post", "Rain"), again=False),
    "import-backup": Story(("import", "feed.atom")),
    "import": Story(("import", "note.html", "-o", "posts/note.md"), again=False),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder whose site has two posts that are older than it, with a mistake to fix in each."""
    root = tmp_path / "workspace"
    site = OnFolder(root)
    make_workspace(root, site)
    (root / "note.html").write_text("<p>A note.</p>", encoding="utf-8")
    (root / "feed.atom").write_bytes(takeout(entry(1, "Ebb"), entry(2, "Flow")))
    blog = site.observer()
    for title in ("One", "Two"):
        body = f"<p>Open {title}. Itâ€™s here.</p>"
        ref = blog.create(Draft("", "post", title, body)).ref
        blog.set_state(ref, Target(State.LIVE))
    return root


def named(command: tuple[str, ...], ids: Mapping[str, str]) -> tuple[str, ...]:
    """The command with the posts' ids in the place of their titles."""
    return tuple(ids.get(word, word) for word in command)


def files(root: Path) -> Files:
    """The files of posts, and the posts on the site."""
    found = (path for path in (root / "posts").rglob("*") if not path.name.startswith("."))
    live = {f"live {post.title}": post.body.encode() for post in posts(OnFolder(root))}
    return {path.name: path.read_bytes() for path in found} | live


@pytest.mark.parametrize("name", STORIES)
def test_killed_at_every_boundary(
    root: Path, tmp_path: Path, children: Children, name: str
) -> None:
    story = STORIES[name]

    def run(folder: Path, *arguments: str, at: int | None = None) -> Ended:
        return children.run(Job(arguments, folder, at=at, only=BOUNDARIES))

    ids = {post.title.upper(): post.ref.id for post in posts(OnFolder(root))}
    story = replace(
        story,
        command=named(story.command, ids),
        before=tuple(named(command, ids) for command in story.before),
    )
    for command in story.before:
        assert run(root, *command).code == 0
    before = files(root)
    smooth = shutil.copytree(root, tmp_path / "smooth")
    ended = run(smooth, *story.command)
    assert ended.code == 0, ended.err
    after = files(smooth)
    assert after != before
    boundaries = [one for one in ended.passed if re.search(BOUNDARIES, one)]
    assert len(boundaries) >= 4
    for number in sample(range(len(boundaries) + 1), local=2, turn=[*STORIES].index(name)):
        folder = shutil.copytree(root, tmp_path / f"killed-{number}")
        killed = run(folder, *story.command, at=number)
        if not killed.killed:
            # Of two runs, one may commit once less, as the clock has it.
            assert number >= len(boundaries) - 1, killed
            break
        where = f"{name} killed at {killed.passed[-1]} ({number})"
        found = files(folder)
        for file in {*before, *after}:
            assert found.get(file) in (before.get(file), after.get(file)), where
        if story.again:
            again = shutil.copytree(folder, tmp_path / f"again-{number}")
            assert run(again, *story.command).code == 0, where
            assert files(again) == after, where
        undoes = story.command[0] == "undo"  # a second undo goes on with the first
        if found != before or undoes:
            assert_undo_is_right(run, folder, after if undoes else before, where)
        if story.command == ADOPT:  # an empty file of a killed adoption blocked publishing
            published = run(folder, "publish", "--yes")
            assert published.code == 0, f"{where}: {published.err}"


def assert_undo_is_right(
    run: Callable[..., Ended], folder: Path, put_back: Files, where: str
) -> None:
    """What the killed run had changed is put back, and that can be undone."""
    found = files(folder)
    done = run(folder, "undo", "--yes")
    assert done.code == 0, f"{where}: {done.err}"
    assert files(folder) == put_back, f"{where}: {done.out}"
    assert run(folder, "undo", "--yes").code == 0, where
    assert files(folder) == found, where
