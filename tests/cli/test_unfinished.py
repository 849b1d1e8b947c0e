"""Unfinished drafts: a placeholder is a warning until readers would see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote, State
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run

Write = Callable[..., Path]
TEXTS = {
    "placeholder": "Written by YOUR_NAME_HERE.",
    "pending quiz": "Go to YOUR_MOCK_TEST_LINK_HERE now.",
}


def posts_on(blog: Platform) -> dict[str, Remote]:
    return {post.title: post for post in blog.list("post", PRESENT)}


@pytest.fixture(params=TEXTS)
def text(request: pytest.FixtureRequest) -> str:
    return TEXTS[request.param]


@pytest.mark.sampled
@pytest.mark.parametrize("publish", ["draft", ""], ids=["draft", "no publish line"])
def test_an_unfinished_draft_is_sent_with_a_warning(
    run: Run, write: Write, blog: Platform, text: str, publish: str
) -> None:
    path = write("talks", text, "Talks", publish=publish)
    if not publish:
        path.write_text(path.read_text("utf-8").replace("publish: \n", ""), "utf-8")
    write("rain", "It rains.", "Rain")
    checked = run("check")
    assert (checked.code, "posts/talks.md" in checked.err) == (0, True)
    assert "warning" in checked.err
    done = run("publish", "--yes")
    assert done.code == 0, done.err
    assert "posts/talks.md" in done.err
    states = {title: post.state for title, post in posts_on(blog).items()}
    assert states == {"Talks": State.DRAFT, "Rain": State.LIVE}
    assert run("publish", "--yes").code == 0


@pytest.mark.sampled
@pytest.mark.parametrize("publish", ["now", "2099-01-01 07:00"])
def test_going_live_with_a_placeholder_is_an_error(
    run: Run, write: Write, blog: Platform, text: str, publish: str
) -> None:
    write("talks", text, "Talks", publish="draft")
    assert run("publish", "--yes").code == 0
    write("talks", text, "Talks", publish=publish)
    write("rain", "It rains.", "Rain")
    done = run("publish", "--yes")
    assert done.code == 1
    assert "posts/talks.md:5: error:" in done.err
    states = {title: post.state for title, post in posts_on(blog).items()}
    assert states == {"Talks": State.DRAFT, "Rain": State.LIVE}
    assert run("publish", "--yes", "--all-or-nothing").code == 1
    write("talks", "All is written.", "Talks", publish=publish)
    assert run("publish", "--yes").code == 0


@pytest.mark.sampled
@pytest.mark.parametrize("publish", ["draft", "keep"])
def test_a_live_post_never_shows_a_placeholder(
    run: Run, write: Write, blog: Platform, text: str, publish: str
) -> None:
    write("talks", "Talks opened.", "Talks")
    assert run("publish", "--yes").code == 0
    path = write("talks", text, "Talks", publish=publish)
    if publish == "keep":
        path.write_text(path.read_text("utf-8").replace("publish: keep\n", ""), "utf-8")
    for _ in range(2):  # the second time, the file comes from the cache
        done = run("publish", "--yes")
        assert done.code == 1
        assert "cannot publish “Talks” on main: the post is live, and posts/talks.md:" in done.err
    post = posts_on(blog)["Talks"]
    assert (post.state, "Talks opened." in post.body) == (State.LIVE, True)
    assert run("plan").code == 1
