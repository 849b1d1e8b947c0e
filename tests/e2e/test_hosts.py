"""A real WordPress behind hosts that keep answers, or block one of the two addresses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import requests

import blogkit
from blogkit.errors import AuthenticationError, Conflict
from blogkit.http import HttpClient
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.platforms.wordpress.auth import ApplicationPassword
from blogkit.platforms.wordpress.http_login import MU_PLUGIN, HttpLoginRequired
from blogkit.project.sign_in.questions import Question
from tests.e2e.odd_host import OddHost
from tests.e2e.wordpress import debian
from tests.e2e.wordpress.site import LONGEST, Site

OUTER = "stage:door"
SERIES = pytest.mark.parametrize("wordpress", [debian.OLDEST, debian.NEWEST], indirect=True)


def draft(body: str) -> Draft:
    return Draft(key="hosts", kind="post", title="Kept", body=body)


def behind(host: OddHost, site: Site, **options: str) -> WordPress:
    user = site.users["author"]
    auth = ApplicationPassword(host.url, user.login, user.application_password)
    return WordPress("main", host.url, http=HttpClient("main", auth=auth), **options)  # type: ignore[arg-type]


@SERIES
def test_an_edit_is_seen_through_a_host_that_keeps_old_answers(wordpress: Site) -> None:
    with OddHost(wordpress.url, keeps=True) as host:
        platform = behind(host, wordpress)
        first = platform.create(draft("<p>one</p>"))
        platform.set_state(first.ref, Target(State.LIVE))
        seen = platform.get(first.ref)
        assert kept(host, wordpress, first.ref) == "<p>one</p>"

        edited = {"content": "<p>one</p><p>by the owner</p>"}
        wordpress.rest("admin", "POST", f"wp/v2/posts/{first.ref.id}", json=edited)
        assert kept(host, wordpress, first.ref) == "<p>one</p>", "this host does keep answers"

        now = platform.get(first.ref)
        assert now.body == edited["content"]
        assert platform.get_many([first.ref])[first.ref].body == edited["content"]
        with pytest.raises(Conflict):
            platform.update(first.ref, draft("<p>two</p>"), seen)
        assert platform.update(first.ref, draft("<p>two</p>"), now).body == "<p>two</p>"
        assert platform.get(first.ref).body == "<p>two</p>"
        platform.trash(first.ref)
        assert platform.get(first.ref).state is State.TRASHED


@SERIES
@pytest.mark.parametrize("blocked", ["/wp-json/", "rest_route="])
def test_one_blocked_address_is_no_obstacle(wordpress: Site, blocked: str) -> None:
    with OddHost(wordpress.url, keeps=True, blocked=blocked) as host:
        platform = behind(host, wordpress)
        assert [name for name, passed, *_ in platform.health().checks if not passed] == ["caching"]
        created = platform.create(draft("<p>one</p>"))
        found = platform.find("hosts-of-nobody", "post")
        assert (created.state, found) == (State.DRAFT, None)
        platform.trash(created.ref)


@SERIES
def test_without_a_cache_doctor_has_nothing_to_say(wordpress: Site) -> None:
    user = wordpress.users["author"]
    auth = ApplicationPassword(wordpress.url, user.login, user.application_password)
    platform = WordPress("main", wordpress.url, http=HttpClient("main", auth=auth))
    assert platform.health().ok


def kept(host: OddHost, site: Site, ref: Ref) -> str:
    """What a program that does not ask past the cache gets to see."""
    user = site.users["author"]
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(
            f"{host.url}/?rest_route=/wp/v2/posts/{ref.id}&context=edit",
            auth=(user.login, user.application_password),
            timeout=LONGEST,
        )
    return str(answer.json()["content"]["raw"])


@SERIES
def test_no_tag_is_lost_beyond_those_that_wordpress_names(wordpress: Site) -> None:
    user = wordpress.users["admin"]
    auth = ApplicationPassword(wordpress.url, user.login, user.application_password)
    platform = WordPress("main", wordpress.url, http=HttpClient("main", auth=auth))
    names = tuple(f"Tag {number:03}" for number in range(130))
    created = platform.create(replace(draft("<p>one</p>"), tags=names))
    assert sorted(created.tags) == sorted(names)
    found = platform.get(created.ref)
    assert sorted(found.tags) == sorted(names)
    more = replace(draft("<p>one</p>"), tags=(*names, "One more"))
    updated = platform.update(found.ref, more, found)
    assert len(updated.tags) == 131
    back = platform.restore(found.ref, found, updated)
    assert (sorted(back.tags), sorted(back.tag_ids)) == (sorted(names), sorted(found.tag_ids))
    platform.trash(found.ref)


# staging sites


def staged(host: OddHost, site: Site, http_login: str = "", **options: str) -> WordPress:
    user = site.users["author"]
    auth = ApplicationPassword(host.url, user.login, user.application_password, http_login)
    return WordPress("main", host.url, http=HttpClient("main", auth=auth), **options)  # type: ignore[arg-type]


def writes(platform: WordPress) -> bool:
    assert platform.find("staged", "post") is None
    created = platform.create(draft("<p>staged</p>"))
    live = platform.set_state(created.ref, Target(State.LIVE), seen=created)
    platform.trash(created.ref)
    return live.state is State.LIVE


@SERIES
def test_an_http_login_is_named_and_two_ways_need_nothing_of_wordpress(wordpress: Site) -> None:
    user = wordpress.users["author"]
    own = f"{user.login}:{user.application_password}"
    with OddHost(wordpress.url, logins={OUTER}) as host:
        with pytest.raises(HttpLoginRequired, match="behind an HTTP login") as caught:
            staged(host, wordpress).find("x", "post")
        assert caught.value.hint.endswith("blogkit login main")
        # WordPress takes the user of the web server for one of its own
        with pytest.raises(AuthenticationError):
            staged(host, wordpress, OUTER).find("x", "post")
    with OddHost(wordpress.url, logins={OUTER, own}) as host:
        assert writes(staged(host, wordpress)), "one account for both"
    with OddHost(wordpress.url, logins={OUTER}, open_to_all="/wp-json/") as host:
        assert writes(staged(host, wordpress)), "the REST API is exempt"


@SERIES
def test_login_behind_an_http_login(wordpress: Site, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    user = wordpress.users["author"]
    plugin = wordpress.docroot / "wp-content/mu-plugins/blogkit-login.php"
    answers = {"user": ["stage"] * 3, "password": [user.application_password, "door"] * 2}
    shown: list[str] = []

    def ask(question: Question) -> str:
        return answers[question.name].pop(0)

    with OddHost(wordpress.url, logins={OUTER}) as host:
        (tmp_path / "blogkit.toml").write_text(
            f'[sites.school]\nplatform = "wordpress"\nusername = "author"\nurl = "{host.url}"\n'
        )
        project = blogkit.open(tmp_path, environ={"XDG_CONFIG_HOME": str(tmp_path / "config")})
        report = project.login("school", ask=ask, show=shown.append)
        assert not report.ok
        (check,) = (check for check in report.checks if not check.ok)
        assert "wp-content/mu-plugins/blogkit-login.php" in check.fix
        assert shown == [MU_PLUGIN]
        try:
            plugin.write_text(shown[0])
            assert project.login("school", ask=ask, show=shown.append).ok
            assert all(
                check.ok for check in project.doctor("school")["school"] if check.name != "caching"
            )
            assert writes(staged(host, wordpress, OUTER))
        finally:
            plugin.unlink(missing_ok=True)
