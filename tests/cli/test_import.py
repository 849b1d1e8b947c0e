"""`blogkit import`: a pasted page becomes a post in the workspace; nothing is overwritten, and
the page is left alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.process import BLOGKIT

PAGE = """<h1>Talks in Miami</h1>
<div>Translate</div>
<p>Published on: December 20, 2024 | Category: Diplomacy, GS-II</p>
<p>It doesnâ€™t end here.</p>
<table><tr><th>Who</th><th>What</th></tr><tr><td>US</td><td>Envoy</td></tr></table>
<table><tr><td colspan="2">Merged</td></tr></table>
<p><a class="btn" href="https://example.com/quiz">Start the mock test</a></p>
"""


@pytest.fixture
def blog(run: Run, tmp_path: Path) -> Path:
    """A workspace with a page beside its posts."""
    assert run("init", "--yes").code == 0
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_a_page_becomes_a_post_that_can_be_checked_and_published(run: Run, blog: Path) -> None:
    done = run("import", "page.html")
    assert (done.code, done.err) == (0, "")
    assert "page.html:5: became a table widget: Who What US Envoy" in done.out
    assert (
        "page.html:6: stays HTML, though it may be a table: a cell spans several columns or rows"
        in done.out
    )
    assert "page.html:2: left out (text of the theme): Translate" in done.out
    assert 'page.html:4: changed "â€™" to "’"' in done.out
    assert done.out.endswith(
        "posts/talks-in-miami.md\nNext: blogkit check posts/talks-in-miami.md\n"
    )
    assert (blog / "page.html").read_text(encoding="utf-8") == PAGE
    assert run("check", "posts/talks-in-miami.md").code == 0
    assert "It doesn’t end here." in run("render", "posts/talks-in-miami.md").out
    assert run("publish", "posts/talks-in-miami.md", "--yes").code == 0


def test_json_tells_everything(run: Run, blog: Path) -> None:
    report = run("import", "page.html", "--json").json
    assert (report["path"], report["written"], report["format"]) == (
        "posts/talks-in-miami.md",
        True,
        "md",
    )
    assert (report["title"], report["titled_by"], report["date"]) == (
        "Talks in Miami",
        "its h1",
        "2024-12-20",
    )
    assert report["labels"] == ["Diplomacy", "GS-II"]
    assert report["quiz"] == "https://example.com/quiz"
    assert [made["widget"] for made in report["recognised"]] == ["byline", "table", "quiz-button"]
    assert report["kept"] == [
        {"line": 6, "widget": "table", "why": "a cell spans several columns or rows"}
    ]
    assert [left["line"] for left in report["dropped"]] == [1, 2]
    assert report["repaired"] == [{"line": 4, "old": "â€™", "new": "’"}]


def test_a_dry_run_shows_the_post_and_writes_nothing(run: Run, blog: Path) -> None:
    before = sorted(blog.rglob("*"))
    done = run("import", "page.html", "--dry-run")
    assert done.code == 0
    assert done.out.startswith(
        '---\ntitle: "Talks in Miami"\nlabels: ["Diplomacy", "GS-II"]\nquiz: "https://example.com/quiz"\n'
    )
    assert "page.html:5: became a table widget" in done.err
    told = run("import", "page.html", "--dry-run", "--json").json
    assert (told["written"], told["text"]) == (False, done.out)
    assert sorted(blog.rglob("*")) == before


def test_nothing_is_written_over_unless_asked(run: Run, blog: Path) -> None:
    post = blog / "posts/talks-in-miami.md"
    post.write_text("mine", encoding="utf-8")
    refused = run("import", "page.html")
    assert refused.code == 2
    assert "posts/talks-in-miami.md already exists" in refused.err
    assert "--force" in refused.err
    assert post.read_text(encoding="utf-8") == "mine"
    assert run("import", "page.html", "--force").code == 0
    written = post.read_text(encoding="utf-8")
    assert "{table}" in written
    assert run("import", "page.html", "--force").code == 0
    assert post.read_text(encoding="utf-8") == written
    assert [path.name for path in post.parent.iterdir() if path.name.startswith(".")] == []


def test_a_second_post_of_the_same_name_is_refused(run: Run, blog: Path) -> None:
    (blog / "posts/talks-in-miami.html").write_text("mine", encoding="utf-8")
    refused = run("import", "page.html", "--force")
    assert refused.code == 2
    assert "talks-in-miami.html already exists" in refused.err
    assert not (blog / "posts/talks-in-miami.md").exists()


def test_the_post_goes_where_and_as_it_is_asked_for(run: Run, blog: Path) -> None:
    assert run("import", "page.html", "-o", "posts/a/talks.html", "--key", "miami").code == 0
    written = (blog / "posts/a/talks.html").read_text(encoding="utf-8")
    assert 'key: "miami"' in written
    assert "<!-- {table}" in written
    assert run("check", "posts/a/talks.html").code == 0


REFUSED = {
    ("page.html", "-o", "page.html"): "-o page.html would overwrite the page itself",
    ("page.html", "-o", "post.txt"): "-o post.txt is not a valid file name for a post",
    ("page.html", "-o", "posts/../../escape.md"): "escape.md is outside your blog's folder, ",
    ("page.html", "--key", "a/b"): '--key: "a/b" cannot be a key',
    ("nothing.html",): "no such file: nothing.html",
    ("posts",): "posts is a folder of this blog's own posts",
    (".",): ". holds this blog's own posts, too",
    ("old", "-o", "x.md"): "-o is for one file, not for a folder",
    (): "there is nothing to import",
    ("page.html", "--clipboard"): "both a file and --clipboard are given",
    ("text.md", "-o", "posts/text.html"): "text.md cannot become an .html file: it is not HTML",
    ("indented.html", "-o", "x.md"): "indented.html cannot become a .md file",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_makes_no_sense_is_refused_with_a_way_out(
    run: Run, blog: Path, arguments: tuple[str, ...]
) -> None:
    (blog / "indented.html").write_text("<h1>A</h1>\n<p>a</p>\n\n    <p>b</p>\n", encoding="utf-8")
    (blog / "text.md").write_text("# A\n\nText.\n", encoding="utf-8")
    (blog / "old").mkdir()
    before = {path: path.read_bytes() for path in blog.rglob("*") if path.is_file()}
    refused = run("import", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert REFUSED[arguments] in refused.err
    assert refused.err.count("\n    ") == 1, "a next step"
    assert {path: path.read_bytes() for path in blog.rglob("*") if path.is_file()} == before


def test_a_folder_is_counted_in_words(run: Run, blog: Path) -> None:
    (blog / "old").mkdir()
    post = '---\ntitle: "Tides"\ndate: 2019-05-03T10:00:00Z\n---\nThe tide comes in twice a day.\n'
    (blog / "old/tides.md").write_text(post, encoding="utf-8")
    assert "\n1 post\nNext: blogkit check" in run("import", "old").out


UNREADABLE = {
    "empty.html": (b"", "empty.html: error: the file is empty"),
    "latin.html": (b"<p>caf\xe9</p>", "latin.html:1: error: byte 0xE9 at offset 6 is not UTF-8"),
    "picture.html": (b"\x89PNG\0\0", "picture.html: error: this is an image, not text"),
    "large.html": (b"a" * 5_000_001, "large.html: error: the file has 5,000,001 bytes"),
    "post.html": (b"---\ntitle: a\n---\n", "post.html:1: error: this is already a post"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(run: Run, blog: Path, name: str) -> None:
    data, words = UNREADABLE[name]
    (blog / name).write_bytes(data)
    refused = run("import", name)
    assert refused.code == 1
    assert words in refused.err
    assert refused.err.count("\n    ") == 1, "a next step"
    assert run("import", name, "--json").json["problems"][0]["path"] == name


def test_a_published_page_leaves_what_only_its_author_can_decide(run: Run, blog: Path) -> None:
    page = Path(__file__).parents[1] / "importers/corpus/published-page.txt"
    (blog / "page.txt").write_bytes(page.read_bytes())
    assert run("import", "page.txt").code == 0
    (post,) = (blog / "posts").glob("coastal-ferry-*.md")
    problems = run("check", f"posts/{post.name}", "--json").json["problems"]
    assert {problem["severity"] for problem in problems} == {"warning"}
    assert {problem["code"] for problem in problems} <= {
        *("mojibake", "title-length", "pyq-without-year", "pending-quiz", "open-placeholder"),
    }


class Clipboard:
    """A clipboard of a system that has one."""

    def __init__(self, folder: Path, text: str) -> None:
        program = folder / "wl-paste"
        (folder / "text").write_text(text, encoding="utf-8")
        program.write_text(f'#!/bin/sh\nexec cat "{folder}/text"\n', encoding="utf-8")
        program.chmod(0o755)
        for name in ("wl-copy", "xclip", "xsel"):
            (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
            (folder / name).chmod(0o755)
        self.path = str(folder)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the clipboard's programs of Linux")
def test_the_clipboard_is_imported_or_named(blog: Path, tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("programs")
    clipboard = Clipboard(folder, "A Copied Headline\n\nAnd its text.\n")
    usual = {**os.environ, "PATH": f"{clipboard.path}:/bin:/usr/bin"}
    usual = {name: value for name, value in usual.items() if name != "DISPLAY"}
    for environ, code in (
        ({**usual, "WAYLAND_DISPLAY": "w"}, 0),
        ({**usual, "PATH": "/nowhere"}, 1),
    ):
        done = subprocess.run(
            [*BLOGKIT, "import", "--clipboard"],
            cwd=blog,
            env=environ,
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == code, done.stderr
    assert b"cannot read the clipboard" in done.stderr
    assert b"blogkit import -" in done.stderr
    assert (blog / "posts/a-copied-headline.md").is_file()


@pytest.mark.slow
def test_a_page_comes_through_a_pipe(blog: Path) -> None:
    done = subprocess.run(
        [*BLOGKIT, "import", "-", "--quiet"],
        cwd=blog,
        input=PAGE.encode(),
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (blog / "posts/talks-in-miami.md").is_file()


def test_the_name_is_no_keyword_to_the_one_who_types_it(run: Run) -> None:
    assert run("import", "--help").out.startswith("Usage: blogkit import [OPTIONS] [FILE|-]")


def test_a_folder_of_a_generators_posts_is_one_run(run: Run, blog: Path) -> None:
    old = blog / "old/_posts"
    (old / "2016").mkdir(parents=True)
    texts = {
        "2015-06-08-harbour.md": "---\nlayout: post\ntitle: Harbour\n---\n{% include map.html %}\n",
        "2016/2016-01-01-harbour.md": "---\ntitle: Harbour again\ntags: [sea]\n---\nBoats.\n",
        "2016/plain.md": "---\ntitle: Nets\n---\nMending nets.\n",
        "about.rst": "About\n=====\n",
        "broken.md": "+++\ntitle = \n+++\n",
        "photo.jpg": "x",
        "readme.md": "# Notes\n",
        ".hidden.md": "x",
    }
    for name, text in texts.items():
        (old / name).write_text(text, encoding="utf-8")
    dry = run("import", "old/_posts", "--dry-run")
    assert "old/_posts/2015-06-08-harbour.md → posts/harbour.md" in dry.out
    assert not (blog / "posts/harbour.md").exists()
    done = run("import", "old/_posts", "--json")
    assert done.code == 1
    assert [(one["source"], one["path"]) for one in done.json["posts"]] == [
        ("old/_posts/2015-06-08-harbour.md", "posts/harbour.md"),
        ("old/_posts/2016/2016-01-01-harbour.md", "posts/harbour-2.md"),
        ("old/_posts/2016/plain.md", "posts/plain.md"),
    ]
    assert [one["source"].rpartition("/")[2] for one in done.json["failed"]] == [
        "about.rst",
        "broken.md",
        "readme.md",
    ]
    assert done.json["others"] == 2
    again = run("import", "old/_posts")
    assert "posts/harbour.md already exists" in again.err
    checked = run("check", "posts/harbour.md")
    assert "posts/harbour.md:7: error: " in checked.out + checked.err
    assert run("undo", str(done.json["run"]), "--yes").code == 0
    assert not list((blog / "posts").glob("harbour*"))
