"""Live posts become files, an archive comes under management, and not a byte on the blog is
changed by it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blogkit.platforms.base import Platform, Remote, State
from blogkit.posts.loader import load_post
from blogkit.sandbox.server import Sandbox
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]
Make = Callable[..., Remote]
OLD = (
    "<h2>History</h2>\r\n<p>Caf&eacute; &amp; “quotes” <b>bold<i>both</b></i><br>\n<p>Not closed"
    " <img src=//bp.example/a.png>\r\n\r\n<!-- wp:odd --><script>if (a < b && c) { x('</p>')"
    " }</script> end \t \n"
)


def on_the_blog(blog: Platform) -> dict[str, str]:
    return {post.title: post.body for post in blog.list("post", PRESENT)}


def test_a_live_post_becomes_a_file_byte_for_byte(
    run: Run, workspace: Path, sandbox: Sandbox, by_hand: Make, blog: Platform
) -> None:
    post = by_hand("Old: a “story”", OLD, ("Polity", "GS-II"))
    before = on_the_blog(blog)
    sandbox.log.clear()
    done = run("pull", post.url)
    assert done.code == 0
    (path,) = (workspace / "posts").glob("*.html")
    assert path.stem == post.slug
    data = path.read_bytes()
    assert data.endswith(f"---\n{post.body}".encode())
    loaded = load_post(path, root=workspace, zone=None)  # type: ignore[arg-type]
    assert (loaded.title, set(loaded.labels), loaded.remote_id) == (
        post.title,
        {"Polity", "GS-II"},
        post.ref.id,
    )
    assert loaded.exact == post.body
    assert on_the_blog(blog) == before
    assert sandbox.log.writes() == []
    assert "nothing to do" in run("publish", "--yes").out
    assert sandbox.log.writes() == []


def test_a_pulled_post_is_changed_and_published_like_any_other(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    post = by_hand("Old", OLD)
    run("pull", post.ref.id)
    (path,) = (workspace / "posts").glob("*.html")
    path.write_bytes(path.read_bytes().replace(b"History", b"Geography"))
    assert run("publish", "--yes").code == 0
    (now,) = blog.list("post", [State.LIVE])
    assert now.body == post.body.replace("History", "Geography")
    assert (now.ref, now.url) == (post.ref, post.url)


def test_a_widget_can_be_put_into_a_pulled_post(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    post = by_hand("Old", "<p>One.</p>\n<p>Two.</p>")
    run("pull", post.ref.id)
    (path,) = (workspace / "posts").glob("*.html")
    call = "<!-- {quiz-button}\nlabel: Start\nurl: https://example.com/quiz\n-->"
    path.write_bytes(path.read_bytes().replace(b"<p>Two", f"{call}<p>Two".encode()))
    assert run("publish", "--yes").code == 0
    (now,) = blog.list("post", [State.LIVE])
    assert now.body.startswith("<p>One.</p>\n")
    assert now.body.endswith("<p>Two.</p>")
    assert 'href="https://example.com/quiz"' in now.body


def test_a_lost_journal_makes_no_second_post_of_a_pulled_one(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    run("pull", by_hand("Old", OLD).ref.id)
    for path in (workspace / ".blogkit").glob("journal*"):
        path.unlink()
    assert run("publish", "--yes").code == 0
    assert list(on_the_blog(blog)) == ["Old"]


def test_a_pulled_post_that_is_deleted_there_is_not_made_again(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    post = by_hand("Old", OLD)
    run("pull", post.ref.id)
    blog.trash(post.ref)
    for journal in (None, *(workspace / ".blogkit").glob("journal*")):
        if journal:
            journal.unlink()
        done = run("publish", "--yes")
        assert done.code == 1
        assert "post_id" in done.err + done.out
        assert on_the_blog(blog) == {}


def test_a_post_of_ours_comes_back_to_its_source(
    run: Run, workspace: Path, write: Write, blog: Platform
) -> None:
    path = write(
        text="Talks *opened*.\n\n```{quiz-button}\nlabel: Start\nurl: https://example.com/quiz\n```"
    )
    source = path.read_bytes()
    run("publish", "--yes")
    assert "nothing to pull" in run("pull", "miami").out
    path.unlink()
    assert "posts/miami.md" in run("pull", "miami").out
    assert path.read_bytes() == source
    assert "nothing to do" in run("publish", "--yes").out


def test_a_post_of_ours_that_was_edited_there_is_not_taken_for_its_source(
    run: Run, workspace: Path, write: Write, blog: Platform
) -> None:
    path = write()
    source = path.read_bytes()
    run("publish", "--yes")
    body = on_the_blog(blog)["Talks in Miami"] + "<p>By hand.</p>"
    edit(blog, "Talks in Miami", body=body)
    assert run("pull", "posts/miami.md", "--replace").code == 0
    assert not path.exists()
    assert (
        (workspace / "posts/miami.html")
        .read_bytes()
        .endswith(on_the_blog(blog)["Talks in Miami"].encode())
    )
    assert "nothing to do" in run("publish", "--yes").out
    assert len(on_the_blog(blog)) == 1
    assert run("undo", "--yes").code == 0
    assert path.read_bytes() == source


def test_one_conflict_stops_no_other_post(
    run: Run, workspace: Path, write: Callable[..., Path], blog: Platform, by_hand: Make
) -> None:
    source = write("ours", title="Ours")
    assert run("publish", "--yes").code == 0
    edit(blog, "Ours", body="<p>Edited there.</p>")
    source.write_bytes(source.read_bytes().replace(b"Talks", b"My talks"))
    before = source.read_bytes()
    one, other = by_hand("One"), by_hand("Other")
    done = run("pull", one.url, "ours", other.url, "--json")
    assert (done.code, source.read_bytes()) == (4, before)
    assert [each["site"] for each in done.json["not_pulled"]] == ["main"]
    assert sorted(done.json["files"]) == ["posts/one.html", "posts/other.html"]
    assert (workspace / "posts/other.html").is_file()
    assert "this part was changed on both sides" in run("pull", one.url, "ours").err
    assert run("pull", "ours").code == 4


def test_dry_run_writes_nothing(run: Run, workspace: Path, by_hand: Make) -> None:
    post = by_hand()
    assert "posts/" in run("pull", post.url, "--dry-run").out
    assert run("adopt", "--all", "--dry-run").code == 0
    assert list((workspace / "posts").iterdir()) == []


@pytest.mark.parametrize("ref", ["https://elsewhere.example/x.html", "nothing-like-it"])
def test_what_is_not_there_is_named(run: Run, workspace: Path, by_hand: Make, ref: str) -> None:
    by_hand()
    done = run("pull", ref)
    assert (done.code, ref in done.err) == (2, True)


def test_an_archive_is_adopted_without_a_write(
    run: Run, workspace: Path, sandbox: Sandbox, by_hand: Make, blog: Platform
) -> None:
    for number in range(5):
        by_hand(f"Old {number % 4}", f"<p>Story {number}.</p>", ("Polity",) if number % 2 else ())
    before = [
        (post.ref, post.title, post.body, post.updated) for post in blog.list("post", PRESENT)
    ]
    sandbox.log.clear()
    done = run("adopt", "--all")
    assert done.code == 0
    assert len(list((workspace / "posts").glob("*.html"))) == 5
    assert sandbox.log.writes() == []
    assert [
        (post.ref, post.title, post.body, post.updated) for post in blog.list("post", PRESENT)
    ] == before
    out = run("status", "--json").json
    assert {row["file"] for row in out["posts"]} == {"up to date"}
    again = run("adopt", "--all")
    assert again.code == 0
    assert len(list((workspace / "posts").glob("*.html"))) == 5
    assert sandbox.log.writes() == []


def test_adopt_by_label_and_by_address(run: Run, workspace: Path, by_hand: Make) -> None:
    by_hand("One", labels=("Polity",))
    two = by_hand("Two")
    by_hand("Three")
    assert run("adopt", "--label", "Polity").code == 0
    assert run("adopt", two.url).code == 0
    assert len(list((workspace / "posts").glob("*.html"))) == 2
    assert run("adopt").code == run("adopt", two.url, "--all").code == 2


def test_adopt_rebuilds_a_lost_journal_from_the_keys_in_the_posts(
    run: Run, workspace: Path, write: Write, sandbox: Sandbox
) -> None:
    for name in "abc":
        write(name, title=name.upper())
    run("publish", "--yes")
    for path in (workspace / ".blogkit").glob("journal*"):
        path.unlink()
    sandbox.log.clear()
    done = run("adopt", "--all")
    assert done.code == 0
    assert sandbox.log.writes() == []
    assert {row["file"] for row in run("status", "--offline", "--json").json["posts"]} == {
        "up to date"
    }


def test_an_adopted_post_that_is_edited_there_is_reported(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    by_hand("Old", "<p>Story.</p>")
    run("adopt", "--all")
    edit(blog, "Old", body="<p>Another story.</p>")
    assert run("status", "--json").json["posts"][0]["file"] == "edited there"
    out = run("diff").out
    assert "-<p>Story.</p>" in out
    assert "+<p>Another story.</p>" in out


def test_the_id_in_a_file_counts_and_not_the_name_that_another_file_had(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    by_hand("One", "<p>1</p>")
    by_hand("Two", "<p>2</p>")
    run("adopt", "--all")
    one, two = workspace / "posts/one.html", workspace / "posts/two.html"
    one.write_bytes(two.read_bytes().replace(b"<p>2", b"<p>changed"))
    two.unlink()
    assert run("publish", "--yes").code == 4
    assert on_the_blog(blog) == {"One": "<p>1</p>", "Two": "<p>2</p>"}
