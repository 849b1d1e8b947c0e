"""`blogkit import` of a blog's backup, as its user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.samples import entry, takeout
from tests.cli.conftest import Run


@pytest.fixture
def feed(workspace: Path) -> Path:
    path = workspace / "feed.atom"
    path.write_bytes(
        takeout(
            *(
                entry(n, f"Knot {n}", f"<p>Knot {n} <img src='//i.example/{n}.png'></p>")
                for n in range(1, 13)
            ),
            entry(20, "", "<p>Untitled</p>", status="DRAFT"),
            entry(21, "", "Nice", kind="COMMENT"),
        )
    )
    return path


def test_a_backup_becomes_files(run: Run, feed: Path) -> None:
    dry = run("import", "feed.atom", "--dry-run")
    assert (dry.code, list(Path("posts").iterdir())) == (0, [])
    assert "files to write: 13" in dry.out
    done = run("import", "feed.atom")
    assert done.code == 0
    assert done.out == (
        "“Harbour Notes” (feed.atom) is another blog, so its posts are new ones; posts and pages: 13"
        "\nleft out: comments (1)\nfiles written: 13\n"
        + "".join(f"  posts/knot-{n}.html\n" for n in range(1, 11))
        + "  and 3 more; --json lists all\nfiles that need a title before you can publish them: 1\n"
        "  posts/post-20.html\nimages: 12; --images saves them, --json lists them\n"
        "Next: blogkit check\n"
    )
    again = run("import", "feed.atom", "--json").json
    assert (again["files"], len(again["unchanged"]), again["run"]) == ([], 13, None)
    assert again["left_out"] == {"comments": 1}
    assert again["images"]["addresses"][0] == "https://i.example/1.png"
    assert "remove posts/knot-1.html" in run("undo", "--yes").out
    assert list(Path("posts").iterdir()) == []


def test_options_of_pages_and_of_backups_are_told_apart(run: Run, feed: Path) -> None:
    Path("page.html").write_text("<h1>Knots</h1><p>Tie them.</p>")
    for arguments, name in (
        (("feed.atom", "--output", "posts/a.html"), "--output is only for a page"),
        (("feed.atom", "--key", "a"), "--key is only for a page"),
        (("page.html", "--as-new"), "--as-new is only for a blog's backup"),
        (("page.html", "--site", "main"), "--site is only for a blog's backup"),
    ):
        done = run("import", *arguments)
        assert (done.code, name in done.err) == (2, True), done.err
    assert list(Path("posts").iterdir()) == []


def test_a_broken_backup_names_the_line_and_the_next_step(run: Run, feed: Path) -> None:
    feed.write_bytes(feed.read_bytes().replace(b"<title>Knot 3</title>", b"<title>Knot 3"))
    done = run("import", "feed.atom")
    assert done.code == 1
    assert "feed.atom:52: error: the XML is broken here: mismatched tag" in done.err
    assert "nothing was imported" in done.err
    assert list(Path("posts").iterdir()) == []
