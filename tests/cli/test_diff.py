"""Both sides of a difference, since they were the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from blogkit.platforms.base import Platform, Remote
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]
Make = Callable[..., Remote]


def test_nothing_differs(run: Run, write: Write, blog: Platform) -> None:
    write()
    run("publish", "--yes")
    done = run("diff")
    assert (done.code, done.out) == (0, "no differences\n")
    assert run("diff", "--json").json == {"differences": []}


def test_changed_in_the_file(run: Run, write: Write, blog: Platform) -> None:
    write(text="Caffè – “one”.\n\nTwo.")
    run("publish", "--yes")
    write(text="Caffè – “one”.\n\nThree.", title="Talks, again")
    done = run("diff", "posts/miami.md")
    assert done.code == 1
    assert "posts/miami.md: changed in the file" in done.out
    assert "changed on main" not in done.out
    assert "-<p>Two.</p>" in done.out
    assert "+<p>Three.</p>" in done.out
    assert "+Talks, again" in done.out
    assert "-<p>Caff" not in done.out


def test_changed_on_both_sides(run: Run, write: Write, blog: Platform) -> None:
    write(text="One.\n\nTwo.")
    run("publish", "--yes")
    write(text="One.\n\nThree.")
    edit(blog, "Talks in Miami", title="By hand", labels=("Polity",))
    done = run("diff")
    there, _, here = done.out.partition("changed in the file")
    assert "+By hand" in there
    assert "+Polity" in there
    assert "+<p>Three.</p>" in here
    (data,) = run("diff", "--json").json["differences"]
    assert [change["where"] for change in data["there"]] == ["title", "labels"]
    assert [change["where"] for change in data["here"]] == ["body"]
    write(title="By me", text="One.\n\nThree.")
    done = run("publish", "--yes")
    assert (
        done.code,
        "its title is “By hand” on the site and “By me” in miami.md" in done.err,
    ) == (
        4,
        True,
    )


def test_a_post_that_is_not_there_or_twice_there_is_not_called_the_same(
    run: Run, write: Write, blog: Platform, by_hand: Make
) -> None:
    path = write()
    assert "posts/miami.md is not on main" in run("diff").out
    run("publish", "--yes")
    by_hand("Copy", next(blog.list("post", PRESENT)).body)
    next(path.parent.parent.glob(".blogkit/journal.sqlite")).unlink()
    done = run("diff")
    assert (
        done.code,
        "2 posts on site main have the key" in done.err,
        "no differences" in done.out,
    ) == (1, True, False)
