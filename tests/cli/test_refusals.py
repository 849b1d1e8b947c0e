"""What blogkit rather does not do: each refusal names the reason and the way on, and nothing is
sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from blogkit.http import HttpClient
from blogkit.platforms.base import Platform, Remote
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run

Write = Callable[..., Path]


@pytest.fixture
def many(run: Run, write: Write) -> Write:
    for number in range(5):
        write(f"post-{number}", title=f"Number {number}")
    assert run("publish", "--yes").code == 0
    return write


def test_more_live_posts_than_the_limit(run: Run, many: Write, sandbox: Sandbox) -> None:
    for number in range(5):
        many(f"post-{number}", title=f"Number {number}", text="Changed.")
    sandbox.log.clear()
    done = run("publish", "--yes", "--limit", "4")
    assert (
        done.code,
        "change 5 live posts, more than the limit of 4" in done.err,
        "--limit 5" in done.err,
    ) == (1, True, True)
    assert sandbox.log.writes() == []
    assert run("publish", "--yes", "--limit", "5").code == 0


@pytest.mark.slow
def test_new_posts_and_drafts_do_not_count(run: Run, write: Write, sandbox: Sandbox) -> None:
    sandbox.switches.set(insert_throttle="none")
    for number in range(25):
        write(f"post-{number}", title=f"Number {number}")
    assert run("publish", "--yes").code == 0
    for number in range(25):
        write(f"post-{number}", title=f"Number {number}", text="Changed.")
    assert "--limit 25" in run("publish", "--yes").err


def test_new_posts_over_bloggers_pace_wait_and_the_plan_tells(
    run: Run, write: Write, workspace: Path, sandbox: Sandbox
) -> None:
    config = workspace / "blogkit.toml"
    paced = config.read_text("utf-8").replace("in_a_row = 0", "in_a_row = 2")
    config.write_text(paced, encoding="utf-8")
    for number in range(4):
        write(f"post-{number}", title=f"Number {number}")
    assert run("plan").out.count("(waits until ") == 2
    sandbox.log.clear()
    done = run("publish", "--yes")
    assert (done.code, done.out.count("(waits until "), "error:" in done.err) == (0, 2, False)
    waiting = "2 new posts wait: main takes 3 new posts an hour for now; run the same command again"
    assert done.err.count(f"warning: {waiting} after ") == 1
    assert "2 done, 2 waiting" in done.out
    quiet = run("publish", "--yes", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert len(sandbox.store.find(Wanted("post", ["LIVE"]))) == 2


def test_a_blog_that_is_suddenly_empty(
    run: Run, many: Write, sandbox: Sandbox, blog: Platform
) -> None:
    for post in list(blog.list("post", PRESENT)):
        blog.trash(post.ref)
    many("new", title="A new one")
    sandbox.log.clear()
    done = run("publish", "--yes")
    assert (done.code, "shows none of the 5 posts published there" in done.err) == (1, True)
    assert "doctor main" in done.err
    assert sandbox.log.writes() == []
    assert run("publish", "--yes", "--recreate", "posts").code == 0


def test_few_deleted_posts_are_told_one_by_one(run: Run, many: Write, blog: Platform) -> None:
    for post in list(blog.list("post", PRESENT))[:3]:
        blog.trash(post.ref)
    done = run("publish", "--yes")
    assert (done.code, done.err.count("it was deleted on the site")) == (1, 3)


def test_a_clock_that_is_far_off(
    run: Run, write: Write, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    real = HttpClient._compare_clocks

    def behind(self: HttpClient, date: str) -> None:
        real(self, date)
        self.clock_offset += timedelta(minutes=9)

    monkeypatch.setattr(HttpClient, "_compare_clocks", behind)
    done = run("publish", "--yes")
    assert (done.code, "clock is 9 minutes behind main's clock" in done.err) == (1, True)
    assert sandbox.log.writes() == []


def test_two_files_with_one_key(run: Run, write: Write, sandbox: Sandbox) -> None:
    write("a", title="A")
    run("publish", "--yes")
    write("b", title="B", key="a")
    done = run("publish", "--yes")
    assert (done.code, 'already has the key "a"' in done.err) == (1, True)


def test_one_blog_under_two_names(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    config = workspace / "blogkit.toml"
    config.write_text(
        config.read_text().replace("[blog]", '[blog]\ndefault_site = "main"')
        + config.read_text().partition("[sites.main]")[2].join(["\n[sites.copy]", ""])
    )
    done = run("plan")
    assert (done.code, "the same blog as [sites.main]" in done.err) == (1, True)


def test_one_blog_under_two_addresses(
    run: Run, write: Write, workspace: Path, sandbox: Sandbox
) -> None:
    config = workspace / "blogkit.toml"
    other = sandbox.url.replace("127.0.0.1", "localhost")
    table = (
        f'[sites.copy]\nplatform = "blogger"\nurl = "{other}"\napi_base = "{sandbox.api_base}"\n'
    )
    config.write_text(
        f"{config.read_text()}\n{table}".replace("[blog]", '[blog]\ndefault_site = "main"')
    )
    with (workspace / ".env").open("a") as env:
        env.write(
            "".join(
                f"BLOGKIT_COPY_{name}=sandbox\n"
                for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
            )
        )
    write(sites="[main, copy]")
    done = run("publish", "--yes")
    assert (done.code, "sites main and copy are the same blog" in done.err) == (1, True)
    assert sandbox.log.writes() == []


def test_site_without_paths_means_the_posts_that_are_for_it(
    run: Run, write: Write, workspace: Path, blog: Platform
) -> None:
    config = workspace / "blogkit.toml"
    config.write_text(
        config.read_text().replace("[blog]", '[blog]\ndefault_site = "main"')
        + '\n[sites.other]\nplatform = "folder"\nfolder = "site"\n'
    )
    write("ours", title="Ours")
    path = write("theirs", title="Theirs", sites="[other]")
    assert run("publish", "--yes", "--site", "main").code == 0
    assert [post.title for post in blog.list("post", PRESENT)] == ["Ours"]
    assert run("publish", "--yes", "--site", "main", path).code == 0
    assert len(list(blog.list("post", PRESENT))) == 2


def test_a_post_whose_file_is_gone_is_reported_and_left_alone(
    run: Run, many: Write, workspace: Path, blog: Platform
) -> None:
    (workspace / "posts/post-3.md").unlink()
    done = run("plan")
    assert (done.code, 'no file has its key "post-3" any more' in done.out) == (0, True)
    (line,) = [each for each in done.out.splitlines() if "post-3" in each]
    assert "; to restore its file, run: blogkit pull post-3; " in line
    assert line.endswith("to delete the post, run: blogkit delete post-3")
    assert "to restore a file: blogkit pull post-3\n" in run("status").out
    assert "no file has its key" not in run("plan", "posts/post-1.md").out
    assert run("publish", "--yes").code == 0
    assert len(list(blog.list("post", PRESENT))) == 5
    assert {row["key"]: row["file"] for row in run("status", "--json").json["posts"]}[
        "post-3"
    ] == "no file"


def test_a_post_that_the_blog_has_without_a_file(
    run: Run, write: Callable[..., Path], by_hand: Callable[..., Remote], sandbox: Sandbox
) -> None:
    """It may be the same post, written in the editor or published from another folder."""
    words = " ".join(f"word{number} of the monsoon" for number in range(30))
    titled = by_hand("Rain in Delhi!", "<p>Short.</p>")
    by_hand("Another title", f"<div><p>{words} &amp; <b>more</b></p></div>")
    by_hand("Unlike", "<p>Something else.</p>")
    write("rain", title="Rain in Delhi")
    write("text", title="Its own title", text=f"{words} & **much** more")
    write("fresh", title="Fresh")
    done = run("publish", "--yes")
    assert done.code == 1
    assert (
        f"main already has a post with this title, and no file describes it ({titled.url})"
        in done.err
    )
    assert "main already has a post with this text, or nearly so" in done.err
    assert f"run: blogkit adopt {titled.url}" in done.err
    assert "1 done" in done.out, "the other one goes"
    assert run("publish", "--yes", "posts/rain.md", "--as-new").code == 0
    assert run("publish", "--yes").code == 1, "the text is refused as before"
    assert len(sandbox.store.find(Wanted("post", ("LIVE",)))) == 5
