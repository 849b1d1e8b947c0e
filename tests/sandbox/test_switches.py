"""Every uncertain behaviour, in every position."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from blogkit.errors import UsageError
from blogkit.sandbox.quirks import OPTIONS, Quirks
from blogkit.sandbox.store import Wanted
from tests.cases import for_each
from tests.sandbox.conftest import Api, reason

FUTURE = "2026-12-01T07:00:00+05:30"
PAST = "2025-02-01T09:00:00+05:30"
PNG = base64.b64encode(b"\x89PNG picture").decode()
Check = Callable[[Api], Any]


def future_insert(api: Api) -> Any:
    return api.new(draft=False, published=FUTURE)["status"]


def bare_publish_of_dated_draft(api: Api) -> Any:
    made = api.new(published=FUTURE)
    return api.post(f"/posts/{made['id']}/publish").get_json()["status"]


def put_without_labels(api: Api) -> Any:
    made = api.new(labels=["a"])
    return api.call("PUT", f"/posts/{made['id']}", {"title": "x"}).get_json().get("labels")


def patch_null_labels(api: Api) -> Any:
    made = api.new(labels=["a"])
    answer = api.call("PATCH", f"/posts/{made['id']}", {"labels": None})
    return answer.get_json().get("labels") if answer.status_code == 200 else answer.status_code


def patch_draft(api: Api) -> Any:
    draft, live = api.new(), api.new(draft=False)
    assert api.call("PATCH", f"/posts/{live['id']}", {"title": "x"}).status_code == 200
    return api.call("PATCH", f"/posts/{draft['id']}", {"title": "x"}).status_code


def publish_twice(api: Api) -> Any:
    path = f"/posts/{api.new(draft=False)['id']}/publish"
    bare = api.post(path)
    dated = api.post(path, publishDate=PAST).get_json()
    return bare.status_code, dated.get("published") == PAST


def publish_scheduled_twice(api: Api) -> Any:
    path = f"/posts/{api.new()['id']}/publish"
    assert api.post(path, publishDate=PAST.replace("2025", "2027")).status_code == 200
    answer = api.post(path, publishDate=FUTURE)
    return answer.status_code, answer.get_json().get("status")


def date_of_live(api: Api) -> Any:
    made = api.new(draft=False)
    changed = api.call("PATCH", f"/posts/{made['id']}", {"published": PAST}).get_json()
    return changed["published"] == PAST


def seconds_of_dates(api: Api) -> Any:
    exact = PAST.replace(":00+", ":42+")
    draft = api.post("/posts", {"title": "x", "published": exact}, isDraft="true").get_json()
    live = api.post(f"/posts/{draft['id']}/publish", publishDate=exact).get_json()
    return draft["published"] == exact, live["published"] == exact


def revert_twice(api: Api) -> Any:
    return api.post(f"/posts/{api.new()['id']}/revert").status_code


def publish_by_update(api: Api) -> Any:
    made = api.new()
    state = api.call("PATCH", f"/posts/{made['id']}", {"title": "x"}, publish="true").get_json()[
        "status"
    ]
    live = api.new(draft=False)
    return state, api.call("PUT", f"/posts/{live['id']}", {"title": "x"}, revert="true").get_json()[
        "status"
    ]


def status_of_live(api: Api) -> Any:
    made = api.new(draft=False)
    views = ({}, {"view": "AUTHOR"}, {"view": "ADMIN"})
    return [api.get(f"/posts/{made['id']}", **view).get_json().get("status") for view in views]


def active_content(api: Api) -> Any:
    body = "<p>a</p><script>let x = '—'</script><style>b{}</style><iframe src='https://e.x'></iframe><p>z</p>"
    return api.new(content=body)["content"]


def data_image(api: Api) -> Any:
    content = api.new(content=f'<p><img alt="" src="data:image/png;base64,{PNG}"></p>')["content"]
    if "/img/a/" in content:
        served = api.client.get(content.split('src="')[1].split('"')[0])
        return served.mimetype, served.data
    return content


def comments(api: Api) -> Any:
    return api.new(content="<!-- x\n--><p>a</p><!--more-->")["content"]


def empty_paragraphs(api: Api) -> Any:
    return api.new(content="<p></p><p class='x'> </p><p>a</p><p><br></p>")["content"]


def newlines(api: Api) -> Any:
    return api.new(content="<p>a\nb</p><script>\n</script>")["content"]


def scheduled_address(api: Api) -> Any:
    made = api.new("Soon")
    return api.post(f"/posts/{made['id']}/publish", publishDate=FUTURE).get_json()["url"]


def address_after_republish(api: Api) -> Any:
    made = api.new("Old", draft=False)
    api.post(f"/posts/{made['id']}/revert")
    api.call("PATCH", f"/posts/{made['id']}", {"title": "New"})
    return api.post(f"/posts/{made['id']}/publish").get_json()["url"]


def stale_if_match(api: Api) -> Any:
    made = api.new()
    path, headers = (
        f"/v3/blogs/{api.sandbox.blog.id}/posts/{made['id']}",
        {"Authorization": "Bearer sandbox", "If-Match": made["etag"]},
    )
    assert api.client.patch(path, json={"title": "x"}, headers=headers).status_code == 200
    return api.client.patch(path, json={"title": "y"}, headers=headers).status_code


def posts_after_failed_insert(api: Api) -> Any:
    api.sandbox.fail("500-after-commit", method="POST", path="/posts$")
    assert api.post("/posts", {"title": "x"}).status_code == 500
    return len(api.get("/posts").get_json().get("items", []))


def insert_many(api: Api) -> Any:
    api.sandbox.switches.set(insert_throttle="none")
    return refused_insert(api)


def insert_quickly(api: Api) -> Any:
    api.sandbox.switches.set(daily_insert_limit="none")
    return refused_insert(api)


def refused_insert(api: Api) -> Any:
    """Return after how many new posts one is refused, and how; None if none is."""
    for n in range(55):
        answer = api.post("/posts", {"title": "x"}, isDraft="true")
        if answer.status_code != 200:
            return n, *reason(answer)
    return None


def seconds_left(api: Api) -> Any:
    """Sign in, and return for how long."""
    query = {"client_id": "sandbox", "redirect_uri": "http://127.0.0.1/", "response_type": "code"}
    landed = api.client.get("/authorize", query_string=query).headers["Location"]
    client = {"client_id": "sandbox", "client_secret": "sandbox"}
    (code,) = parse_qs(urlsplit(landed).query)["code"]
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": "http://127.0.0.1/"}
    answer = api.client.post("/token", data={**client, **given}).json
    return answer.get("refresh_token_expires_in")


def trashed_by_id(api: Api) -> Any:
    made = api.new()
    api.call("DELETE", f"/posts/{made['id']}", useTrash="true")
    assert api.get(f"/posts/{made['id']}").status_code == 404
    return api.get(f"/posts/{made['id']}", view="AUTHOR").status_code


CASES: dict[str, tuple[Check, dict[str, Any]]] = {
    "future_published_on_insert": (future_insert, {"live_now": "LIVE", "scheduled": "SCHEDULED"}),
    "draft_keeps_published": (bare_publish_of_dated_draft, {"yes": "SCHEDULED", "no": "LIVE"}),
    "put_omitted_labels": (put_without_labels, {"wiped": None, "kept": ["a"]}),
    "patch_labels_null": (patch_null_labels, {"400": 400, "ignored": ["a"], "cleared": None}),
    "get_trashed": (trashed_by_id, {"404": 404, "shown": 200}),
    "update_draft": (patch_draft, {"ok": 200, "404": 404}),
    "published_precision": (
        seconds_of_dates,
        {"minute": (False, False), "second": (True, True)},
    ),
    "publish_live_again": (
        publish_twice,
        {"400": (400, False), "no-op": (200, False), "redates": (200, True)},
    ),
    "publish_scheduled_again": (
        publish_scheduled_twice,
        {"400": (400, None), "moves": (200, "SCHEDULED")},
    ),
    "patch_published_of_live": (date_of_live, {"ignored": False, "redates": True}),
    "revert_draft": (revert_twice, {"400": 400, "no-op": 200}),
    "publish_and_revert_on_update": (
        publish_by_update,
        {"ignored": ("DRAFT", "LIVE"), "honoured": ("LIVE", "DRAFT")},
    ),
    "live_status_field": (
        status_of_live,
        {
            "absent": [None, None, None],
            "present": [None, None, "LIVE"],
            "always": ["LIVE", "LIVE", "LIVE"],
        },
    ),
    "script_style_iframe": (
        active_content,
        {
            "kept": "<p>a</p><script>let x = '&#8212;'</script><style>b{}</style><iframe src='https://e.x'></iframe><p>z</p>",
            "stripped": "<p>a</p><p>z</p>",
        },
    ),
    "data_uri_images": (
        data_image,
        {
            "kept": f'<p><img alt="" src="data:image/png;base64,{PNG}"></p>',
            "rehosted": ("image/png", b"\x89PNG picture"),
            "stripped": "",  # and the paragraph is empty then
        },
    ),
    "html_comments": (
        comments,
        {
            "stripped": '<p>a</p><a name="more"></a>',
            "kept": '<!-- x\n--><p>a</p><a name="more"></a>',
        },
    ),
    "empty_paragraphs": (
        empty_paragraphs,
        {
            "removed": "<p>a</p><p><br></p>",
            "kept": "<p></p><p class='x'> </p><p>a</p><p><br></p>",
        },
    ),
    "newlines_to_br": (
        newlines,
        {"off": "<p>a\nb</p><script>\n</script>", "on": "<p>a<br />b</p><script><br /></script>"},
    ),
    "schedule_mints_url": (
        scheduled_address,
        {"no": "http://localhost/", "yes": "http://localhost/2026/12/soon.html"},
    ),
    "republish_remints_url": (
        address_after_republish,
        {"yes": "http://localhost/2026/11/new.html", "no": "http://localhost/2026/11/old.html"},
    ),
    "if_match": (stale_if_match, {"ignored": 200, "412": 412}),
    "insert_5xx_commits": (posts_after_failed_insert, {"sometimes": 1, "never": 0}),
    "daily_insert_limit": (
        insert_many,
        {
            "50": (50, 403, "quotaExceeded"),
            "50-then-429": (50, 429, "rateLimitExceeded"),
            "6": (6, 403, "quotaExceeded"),
            "none": None,
        },
    ),
    "sign_in_lasts": (seconds_left, {"7-days": 604_799, "for-ever": None}),
    "insert_throttle": (
        insert_quickly,
        {"403": (19, 403, "forbidden"), "429": (19, 429, "rateLimitExceeded"), "none": None},
    ),
}


POSITIONS = [(name, value) for name, values in OPTIONS.items() for value in values]


@pytest.mark.sampled(quick=15)
@pytest.mark.parametrize(("name", "position"), POSITIONS)
def test_position(api: Api, name: str, position: str) -> None:
    check, expected = CASES[name]
    api.sandbox.switches.set(**{name: position})
    assert check(api) == expected[position]


@for_each("name", OPTIONS)
def test_the_first_position_is_the_default(name: str) -> None:
    assert getattr(Quirks(), name) == OPTIONS[name][0]


def test_every_position_has_an_expectation() -> None:
    expected = {(name, value) for name, (_, values) in CASES.items() for value in values}
    assert expected == set(POSITIONS)


def test_an_unknown_switch_or_position_is_refused_and_nothing_moves() -> None:
    switches = Quirks()
    with pytest.raises(UsageError, match="no switch 'if_mach'") as caught:
        switches.set(if_match="412", if_mach="412")
    assert caught.value.hint == 'did you mean "if_match"?'
    with pytest.raises(UsageError, match="no position '413'"):
        switches.set(if_match="413")
    with pytest.raises(UsageError):
        Quirks(update_draft="maybe")  # type: ignore[arg-type]
    assert switches == Quirks()


def test_the_daily_limit_starts_anew_at_midnight_pacific(api: Api) -> None:
    api.sandbox.switches.set(daily_insert_limit="6")
    assert insert_many(api) == (6, 403, "quotaExceeded")
    api.sandbox.clock.advance(hours=1, minutes=29)  # 23:59 in California
    assert insert_many(api)[0] == 0
    api.sandbox.clock.advance(minutes=1)
    assert insert_many(api)[0] == 6


def test_at_the_daily_limit_posts_can_still_be_changed(api: Api) -> None:
    made = api.new()
    api.sandbox.switches.set(daily_insert_limit="6")
    insert_many(api)
    assert api.call("PATCH", f"/posts/{made['id']}", {"title": "x"}).status_code == 200
    assert api.post(f"/posts/{made['id']}/publish").status_code == 200


def test_the_throttle_lasts_two_hours_and_takes_changes_meanwhile(api: Api) -> None:
    assert insert_quickly(api)[0] == 19
    (made, *_) = api.sandbox.blog.store.find(Wanted("post", ["DRAFT"]))
    assert api.call("PATCH", f"/posts/{made.id}", {"title": "x"}).status_code == 200
    api.sandbox.clock.advance(hours=1, minutes=59)
    assert refused_insert(api)[0] == 0
    api.sandbox.clock.advance(minutes=1)
    assert refused_insert(api)[0] == 19


def test_three_posts_an_hour_are_never_throttled(api: Api) -> None:
    api.sandbox.switches.set(daily_insert_limit="none")
    for _ in range(13):
        for _ in range(3):
            assert api.post("/posts", {"title": "x"}, isDraft="true").status_code == 200
            api.sandbox.clock.advance(minutes=4)
        api.sandbox.clock.advance(minutes=48)
