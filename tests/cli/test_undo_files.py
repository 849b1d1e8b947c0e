"""What a command did to files is a run: undo takes back what the user did last, never something
else, and overwrites nothing that was written since.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]
Make = Callable[..., Remote]
QUIZ = ("quiz-button", "--set", "label=Start", "--set", "url=https://example.com/quiz")
OLD = "<p>Open the trial quiz.</p>\n<h2>Conclusion</h2>\n<p>The end.</p>"


@pytest.fixture
def adopted(run: Run, workspace: Path, by_hand: Make) -> Path:
    """The file of a post that is older than the folder."""
    post = by_hand("Old", OLD)
    assert run("pull", post.url).code == 0
    return workspace / "posts/old.html"


def bodies(blog: Platform) -> dict[str, str]:
    return {post.title: post.body for post in blog.list("post", PRESENT)}


EDITS = {
    "insert": ("insert", *QUIZ, "--at", "before:h2:Conclusion", "--into"),
    "replace": ("replace", "text:Open", "--with", "Start"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_a_file_is_the_last_run(
    run: Run, blog: Platform, write: Write, adopted: Path, name: str
) -> None:
    """Once, undo put back an older version of another, live post."""
    write()
    run("publish", "--yes")
    write(text="Talks closed.")
    run("publish", "--yes")
    before, live = adopted.read_bytes(), bodies(blog)
    assert run(*EDITS[name], adopted, "--yes").code == 0
    after = adopted.read_bytes()
    assert after != before
    done = run("undo", "--yes")
    assert (done.code, "restore posts/old.html" in done.out) == (0, True)
    assert (adopted.read_bytes(), bodies(blog)) == (before, live)
    assert run("undo", "--yes").code == 0  # to reverse an undo, undo it
    assert (adopted.read_bytes(), bodies(blog)) == (after, live)


def test_the_question_names_the_run_its_time_and_its_extent(
    run: Run, adopted: Path, by_hand: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand("Other", OLD)
    by_hand("Third", OLD)
    run("replace", "text:Open", "--with", "Start", "--all", "--yes")
    changed = adopted.read_bytes()
    typed = io.StringIO("n\n")
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = run("undo")
    question = r"Undo run 2, replace, .* 20\d\d, .* IST \(.* UTC\): 1 file and 2 posts\?"
    assert re.search(question, done.err)
    assert (done.code, adopted.read_bytes()) == (1, changed)


def test_removing_and_upgrading_a_widget_in_a_file(run: Run, adopted: Path) -> None:
    before = adopted.read_bytes()
    run("insert", *QUIZ, "--at", "end", "--into", adopted, "--yes")
    inserted = adopted.read_bytes()
    run("remove", "quiz-button", "--from", adopted, "--yes")
    assert adopted.read_bytes() == before
    assert run("undo", "--yes").code == 0
    assert adopted.read_bytes() == inserted
    old = inserted.replace(b'-v="1"', b'-v="0"')
    assert old != inserted
    adopted.write_bytes(old)
    done = run("upgrade", adopted, "--force", "--yes")
    assert done.code == 0, done.err
    assert adopted.read_bytes() != old
    assert run("undo", "--yes").code == 0
    assert adopted.read_bytes() == old


def test_repairs_are_taken_back(run: Run, write: Write) -> None:
    path = write(text="Itâ€™s raining.")
    before = path.read_bytes()
    assert run("check", "--fix", "--dry-run").code == 1
    assert "no runs yet" in run("log").out
    assert run("check", "--fix").code == 0
    assert "It’s raining." in path.read_text()
    assert "fix 1 mistake in posts/miami.md: done" in run("log", "1").out
    assert run("undo", "--yes").code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["pull", "adopt"])
def test_files_that_a_command_created_are_removed(
    run: Run, workspace: Path, by_hand: Make, command: str
) -> None:
    posts = [by_hand(title) for title in ("One", "Two")]
    assert run(command, *(post.ref.id for post in posts)).code == 0
    one, two = workspace / "posts/one.html", workspace / "posts/two.html"
    assert (one.exists(), two.exists()) == (True, True)
    data = one.read_bytes()
    done = run("undo", "--dry-run")
    assert "remove posts/one.html: the run created it" in done.out
    assert one.exists()
    assert run("undo", "--yes").code == 0
    assert (one.exists(), two.exists()) == (False, False)
    assert run("status", "--json").json["posts"] == []  # they are not missed
    assert run("undo", "--yes").code == 0
    assert one.read_bytes() == data
    assert "already up to date" in run("publish", "--yes").out


def test_a_created_file_that_was_edited_stays(run: Run, workspace: Path) -> None:
    assert run("new", "post", "Rain").code == 0
    path = workspace / "posts/rain.md"
    path.write_text("---\ntitle: Rain\n---\nMine.\n", encoding="utf-8")
    done = run("undo", "--yes", "--json")
    assert done.code == 4
    (left,) = done.json["left_out"]
    assert "posts/rain.md was changed after run 1" in left["error"]
    assert "delete it" in left["hint"]
    assert "Mine." in path.read_text()


def test_new_and_imported_posts(run: Run, workspace: Path) -> None:
    page = workspace / "page.html"
    page.write_text("<h1>Snow</h1><p>It snows.</p>", encoding="utf-8")
    assert run("new", "post", "Rain").code == 0
    assert run("import", page, "-o", "posts/snow.html").code == 0
    snow = workspace / "posts/snow.html"
    first = snow.read_bytes()
    page.write_text("<h1>Snow</h1><p>It still snows.</p>", encoding="utf-8")
    assert run("import", page, "-o", "posts/snow.html", "--force").code == 0
    assert run("undo", "--yes").code == 0
    assert snow.read_bytes() == first
    assert run("undo", "2", "--yes").code == 0
    assert not snow.exists()
    assert run("undo", "1", "--yes").code == 0
    assert list((workspace / "posts").iterdir()) == []
    assert page.exists()


def test_what_was_written_since_is_a_conflict_with_a_way_out(
    run: Run, workspace: Path, adopted: Path
) -> None:
    before = adopted.read_bytes()
    run("insert", *QUIZ, "--at", "end", "--into", adopted, "--yes")
    adopted.write_bytes(adopted.read_bytes() + b"<p>By hand.</p>")
    mine = adopted.read_bytes()
    done = run("undo", "--yes")
    assert done.code == 4
    assert "conflict: posts/old.html was changed after run 2" in done.err
    assert "blogkit backup export DIR --run 2" in done.err
    assert adopted.read_bytes() == mine
    assert run("backup", "export", "kept", "--run", "2").code == 0
    (kept,) = (workspace / "kept/files").rglob("*-before.html")
    assert kept.read_bytes() == before


def test_an_older_run_does_not_jump_over_a_newer_one(run: Run, adopted: Path) -> None:
    run("replace", "text:Open", "--with", "Start", adopted, "--yes")
    run("insert", *QUIZ, "--at", "end", "--into", adopted, "--yes")
    newest = adopted.read_bytes()
    done = run("undo", "2", "--yes")
    assert (done.code, "blogkit undo 3" in done.err) == (4, True)
    assert adopted.read_bytes() == newest
    assert run("undo", "3", "--yes").code == 0
    assert run("undo", "2", "--yes").code == 0
    assert OLD.encode() in adopted.read_bytes()


def test_newer_changes_of_the_same_post_are_named(
    run: Run, blog: Platform, write: Write, adopted: Path
) -> None:
    run("replace", "text:Open", "--with", "Start", adopted, "--yes")
    run("publish", "--yes")
    done = run("undo", "2", "--dry-run", "--json")
    assert 'the post "old" on main was changed again by run 3' in done.err
    assert done.json["later"] == [{"run": 3, "path": "", "site": "main", "key": "old"}]
    assert done.json["files"] == ["posts/old.html"]
    assert "Start the trial" in bodies(blog)["Old"]


def test_a_run_of_files_and_posts_is_undone_whole(
    run: Run, blog: Platform, by_hand: Make, adopted: Path
) -> None:
    by_hand("Other", OLD)
    before, live = adopted.read_bytes(), bodies(blog)
    done = run("replace", "text:Open", "--with", "Start", "--all", "--yes", "--json")
    assert (done.code, done.json["files"], done.json["summary"]) == (
        0,
        ["posts/old.html"],
        "1 file changed, 1 done",
    )
    after, changed = adopted.read_bytes(), bodies(blog)
    assert (after != before, changed["Other"] != live["Other"]) == (True, True)
    assert run("undo", "--yes").code == 0
    assert (adopted.read_bytes(), bodies(blog)) == (before, live)
    assert run("undo", "--yes").code == 0
    assert (adopted.read_bytes(), bodies(blog)) == (after, changed)


def test_one_post_of_a_run_by_its_file(run: Run, workspace: Path, by_hand: Make) -> None:
    by_hand("One", OLD)
    address = by_hand("Two", OLD).url
    run("adopt", "--all")
    one, two = workspace / "posts/one.html", workspace / "posts/two.html"
    before = one.read_bytes(), two.read_bytes()
    run("replace", "text:Open", "--with", "Start", "--all", "--yes")
    changed = two.read_bytes()
    assert run("undo", "posts/one.html", "--yes").code == 0
    assert (one.read_bytes(), two.read_bytes()) == (before[0], changed)
    assert run("undo", "2", address, "--yes").code == 0
    assert two.read_bytes() == before[1]
    done = run("undo", "2", "zebra", "--yes")
    assert (done.code, "run 2 did not change zebra" in done.err) == (2, True)


def test_a_replaced_file_comes_back_and_the_edit_on_the_blog_stays(
    run: Run, workspace: Path, blog: Platform, write: Write
) -> None:
    path = write()
    run("publish", "--yes")
    source = path.read_bytes()
    edit(blog, "Talks in Miami", body=bodies(blog)["Talks in Miami"] + "<p>By hand.</p>")
    assert run("pull", "posts/miami.md", "--replace").code == 0
    assert not path.exists()
    assert run("undo", "--yes").code == 0
    assert path.read_bytes() == source
    assert not (workspace / "posts/miami.html").exists()
    (row,) = run("status", "--json").json["posts"]
    assert row["file"] == "edited there"
    assert "<p>By hand.</p>" in bodies(blog)["Talks in Miami"]
    run("publish", "--yes")
    assert "<p>By hand.</p>" in bodies(blog)["Talks in Miami"]


def test_undoing_an_adoption_keeps_what_was_published(
    run: Run, blog: Platform, write: Write
) -> None:
    path = write()
    run("publish", "--yes")
    path.unlink()
    assert run("pull", "miami").code == 0
    assert run("undo", "--yes").code == 0
    assert [row["file"] for row in run("status", "--json").json["posts"]] == ["no file"]


def test_log_shows_what_changed_in_files(run: Run, adopted: Path) -> None:
    run("replace", "text:Open", "--with", "Start", adopted, "--yes")
    assert "1 file changed" in run("log").out
    shown = run("log", "2").out
    assert "replace “Open” in 1 place in posts/old.html: done" in shown
    assert "-<p>Open the trial quiz.</p>" in shown
    assert "+<p>Start the trial quiz.</p>" in shown
    report = run("log", "2", "--json").json
    (file,) = report["files"]
    assert (file["path"], file["status"], report["changed_files"]) == ("posts/old.html", "done", 1)


def test_a_damaged_copy_is_left_out_and_named(run: Run, workspace: Path, adopted: Path) -> None:
    run("replace", "text:Open", "--with", "Start", adopted, "--yes")
    now = adopted.read_bytes()
    journal = workspace / ".blogkit/journal.sqlite"
    with closing(sqlite3.connect(journal, isolation_level=None)) as db:
        db.execute("UPDATE file SET \"before\" = x'00' WHERE run = 2")
    done = run("undo", "--yes")
    assert (done.code, "posts/old.html that run 2 stored is damaged" in done.err) == (1, True)
    assert adopted.read_bytes() == now
    assert run("log", "2").code == 1
    assert len(run("backup", "export", "kept", "--json").json["skipped"]) == 1


def test_without_files_and_posts_nothing_is_asked(run: Run, adopted: Path) -> None:
    run("replace", "text:Open", "--with", "Start", adopted, "--yes")
    shutil.copy(adopted, adopted.with_suffix(".bak"))
    run("undo", "--yes")
    done = run("undo", "2", "--yes")
    assert (done.code, "nothing to undo in posts/old.html" in done.out) == (0, True)


def test_something_else_than_a_file_is_not_waited_for(run: Run, adopted: Path) -> None:
    run("replace", "text:Open", "--with", "Start", adopted, "--yes")
    adopted.unlink()
    os.mkfifo(adopted)
    done = run("undo", "--yes")
    assert (done.code, "it is not a regular file" in done.err) == (1, True)


def test_a_file_is_named_from_a_folder_inside(run: Run, workspace: Path) -> None:
    page = workspace / "page.html"
    page.write_text("<h1>Snow</h1><p>It snows.</p>", encoding="utf-8")
    drafts = workspace / "drafts"
    drafts.mkdir()
    assert run("-C", drafts, "import", page, "-o", "../posts/snow.html").code == 0
    (file,) = run("log", "1", "--json").json["files"]
    assert file["path"] == "posts/snow.html"
    assert run("undo", "--yes").code == 0
    assert not (workspace / "posts/snow.html").exists()


def test_of_the_two_files_of_one_post_none_comes_back_alone(
    run: Run, workspace: Path, write: Write, blog: Platform
) -> None:
    """With two files, the post would not be published any more."""
    write()
    run("publish", "--yes")
    edit(blog, "Talks in Miami", body=f"{bodies(blog)['Talks in Miami']}<p>By hand.</p>")
    run("pull", "posts/miami.md", "--replace")
    pulled = workspace / "posts/miami.html"
    pulled.write_bytes(pulled.read_bytes() + b"<p>More.</p>")
    done = run("undo", "--yes")
    assert done.code == 4
    assert "posts/miami.html was changed after run 2" in done.err
    assert "posts/miami.md stays as it is" in done.err
    assert [path.name for path in (workspace / "posts").iterdir()] == ["miami.html"]
    pulled.unlink()
    assert run("undo", "--yes").code == 0
    assert [path.name for path in (workspace / "posts").iterdir()] == ["miami.md"]
