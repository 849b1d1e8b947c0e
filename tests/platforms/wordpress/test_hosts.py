"""Hosts that keep answers, block addresses or add to answers: behaviour that public reports show.

The reports are linked in `blogkit/platforms/wordpress/routes.py` and `blogkit/decoding.py`.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from blogkit.errors import Conflict, PermissionDenied, StaleAnswer
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.wordpress.adapter import WordPress
from blogkit.sanitizers.profiles import STRICT
from tests.cases import for_each
from tests.platforms.wordpress.conftest import URL, Connect, Script, post, refusal
from tests.platforms.wordpress.test_health import AUTHOR, INDEX, look

ROUTE = "/wp/v2/posts/7"
NEWER, OLDER = "2026-11-21T10:00:00", "2026-11-20T10:00:00"
AHEAD = "2031-05-01T07:00:00"


def draft(body: str = "<p>new</p>") -> Draft:
    return Draft(key="miami", kind="post", title="Talks open", body=body)


def addressed(script: Script) -> list[str]:
    """How each request was addressed."""
    return [
        "path" if urlsplit(address).path.startswith("/wp-json/") else "query"
        for address in script.addresses
    ]


def test_no_address_is_read_twice(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, post())
    script.on("GET", "/wp/v2/posts", [post()])
    script.on("GET", "/wp/v2/media", [])
    for _ in range(3):
        site.get(Ref("7"))
        site.find("miami", "post")
        list(site.list("post", (State.LIVE,)))
        site.get_many([Ref("7")])
        with pytest.raises(Exception, match="not in the site's media library"):
            site._media.id_of(f"{URL}/a.png")
    assert len(set(script.addresses)) == len(script.addresses)


def test_a_look_that_decides_a_write_is_a_post_which_no_cache_keeps(
    site: WordPress, script: Script
) -> None:
    methods: list[str] = []
    script.blocks = lambda method, address: methods.append(method) or False  # type: ignore[func-returns-value]
    script.on("GET", ROUTE, post())
    script.on("GET", "/wp/v2/posts", [post()])
    site.get(Ref("7"))
    site.find("miami", "post")
    list(site.list("post", (State.LIVE,)))
    site.get_many([Ref("7")])
    assert set(methods) == {"POST"}
    assert {method for method, *_ in script.seen} == {"GET"}
    assert all(
        parse_qs(urlsplit(address).query)["_method"] == ["GET"] for address in script.addresses
    )


def test_what_decides_a_write_and_is_older_than_before_is_refused(
    site: WordPress, script: Script
) -> None:
    script.on("GET", ROUTE, post(modified_gmt=NEWER))
    script.on("GET", ROUTE, post(modified_gmt=OLDER))
    before = site.get(Ref("7"))
    with pytest.raises(StaleAnswer, match=f"as it was at {OLDER} UTC, after .* at {NEWER}"):
        site.update(Ref("7"), draft(), before)
    with pytest.raises(StaleAnswer):
        site.set_state(Ref("7"), Target(State.LIVE))
    assert script.writes() == []


def test_a_look_older_than_the_answer_to_our_own_write_is_no_look(
    site: WordPress, script: Script
) -> None:
    script.on("POST", "/wp/v2/posts", post(modified_gmt=NEWER))
    script.on("GET", "/wp/v2/posts", [post(modified_gmt=OLDER)])
    script.on("GET", ROUTE, post(modified_gmt=OLDER))
    site.create(draft())
    with pytest.raises(StaleAnswer) as caught:
        site.get_many([Ref("7")])
    assert "/wp-json/" in caught.value.hint


def test_a_post_that_was_made_with_a_later_date_can_be_changed(
    site: WordPress, script: Script
) -> None:
    """WordPress gives a new post its date as the time of its last change, until the next one."""
    script.on("GET", ROUTE, post(modified_gmt=AHEAD, date_gmt=AHEAD))
    now = post(modified_gmt=NEWER, date_gmt=AHEAD, content={"raw": "<p>new</p>"})
    script.on("POST", ROUTE, now)
    script.on("GET", ROUTE, now)
    script.on("GET", ROUTE, post(modified_gmt=AHEAD, date_gmt=AHEAD))
    before = site.get(Ref("7"))
    done = site.update(Ref("7"), draft(), before, fresh=True)
    assert site.get(Ref("7")) == done
    with pytest.raises(StaleAnswer):
        site.get(Ref("7"))


def test_an_edit_between_two_looks_is_still_a_conflict(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, post(modified_gmt=OLDER))
    script.on("GET", ROUTE, post(modified_gmt=NEWER, content={"raw": "<p>edited</p>"}))
    with pytest.raises(Conflict):
        site.update(Ref("7"), draft(), site.get(Ref("7")))


@for_each(
    ("blocked", "way"),
    [
        ("nothing", ["query"]),
        ("rest_route=", ["query", "query", "path"]),
        ("/wp-json/", ["query"]),
    ],
)
def test_the_address_that_a_firewall_lets_through_is_found_once(
    connect: Connect, script: Script, blocked: str, way: list[str]
) -> None:
    script.clear()
    site = connect()
    script.blocks = lambda method, address: blocked in address
    script.on("GET", ROUTE, post())
    script.on("POST", ROUTE, post(content={"raw": "<p>new</p>"}))
    found = site.get(Ref("7"))
    assert addressed(script) == way
    site.update(Ref("7"), draft(), found)
    site.get(Ref("7"))
    assert set(addressed(script)[len(way) :]) == {way[-1]}


@for_each(
    ("rest", "path"),
    [("?rest_route=", "/"), ("/wp-json/", "/wp-json/wp/v2/posts/7")],
)
def test_a_setting_names_the_address(
    connect: Connect, script: Script, rest: str, path: str
) -> None:
    script.clear()
    script.on("GET", ROUTE, post())
    connect(rest=rest).get(Ref("7"))
    assert [urlsplit(address).path for address in script.addresses] == [path]


def test_a_host_that_turns_such_a_look_away_is_asked_by_get(
    site: WordPress, script: Script
) -> None:
    script.blocks = lambda method, address: method == "POST" and "_method=GET" in address
    script.on("GET", ROUTE, post())
    assert site.get(Ref("7")).title == "Talks open"
    count = len(script.addresses)
    site.get(Ref("7"))
    assert len(script.addresses) == count + 1


def test_a_site_that_answers_at_no_address_is_told_as_before(
    site: WordPress, script: Script
) -> None:
    script.blocks = lambda method, address: True
    with pytest.raises(PermissionDenied, match="not from WordPress itself") as caught:
        site.get(Ref("7"))
    assert "firewall" in caught.value.hint
    assert {*addressed(script)} == {"query", "path"}


def test_a_refusal_of_wordpress_is_not_asked_for_again(site: WordPress, script: Script) -> None:
    script.on("GET", ROUTE, refusal("rest_forbidden_context"), 403)
    with pytest.raises(PermissionDenied):
        site.get(Ref("7"))
    assert len(script.addresses) == 1


def test_deleting_needs_no_method_that_hosts_block(site: WordPress, script: Script) -> None:
    script.blocks = lambda method, address: method not in ("GET", "POST")
    script.on("DELETE", ROUTE, post(status="trash"))
    site.trash(Ref("7"))
    assert [method for method, *_ in script.seen] == ["DELETE"]


MARKUP = (
    "<!-- Page generated by WP-Super-Cache in 0.2 seconds -->",
    "\n<br />\n<b>Warning</b>: headers already sent in <b>/srv/x.php</b>",
    "\ufeff",
    "\ufeff\ufeff\n",
)
WORDS = ("0", "\nPHP Notice:  x in /srv/x.php on line 3")


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        *(("", tail) for tail in (*MARKUP, *WORDS)),
        *(("\ufeff", tail) for tail in (*MARKUP, *WORDS)),
        *(("<b>Notice</b>: [old] in /srv/x.php\n", tail) for tail in MARKUP),
    ],
)
def test_what_stands_around_the_json_is_not_part_of_it(
    site: WordPress, script: Script, head: str, tail: str
) -> None:
    script.on("GET", ROUTE, head + json.dumps(post()) + tail)
    script.on("POST", "/wp/v2/posts", head + json.dumps(post()) + tail, 201)
    assert site.get(Ref("7")).title == "Talks open"
    assert site.create(draft()).ref == Ref("7")
    assert len(script.writes()) == 1


def health(connect: Connect, script: Script, strangers: Any, status: int) -> tuple[bool, str, str]:
    script.on("GET", "/", INDEX)
    script.on("GET", "/wp/v2/users/me", AUTHOR)
    script.on("GET", "/wp/v2/users/me", {"id": 3})
    script.on("GET", "/wp/v2/users/me", strangers, status)
    script.on("GET", "/wp/v2/posts", [post()])
    return look(connect)["caching"]


def test_doctor_names_a_host_that_shows_private_answers_to_strangers(
    connect: Connect, script: Script
) -> None:
    passed, sentence, fix = health(connect, script, {"id": 3}, 200)
    assert (passed, "anybody" in sentence, "/wp-json/" in fix) == (False, True, True)
    before, last = (
        address
        for address in script.addresses
        if "users" in address and "me&" in address and "context" not in address
    )
    assert last == before, "it is the same address, or a cache would not be noticed"
    signed = [name for name in script.headers if "Authorization" in name]
    assert len(signed) == len(script.headers) - 1


def test_a_host_that_keeps_nothing_is_fine(connect: Connect, script: Script) -> None:
    assert health(connect, script, refusal("rest_not_logged_in"), 401)[0]


def test_without_posts_and_without_users_the_strict_profile_holds(
    connect: Connect, script: Script
) -> None:
    """Security plugins take the users out of the REST API."""
    script.on("GET", "/wp/v2/posts", [])
    script.on("GET", "/wp/v2/users/me", refusal("rest_no_route"), 404)
    assert connect().profile() == STRICT
