from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.platforms.wordpress.conftest import Connect, Script, post, refusal

INDEX = {
    "name": "School",
    "gmt_offset": "5.5",
    "timezone_string": "Asia/Kolkata",
    "authentication": {"application-passwords": {}},
    "namespaces": ["wp/v2"],
}
AUTHOR = {
    "name": "Asha",
    "roles": ["author"],
    "capabilities": {"publish_posts": True, "edit_posts": True, "upload_files": True},
}


def look(connect: Connect) -> dict[str, tuple[bool, str, str]]:
    health = connect(zone=ZoneInfo("Asia/Kolkata")).health()
    assert all(fix for _, passed, _, fix in health.checks if not passed), "every failure has a fix"
    return {name: (passed, sentence, fix) for name, passed, sentence, fix in health.checks}


def prepare(
    script: Script,
    index: object = INDEX,
    account: object = AUTHOR,
    status: int = 200,
    **headers: str,
) -> None:
    script.on("GET", "/", index, **headers)
    script.on("GET", "/wp/v2/users/me", account, status)
    if status < 400:
        script.on("GET", "/wp/v2/users/me", {"id": 3})
        script.on("GET", "/wp/v2/users/me", refusal("rest_not_logged_in"), 401)
    script.on("GET", "/wp/v2/posts", [post()])


def test_a_healthy_site_is_told_in_sentences(connect: Connect, script: Script) -> None:
    prepare(script)
    checks = look(connect)
    assert [name for name, (passed, *_) in checks.items() if not passed] == []
    assert checks["signed in"][1] == "as Asha (author)"
    assert "strict form" in checks["raw HTML"][1]
    assert "Asia/Kolkata" in checks["time zone"][1]


@pytest.mark.parametrize(
    ("account", "failed"),
    [
        (
            {"roles": ["contributor"], "capabilities": {"edit_posts": True}},
            {"may publish", "may upload"},
        ),
        ({"roles": ["subscriber"], "capabilities": {"read": True}}, {"may publish", "may upload"}),
    ],
)
def test_a_role_that_may_not_publish(
    connect: Connect, script: Script, account: object, failed: set[str]
) -> None:
    prepare(script, account=account)
    assert {name for name, (passed, *_) in look(connect).items() if not passed} == failed


def test_a_contributor_is_told_how_to_submit_posts(connect: Connect, script: Script) -> None:
    prepare(script, account={"roles": ["contributor"], "capabilities": {"edit_posts": True}})
    assert "publish: pending" in look(connect)["may publish"][2]


@pytest.mark.parametrize(
    ("offered", "code", "fix"),
    [
        ({"application-passwords": {}}, "rest_not_logged_in", "Authorization header"),
        ({"application-passwords": {}}, "incorrect_password", "new application password"),
        ([], "rest_not_logged_in", "https"),
    ],
)
def test_a_stranger_learns_which_of_the_causes_it_is(
    connect: Connect, script: Script, offered: object, code: str, fix: str
) -> None:
    prepare(script, {**INDEX, "authentication": offered}, refusal(code), 401)
    checks = look(connect)
    assert checks["application passwords"][0] == bool(offered)
    assert not checks["signed in"][0]
    assert fix in checks["signed in"][2]


def test_a_plugin_that_guards_every_route_is_a_matter_of_signing_in(
    connect: Connect, script: Script
) -> None:
    script.on("GET", "/", refusal("incorrect_password"), 401)
    checks = look(connect)
    assert (checks["reachable"][0], checks["signed in"][0]) == (True, False)


@pytest.mark.parametrize("index", ["<html><title>Hello</title></html>", {"namespaces": []}, []])
def test_what_is_no_wordpress_is_not_reachable(
    connect: Connect, script: Script, index: object
) -> None:
    script.on("GET", "/", index)
    assert [name for name, (passed, *_) in look(connect).items() if not passed] == ["reachable"]


@pytest.mark.parametrize(
    ("date", "side"),
    [
        ("Sun, 22 Nov 2026 12:05:00 GMT", "300 s ahead"),
        ("Sun, 22 Nov 2026 11:58:00 GMT", "120 s behind"),
    ],
)
def test_clocks_that_differ_are_told(
    connect: Connect, script: Script, date: str, side: str
) -> None:
    prepare(script, Date=date)
    passed, sentence, _ = look(connect)["clock"]
    assert not passed
    assert side in sentence


def test_another_time_zone_is_told_and_harmless(connect: Connect, script: Script) -> None:
    prepare(script, {**INDEX, "gmt_offset": -3, "timezone_string": ""})
    passed, sentence, _ = look(connect)["time zone"]
    assert passed
    assert "UTC-3" in sentence
    assert "Asia/Kolkata" in sentence
