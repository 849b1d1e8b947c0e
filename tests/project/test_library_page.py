"""The examples of docs/library.md run as they are written, in a process that never imports
click.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, State
from tests.project.conftest import live_post, write_post

PAGE = Path(__file__).resolve().parents[2] / "docs/library.md"
ADDRESS = "https://example.blogspot.com/2024/05/old.html"
OLD = "<p>How it began.</p>\n<h2>Conclusion</h2>\n<p>How it ended.</p>"
EXAMPLES = re.findall(
    r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)


@pytest.fixture
def old_post(folder: Path, blog: Platform) -> str:
    for name in ("miami", "talks"):
        write_post(folder, name, f"The {name} post")
    return live_post(blog, "An old post", OLD, "Archive")


def run(code: str, folder: Path) -> str:
    code += '\nimport sys\nassert "click" not in sys.modules, "click was imported"\n'
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "a library prints nothing"
    return done.stdout


@pytest.mark.slow
def test_the_glance_at_the_api(folder: Path, old_post: str, blog: Platform) -> None:
    out = run(
        EXAMPLES[0].replace(ADDRESS, old_post)
        + "\nprint(report.run, *(change.kind for change in plan))\n",
        folder,
    )
    assert 'publish "miami.md"' in out or "miami" in out
    assert out.splitlines()[-1].split()[1:] == ["create"]
    (old,) = [post for post in blog.list("post", (State.LIVE,)) if post.title == "An old post"]
    assert old.body.index("Start") < old.body.index("Conclusion")
    assert [post.title for post in blog.list("post", (State.LIVE,))] == ["An old post"], (
        "undo left the post of the run"
    )


@pytest.mark.slow
def test_every_example(folder: Path, old_post: str, blog: Platform) -> None:
    code = "\n".join(example.replace(ADDRESS, old_post) for example in EXAMPLES[1:])
    out = run(code, folder)
    assert "2 posts, 0 errors" in out
    assert "1 done ['http" in out
    titles = {post.title: post.body for post in blog.list("post", (State.LIVE,))}
    assert set(titles) == {"An old post", "The talks post"}, "one was deleted"
    assert "Corrected on 2 May." in titles["An old post"], "the last run alone was undone"
    assert "Old news." not in titles["An old post"]


def test_the_examples_are_short() -> None:
    assert len([line for line in EXAMPLES[1].splitlines() if line]) == 2, (
        "one widget to HTML in two lines"
    )
    publish = next(example for example in EXAMPLES if "talks.md" in example)
    assert len([line for line in publish.splitlines() if line]) <= 5
