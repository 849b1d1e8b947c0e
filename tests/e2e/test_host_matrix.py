"""One scenario on a real WordPress behind each kind of host: publish, insert a widget, undo both.

What the hosts do is in `odd_host.py`, what plugins do in `wordpress/config/faults.php`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.odd_host import OddHost
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import Site
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)
HOSTS: dict[str, dict[str, Any]] = {
    "keeps-answers": {"keeps": True},
    "path-only": {"blocked": "rest_route="},
    "query-only": {"blocked": "/wp-json/"},
    "writes-behind-json": {"behind": b"\n<!-- cached by a plugin -->\n<b>Warning</b>: x"},
    "byte-order-marks": {"behind": b"\xef\xbb\xbf\xef\xbb\xbf"},
    "no-users": {"missing": "/wp/v2/users"},
    "get-and-post-only": {"refused": ("DELETE", "PUT", "PATCH")},
    "broken-date": {"date": "today"},
    "naive-date": {"date": "2026-11-28 12:00:00"},
    "adds-on-save": {"fault": "additions"},
}
TEXT = (
    "The fair [opened](https://example.com/fair) today, with more visitors than ever before.\n\n"
    "![A wheel](https://example.com/wheel.png)\n\n## Conclusion\n\nIt was a good day."
)
QUIZ = (
    "insert",
    "quiz-button",
    "--set",
    "label=Start",
    "--set",
    "url=https://example.com/quiz",
    "--live",
    "--yes",
)


def project(folder: Path, host: OddHost, site: Site, name: str, **settings: object) -> Workspace:
    blog = Workspace(folder, site, "author", settings, host.url)
    blog.write(f"fair-{name}", f"title: the fair behind {name}\npublish: now", TEXT)
    return blog


def stored(site: Site, post: str) -> dict[str, Any]:
    answer = site.rest("admin", "GET", f"wp/v2/posts/{post}", params={"context": "edit"})
    return dict(answer.json())


@pytest.mark.parametrize("name", HOSTS)
def test_publish_insert_and_undo(name: str, wordpress: Site, tmp_path: Path) -> None:
    with OddHost(wordpress.url, **HOSTS[name]) as host:
        run = project(tmp_path / "blog", host, wordpress, name).run
        code, done = run("publish", "--yes")
        assert code == 0, done
        post = done["outcomes"][0]["id"]
        before = stored(wordpress, post)
        assert before["status"] == "publish"
        assert ("nofollow" in before["content"]["raw"]) == (name == "adds-on-save")
        assert run("publish", "--yes")[1]["outcomes"][0]["result"] == "unchanged"

        code, done = run(*QUIZ, "--into", post, "--at", "before:h2:Conclusion")
        assert code == 0, done
        assert "blogkit:begin quiz-button" in stored(wordpress, post)["content"]["raw"]
        code, done = run("undo", "--yes")
        assert code == 0, done
        assert stored(wordpress, post)["content"]["raw"] == before["content"]["raw"]
        code, done = run("undo", "1", "--yes")
        assert code == 0, done
        assert stored(wordpress, post)["status"] == "trash"


def test_a_site_that_rewrites_needs_a_setting(wordpress: Site, tmp_path: Path) -> None:
    with OddHost(wordpress.url, fault="rewrites") as host:
        strict = project(tmp_path / "strict", host, wordpress, "rewrites")
        code, done = strict.run("publish", "--yes")
        (lost,) = done["outcomes"]
        assert (code, lost["result"], lost["state"]) == (1, "lost", "draft")
        assert 'accept = ["title-case", "wpautop"]' in lost["hint"]
        name, accept = "accepted-rewrites", ["title-case", "wpautop"]
        accepting = project(tmp_path / "accepting", host, wordpress, name, accept=accept)
        code, done = accepting.run("publish", "--yes")
        (outcome,) = done["outcomes"]
        assert (code, outcome["result"], outcome["state"]) == (0, "done", "live")
        assert stored(wordpress, outcome["id"])["title"]["raw"].startswith("The Fair")


def test_a_page_builder_is_named(wordpress: Site, tmp_path: Path) -> None:
    with OddHost(wordpress.url, fault="builder") as host:
        run = project(tmp_path / "blog", host, wordpress, "builder").run
        code, done = run("publish", "--yes")
        post = done["outcomes"][0]["id"]
        code, done = run(*QUIZ, "--into", post, "--at", "end")
        (outcome,) = done["outcomes"]
        assert (code, outcome["result"]) == (1, "lost")
        assert outcome["losses"] == ["Elementor does not make the page from the post's text"]
        code, done = run("undo", "--yes")
        assert code == 0, done
