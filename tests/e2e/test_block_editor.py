"""Living beside the block editor of a real WordPress: what a person types there is theirs, and
nothing else is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from blogkit.html.spelling import respell
from tests.e2e import sample
from tests.e2e.block_editor import Typing, type_and_save
from tests.e2e.blocks import validate_blocks
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.browser
Run = Callable[..., tuple[int, Any]]
TYPED = " Typed"
QUIZ = (
    "insert",
    "quiz-button",
    "--set",
    "label=Start",
    "--set",
    "url=https://example.com/quiz",
    "--yes",
)


@pytest.fixture(params=["admin", "author"])
def user(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def blog(wordpress: Site, user: str, tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, wordpress, user)


@pytest.fixture
def path(blog: Workspace) -> Iterator[Path]:
    """One post with everything in it. Its live copy goes afterwards: the next test publishes the
    same, and the site may be the same too.
    """
    front = f"title: Everything beside {blog.user}\npublish: now\nquiz: https://example.com/quiz"
    yield blog.write(f"everything-{blog.user}", front, f"\n{sample.EVERYTHING}")
    for post in blog.site.rest("admin", "GET", "wp/v2/posts", params={"per_page": "100"}).json():
        if post["title"]["rendered"] == f"Everything beside {blog.user}":
            blog.site.rest("admin", "DELETE", f"wp/v2/posts/{post['id']}", params={"force": "true"})


@pytest.fixture
def run(blog: Workspace, path: Path) -> Run:
    return blog.run


def raw(site: Site, post: str) -> str:
    answer = site.rest("admin", "GET", f"wp/v2/posts/{post}", params={"context": "edit"})
    return str(answer.json()["content"]["raw"])


def test_a_word_typed_in_the_editor_is_the_only_change(
    run: Run, wordpress: Site, path: Path, user: str
) -> None:
    code, done = run("publish", "--yes")
    assert code == 0, done
    post = done["outcomes"][0]["id"]
    sent = raw(wordpress, post)

    (typed,) = type_and_save(wordpress, user, [Typing(post, "An opening paragraph", TYPED)])
    assert (typed.invalid, typed.saved) == ([], True)
    saved = raw(wordpress, post)
    assert respell(saved.replace(TYPED, "", 1)) == respell(sent)

    (status,) = run("status")[1]["posts"]
    assert status["file"] == "edited there"
    (diff,) = run("diff")[1]["differences"]
    told = [line for change in diff["there"] for line in (*change["before"], *change["after"])]
    assert [line for line in told if TYPED in line] != []
    assert (len(diff["there"]), diff["here"]) == (1, [])
    before, after = (set(diff["there"][0][side]) for side in ("before", "after"))
    assert len(before - after) == len(after - before) == 1, "the line with the word is the only one"

    code, inserted = run(*QUIZ, "--into", post, "--at", "before:h2:Headings", "--live")
    assert code == 0, inserted
    assert inserted["outcomes"][0]["losses"] == []
    (verdict,) = validate_blocks(wordpress, [raw(wordpress, post)])
    assert verdict.complaints == ()
    assert run("undo", "--yes")[0] == 0
    assert raw(wordpress, post) == saved

    assert run("publish", "--yes")[0] == 0, "an edit there is left alone"
    assert raw(wordpress, post) == saved
    source = path.read_text(encoding="utf-8")
    code, pulled = run("pull", str(path))
    assert code == 0, pulled
    text = path.read_text(encoding="utf-8")
    assert (text.replace(TYPED, "", 1), text.count(TYPED)) == (source, 1), "the word, and no more"
    assert run("publish", "--yes")[1]["outcomes"][0]["result"] == "unchanged"
    assert raw(wordpress, post) == saved
    (typed,) = type_and_save(wordpress, user, [Typing(post, "An opening paragraph", " more")])
    assert (typed.invalid, typed.saved) == ([], True)
    assert run("publish", str(path), "--ours", "--yes")[0] == 0
    ours = raw(wordpress, post).replace(f" id={post} ", " ")  # the key's post, since then
    assert respell(ours) == respell(saved)


@pytest.mark.parametrize("wordpress", [debian.NEWEST], indirect=True)
def test_a_widget_that_an_open_editor_wipes_is_reported_and_put_back(
    run: Run, wordpress: Site, blog: Workspace, user: str
) -> None:
    code, done = run("publish", "--yes")
    assert code == 0, done
    post = done["outcomes"][0]["id"]
    words = (*QUIZ, "--into", post, "--at", "before:h2:Headings", "--live", "--id", "late-quiz")
    command = (sys.executable, "-m", "blogkit", *words, "-C", str(blog.root))
    typing = Typing(post, "An opening paragraph", TYPED, before_saving=command)
    (typed,) = type_and_save(wordpress, user, [typing])
    assert (typed.invalid, typed.saved) == ([], True)
    saved = raw(wordpress, post)
    assert (TYPED in saved, "late-quiz" in saved) == (True, False), "the editor knew no widget"

    (wiped,) = run("status")[1]["wiped"]
    assert (wiped["id"], wiped["widget"], wiped["run"]) == ("late-quiz", "quiz-button", 2)
    code, done = run("reinsert", post, "--yes")
    assert code == 0, done
    now = raw(wordpress, post)
    assert (TYPED in now, "blogkit:begin late-quiz" in now) == (True, True)
    assert run("undo", "--yes")[0] == 0
    assert raw(wordpress, post) == saved
