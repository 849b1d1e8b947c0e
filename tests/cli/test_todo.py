"""`blogkit todo`: what Blogger's API cannot set is remembered until a person has set it."""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli.conftest import Run

POST = """---
title: Rain in Kerala
slug: kerala-rain
publish: {publish}
seo: {{description: "{description}", robots: noindex}}
---
The monsoon came early.
"""


@pytest.fixture
def post(workspace: Path) -> Path:
    return workspace / "posts/rain.md"


def write(post: Path, publish: str = "draft", description: str = "Why it rained") -> None:
    post.write_text(POST.format(publish=publish, description=description), encoding="utf-8")


def test_what_is_to_be_done_is_told_and_remembered(run: Run, post: Path, sandbox: Sandbox) -> None:
    write(post)
    done = run("publish", "--yes")
    assert done.code == 0
    assert "To do by hand" in done.out
    (stored,) = sandbox.store.find(Wanted("post", ["DRAFT"]))
    link = f"https://www.blogger.com/blog/post/edit/{sandbox.blog.id}/{stored.id}"
    items = run("todo", "--json").json["todo"]
    assert [(item["name"], item["value"], item["link"]) for item in items] == [
        ("search description", "Why it rained", link),
        ("custom robots tags", "noindex", link),
        ("permalink", "kerala-rain", link),
    ]
    assert "“Rain in Kerala” on main: set the search description" in run("todo").out
    run("publish", "--yes")
    assert len(run("todo", "--json").json["todo"]) == 3


def test_it_is_ticked_off_until_the_file_wants_another(run: Run, post: Path) -> None:
    write(post)
    run("publish", "--yes")
    first, second, third = (item["id"] for item in run("todo", "--json").json["todo"])
    done = run("todo", "--done", str(first), "--done", str(second), "--json")
    assert done.json["ticked"] == [first, second]
    assert [item["id"] for item in run("todo", "--json").json["todo"]] == [third]
    write(post, publish="now")  # the address is made now, and cannot be changed any more
    done = run("publish", "--yes")
    assert "To do by hand" not in done.out
    assert run("todo").out.strip() == "nothing to do by hand"
    write(post, publish="now", description="Why it rained again")
    run("publish", "--yes")
    (item,) = run("todo", "--json").json["todo"]
    assert item["value"] == "Why it rained again"
    assert run("todo", "--all-done").code == 0
    assert run("todo", "--json").json["todo"] == []


def test_an_unknown_number_is_refused(run: Run, post: Path) -> None:
    write(post)
    run("publish", "--yes")
    done = run("todo", "--done", "77")
    assert done.code == 2
    assert "77" in done.err
    assert len(run("todo", "--json").json["todo"]) == 3


def test_check_tells_it_before(run: Run, post: Path) -> None:
    write(post)
    assert "Blogger's API does not accept a search description" in run("check").err
