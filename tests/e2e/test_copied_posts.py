"""Duplicated and translated posts on a real WordPress: they carry the key of the original."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from blogkit.regions import sentinel_id
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
WORDS = "The lighthouse was lit in 1867, and its keeper wrote down each ship that passed."


@pytest.fixture
def blog(wordpress: Site, tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "blog", wordpress)


def copied(site: Site, post: dict[str, Any], title: str, body: str) -> dict[str, Any]:
    """As a plugin for copies or translations saves a post."""
    fields = {"title": title, "content": body, "status": "publish"}
    answer = site.rest("admin", "POST", "wp/v2/posts", json=fields)
    assert answer.status_code == 201, post
    return dict(answer.json())


@pytest.mark.parametrize("marked", [True, False], ids=["with-id", "without-id"])
def test_a_copy_can_be_edited_and_adopted_beside_the_original(
    wordpress: Site, blog: Workspace, marked: bool
) -> None:
    key = f"light-{uuid.uuid4().hex[:6]}"
    path = blog.write(key, f"title: Light {key}\npublish: now", WORDS)
    number = blog.published()[key]["id"]
    if marked:
        path.write_text(path.read_text(encoding="utf-8").replace("1867", "1868"), encoding="utf-8")
        blog.published()
    body = blog.stored(number)["content"]["raw"]
    assert sentinel_id(body) == (str(number) if marked else "")
    copy = copied(
        wordpress,
        blog.stored(number),
        f"प्रकाश {key}",
        body.replace("its keeper wrote down", "उसके रखवाले ने लिखा"),
    )

    code, report = blog.run("publish", "--yes")
    if marked:
        assert code == 0, report
    else:
        assert code != 0
        assert f"blogkit adopt {copy['link']}" in str(report), "and not to delete it"

    code, report = blog.run(
        *("insert", "quote", "--set", "text=A ship that passed", "--set", "by=The keeper"),
        *("--into", copy["link"], "--at", "end", "--yes"),
    )
    assert code == 0, report
    code, report = blog.run("adopt", copy["link"])
    assert code == 0, report
    (other,) = set((blog.root / "posts").iterdir()) - {path}
    assert f'post_id: "{copy["id"]}"' in other.read_text(encoding="utf-8")

    # from now on, both are posts of their own, also without the journal
    assert {one["result"] for one in blog.published().values()} == {"unchanged"}
    blog.delete_journal()
    code, planned = blog.run("plan")
    assert code == 0, planned
    kinds = {one["key"]: one["action"] for one in planned["actions"]}
    assert set(kinds.values()) == {"adopt"}
    blog.published()
    other.write_text(
        other.read_text(encoding="utf-8").replace("1868" if marked else "1867", "1869"),
        encoding="utf-8",
    )
    outcomes = blog.published()
    assert outcomes[other.stem]["id"] == str(copy["id"])
    assert "1869" not in blog.stored(number)["content"]["raw"]
    assert "1869" in blog.stored(copy["id"])["content"]["raw"]
