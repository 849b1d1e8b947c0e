"""A change of the look alone changes no live post before `blogkit upgrade` is run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import blogkit
from blogkit.platforms.base import Platform
from blogkit.render.widgets.registry import builtin_folder
from blogkit.sync.compare.looks import differ_in_looks_alone
from blogkit.sync.listing import PRESENT
from tests.cases import for_each

POST = """---
title: {title}
publish: now
---
An opening that is **not** in a widget, about {title}.

```{{timeline}} How it went
events:
  - {{date: 2021-12, title: First talks, text: "In Miami, behind closed doors."}}
  - {{label: Now, title: Second round, current: true}}
```

```{{callout}} For readers
A remark with [a link](https://example.com/a).
```
"""


def open_project(folder: Path) -> blogkit.Project:
    return blogkit.open(folder, environ={}, trust=True, sleep=lambda _seconds: None)


@pytest.fixture
def old(folder: Path) -> Path:
    """A blog whose posts were published with an earlier version's timeline and callout."""
    for name, style in (("timeline", "border-left:9px solid"), ("callout", "margin:77px 0")):
        shutil.copytree(builtin_folder() / name, folder / "widgets" / name)
        path = folder / "widgets" / name / "style.css"
        css = path.read_text(encoding="utf-8")
        path.write_text(css.replace(f".bk-{name} {{", f".bk-{name} {{ {style}; "), encoding="utf-8")
    for name, title in (("talks", "Talks in Miami"), ("roads", "Roads of Goa")):
        (folder / "posts" / f"{name}.md").write_text(POST.format(title=title), encoding="utf-8")
    assert open_project(folder).plan().apply().run
    shutil.rmtree(folder / "widgets")
    return folder


def bodies(blog: Platform) -> dict[str, str]:
    return {post.title: post.body for post in blog.list("post", PRESENT)}


def kinds(plan: blogkit.Plan) -> list[str]:
    return [change.kind for change in plan]


def test_publishing_leaves_posts_alone_that_only_look_different(old: Path, blog: Platform) -> None:
    before = bodies(blog)
    assert all("margin:77px 0" in body for body in before.values())
    plan = open_project(old).plan()
    assert kinds(plan) == ["unchanged", "unchanged"]
    assert sorted(plan.older_looks) == ["roads", "talks"]
    assert kinds(open_project(old).plan(offline=True)) == ["unchanged", "unchanged"]
    plan.apply()
    assert bodies(blog) == before
    assert [one.file for one in open_project(old).status()] == ["up to date"] * 2


def test_upgrading_renders_them_again(old: Path, blog: Platform) -> None:
    before = bodies(blog)
    plan = open_project(old).plan(older_looks=True)
    assert kinds(plan) == ["update", "update"]
    plan.apply()
    after = bodies(blog)
    assert not any("margin:77px 0" in body for body in after.values())
    assert all(differ_in_looks_alone(before[title], after[title]) for title in before)
    again = open_project(old)
    assert (kinds(again.plan()), kinds(again.plan(older_looks=True))) == (["unchanged"] * 2, [])
    assert not again.plan().older_looks


def test_an_edit_of_the_file_brings_the_new_look(old: Path, blog: Platform) -> None:
    path = old / "posts" / "talks.md"
    path.write_text(path.read_text(encoding="utf-8").replace("A remark", "A **remark**"))
    plan = open_project(old).plan()
    assert {change.key: change.kind for change in plan} == {"roads": "unchanged", "talks": "update"}
    plan.apply()
    assert "margin:77px 0" not in bodies(blog)["Talks in Miami"]


def test_a_change_of_the_theme_is_a_change_of_the_look(old: Path, blog: Platform) -> None:
    before = bodies(blog)
    with (old / "blogkit.toml").open("a", encoding="utf-8") as file:
        file.write('\n[theme]\npreset = "exam"\n')
    open_project(old).plan().apply()
    assert bodies(blog) == before
    open_project(old).plan(older_looks=True).apply()
    assert all("#4f5bd5" in body for body in bodies(blog).values())


WIDGET = '<div class="bk-a" style="{}"><p>Two words <a href="{}">there</a></p></div>'
ONE = "<p>Text</p> " + WIDGET.format("margin:0", "https://a.example")


@for_each(
    ("other", "alike"),
    [
        (ONE, False),
        (ONE.replace("margin:0", "margin:1px"), True),
        (ONE.replace("<p>Two", '<p><span aria-hidden="true">◆</span><strong>Two</strong>:'), True),
        (ONE.replace("Two words", "Three words"), False),
        (ONE.replace("a.example", "b.example"), False),
        (ONE.replace("<p>Text", "<p><b>Text</b>"), False),
        (ONE.replace("bk-a", "note"), False),
        (ONE + " <p>More</p>", False),
        (ONE + " " + WIDGET.format("", ""), False),
        (ONE + "<style>.bk-a{margin:0}</style>", True),
        (ONE.replace("</div>", "<br></div>"), True),
    ],
)
def test_what_differs_in_looks_alone(other: str, alike: bool) -> None:
    assert differ_in_looks_alone(ONE, other) == differ_in_looks_alone(other, ONE) == alike
