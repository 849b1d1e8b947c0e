"""The sign-in to Blogger has ended: what readers see is read, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import blogkit
from blogkit.config import load_config
from blogkit.errors import PermissionDenied, UsageError
from blogkit.platforms.base import Draft, Platform, Remote
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import ENV, Run, edit

Write = Callable[..., Path]
Make = Callable[..., Remote]
PUBLIC = "main: not signed in, so this is the public view: only what readers see"


def ended(workspace: Path) -> None:
    """The refresh token is one that Google does not accept any more."""
    home = load_config(workspace).site("main").api_base
    text = ENV.replace("REFRESH_TOKEN=sandbox", "REFRESH_TOKEN=old-token")
    (workspace / ".env").write_text(f"{text}BLOGKIT_MAIN_ORIGIN={home}\n", encoding="utf-8")


def missing(workspace: Path) -> None:
    """Nobody signed in on this machine."""
    (workspace / ".env").unlink()


def signed_in(workspace: Path) -> None:
    (workspace / ".env").write_text(ENV, encoding="utf-8")


@pytest.fixture(params=[ended, missing])
def sign_out(request: pytest.FixtureRequest, workspace: Path) -> Callable[[], None]:
    return lambda: request.param(workspace)


def files_of(done_json: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {one["path"]: one["file"] for one in done_json["posts"]}


def publish_four(run: Run, write: Write) -> None:
    write("miami")
    write("geneva", "Talks went on.", "Talks in Geneva")
    write("later", "Talks are planned.", "Talks in Delhi", publish="2099-01-01 08:00")
    write("notes", "Notes are kept.", "Notes of May", publish="draft")
    assert run("publish", "--yes").code == 0


def test_status_shows_the_public_view(
    run: Run, write: Write, blog: Platform, sandbox: Sandbox, sign_out: Callable[[], None]
) -> None:
    publish_four(run, write)
    edit(blog, "Talks in Geneva", body="<p>Another text.</p>")
    write("miami", "Talks opened, and more.")
    write("new", "A new text for today.", "Fresh news")
    sign_out()
    sandbox.log.clear()
    done = run("status", "--json")
    assert done.code == 1
    assert files_of(done.json) == {
        "posts/miami.md": "changed",
        "posts/geneva.md": "edited there",
        "posts/later.md": "not in the public view",
        "posts/notes.md": "not in the public view",
        "posts/new.md": "not in the public view",
    }
    assert {one["view"] for one in done.json["posts"]} == {"public"}
    (why,) = done.json["not_signed_in"]
    assert (why["site"], why["view"]) == ("main", "public")
    assert "blogkit login main" in why["hint"]
    assert not any("v3/" in one.path for one in sandbox.log.served())
    text = run("status")
    assert f"{PUBLIC} (run: blogkit login main)" in text.err
    assert "gone" not in text.out


def test_status_with_nothing_public_is_no_alarm(run: Run, workspace: Path, write: Write) -> None:
    texts = ("Rain came early.", "Wind turned cold.", "Snow fell twice.", "Sun shone late.")
    for number, text in enumerate(texts):
        write(f"draft-{number}", text, f"Notes number {number}", publish="draft")
    assert run("publish", "--yes").code == 0
    ended(workspace)
    done = run("status", "--json")
    assert set(files_of(done.json).values()) == {"not in the public view"}
    assert "left_out" not in done.json
    assert run("diff").code == 1


def test_signed_in_again_the_whole_is_read(run: Run, workspace: Path, write: Write) -> None:
    publish_four(run, write)
    ended(workspace)
    assert run("status").code == 1
    signed_in(workspace)
    done = run("status", "--json")
    assert done.code == 0
    assert set(files_of(done.json).values()) == {"up to date"}
    assert "not_signed_in" not in done.json
    assert not any("view" in one for one in done.json["posts"])


def test_up_to_date_posts_are_up_to_date(run: Run, workspace: Path, write: Write) -> None:
    write("miami", "Talks & “quotes” <b>bold</b>.", labels="[Polity, GS II]")
    assert run("publish", "--yes").code == 0
    ended(workspace)
    assert files_of(run("status", "--json").json) == {"posts/miami.md": "up to date"}
    done = run("diff", "--json")
    assert (done.code, done.json["differences"]) == (1, [])


def test_settings_that_no_feed_has_are_not_compared(
    run: Run, workspace: Path, write: Write
) -> None:
    write("miami", comments="closed", location="{name: Miami, lat: 25.7, lng: -80.2}")
    assert run("publish", "--yes").code == 0
    ended(workspace)
    assert files_of(run("status", "--json").json) == {"posts/miami.md": "up to date"}
    assert run("diff", "--json").json["differences"] == []


def test_diff_shows_the_public_view(
    run: Run, write: Write, blog: Platform, sign_out: Callable[[], None]
) -> None:
    publish_four(run, write)
    edit(blog, "Talks in Geneva", title="Talks in Bern")
    sign_out()
    done = run("diff")
    assert done.code == 1
    assert PUBLIC in done.err
    assert "posts/geneva.md: changed on main" in done.out
    assert "+Talks in Bern" in done.out.replace("+ ", "+")
    assert "posts/later.md is not in the public view of main" in done.out
    report = run("diff", "--json").json
    assert [(one["path"], one["view"]) for one in report["differences"]] == [
        ("posts/geneva.md", "public")
    ]
    assert report["not_signed_in"][0]["site"] == "main"


def test_pull_writes_a_file_and_records_nothing(
    run: Run, workspace: Path, by_hand: Make, sandbox: Sandbox, sign_out: Callable[[], None]
) -> None:
    body = '<h2>Old</h2>\r\n<p>Caf&eacute; &amp; “quotes”</p>\n<img src="//bp.example/a.png">'
    post = by_hand("Old: a “story”", body, ("Polity",))
    sign_out()
    done = run("pull", post.url, "--json")
    assert done.code == 1
    (path,) = (workspace / "posts").glob("*.html")
    assert done.json["files"] == [f"posts/{path.name}"]
    assert done.json["not_signed_in"][0]["view"] == "public"
    assert path.read_bytes().endswith(f"---\n{post.body}".encode())
    signed_in(workspace)
    sandbox.log.clear()
    assert run("publish", "--yes").code == 0
    assert sandbox.log.writes() == []


def test_pull_by_id_and_of_a_draft(
    run: Run, workspace: Path, by_hand: Make, blog: Platform
) -> None:
    post = by_hand("Old")
    draft = blog.create(Draft("", "post", "Not yet", "<p>Not ready.</p>"))
    ended(workspace)
    assert run("pull", post.ref.id).code == 1
    assert len(list((workspace / "posts").glob("*.html"))) == 1
    done = run("pull", draft.ref.id)
    assert done.code == 2
    assert "main has no public post" in done.err
    assert "blogkit login main" in done.err


@pytest.mark.sampled
@pytest.mark.parametrize("option", [(), ("--replace",), ("--html",)])
def test_pull_changes_no_file_by_the_public_view(
    run: Run, workspace: Path, write: Write, blog: Platform, option: tuple[str, ...]
) -> None:
    path = write()
    run("publish", "--yes")
    edit(blog, "Talks in Miami", body="<p>Another text.</p>")
    before = path.read_bytes()
    ended(workspace)
    done = run("pull", *option, path)
    assert done.code == 4
    assert "the public view of “Talks in Miami” on main and posts/miami.md differ" in done.err
    assert path.read_bytes() == before


@pytest.mark.sampled
@pytest.mark.parametrize(
    "command",
    [("plan",), ("publish", "--yes"), ("adopt", "--all")],
)
def test_nothing_is_planned_from_the_public_view(
    run: Run, workspace: Path, write: Write, sandbox: Sandbox, command: tuple[str, ...]
) -> None:
    write()
    run("publish", "--yes")
    write(text="Talks opened again.")
    ended(workspace)
    sandbox.log.clear()
    done = run(*command)
    assert done.code == 1
    assert "does not accept the stored sign-in" in done.err
    assert "public view" not in done.err
    assert not any("/feeds/" in one.path for one in sandbox.log.served())


def test_a_private_blog_names_both_reasons(
    run: Run, workspace: Path, write: Write, sandbox: Sandbox
) -> None:
    write()
    run("publish", "--yes")
    ended(workspace)
    sandbox.fail("404", path="/feeds/", times=9)
    done = run("status", "--json")
    assert done.code == 1
    error = str(done.json)
    assert "does not accept the stored sign-in" in error
    assert "the public feed cannot be read" in error
    assert "blogkit login main" in error


def test_readers_see_a_post(workspace: Path, by_hand: Make, blog: Platform) -> None:
    post = by_hand("Old")
    draft = blog.create(Draft("", "post", "Not yet", "<p>Not ready.</p>"))
    missing(workspace)
    site = blogkit.open(workspace, environ={}).site("main")
    by_address, by_id = site.seen_by_readers(post.url), site.seen_by_readers(post.ref.id)
    assert by_address == by_id
    assert by_id is not None
    assert replace(by_id, updated="", settings={}) == replace(post, updated="", settings={})
    assert site.seen_by_readers(draft.ref.id) is None
    assert site.seen_by_readers(post.url.replace("old", "other")) is None


def test_readers_of_a_private_blog(workspace: Path, by_hand: Make, sandbox: Sandbox) -> None:
    post = by_hand("Old")
    sandbox.fail("404", path="/feeds/", times=9)
    with pytest.raises(PermissionDenied, match="the public feed cannot be read"):
        blogkit.open(workspace, environ={}).site("main").seen_by_readers(post.ref.id)


def test_other_platforms_have_no_public_feed(tmp_path: Path) -> None:
    (tmp_path / "blogkit.toml").write_text(
        '[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.here]\nplatform = "folder"\nfolder = "site"\n',
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match="has no public feed"):
        blogkit.open(tmp_path, environ={}).site("here").seen_by_readers("7")
