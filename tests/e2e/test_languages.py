"""A WordPress whose lists show one language, as plugins for languages make them."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace, plugged

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
HINDI = "नदी के किनारे एक पुराना किला है, और उसके पास हर साल मेला लगता है।"
ENGLISH = "There is an old fort on the river, and a fair is held beside it each year."


@pytest.mark.parametrize("field", ["yes", "no"], ids=["polylang", "wpml"])
def test_posts_of_every_language_are_found_after_a_lost_journal(
    wordpress: Site, tmp_path: Path, field: str
) -> None:
    mark = uuid.uuid4().hex[:6]
    with plugged(wordpress, "languages", field=field):
        blog = Workspace(tmp_path / "blog", wordpress, settings={"lang": "en,hi"})
        blog.write(f"fort-{mark}", f"title: Fort {mark}\npublish: now", ENGLISH)
        blog.write(f"kila-{mark}", f"title: किला {mark}\nlang: hi\npublish: now", HINDI)
        made = blog.published()
        number = made[f"kila-{mark}"]["id"]
        listed = wordpress.rest("admin", "GET", "wp/v2/posts", params={"lang": "hi"}).json()
        assert [str(post["id"]) for post in listed] == [number]
        assert {one["result"] for one in blog.published().values()} == {"unchanged"}

        blog.delete_journal()
        code, planned = blog.run("plan")
        assert code == 0, planned
        assert {one["action"] for one in planned["actions"]} == {"adopt"}
        code, report = blog.run("adopt", "--all", "--dry-run")
        assert code == 0, report
        assert {f"posts/fort-{mark}.md", f"posts/kila-{mark}.md"} <= {*report["files"]}

        # without the languages, the site hides a post, and nothing is published twice
        blind = Workspace(tmp_path / "blind", wordpress)
        blind.write(f"kila-{mark}", f"title: किला {mark}\npublish: now", HINDI)
        code, report = blind.run("publish", "--yes")
        assert code != 0
        assert "because a plugin for languages hides the others" in str(report)
        assert "lang = " in str(report)
        code, report = blind.run("adopt", "--all", "--dry-run")
        assert f"किला {mark}" not in str(report)

    for post in made.values():
        wordpress.rest(
            "admin", "DELETE", f"wp/v2/posts/{post['id']}", params={"force": "true"}
        ).raise_for_status()


def test_a_language_that_the_settings_lack_is_an_error(wordpress: Site, tmp_path: Path) -> None:
    blog = Workspace(tmp_path / "blog", wordpress, settings={"lang": "en,hi"})
    blog.write("x", "title: Another one\nlanguage: ta\npublish: now", ENGLISH)
    code, report = blog.run("publish", "--yes")
    assert code != 0
    assert "posts/x.md:3" in str(report) or "'line': 3" in str(report)
    assert 'lang = "en,hi,ta"' in str(report) or 'lang = "en,hi,ta"' in str(report)
