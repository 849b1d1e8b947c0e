"""A file that lost much of its text does not cut the live post unless the user says so."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import blogkit
from blogkit.errors import UsageError
from blogkit.platforms.base import Platform, State
from blogkit.project.project import Project
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run

Write = Callable[..., Path]
LONG = "\n\n".join(f"Paragraph {number} tells of the monsoon in Kerala." for number in range(40))


def text(blog: Platform) -> str:
    (post,) = [post for post in blog.list("post", PRESENT) if post.title == "Talks in Miami"]
    return post.body


def cut(path: Path, share: float) -> None:
    """Keep a part of the file, as a program that was interrupted while it wrote does."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@pytest.fixture
def published(run: Run, write: Write) -> Path:
    path = write(text=LONG)
    assert run("publish", "--yes").code == 0
    return path


def test_a_cut_file_is_left_out_and_named(
    run: Run, blog: Platform, write: Write, published: Path
) -> None:
    before = text(blog)
    cut(published, 0.57)
    write("rain", "It rains.", "Rain")
    done = run("publish", "--yes", "--json")
    assert done.code == 1
    assert text(blog) == before
    refused, rain = done.json["outcomes"]
    assert (refused["result"], rain["result"]) == ("refused", "done")
    assert "blogkit publish posts/miami.md --shorter" in refused["hint"]
    assert "characters" in refused["message"]
    plan = run("plan")
    assert (plan.code, "--shorter" in plan.out) == (1, True)


def test_the_option_allows_it_for_named_posts(run: Run, blog: Platform, published: Path) -> None:
    cut(published, 0.5)
    done = run("publish", "--yes", "--shorter")
    assert (done.code, "only works with named posts" in done.err) == (2, True)
    assert run("publish", "posts/miami.md", "--shorter", "--yes").code == 0
    assert "Paragraph 39" not in text(blog)


def test_undo_puts_the_text_back_and_is_not_asked(
    run: Run, blog: Platform, write: Write, published: Path
) -> None:
    before = text(blog)
    run("publish", "--yes")
    write(text=LONG * 3)
    assert run("publish", "--yes").code == 0
    assert run("undo", "--yes").code == 0
    assert text(blog) == before


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG, LONG[: int(len(LONG) * 0.7)]),  # a shorter text
        ("Rain. " * 45, "Rain."),  # a short post
        (f'{LONG}\n\n<div class="{"x" * 9000}">Box</div>', LONG),  # less HTML, as much text
    ],
)
def test_ordinary_changes_are_sent(
    run: Run, write: Write, blog: Platform, old: str, new: str
) -> None:
    write(text=old)
    run("publish", "--yes")
    write(text=new)
    assert run("publish", "--yes").code == 0, new
    assert "nothing to do" in run("publish", "--yes").out


def test_a_draft_may_shrink(run: Run, write: Write) -> None:
    write(text=LONG, publish="draft")
    run("publish", "--yes")
    write(text="Again.", publish="draft")
    assert run("publish", "--yes").code == 0


def test_a_draft_that_was_cut_does_not_go_live(run: Run, write: Write, blog: Platform) -> None:
    write(text=LONG, publish="draft")
    run("publish", "--yes")
    write(text=LONG[: len(LONG) // 3], publish="now")
    done = run("publish", "--yes")
    assert (done.code, "but the draft post has" in done.err) == (1, True)
    (post,) = blog.list("post", [State.DRAFT])
    assert "Paragraph 39" in post.body
    write(text=LONG, publish="now")
    assert run("publish", "--yes").code == 0
    assert [one.ref for one in blog.list("post", [State.LIVE])] == [post.ref]


@pytest.mark.parametrize(("answers", "sent"), [("y\ny\n", True), ("n\n", False)])
def test_on_a_terminal_it_is_a_question(
    run: Run,
    blog: Platform,
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    sent: bool,
) -> None:
    cut(published, 0.5)
    typed = io.StringIO(answers)
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = run("publish")
    assert "Publish it anyway? [y/N]" in done.err
    assert ("Paragraph 39" not in text(blog)) == sent
    assert done.code == (0 if sent else 1)


def test_a_library_user_accepts_a_change(workspace: Path, blog: Platform, published: Path) -> None:
    cut(published, 0.5)
    project: Project = blogkit.open(workspace, sleep=lambda _seconds: None)
    plan = project.plan()
    (question,) = plan.questions
    assert (plan.writing, question.kind) == (0, "refused")
    plan.accept(question)
    assert (plan.writing, list(plan.questions)) == (1, [])
    assert plan.apply().ok
    assert "Paragraph 39" not in text(blog)
    with pytest.raises(UsageError, match="--shorter"):
        project.plan(shorter=True)
