"""New workspaces and new posts: what is made works at once, and nothing that exists is overwritten."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from blogkit.cli import scaffold
from blogkit.content.yaml12 import load
from tests.cli.conftest import Run


def test_a_new_workspace_publishes_at_once(run: Run, tmp_path: Path) -> None:
    done = run("init", "my-blog")
    assert done.code == 0
    assert 'Next: cd my-blog && blogkit new post "My first post"' in done.out
    root = tmp_path / "my-blog"
    assert stat.S_IMODE((root / ".env").stat().st_mode) == 0o600
    assert ".env" in (root / ".gitignore").read_text(encoding="utf-8").split()
    assert run("-C", root, "check").out == "1 post checked: no problems\n"
    assert run("-C", root, "publish", "--yes").code == 0
    assert run("-C", root, "doctor").code == 0
    assert run("-C", root, "login", "main").code == 2


def test_here_needs_no_cd(run: Run) -> None:
    assert "Next: blogkit new post" in run("init").out


def test_what_exists_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MINE=1\n", encoding="utf-8")
    done = run("init", "--json")
    assert done.json["created"] == ["blogkit.toml", "posts/hello.md", ".gitignore"]
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "MINE=1\n"
    again = run("init")
    assert again.code == 2
    assert "is a workspace already" in again.err


def test_a_folder_with_a_strange_name(run: Run, tmp_path: Path) -> None:
    name = 'my "blog" \\ हिंदी'
    assert run("init", name).code == 0
    assert run("-C", tmp_path / name, "check").code == 0


TITLES = {
    "What the budget means": "what-the-budget-means",
    "Ünïcode & Ærøskøbing": "unicode-ærøskøbing",
    "हिन्दी दिवस": "हिन्दी-दिवस",
    "2026: a year": "2026-a-year",
    "🎉": "post",
    'A/B: "q" \\ $x': "a-b-q-x",
    "../../etc/passwd": "etc-passwd",
    "漢字" * 60: "漢字" * 30,
    "Con": "con-post",
    "AUX": "aux-post",
    "word " * 40: "word-word-word-word-word-word-word-word-word-word-word-word",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_its_file(title: str) -> None:
    assert scaffold.slugify(title) == TITLES[title]
    assert len(f"{scaffold.slugify(title)}.md".encode()) < 255


@pytest.mark.parametrize("title", [*TITLES, "a: b # c", "- x", 'it\'s "so"', "{{ x }}", "no", "--- "])
@pytest.mark.parametrize("kind", ["post", "page"])
def test_a_new_post_is_a_good_one(run: Run, tmp_path: Path, title: str, kind: str) -> None:
    run("init")
    done = run("new", kind, "--json", "--", title)
    assert done.code == 0
    path = tmp_path / done.json["path"]
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    assert load(front, path=str(path), line=1).value["title"] == " ".join(title.split())
    assert run("check", path).code == 0
    again = run("new", kind, "--", title)
    assert again.code == 2
    assert "exists already" in again.err


def test_options_may_stand_anywhere(run: Run, tmp_path: Path) -> None:
    run("init", "w")
    for number, arguments in enumerate(
        [("-C", "w", "--json", "new", "post"), ("new", "-C", "w", "--json", "post"), ("new", "post", "-C", "w", "--json")]
    ):
        assert run(*arguments, f"Post {number}").json == {"path": f"posts/post-{number}.md"}


def test_init_adds_to_a_gitignore_what_it_lacks(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"node_modules/\n.env")
    assert run("init").code == 0
    assert (tmp_path / ".gitignore").read_bytes() == b"node_modules/\n.env\n.blogkit/\nsite/\n"
