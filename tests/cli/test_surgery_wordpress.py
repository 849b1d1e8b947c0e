"""Live posts on a WordPress that filters what this account sends: nothing that stands there is
ever lost by a change beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.platforms.wordpress.conftest import URL, Script, post, script

__all__ = ["script"]
RAW_HTML = {"wp:action-unfiltered-html": [{"href": URL}]}
QUIZ = (
    "insert",
    "quiz-button",
    "--set",
    "label=Start",
    "--set",
    "url=https://example.com/quiz",
    "--into",
    "7",
    "--at",
    "end",
)
OLD = "<p>Text.</p>\n\n<script>count()</script>"


@pytest.fixture
def school(tmp_path: Path, script: Script) -> Script:
    """A workspace whose only site is a WordPress made of prepared answers."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(
        f'[sites.school]\nplatform = "wordpress"\nurl = "{URL}"\nusername = "author"\n',
        encoding="utf-8",
    )
    (tmp_path / ".env").write_text(
        f"BLOGKIT_SCHOOL_APP_PASSWORD=abcd efgh\nBLOGKIT_SCHOOL_ORIGIN={URL}\n", encoding="utf-8"
    )
    (tmp_path / ".env").chmod(0o600)
    return script


def shows(school: Script, body: str, **fields: Any) -> None:
    """The site has this post."""
    stored = post(status="publish", content={"raw": body}, **fields)
    school.on("GET", "/wp/v2/posts/7", stored)
    school.on("GET", "/wp/v2/posts", [stored])


def test_a_post_with_more_than_this_account_may_send_is_left_alone(
    run: Run, school: Script
) -> None:
    shows(school, OLD)
    done = run(*QUIZ, "--yes")
    assert done.code == 1
    assert "if this account saves the post, the site would remove parts of it: line 3: " in done.err
    assert "sign in with an account that may post raw HTML" in done.err
    assert school.writes() == []


def test_who_may_post_raw_html_may_change_it(run: Run, school: Script) -> None:
    shows(school, OLD, _links=RAW_HTML)
    done = run(*QUIZ, "--dry-run")
    assert (done.code, "1 post checked, 1 to change" in done.out) == (0, True)


def test_what_the_site_would_take_out_of_the_piece_is_said_before(
    run: Run, school: Script, tmp_path: Path
) -> None:
    shows(school, "<p>Text.</p>")
    assert run(*QUIZ, "--dry-run").code == 0
    (tmp_path / "note.html").write_text("<p>x</p><script>go()</script>", encoding="utf-8")
    done = run(*("insert", "note.html", "--into", "7", "--at", "end", "--allow", "script", "--yes"))
    assert (done.code, "the site would strip parts of note: " in done.err) == (1, True)
    assert school.writes() == []


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("One.\n\nTwo.", ['+<div data-blogkit-region="quiz-button"']),
        (
            "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->",
            ["+<!-- wp:html -->", "+<!-- blogkit:begin ", "+<!-- /wp:html -->"],
        ),
    ],
    ids=["classic", "blocks"],
)
def test_a_post_of_each_editor_is_marked_as_suits_it(
    run: Run, school: Script, body: str, marks: list[str]
) -> None:
    shows(school, body)
    shown = run(*QUIZ, "--dry-run").out
    places = [shown.index(mark) for mark in marks]
    assert places == sorted(places)


def test_shortcodes_of_an_adopted_post_are_no_warning(
    run: Run, school: Script, tmp_path: Path
) -> None:
    """They run on the blog; to write them as text would break them."""
    school.on("GET", "/wp/v2/posts", [])
    own, adopted = tmp_path / "posts/own.html", tmp_path / "posts/adopted.html"
    own.write_text("---\ntitle: Photos of a march\n---\n<p>[gallery ids=1]</p>\n", encoding="utf-8")
    adopted.write_text(
        "---\ntitle: Photos of a fair\npost_id: 7\nsites: [school]\n---\n<p>[gallery ids=2]</p>\n",
        encoding="utf-8",
    )
    found = run("check")
    assert "posts/own.html:4" in found.out + found.err
    assert "[gallery ids=1] would run as a shortcode" in found.out + found.err
    assert "[gallery ids=2]" not in found.out + found.err
