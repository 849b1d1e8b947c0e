"""Files that have not changed are not rendered again; whatever did change is noticed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote
from blogkit.project.builds import one_file
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run

Write = Callable[..., Path]
Make = Callable[..., Remote]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the posts that are rendered from now on."""
    names: list[str] = []
    real = one_file.build_posts

    def watched(bench, post, *more, **options):  # type: ignore[no-untyped-def]
        names.append(post.path.name)
        return real(bench, post, *more, **options)

    monkeypatch.setattr(one_file, "build_posts", watched)
    return names


def settle(*paths: Path) -> None:
    """As if the files had been written a while ago."""
    for path in paths:
        os.utime(path, (path.stat().st_atime - 60, path.stat().st_mtime - 60))


@pytest.fixture
def published(run: Run, write: Write, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("blogkit.signatures._SETTLED", -(10**15))
    (workspace / "data").mkdir()
    (workspace / "data/t.csv").write_text("a,b\n1,2\n")
    write("plain", title="Plain")
    path = write("table", title="Table", text="```{table}\ndata: data/t.csv\n```")
    assert run("publish", "--yes").code == 0
    return path


def test_nothing_is_read_twice(
    run: Run, published: Path, read: list[str], sandbox: Sandbox
) -> None:
    sandbox.log.clear()
    assert "nothing to do" in run("plan", "--offline").out
    assert sandbox.log.to_json() == []
    assert "nothing to do" in run("publish", "--yes").out
    assert read == []


def test_a_damaged_result_is_not_used(run: Run, published: Path, workspace: Path) -> None:
    """A wrong key would name a post that the blog does not have, and make it again."""
    with closing(sqlite3.connect(workspace / ".blogkit/cache.sqlite")) as db, db:
        db.execute('UPDATE file SET "key" = "key" || \'x\'')
    assert "2 unchanged" in run("publish", "--yes").out


def test_a_changed_file_is_read(run: Run, published: Path, read: list[str]) -> None:
    published.write_text(published.read_text().replace("Table", "Another"))
    out = run("plan", "--offline").out
    assert "update live post “Another” on main" in out
    assert read == ["table.md"]


def test_a_changed_data_file_is_noticed(
    run: Run, published: Path, read: list[str], workspace: Path
) -> None:
    (workspace / "data/t.csv").write_text("a,b\n1,3\n")
    assert "update live post “Table” on main" in run("plan", "--offline").out
    assert read == ["table.md"]


def test_another_address_of_a_named_link_is_noticed(
    run: Run, published: Path, workspace: Path, write: Write, read: list[str], blog: Platform
) -> None:
    text = "[Take the test]({{ quiz_url }}) on a day of your choice."
    write("court", text, "The court", quiz="court-1")
    (workspace / "links.toml").write_text('court-1 = "https://example.com/a"\n')
    assert run("publish", "--yes").code == 0
    read.clear()
    assert "3 unchanged" in run("publish", "--yes").out
    assert read == []
    (workspace / "links.toml").write_text('court-1 = "https://example.com/b"\n')
    assert run("publish", "--yes").code == 0
    assert set(read) == {"court.md"}
    assert "https://example.com/b" in str([post.body for post in blog.list("post", PRESENT)])


def test_changed_settings_and_widgets_are_noticed(
    run: Run, published: Path, read: list[str], workspace: Path
) -> None:
    config = workspace / "blogkit.toml"
    config.write_text(config.read_text() + '\n[theme]\naccent = "light-dark(#aa0000,#ba3030)"\n')
    run("plan", "--offline")
    assert sorted(read) == ["plain.md", "table.md"]
    read.clear()
    run("widget", "eject", "table")
    run("plan", "--offline")
    assert sorted(read) == ["plain.md", "table.md"]


def test_a_file_written_a_moment_ago_is_not_trusted(
    run: Run, write: Write, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine, a moment of two seconds is soon over.
    monkeypatch.setattr("blogkit.signatures._SETTLED", 3600 * 10**9)
    write()
    run("publish", "--yes")
    run("plan", "--offline")
    assert len(read) == 2


def test_a_command_line_that_changes_posts_asks_no_cache(
    run: Run, published: Path, read: list[str]
) -> None:
    run("plan", "--offline", "--quiz-url", "https://example.com/quiz")
    assert len(read) == 2


@pytest.mark.parametrize("harm", [b"", b"no database at all, but long enough to be one" * 100])
def test_a_spoilt_cache_is_done_without(
    run: Run, published: Path, workspace: Path, harm: bytes
) -> None:
    for path in (workspace / ".blogkit").glob("cache*"):
        path.write_bytes(harm)
    assert "nothing to do" in run("plan", "--offline").out


@pytest.mark.slow
def test_a_locked_cache_is_done_without(run: Run, published: Path, workspace: Path) -> None:
    db = sqlite3.connect(workspace / ".blogkit/cache.sqlite", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    try:
        assert "nothing to do" in run("plan", "--offline").out
    finally:
        db.close()


def test_warnings_and_errors_of_a_known_file_come_back_when_it_is_written(
    run: Run, published: Path, read: list[str], workspace: Path
) -> None:
    """What is known is what a plan needs; whoever writes a post reads it."""
    (workspace / ".blogkit/journal.sqlite").unlink()
    for path in (workspace / ".blogkit").glob("journal.sqlite-*"):
        path.unlink()
    assert "track live post" in run("plan").out
    assert sorted(read) == ["plain.md", "table.md"]


def test_offline_says_what_would_follow(
    run: Run, write: Write, workspace: Path, sandbox: Sandbox
) -> None:
    write("a", title="A")
    write("b", title="B", publish="draft")
    run("publish", "--yes")
    write("b", title="B", publish="now")
    write("c", title="C")
    (workspace / "posts/a.md").unlink()
    sandbox.log.clear()
    out = run("plan", "--offline").out
    assert "publish draft “B” on main" in out
    assert "create live post “C” on main" in out
    assert 'no file has its key "a" any more' in out
    assert sandbox.log.to_json() == []


def test_a_file_that_is_named_is_not_published_over_the_post_of_another(
    run: Run, workspace: Path, blog: Platform
) -> None:
    for year in ("2024", "2025"):
        (workspace / f"posts/{year}").mkdir()
        (workspace / f"posts/{year}/talks.md").write_text(
            f"---\ntitle: Talks of {year}\npublish: now\nkey: t{year}\n---\nText\n"
        )
    assert run("publish", "posts/2024/talks.md", "--yes").code == 0
    other = workspace / "posts/2025/talks.md"
    for front in (
        other.read_text().replace("t2025", "t2024"),
        other.read_text().replace("key: t2025\n", "key: 't2024'\n"),
    ):
        other.write_text(front)
        done = run("publish", "posts/2025/talks.md", "--yes")
        assert (done.code, "posts/2024/talks.md already has the key" in done.err) == (1, True)
    assert [post.title for post in blog.list("post", PRESENT)] == ["Talks of 2024"]


@pytest.mark.parametrize("paths", [(), ("posts/copy.html",)])
def test_two_files_of_one_post_on_the_blog_are_refused(
    run: Run, workspace: Path, by_hand: Callable[..., Remote], paths: tuple[str]
) -> None:
    by_hand("Old")
    run("adopt", "--all")
    copy = (workspace / "posts/old.html").read_text().replace("Written", "Copied")
    (workspace / "posts/copy.html").write_text(copy)
    done = run("publish", *paths, "--yes")
    assert (done.code, "has the same post_id and is the same post on main" in done.err) == (1, True)


def test_a_link_to_a_post_is_no_second_file_of_it(run: Run, workspace: Path, write: Write) -> None:
    write().rename(workspace / "talks.md")
    (workspace / "posts/talks.md").symlink_to(workspace / "talks.md")
    assert run("publish", "posts/talks.md", "--yes").code == 0
    assert run("publish", "--yes").code == 0


def test_what_is_written_while_posts_are_read_is_not_taken_for_read(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick = 20_000_000  # a file system's clock may be so much behind
    monkeypatch.setattr("blogkit.signatures._SETTLED", tick)
    path = write()
    real = one_file.build_posts

    def meanwhile(*arguments, **options):  # type: ignore[no-untyped-def]
        whole = real(*arguments, **options)
        path.write_text(path.read_text().replace("Talks in Miami", "Another"))
        return whole

    monkeypatch.setattr(one_file, "build_posts", meanwhile)
    assert run("publish", "--yes").code == 0
    assert "update live post “Another” on main" in run("plan", "--offline").out
