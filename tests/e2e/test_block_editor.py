"""Living beside the block editor of a real WordPress: what a person types there is theirs, and
nothing else is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blogkit.__main__ import main
from blogkit.html.spelling import respell
from tests.e2e import sample
from tests.e2e.block_editor import Typing, type_and_save
from tests.e2e.blocks import validate_blocks
from tests.e2e.wordpress.site import Site

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
def folder(wordpress: Site, user: str, tmp_path: Path) -> Path:
    """One post with everything in it."""
    account = wordpress.users[user]
    (tmp_path / "blogkit.toml").write_text(
        f'[sites.school]\nplatform = "wordpress"\nurl = "{wordpress.url}"\nusername ='
        f' "{account.login}"\n',
        encoding="utf-8",
    )
    (tmp_path / ".env").write_text(
        f"BLOGKIT_SCHOOL_APP_PASSWORD={account.application_password}\n"
        f"BLOGKIT_SCHOOL_ORIGIN={wordpress.url}\n",
        encoding="utf-8",
    )
    (tmp_path / ".env").chmod(0o600)
    (tmp_path / "posts").mkdir()
    head = f"---\ntitle: Everything beside {user}\npublish: now\nquiz: https://example.com/quiz\n---\n\n"
    path = tmp_path / f"posts/everything-{user}.md"
    path.write_text(head + sample.EVERYTHING, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, Any]:
        code = main(["-C", str(folder), *arguments, "--json"], sleep=lambda _seconds: None)
        captured = capsys.readouterr()
        assert captured.out, captured.err
        return code, json.loads(captured.out)

    return command


def raw(site: Site, post: str) -> str:
    answer = site.rest("admin", "GET", f"wp/v2/posts/{post}", params={"context": "edit"})
    return str(answer.json()["content"]["raw"])


def test_a_word_typed_in_the_editor_is_the_only_change(
    run: Run, wordpress: Site, folder: Path, user: str
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
    (typed,) = type_and_save(wordpress, user, [Typing(post, "An opening paragraph", " more")])
    assert (typed.invalid, typed.saved) == ([], True)
    path = next(folder.glob("posts/*.md"))
    assert run("publish", str(path), "--ours", "--yes")[0] == 0
    ours = raw(wordpress, post).replace(f" id={post} -->", " -->")  # the key's post, since then
    assert respell(ours) == respell(sent)
