"""The queue on a real WordPress: two machines with journals of their own agree on every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

NAMES = ("apple", "banana", "cherry", "damson")


def machine(root: Path, wordpress: Site) -> Workspace:
    work = Workspace(root, wordpress, "author")
    toml = root / "blogkit.toml"
    rules = '[schedule]\nslots = ["daily 07:00", "daily 19:00"]\nspacing = "20h"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + rules, encoding="utf-8")
    for number, name in enumerate(NAMES):
        front = f"title: All about the {name} of {wordpress.version}\npublish: queue"
        more = "\npriority: 1" if name == "cherry" else ""
        text = f"The {name} has {'seeds and skin ' * number} a story that only {name} can tell."
        work.write(name, front + more, text)
    return work


def calendar(work: Workspace) -> dict[str, Any]:
    code, report = work.run("queue")
    assert code == 0, report
    mine = [one for one in report["queue"] if one["key"] in NAMES]  # other tests schedule, too
    return {one["key"]: (one["at"], one["state"]) for one in mine}


def times(work: Workspace) -> dict[str, str]:
    return {key: at for key, (at, _) in calendar(work).items()}


@pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
def test_two_machines_agree(wordpress: Site, tmp_path: Path) -> None:
    one, two = (machine(tmp_path / name, wordpress) for name in ("one", "two"))
    before = times(one)
    assert list(before) == ["cherry", "apple", "banana", "damson"]
    assert times(two) == before
    one.published("posts/damson.md", "posts/apple.md")
    assert times(two) == times(one) == before
    # The other machine has no journal of the blog, so a person confirms.
    two.published("posts/cherry.md", "--rebuild")
    one.published()
    assert times(two) == times(one) == before
    assert {state for _, state in calendar(two).values()} == {"scheduled"}
    code, report = two.run("plan")
    assert code == 0
    assert not [one for one in report["actions"] if one["action"] not in ("adopt", "unchanged")]

    assert one.run("queue", "move", "damson", "first", "--yes")[0] == 0
    moved = times(one)
    assert sorted(moved.values()) == sorted(before.values())
    assert list(moved) == ["damson", "cherry", "apple", "banana"]
    assert times(two) == moved
    assert one.run("undo", "--yes")[0] == 0
    assert times(one) == before

    assert one.run("queue", "hold", "apple", "--yes")[0] == 0
    assert calendar(one)["apple"] == (None, "held")
    assert one.run("queue", "resume", "apple", "--yes")[0] == 0
    assert times(one) == before
