"""`blogkit delete` and its undo on a real WordPress: the address, the date and the state come back;
a post with comments is left to WordPress, which alone can show them again.
"""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
KEPT = ("status", "slug", "link", "date_gmt", "title", "content", "tags")


@pytest.mark.parametrize("user", ["admin", "author"])
def test_a_deleted_post_comes_back_where_it_was(wordpress: Site, tmp_path: Path, user: str) -> None:
    workspace = Workspace(tmp_path / "blog", wordpress, user)
    keys = {state: f"{state}-{uuid.uuid4().hex[:6]}" for state in ("now", "draft", "later")}
    for state, key in keys.items():
        publish = "2099-03-01 07:00" if state == "later" else state
        front = f'title: Deleted {key}\nlabels: [GS-II]\npublish: "{publish}"'
        workspace.write(key, front, f"The talks of {key} open in Geneva.")
    made = workspace.published()
    numbers = [made[key]["id"] for key in keys.values()]
    before = [workspace.stored(number) for number in numbers]
    code, done = workspace.run("delete", *keys.values(), "--yes")
    assert (code, done["final"]) == (0, [])
    assert {workspace.stored(number)["status"] for number in numbers} == {"trash"}
    code, report = workspace.run("publish", "--yes")
    assert (code, {one["result"] for one in report["outcomes"]}) == (0, {"unchanged"})
    code, report = workspace.run("undo", "--yes")
    assert code == 0, report
    for number, old in zip(numbers, before, strict=True):
        new = workspace.stored(number)
        if old["status"] == "draft":  # it has no date of its own
            new["date_gmt"] = old["date_gmt"]
        assert {name: new[name] for name in KEPT} == {name: old[name] for name in KEPT}
    code, report = workspace.run("publish", "--yes")
    assert (code, {one["result"] for one in report["outcomes"]}) == (0, {"unchanged"})


def test_a_post_with_comments_is_left_to_wordpress(wordpress: Site, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "blog", wordpress)
    key = f"spoken-{uuid.uuid4().hex[:6]}"
    workspace.write(key, f"title: Spoken {key}\npublish: now", f"Readers of {key} answer.")
    number = workspace.published()[key]["id"]
    comment = {"post": number, "content": "A reader's words."}
    wordpress.rest("admin", "POST", "wp/v2/comments", json=comment)
    assert workspace.run("delete", key, "--yes")[0] == 0
    code, report = workspace.run("undo", "--yes")
    (outcome,) = report["outcomes"]
    assert (code, "would stay hidden" in outcome["message"]) == (1, True)
    assert "restore it in WordPress" in outcome["hint"]
    assert workspace.stored(number)["status"] == "trash"
