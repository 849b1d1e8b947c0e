"""The harness keeps its promises: a site that behaves as the tests assume."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.wordpress.site import Site


def test_the_version_is_the_one_asked_for(wordpress: Site) -> None:
    assert wordpress.version.startswith(f"{wordpress.label}.") or wordpress.label == "7.1"
    assert f'content="WordPress {wordpress.version}' in wordpress.page(wordpress.url)


def test_every_role_is_signed_in_with_its_application_password(wordpress: Site) -> None:
    for login, user in wordpress.users.items():
        answer = wordpress.rest(login, "GET", "wp/v2/users/me", params={"context": "edit"})
        assert (answer.status_code, answer.json()["roles"]) == (200, [user.role])
    assert wordpress.rest("", "GET", "wp/v2/users/me").status_code == 401


def test_only_admin_and_editor_may_post_raw_html(wordpress: Site) -> None:
    raw = "<p>text</p><script>1</script>"
    kept = {}
    for login in ("admin", "editor", "author"):
        answer = wordpress.rest(login, "POST", "wp/v2/posts", json={"title": "raw", "content": raw})
        kept[login] = answer.json()["content"]["raw"] == raw
    assert kept == {"admin": True, "editor": True, "author": False}


def test_a_scheduled_post_goes_live_when_it_is_due_and_cron_runs(wordpress: Site) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    scheduled = {"title": "later", "content": "x", "status": "future", "date_gmt": soon.isoformat()}
    post = wordpress.rest("author", "POST", "wp/v2/posts", json=scheduled).json()

    def status() -> str:
        return str(wordpress.rest("author", "GET", f"wp/v2/posts/{post['id']}").json()["status"])

    wordpress.cron()
    assert status() == "future"
    wordpress.make_due(post["id"])
    assert status() == "future"
    wordpress.cron()
    assert status() == "publish"


def test_permalinks_are_pretty_unless_asked_otherwise(wordpress: Site) -> None:
    def link() -> str:
        post = wordpress.rest(
            "author",
            "POST",
            "wp/v2/posts",
            json={"title": "Where am I", "content": "here", "status": "publish"},
        )
        return str(post.json()["link"])

    pretty = link()
    assert "where-am-i" in pretty
    assert "here" in wordpress.page(pretty)
    with wordpress.plain_permalinks():
        plain = link()
        assert "/?p=" in plain
        assert "here" in wordpress.page(plain)
    assert "where-am-i" in link()


@pytest.mark.parametrize(
    ("fault", "status", "saved"),
    [
        ("after-save", 500, True),
        ("before-save", 500, False),
        ("html403", 403, False),
        ("json503", 503, False),
        ("json429", 429, False),
    ],
)
def test_one_request_fails_the_way_it_asks_for(
    wordpress: Site, fault: str, status: int, saved: bool
) -> None:
    title = f"fault{fault}"
    answer = wordpress.rest(
        "author", "POST", "wp/v2/posts", fault=fault, json={"title": title, "content": "x"}
    )
    assert answer.status_code == status
    found = wordpress.rest(
        "author", "GET", "wp/v2/posts", params={"search": title, "status": "any"}
    ).json()
    assert bool(found) == saved
