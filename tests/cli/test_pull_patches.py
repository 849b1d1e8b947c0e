"""What a person changes on the blog goes into the Markdown file, and `undo` takes it out again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from blogkit.platforms.base import Platform, Remote
from blogkit.sync.listing import PRESENT
from tests.cli.conftest import Run, edit

Write = Callable[..., Path]
TEXT = """\
The *Ganga* floods again, and
the __Kosi__ too.

```{toc}
```

## What happened

```{timeline}
events:
  - {date: "2024", title: Floods, text: Many were displaced.}
  - {date: "2025", title: Relief, text: Camps were opened.}
```

Last words.
"""
TITLE = "Talks in Miami"


def the_post(blog: Platform) -> Remote:
    (post,) = blog.list("post", PRESENT)
    return post


def change(blog: Platform, old: str, new: str, **more: object) -> None:
    """A person changes the post in the blog's editor."""
    post = the_post(blog)
    assert old in post.body
    edit(blog, post.title, body=post.body.replace(old, new, 1), **more)


def test_a_typo_a_title_and_a_label_go_into_the_file(
    run: Run, write: Write, blog: Platform
) -> None:
    path = write(text=TEXT)
    source = path.read_bytes()
    assert run("publish", "--yes").code == 0
    change(blog, "Ganga</em> floods", "Ganga</em> flooded", title="Floods", labels=("Rivers",))
    shown = run("pull", "posts/miami.md", "--dry-run")
    assert (shown.code, path.read_bytes()) == (0, source)
    assert "-The *Ganga* floods again, and" in shown.out
    assert "+The *Ganga* flooded again, and" in shown.out
    assert run("pull", "posts/miami.md").code == 0
    now = path.read_text()
    assert TEXT.replace("floods", "flooded") in now
    assert "title: Floods\n" in now or 'title: "Floods"\n' in now
    assert "Rivers" in now
    assert run("plan").out.startswith("nothing to do for live post “Floods”")
    assert run("undo", "--yes").code == 0
    assert path.read_bytes() == source
    assert "edited there" in run("status").out


def test_line_ends_of_windows_stay(run: Run, write: Write, blog: Platform) -> None:
    path = write(text=TEXT)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    source = path.read_bytes()
    assert run("publish", "--yes").code == 0
    change(blog, "<p>Last words.</p>", "<p>Last words.</p><p>One more.</p>")
    assert run("pull", "miami").code == 0
    assert path.read_bytes() == source.replace(b"Last words.", b"Last words.\r\n\r\nOne more.")
    assert "nothing to do" in run("plan").out


def test_a_change_inside_a_widget_is_told_with_its_line(
    run: Run, write: Write, blog: Platform
) -> None:
    path = write(text=TEXT)
    source = path.read_text()
    run("publish", "--yes")
    change(blog, "Many were displaced", "Many lost all")
    change(blog, "Last words", "The last words")
    done = run("pull", "miami")
    line = source.split("\n").index("```{timeline}") + 1
    assert done.code == 4
    assert f"posts/miami.md:{line}: the widget {{timeline}} was changed on the site" in done.err
    assert path.read_text() == source.replace("Last words", "The last words")
    assert "conflict" in run("plan").out + run("plan").err
    assert run("pull", "miami", "--html").code == 0
    assert "{timeline}" not in path.read_text()
    assert run("plan").code == 0  # without the widget, its style sheet goes


def test_a_widget_that_follows_from_the_change_is_left_to_publish(
    run: Run, write: Write, blog: Platform
) -> None:
    """A table of contents lists the heading that a person has changed."""
    path = write(text=TEXT)
    run("publish", "--yes")
    change(blog, ">What happened</h2>", ">What happened there</h2>")
    assert run("pull", "miami").code == 0
    assert "## What happened there {#what-happened}" in path.read_text()
    plan = run("plan")
    assert "update live post" in plan.out
    assert run("publish", "--yes").code == 0
    assert the_post(blog).body.count("What happened there") == 2


def test_a_post_that_both_sides_changed_is_pulled_and_published(
    run: Run, write: Write, blog: Platform
) -> None:
    path = write(text=TEXT)
    run("publish", "--yes")
    change(blog, "floods", "flooded")
    path.write_text(path.read_text().replace("Last words", "My last words"))
    assert run("plan").code == 4
    assert run("pull", "miami").code == 0
    assert TEXT.replace("floods", "flooded").replace("Last", "My last") in path.read_text()
    assert run("publish", "--yes").code == 0
    body = the_post(blog).body
    assert ("flooded" in body, "My last words" in body) == (True, True)
