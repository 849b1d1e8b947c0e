"""The public page of a post: in the browser on a terminal, as an address in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.cli.publish.open import _page
from blogkit.platforms.base import Platform, Ref, Remote, State
from blogkit.project.plans.status import PostStatus
from blogkit.sync.listing import PRESENT
from tests.cases import for_each
from tests.cli import process
from tests.cli.conftest import Run

Write = Callable[..., Path]


def test_a_pipe_gets_the_address(run: Run, write: Write, blog: Platform) -> None:
    write()
    run("publish", "--yes")
    (post,) = blog.list("post", PRESENT)
    done = run("open", "posts/miami.md")
    assert (done.code, done.out, done.err) == (0, f"{post.url}\n", "")
    assert run("open", "posts/miami.md", "--quiet").out == f"{post.url}\n"
    assert run("open", "posts/miami.md", "--json").json == {
        "pages": [{"site": "main", "path": "posts/miami.md", "url": post.url}]
    }


@pytest.mark.usefixtures("real_time")
def test_a_terminal_gets_the_browser(
    run: Run, write: Write, blog: Platform, workspace: Path
) -> None:
    write()
    run("publish", "--yes")
    (post,) = blog.list("post", PRESENT)
    browser, seen = workspace / "browser", workspace / "seen"
    browser.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(seen)!r}, 'w').write(sys.argv[1])\n",
        encoding="utf-8",
    )
    browser.chmod(0o700)
    drawn = process.on_a_terminal("open", "posts/miami.md", cwd=workspace, BROWSER=str(browser))
    assert post.url in drawn
    assert seen.read_text(encoding="utf-8") == post.url


def test_a_post_without_a_page_is_told_why(run: Run, write: Write) -> None:
    write()
    done = run("open", "posts/miami.md")
    assert (done.code, done.out) == (1, "")
    assert "posts/miami.md is not on main" in done.err
    assert "run: blogkit publish posts/miami.md" in done.err
    write(publish="draft")
    run("publish", "--yes")
    done = run("open", "posts/miami.md")
    assert (done.code, done.out) == (1, "")
    assert "no public page on main yet: its state there is draft" in done.err


def test_a_folder_is_no_post(run: Run, write: Write) -> None:
    write()
    assert run("open", "posts").code == 2


@for_each(
    ("url", "fits"),
    [
        ("https://blog.example/a.html", True),
        ("http://127.0.0.1:1/a", True),
        ("javascript:alert(1)", False),
        ("file:///etc/hosts", False),
        ("-new-window", False),
        ("", False),
    ],
)
def test_only_web_addresses_reach_the_browser(url: str, fits: bool) -> None:
    remote = Remote(Ref("1", "post"), "A", "<p>A</p>", State.LIVE, url)
    assert bool(_page(PostStatus("main", "a", "posts/a.md", "up to date", remote))) is fits
    draft = replace(remote, state=State.DRAFT)
    assert not _page(PostStatus("main", "a", "posts/a.md", "up to date", draft))


def test_the_editor_opens_for_a_draft_too(run: Run, write: Write, blog: Platform) -> None:
    write(publish="draft")
    assert "is not on main" in run("open", "posts/miami.md", "--edit").err
    run("publish", "--yes")
    (post,) = blog.list("post", PRESENT)
    done = run("open", "posts/miami.md", "--edit")
    assert done.code == 0
    assert done.out.startswith("https://www.blogger.com/blog/post/edit/")
    assert done.out.endswith(f"/{post.ref.id}\n")


def test_a_folder_has_no_editor(run: Run, write: Write, workspace: Path) -> None:
    toml = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'
    (workspace / "blogkit.toml").write_text(toml, encoding="utf-8")
    write()
    run("publish", "--yes")
    done = run("open", "posts/miami.md", "--edit")
    assert (done.code, "main has no editor for posts/miami.md" in done.err) == (1, True)
