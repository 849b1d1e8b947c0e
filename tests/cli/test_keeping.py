"""What becomes a file, and what rather does not: no file is lost, none is half of a run, none
means another post or says another thing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]
Make = Callable[..., Remote]


def files(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "posts").iterdir())


def lose_the_journal(workspace: Path) -> None:
    for path in (workspace / ".blogkit").glob("journal*"):
        path.unlink()


@pytest.mark.parametrize("command", ["pull", "adopt"])
def test_a_post_that_is_named_twice_gets_one_file(
    run: Run, workspace: Path, by_hand: Make, command: str
) -> None:
    post = by_hand("Old")
    assert run(command, post.ref.id, post.url).code == 0
    assert files(workspace) == ["old.html"]


def test_a_conflict_stops_no_other_post_and_a_wrong_name_stops_all(
    run: Run, workspace: Path, by_hand: Make, write: Write, blog: Platform
) -> None:
    post = by_hand("Old")
    write()
    run("publish", "--yes")
    edit(blog, "Talks in Miami", body="<p>By hand.</p>")
    assert run("pull", post.ref.id, "no-such-post").code == 2
    assert files(workspace) == ["miami.md"]
    write(text="Mine.")
    assert run("pull", post.ref.id, "posts/miami.md").code == 4
    assert files(workspace) == ["miami.md", "old.html"]


def test_replacing_a_file_overwrites_no_other(
    run: Run, workspace: Path, write: Write, blog: Platform
) -> None:
    write()
    run("publish", "--yes")
    edit(blog, "Talks in Miami", body="<p>By hand.</p>")
    other = workspace / "posts/miami.html"
    other.write_text("---\ntitle: Another\nkey: another\n---\n<p>Mine.</p>\n")
    done = run("pull", "posts/miami.md", "--replace")
    assert (done.code, "miami.html already exists" in done.err) == (1, True)
    assert "<p>Mine." in other.read_text()
    assert files(workspace) == ["miami.html", "miami.md"]


def test_two_posts_that_carry_one_key_get_two_files(
    run: Run, workspace: Path, write: Write, by_hand: Make, blog: Platform
) -> None:
    write().rename(workspace / "posts/talks.md")
    run("publish", "--yes")
    by_hand("Copy", next(blog.list("post", PRESENT)).body)
    (workspace / "posts/talks.md").unlink()
    lose_the_journal(workspace)
    assert run("adopt", "--all").code == 0
    assert files(workspace) == ["talks-2.html", "talks.html"]
    assert {row["file"] for row in run("status", "--json").json["posts"]} == {"up to date"}


@pytest.mark.parametrize(
    "body",
    [
        "<p>a</p><!-- {no-such-widget} x -->",
        pytest.param(f"<p>{'x' * 5_000_001}</p>", marks=pytest.mark.slow),
    ],
    ids=["a widget", "too long"],
)
def test_a_post_that_no_file_can_hold_is_left_out_and_the_others_are_not(
    run: Run, workspace: Path, by_hand: Make, sandbox: Sandbox, body: str
) -> None:
    sandbox.switches.set(html_comments="kept")
    by_hand("Odd", body)
    by_hand("Old")
    for last in ("--dry-run", "--json"):
        done = run("adopt", "--all", last)
        assert (done.code, "“Odd” on main cannot be saved as a file" in done.err) == (1, True)
    assert [one["error"][:5] for one in done.json["not_adopted"]] == ["“Odd”"]
    assert files(workspace) == ["old.html"]
    assert run("publish", "--yes").code == 0


@pytest.mark.sampled
@pytest.mark.parametrize(
    "title", ["A\x7fB", "A\x85B", "A\u2028B", "\ufeffA", 'a "b" \\ c: # - [d]', "", " a  b "]
)
def test_odd_titles_stand_in_files(
    run: Run, workspace: Path, by_hand: Make, sandbox: Sandbox, title: str
) -> None:
    by_hand(title)
    sandbox.log.clear()
    assert run("adopt", "--all").code == 0
    assert "nothing to do" in run("publish", "--yes").out
    assert sandbox.log.writes() == []


def test_a_file_that_waits_to_be_published_does_not_stop_an_adoption(
    run: Run, workspace: Path, write: Write, by_hand: Make
) -> None:
    write()
    run("publish", "--yes")
    write(text="Talks closed.")
    by_hand("Old")
    done = run("adopt", "--all")
    assert (done.code, "needs blogkit publish: update live post “Talks in Miami”" in done.out) == (
        0,
        True,
    )
    assert [row["file"] for row in run("status", "--json").json["posts"]] == [
        "changed",
        "up to date",
    ]


def test_what_was_undone_can_be_pulled(
    run: Run, workspace: Path, write: Write, sandbox: Sandbox
) -> None:
    write()
    run("publish", "--yes")
    write(text="Talks closed.")
    run("publish", "--yes")
    run("undo", "--yes")
    sandbox.log.clear()
    assert run("pull", "miami", "--replace").code == 0
    assert "nothing to do" in run("publish", "--yes").out
    assert sandbox.log.writes() == []


def test_a_file_without_its_line_sites_is_known_on_the_default_site(
    run: Run, workspace: Path, by_hand: Make
) -> None:
    by_hand("Old")
    run("adopt", "--all")
    path = workspace / "posts/old.html"
    path.write_text(path.read_text().replace('sites: ["main"]\n', ""))
    lose_the_journal(workspace)
    assert run("adopt", "--all").code == 0
    assert files(workspace) == ["old.html"]


def test_without_a_default_site_one_has_to_be_named(run: Run, workspace: Path) -> None:
    config = workspace / "blogkit.toml"
    config.write_text(config.read_text() + '\n[sites.two]\nplatform = "folder"\nfolder = "site"\n')
    for command in ("adopt", "regions"):
        done = run(command, "--all")
        assert (done.code, "add --site" in done.err) == (2, True)


def test_what_a_file_did_not_change_is_not_sent_again(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    title = "Tea &amp;  Coffee"
    by_hand(title)
    run("adopt", "--all")
    (path,) = (workspace / "posts").glob("*.html")
    path.write_text(path.read_text().replace("Written", "Rewritten"))
    assert run("publish", "--yes").code == 0
    (post,) = blog.list("post", PRESENT)
    assert (post.title, "Rewritten" in post.body) == (title, True)
