"""The end of `blogkit status`: what comes next, and what needs the author."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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


TOPICS = [
    "rain",
    "wind",
    "tea",
    "rice",
    "law",
    "tax",
    "court",
    "port",
    "bank",
    "mine",
    "dam",
    "road",
    "rail",
    "crop",
    "debt",
    "fuel",
]


@pytest.mark.slow
def test_a_normal_blog_fits_on_one_screen(run: Run, write: Write, workspace: Path) -> None:
    toml = workspace / "blogkit.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(f'{text}\n[schedule]\nslots = ["daily 07:00"]\n', encoding="utf-8")
    for number, topic in enumerate(TOPICS):
        write(topic, f"All about {topic}. " * 3, f"The {topic} of the year {1900 + number}")
    write("soon", "What comes soon.", "Soon enough", publish="2090-12-01 07:00")
    assert run("publish", "--yes").code == 0
    write("queued", "What waits for its slot.", "Waiting", publish="queue")
    write("rain", "All about monsoon rain. " * 3, "The rain of the year 1900")
    write("late", "What was never true.", "Long ago", publish="2019-03-04 07:00")
    done = run("status")
    lines = done.out.splitlines()
    assert len(lines) <= 24
    assert "15 posts are live and up to date (blogkit status --all)" in lines
    assert {line.split()[1] for line in lines[1:5]} == {
        *("posts/rain.md", "posts/soon.md", "posts/queued.md", "posts/late.md")
    }
    went, coming, needs = lines[-3:]
    assert went.startswith("went live: ")
    assert went.endswith("; 15 more in the last 7 days")
    assert ": the slot of posts/queued.md on main; 1 more later" in coming
    assert "1 queued and not sent yet (blogkit publish)" in needs
    assert all(f"posts/{topic}.md" in run("status", "--all").out for topic in TOPICS)
    assert len(run("status", "--json").json["lately"]) == len(TOPICS)


def test_what_is_refused_needs_the_author(run: Run, write: Write) -> None:
    write("page", "About us.", "About", type="page", slug="about")
    run("publish", "--yes")
    write("page", "About us.", "About", slug="about")  # a page cannot become a post
    assert "needs you: 1 refused (blogkit plan)" in run("status").out
