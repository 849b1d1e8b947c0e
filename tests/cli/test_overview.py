"""The end of `blogkit status`: what comes next, and what needs the author."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from blogkit.platforms.base import Platform
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]


def test_nothing_is_added_where_nothing_waits(run: Run, write: Write) -> None:
    write()
    run("publish", "--yes")
    out = run("status").out
    assert "next:" not in out
    assert "needs you:" not in out


def test_what_comes_next_is_told_first_of_all(run: Run, write: Write) -> None:
    write("late", title="Later on", text="Rain in Kochi.", publish="2090-12-02 07:00")
    write("soon", title="Soon enough", text="Sun in Pune.", publish="2090-12-01 07:00")
    run("publish", "--yes")
    line = "next: Fri 1 Dec 2090, 07:00 IST (01:30 UTC): posts/soon.md goes live"
    assert f"{line} on main; 1 more later\n" in run("status").out
    assert [one["what"] for one in run("status", "--json").json["next"]] == [
        "posts/soon.md goes live on main",
        "posts/late.md goes live on main",
    ]


def test_what_needs_the_author_is_told_with_its_command(
    run: Run, write: Write, blog: Platform
) -> None:
    write(slug="miami-talks", seo="{description: Talks in Miami opened}")
    run("publish", "--yes")
    edit(blog, "Talks in Miami", title="By hand")
    items = len(run("todo", "--json").json["todo"])
    needs = ["1 edited there (blogkit plan)", f"{items} to set by hand (blogkit todo)"]
    assert items
    assert f"needs you: {'; '.join(needs)}\n" in run("status").out
    assert run("status", "--json").json["needs_you"] == needs
