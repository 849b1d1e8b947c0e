"""A folder without a journal, as a scheduled job checks it out: with a committed state file it is as
safe as with one, and without either nothing is published unasked.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, State, Target
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run

Write = Callable[..., Path]


@pytest.fixture
def states(blog: Platform) -> Callable[[], dict[str, State]]:
    return lambda: {post.title: post.state for post in blog.list("post", PRESENT)}


@pytest.fixture
def committed(workspace: Path) -> Path:
    """The workspace, with a state file."""
    config = workspace / "blogkit.toml"
    config.write_text(config.read_text().replace("[blog]\n", '[blog]\nstate = "file"\n', 1))
    assert 'state = "file"' in config.read_text()
    return workspace


def named(blog: Platform, title: str) -> object:
    return next(post.ref for post in blog.list("post", PRESENT) if post.title == title)


def publish_three(run: Run, write: Write) -> None:
    for name in ("gone", "taken", "changed"):
        write(name, title=name.title())
    assert run("publish", "--yes").code == 0


def meanwhile(blog: Platform, write: Write) -> None:
    """One post is deleted on the blog, one taken back, and one changed in its file."""
    blog.trash(named(blog, "Gone"))  # type: ignore[arg-type]
    blog.set_state(named(blog, "Taken"), Target(State.DRAFT))  # type: ignore[arg-type]
    write("changed", title="Changed", text="Other words.")


def test_without_a_journal_nothing_is_published_unasked(
    run: Run,
    write: Write,
    workspace: Path,
    blog: Platform,
    sandbox: Sandbox,
    states: Callable[[], dict[str, State]],
) -> None:
    publish_three(run, write)
    meanwhile(blog, write)
    shutil.rmtree(workspace / ".blogkit")
    sandbox.log.clear()
    planned = run("plan")
    done = run("publish", "--yes")
    assert (planned.code, done.code) == (4, 1)
    for err in (planned.err, done.err):
        assert "there is no journal of them here" in err
        assert "gone.md" in err
        assert "taken.md" in err
        assert "--rebuild" in err
    assert "taken.md" in run("publish", "--yes", "posts/taken.md").err
    assert "gone.md" in run("publish", "--yes", "posts/gone.md").err, "the others tell"
    assert sandbox.log.writes() == []
    assert run("publish", "--yes", "--rebuild", "posts/gone.md").code == 0
    assert states() == {"Gone": State.LIVE, "Taken": State.DRAFT, "Changed": State.LIVE}


@pytest.mark.parametrize("answer", ["n", "y"])
def test_on_a_terminal_blogkit_asks(
    run: Run,
    write: Write,
    workspace: Path,
    blog: Platform,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
) -> None:
    write("kept", title="Kept")
    assert run("publish", "--yes").code == 0
    shutil.rmtree(workspace / ".blogkit")
    write("new", title="New")
    stdin = io.StringIO(f"{answer}\ny\n")
    stdin.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = run("publish")
    assert "cannot tell whether these were deleted" in done.err
    assert (done.code, len(list(blog.list("post", PRESENT)))) == (
        (0, 2) if answer == "y" else (1, 1)
    )


def test_a_blog_without_posts_of_the_folder_needs_no_history(
    run: Run, write: Write, by_hand: Callable[..., object]
) -> None:
    by_hand("Old", "<p>Before blogkit.</p>")
    write("new", title="New")
    assert run("publish", "--yes", "posts/new.md").code == 0


def test_a_lost_journal_alone_is_rebuilt_without_a_question(
    run: Run, write: Write, workspace: Path
) -> None:
    publish_three(run, write)
    shutil.rmtree(workspace / ".blogkit")
    assert run("publish", "--yes").code == 0
    assert run("plan").code == 0


def test_with_a_state_file_a_fresh_checkout_knows_what_happened(
    run: Run,
    write: Write,
    committed: Path,
    blog: Platform,
    states: Callable[[], dict[str, State]],
) -> None:
    publish_three(run, write)
    meanwhile(blog, write)
    shutil.rmtree(committed / ".blogkit")
    write("new", title="New")
    done = run("publish", "--yes", "--json")
    results = {one["key"]: (one["action"], one["result"]) for one in done.json["outcomes"]}
    assert results == {
        "gone": ("gone", "refused"),
        "taken": ("remote-edited", "left"),
        "changed": ("update", "done"),
        "new": ("create", "done"),
    }
    assert done.code == 1
    assert states() == {"Taken": State.DRAFT, "Changed": State.LIVE, "New": State.LIVE}


def test_with_a_state_file_a_deleted_post_stays_away_on_every_machine(
    run: Run, write: Write, committed: Path, states: Callable[[], dict[str, State]]
) -> None:
    publish_three(run, write)
    assert run("delete", "gone", "--yes").code == 0
    shutil.rmtree(committed / ".blogkit")
    done = run("publish", "--yes")
    assert (done.code, "deleted with blogkit delete" in done.out) == (0, True)
    assert states() == {"Taken": State.LIVE, "Changed": State.LIVE}


def test_the_file_has_one_sorted_line_a_post_and_changes_with_it_only(
    run: Run, write: Write, committed: Path
) -> None:
    publish_three(run, write)
    file = committed / "blogkit.state"
    before = file.read_text().splitlines()
    assert [line.split('"')[7] for line in before[1:]] == ["changed", "gone", "taken"]
    assert run("publish", "--yes").code == 0
    assert run("status").code == 0
    assert file.read_text().splitlines() == before
    write("gone", title="Gone", text="Other words.")
    assert run("publish", "--yes").code == 0
    after = file.read_text().splitlines()
    assert [one == other for one, other in zip(before, after, strict=True)] == [
        True,
        True,
        False,
        True,
    ]


def test_two_machines_share_the_file(run: Run, write: Write, committed: Path) -> None:
    """Each publishes a post; git puts the lines of both into the file."""
    write("a", title="From A")
    assert run("publish", "--yes").code == 0
    file, private, other = (committed / name for name in ("blogkit.state", ".blogkit", "other"))
    private.rename(other)
    of_a = file.read_text()
    file.unlink()
    (committed / "posts/a.md").rename(committed / "a.md")
    write("b", title="From B")
    assert run("publish", "--yes", "posts/b.md").code == 0
    file.write_text(of_a + file.read_text())
    (committed / "a.md").rename(committed / "posts/a.md")
    for _ in range(2):
        planned = run("plan", "--json")
        assert [one["action"] for one in planned.json["actions"]] == ["unchanged", "unchanged"]
        shutil.rmtree(private)
        if other.exists():
            other.rename(private)
    write("b", title="From B", text="Now from A.")
    assert run("publish", "--yes").code == 0
    shutil.rmtree(private, ignore_errors=True)
    assert run("plan", "--json").json["actions"][1]["action"] == "unchanged"


def test_of_two_lines_of_one_post_the_newer_one_counts(
    run: Run, write: Write, committed: Path
) -> None:
    """As `merge=union` leaves them."""
    write("a", title="A")
    assert run("publish", "--yes").code == 0
    file = committed / "blogkit.state"
    old = file.read_text()
    write("a", title="A", text="Other words.")
    assert run("publish", "--yes").code == 0
    for text in (old + file.read_text(), file.read_text() + old):
        file.write_text(text)
        shutil.rmtree(committed / ".blogkit")
        assert run("plan", "--json").json["actions"][0]["action"] == "unchanged"


def test_an_old_journal_learns_from_the_file(run: Run, write: Write, committed: Path) -> None:
    """Restored from a backup, it does not know the last run."""
    write("a", title="A")
    assert run("publish", "--yes").code == 0
    shutil.copytree(committed / ".blogkit", committed / "backup")
    write("a", title="A", text="Other words.")
    assert run("publish", "--yes").code == 0
    shutil.rmtree(committed / ".blogkit")
    (committed / "backup").rename(committed / ".blogkit")
    assert run("plan", "--json").json["actions"][0]["action"] == "unchanged"


def test_an_old_file_does_not_overrule_the_journal(run: Run, write: Write, committed: Path) -> None:
    """As after a kill between the two, or a `git checkout` of an earlier commit."""
    write("a", title="A")
    assert run("publish", "--yes").code == 0
    old = (committed / "blogkit.state").read_text().replace('"written": "20', '"written": "19')
    write("a", title="A", text="Other words.")
    assert run("publish", "--yes").code == 0
    new = (committed / "blogkit.state").read_text()
    (committed / "blogkit.state").write_text(old)
    assert run("publish", "--yes", "--json").json["outcomes"][0]["action"] == "unchanged"
    assert (
        '"pushed": "' + new.split('"pushed": "')[1][:64]
        in (committed / "blogkit.state").read_text()
    )


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("<<<<<<< HEAD\n", "git left the marks of a merge conflict"),
        ("=======\n", "git left the marks of a merge conflict"),
        ('{"site": "main"}\n', "the line is damaged"),
        ("[1]\n", "the line is damaged"),
        ("not a line\n", "the line is damaged"),
    ],
)
def test_damage_is_a_sentence_with_its_line(
    run: Run, write: Write, committed: Path, sandbox: Sandbox, damage: str, reason: str
) -> None:
    write("a", title="A")
    assert run("publish", "--yes").code == 0
    file = committed / "blogkit.state"
    file.write_text(file.read_text() + damage)
    sandbox.log.clear()
    for command in (("plan",), ("publish", "--yes"), ("status",)):
        done = run(*command)
        assert (done.code, f"blogkit.state:3: {reason}" in done.err) == (1, True), done.err
    assert sandbox.log.writes() == []


def test_undo_says_that_it_needs_the_journal(run: Run, write: Write, committed: Path) -> None:
    write("a", title="A")
    assert run("publish", "--yes").code == 0
    shutil.rmtree(committed / ".blogkit")
    done = run("undo", "--yes")
    assert done.code == 2
    assert "undo needs the journal of the machine that published" in done.err
