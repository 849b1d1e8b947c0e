"""New workspaces and new posts: what is made works at once, and nothing that exists is
overwritten.
"""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from blogkit.posts.yaml12 import load_yaml
from blogkit.project.files import scaffold
from tests.cases import for_each
from tests.cli.conftest import Run


def test_a_new_workspace_publishes_at_once(run: Run, tmp_path: Path) -> None:
    done = run("init", "--yes", "my-blog")
    assert done.code == 0
    assert "Next:\n  cd my-blog\n  blogkit publish\n  blogkit open posts/hello.md\n" in done.out
    root = tmp_path / "my-blog"
    assert stat.S_IMODE((root / ".env").stat().st_mode) == 0o600
    assert ".env" in (root / ".gitignore").read_text(encoding="utf-8").split()
    assert run("-C", root, "check").out == "1 post checked: no problems\n"
    assert run("-C", root, "publish", "--yes").code == 0
    assert run("-C", root, "doctor").code == 0
    assert run("-C", root, "login", "main").code == 2


def test_here_needs_no_cd(run: Run) -> None:
    assert "Next:\n  blogkit publish" in run("init", "--yes").out


def test_what_exists_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MINE=1\n", encoding="utf-8")
    done = run("init", "--yes", "--json")
    assert done.json["created"] == [".gitignore", "posts/hello.md", "blogkit.toml"]
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "MINE=1\n"
    again = run("init", "--yes")
    assert again.code == 2
    assert "already has a blogkit.toml" in again.err


def test_a_folder_with_a_strange_name(run: Run, tmp_path: Path) -> None:
    name = 'my "blog" \\ हिंदी\x01\t'
    assert run("init", "--yes", name).code == 0
    assert run("-C", tmp_path / name, "check").code == 0


TITLES = {
    "What the budget means": "what-the-budget-means",
    "Ünïcode & Ærøskøbing": "ünïcode-ærøskøbing",
    "हिन्दी दिवस": "हिन्दी-दिवस",
    "2026: a year": "2026-a-year",
    "🎉": "post",
    'A/B: "q" \\ $x': "a-b-q-x",
    "../../etc/passwd": "etc-passwd",
    "漢字" * 60: "漢字" * 30,
    "It’s what it's not": "its-what-its-not",
    "Con": "con-post",
    "AUX": "aux-post",
    "word " * 40: "word-word-word-word-word-word-word-word-word-word-word-word",
}


@for_each("title", TITLES)
def test_a_title_names_its_file(title: str) -> None:
    assert scaffold.file_stem(title) == TITLES[title]
    assert len(f"{scaffold.file_stem(title)}.md".encode()) < 255


@pytest.mark.sampled
@pytest.mark.parametrize(
    "title", [*TITLES, "a: b # c", "- x", 'it\'s "so"', "{{ x }}", "no", "--- "]
)
@pytest.mark.parametrize("kind", ["post", "page"])
def test_a_new_post_is_a_good_one(run: Run, tmp_path: Path, title: str, kind: str) -> None:
    run("init", "--yes")
    done = run("new", kind, "--json", "--", title)
    assert done.code == 0
    path = tmp_path / done.json["path"]
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    assert load_yaml(front, path=str(path), line=1).value["title"] == " ".join(title.split())
    assert run("check", path).code == 0
    again = run("new", kind, "--", title)
    assert again.code == 2
    assert "already exists" in again.err


def test_options_may_stand_anywhere(run: Run, tmp_path: Path) -> None:
    run("init", "--yes", "w")
    for number, arguments in enumerate(
        [
            ("-C", "w", "--json", "new", "post"),
            ("new", "-C", "w", "--json", "post"),
            ("new", "post", "-C", "w", "--json"),
        ]
    ):
        assert run(*arguments, f"Post {number}").json == {"path": f"posts/post-{number}.md"}


def test_init_adds_to_a_gitignore_what_it_lacks(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"node_modules/\n.env")
    assert run("init", "--yes").code == 0
    assert (tmp_path / ".gitignore").read_bytes() == b"node_modules/\n.env\n.blogkit/\nsite/\n"


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Everything under a folder, contents included."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


LIMITED = """
import resource, sys
from blogkit.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.slow
@for_each(
    ("command", "room", "target"),
    product(["init", "demo"], [0, 5, 100, 500], ["new/folder", "."]),
    local=6,  # every third: each of them
)
def test_a_full_disk_leaves_nothing_half_made(
    tmp_path: Path, room: int, target: str, command: str
) -> None:
    """The system refuses to let a file grow beyond a size, as a full disk does."""
    more = ["--yes"] if command == "init" else []
    words = [sys.executable, "-B", "-c", LIMITED, str(room), command, target, *more]
    done = subprocess.run(
        words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, "bug" in done.stderr) == (1, False), done.stderr
    assert "free some disk space" in done.stderr
    assert snapshot(tmp_path) == {}


def test_a_file_in_the_way_leaves_all_as_it_was(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts").write_text("mine", encoding="utf-8")
    (tmp_path / ".gitignore").write_bytes(b"mine")
    before = snapshot(tmp_path)
    done = run("init", "--yes")
    assert (done.code, "bug" in done.err) == (1, False)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("kind", ["a file", "a link to nowhere"])
def test_a_target_that_is_no_folder(run: Run, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "blog"
    target.write_text("mine", encoding="utf-8") if kind == "a file" else target.symlink_to(
        "nowhere"
    )
    done = run("init", "--yes", "blog")
    assert "bug" not in done.err
    assert (done.code, target.is_file()) == ((2, True) if kind == "a file" else (0, False))


class Interruption:
    """Ctrl-C before the step that comes after so many others."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps = 0
        self.left = 0
        for name in ("mkdir", "chmod", "open"):
            monkeypatch.setattr(Path, name, self._before(getattr(Path, name)))

    def later(self) -> None:
        self.steps += 1
        self.left = self.steps

    def _before(self, function: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            self.left -= 1
            if self.left == -1:
                raise KeyboardInterrupt
            return function(*arguments, **options)

        return step


@pytest.mark.slow
@pytest.mark.parametrize("target", [".", "a/b"])
def test_ctrl_c_at_any_step_leaves_all_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    (tmp_path / ".gitignore").write_bytes(b"mine")
    before = snapshot(tmp_path)
    interruption = Interruption(monkeypatch)
    while (done := run("init", "--yes", target)).code == 130:
        interruption.left = 10**9
        assert snapshot(tmp_path) == before, interruption.steps
        interruption.later()
    assert (done.code, interruption.steps > 5) == (0, True)


def test_a_run_that_was_killed_is_repeated(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/hello.md").write_text("---\ntitle: Mine\n---\nx\n", encoding="utf-8")
    assert run("init", "--yes").code == 0
    assert "title: Mine" in (tmp_path / "posts/hello.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("zone", "named"), [("Asia/Kolkata", "Asia/Kolkata"), ("Nowhere/Land", "UTC"), ("UTC", "UTC")]
)
def test_the_zone_of_the_machine(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, named: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert run("init", "--yes").code == 0
    assert f'timezone = "{named}"' in (tmp_path / "blogkit.toml").read_text(encoding="utf-8")
