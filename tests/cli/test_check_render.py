"""`check` and `render`: from files alone, without a site, a secret or a request."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import Run

HEAD = "---\ntitle: Polity\n---\n"
QUIZ = HEAD + "```{quiz-button}\nlabel: Start\n```\n"


@pytest.fixture
def post(workspace: Path) -> Path:
    path = workspace / "posts/polity.md"
    path.write_text(HEAD + "Some *text*.\n", encoding="utf-8")
    return path


def test_checking_asks_nobody(run: Run, post: Path, workspace: Path, sandbox: Sandbox) -> None:
    (workspace / ".env").unlink()
    assert run("check").out == "1 post checked: no problems\n"
    assert run("check", "--json").json == {"posts": 1, "errors": 0, "problems": []}
    assert run("render", post).code == 0
    assert sandbox.log.served() == []


@pytest.mark.parametrize(
    "encode", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")]
)
def test_what_editors_on_windows_write_is_fine(run: Run, post: Path, encode: object) -> None:
    before = run("render", post).out
    post.write_bytes(encode(post.read_bytes()))  # type: ignore[operator]
    data = post.read_bytes()
    assert run("check").code == 0
    assert run("render", post).out == before
    assert post.read_bytes() == data


def test_where_there_is_nothing_that_is_said(run: Run, workspace: Path) -> None:
    assert run("check").out == "no posts yet: blogkit new post TITLE\n"
    assert run("publish", "--yes").code == 0
    assert run("status").out.endswith("no posts yet: blogkit new post TITLE\n")


def test_an_open_mock_test_is_an_error_unless_allowed(run: Run, post: Path) -> None:
    post.write_text(QUIZ, encoding="utf-8")
    draft = run("check")
    assert (draft.code, "posts/polity.md:4: warning:" in draft.err) == (0, True)
    post.write_text(QUIZ.replace("\n---\n", "\npublish: now\n---\n", 1), encoding="utf-8")
    refused = run("check")
    assert refused.code == 1
    assert "posts/polity.md:5: error:" in refused.err
    for flags in (
        ("--allow-open",),
        ("--quiz-url", "https://example.com/q"),
        ("--quiz-url", "http://example.com/q", "--allow-http"),
    ):
        assert run("check", *flags).code == 0
        assert run("render", post, *flags).code == 0
    assert run("check", "--quiz-url", "http://example.com/q").code == 1
    assert (
        'href="https://example.com/q"'
        in run("render", post, "--quiz-url", "https://example.com/q").out
    )


def test_a_fragment_or_a_page(run: Run, post: Path) -> None:
    assert run("render", post).out == "<p>Some <em>text</em>.</p>\n"
    page = run("render", post, "--page").out
    assert page.lower().startswith("<!doctype html>")
    assert "<p>Some <em>text</em>.</p>" in page
    report = run("render", post, "--json").json
    assert (report["path"], report["site"], report["html"]) == (
        "posts/polity.md",
        "main",
        "<p>Some <em>text</em>.</p>\n".strip(),
    )


def test_the_same_from_anywhere(
    run: Run, post: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("render", "posts/polity.md").out
    monkeypatch.chdir(workspace / "posts")
    assert run("render", "polity.md").out == expected
    monkeypatch.chdir("/")
    assert run("-C", workspace, "render", "posts/polity.md").out == expected
    assert run("render", "-C", workspace, "posts/polity.md").out == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title = \n", "blogkit.toml:1: not valid TOML"),
        ('[blog]\ntimezone = "Asia/Kolkatta"\n', "blogkit.toml:2: error:"),
        ('[sites.main]\nplatform = "bloger"\n', 'did you mean "blogger"?'),
        ('[site.main]\nplatform = "folder"\n', 'did you mean "sites"?'),
        ("", "there is no default site"),
    ],
)
def test_settings_that_are_wrong_are_named(
    run: Run, post: Path, workspace: Path, text: str, place: str
) -> None:
    (workspace / "blogkit.toml").write_text(text, encoding="utf-8")
    done = run("check")
    assert done.code in (1, 2)
    assert place in done.err


def test_no_workspace_names_the_next_command(run: Run, tmp_path: Path) -> None:
    for command in (
        ("check",),
        ("plan",),
        ("publish",),
        ("status",),
        ("doctor",),
        ("login", "x"),
        ("new", "post", "x"),
        ("render", "x.md"),
    ):
        done = run(*command)
        assert done.code == 1
        assert "no blogkit.toml" in done.err
        assert "blogkit init" in done.err
    assert list(tmp_path.iterdir()) == []
