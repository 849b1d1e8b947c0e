"""A post on a real WordPress is found by every address that a person may paste or blogkit prints."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

TITLE = "हिन्दी शीर्षक"
EVERY_VERSION = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
WIDGET = ("quiz-button", "--set", "label=Start", "--set", "url=https://example.com/quiz")


def addresses(number: int, link: str) -> set[str]:
    root = f"{urlsplit(link).scheme}://{urlsplit(link).netloc}"
    percent = re.sub("%[0-9a-f]{2}", lambda code: code[0].upper(), link)
    return {
        link,
        percent,
        unquote(link),
        f"{link}{'&' if '?' in link else '?'}utm_source=news&fbclid=1",
        f"{root}/?p={number}",
        f"{root}/?p={number}&preview=true",
        f"{root}/wp-admin/post.php?post={number}&action=edit",
        str(number),
    }


@EVERY_VERSION
@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("status", ["publish", "draft"])
def test_every_address_leads_to_the_post(
    plain: bool, status: str, wordpress: Site, tmp_path: Path
) -> None:
    with wordpress.plain_permalinks() if plain else nullcontext():
        post = {"title": TITLE, "content": "<p>अच्छा दिन।</p>", "status": status}
        made = wordpress.rest("admin", "POST", "/wp/v2/posts", json=post).json()
        blog = Workspace(tmp_path / "blog", wordpress)
        for place in sorted(addresses(made["id"], made["link"])):
            at = ("--into", place, "--at", "end", "--dry-run", "--live")
            code, report = blog.run("insert", *WIDGET, *at)
            assert code == 0, (place, report)
            assert str(made["id"]) in str(report), place


@EVERY_VERSION
def test_an_adopted_post_has_the_name_that_a_new_one_would_have(
    wordpress: Site, tmp_path: Path
) -> None:
    post = {"title": f"{TITLE} दो", "content": "<p>दूसरा दिन।</p>", "status": "publish"}
    number = wordpress.rest("admin", "POST", "/wp/v2/posts", json=post).json()["id"]
    blog = Workspace(tmp_path / "blog", wordpress)
    code, report = blog.run("adopt", number)
    assert code == 0, report
    assert [path.name for path in (blog.root / "posts").iterdir()] == ["हिन्दी-शीर्षक-दो.html"]


@EVERY_VERSION
def test_a_page_with_an_excerpt_goes_live(wordpress: Site, tmp_path: Path) -> None:
    blog = Workspace(tmp_path / "blog", wordpress)
    front = "title: How to reach us\ntype: page\nexcerpt: By train or by bus\npublish: now"
    blog.write("reach", front, "Take the train to the old town.")
    code, report = blog.run("check")
    assert (code, report["problems"]) == (0, [])
    (outcome,) = blog.published().values()
    stored = blog.stored(outcome["id"], "pages")
    assert (stored["status"], stored["excerpt"]["raw"]) == ("publish", "By train or by bus")
