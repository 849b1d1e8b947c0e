"""A post comes back from the trash as a draft, unless its comments would stay hidden."""

from __future__ import annotations

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Ref, State
from blogkit.platforms.wordpress.adapter import WordPress
from tests.platforms.wordpress.conftest import Script, post

ONE, COMMENTS = "/wp/v2/posts/7", "/wp/v2/comments"
FORBIDDEN = {"code": "rest_forbidden_context", "message": "Sorry, you are not allowed to."}


@pytest.mark.parametrize(
    ("slug", "sent"),
    [
        ("talks__trashed", {"status": "draft"}),
        ("__trashed", {"status": "draft", "slug": ""}),
        ("__trashed-2", {"status": "draft", "slug": ""}),
    ],
)
def test_it_gets_its_own_slug_back(
    site: WordPress, script: Script, slug: str, sent: dict[str, str]
) -> None:
    script.on("GET", ONE, post(status="trash", slug=slug))
    script.on("GET", COMMENTS, [])
    script.on("POST", ONE, post(status="draft", slug="talks"))
    restored = site.untrash(Ref("7"))
    assert (restored.state, restored.slug) == (State.DRAFT, "talks")
    assert script.writes() == [(ONE, sent)]


def test_what_would_leave_comments_hidden_is_refused(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(status="trash", slug="talks__trashed"))
    script.on("GET", COMMENTS, [{"id": 3}])
    with pytest.raises(Rejected, match="comments of post 7 would stay hidden"):
        site.untrash(Ref("7"))
    assert script.writes() == []
    (asked,) = [query for _, route, query, _ in script.seen if route == COMMENTS]
    assert (asked["post"], asked["status"]) == ("7", "post-trashed")


def test_an_account_that_may_not_see_comments_is_warned(
    site: WordPress, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    script.on("GET", ONE, post(status="trash", slug="talks__trashed"))
    script.on("GET", COMMENTS, FORBIDDEN, 403)
    script.on("POST", ONE, post(status="draft", slug="talks"))
    assert site.untrash(Ref("7")).state is State.DRAFT
    assert "may not see hidden comments" in caplog.text


def test_a_post_that_is_not_in_the_trash_stays_as_it_is(site: WordPress, script: Script) -> None:
    script.on("GET", ONE, post(status="publish"))
    assert site.untrash(Ref("7")).state is State.LIVE
    assert script.writes() == []
