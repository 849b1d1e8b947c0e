"""Bad days: what the adapter says, what it repeats, and what it leaves behind. Faults and
switches are the sandbox's.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from blogkit.errors import (
    AuthenticationError,
    BlogkitError,
    NewPostsPaused,
    NotFound,
    OutcomeUnknown,
    PermissionDenied,
    QuotaExhausted,
    RateLimited,
    Rejected,
    Unreachable,
)
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.render.document import Document, Fragment
from blogkit.sandbox.server import Sandbox
from tests.platforms.blogger.conftest import connect_to


def draft(blogger: Blogger, key: str = "talks", **fields: object) -> Draft:
    body = blogger.compose(Document(key, (Fragment("paragraph", "<p>Text</p>"),)))
    return replace(Draft(key, "post", f"Title {key}", body), **fields)


def inserts(sandbox: Sandbox) -> int:
    return sum(
        1
        for line in sandbox.log.to_json()
        if line["method"] == "POST" and str(line["path"]).endswith("/posts")
    )


@pytest.mark.sampled
@pytest.mark.parametrize(
    "fault",
    [
        "reset-after-commit",
        "500-after-commit",
        "503-after-commit",
        "truncated-json",
        "reset",
        "500",
    ],
)
def test_a_create_without_an_answer_is_sent_once_and_found_again(
    sandbox: Sandbox, blogger: Blogger, fault: str
) -> None:
    assert blogger.find("talks", "post") is None
    sandbox.fail(fault, method="POST", path="/posts$")
    with pytest.raises(OutcomeUnknown):
        blogger.create(draft(blogger))
    assert inserts(sandbox) == 1
    found = blogger.find("talks", "post")
    assert (found is not None) == ("commit" in fault or fault == "truncated-json")


def test_a_maintenance_page_after_a_create_says_nothing_about_it(
    sandbox: Sandbox, blogger: Blogger
) -> None:
    sandbox.fail("html-maintenance", method="POST", path="/posts$", status=200)
    with pytest.raises(OutcomeUnknown, match="Temporarily unavailable"):
        blogger.create(draft(blogger))


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("forbidden", NewPostsPaused, "this Google account may write posts on this blog"),
        ("insufficient-scopes", PermissionDenied, "blogkit login main"),
        ("api-disabled", PermissionDenied, "enable the Blogger API"),
        ("quota", QuotaExhausted, "tomorrow"),
        ("404", NotFound, "another account"),
    ],
)
def test_a_refusal_is_named_with_its_reason_and_what_to_do(
    sandbox: Sandbox, blogger: Blogger, fault: str, error: type[BlogkitError], words: str
) -> None:
    sandbox.fail(fault, method="POST", path="/posts$")
    with pytest.raises(
        error, match=r"^site main: (Blogger refused the request|today's quota is used up) "
    ) as caught:
        blogger.create(draft(blogger))
    assert words in caught.value.hint
    assert inserts(sandbox) == 1


def test_a_403_after_new_posts_is_bloggers_limit_on_them(sandbox: Sandbox) -> None:
    """After about 20 in an hour it gives no other reason, and takes every other change."""
    now = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    blogger = connect_to(sandbox, clock=lambda: now)
    made = blogger.create(draft(blogger))
    sandbox.fail("forbidden", method="POST", path="/posts$", times=9)
    with pytest.raises(NewPostsPaused, match="takes no more new posts for now") as caught:
        blogger.create(draft(blogger, "other"))
    assert "about 20 an hour" in caught.value.hint
    assert "20:00 IST" in caught.value.hint, "two hours later, in the blog's zone"
    assert blogger.set_state(made.ref, Target(State.LIVE)).state is State.LIVE
    assert inserts(sandbox) == 2


@pytest.mark.parametrize("fault", ["429", "rate-limit-403"])
def test_a_refused_pace_is_waited_out_even_by_a_create(sandbox: Sandbox, fault: str) -> None:
    naps: list[float] = []
    blogger = connect_to(sandbox, sleep=naps.append, ticks=lambda: sum(naps))
    sandbox.fail(fault, method="POST", path="/posts$", retry_after=7)
    assert blogger.create(draft(blogger)).state is State.DRAFT
    assert naps == [7]
    assert len(list(blogger.list("post", [State.DRAFT]))) == 1


@pytest.mark.parametrize("fault", ["429", "rate-limit-403"])
def test_a_pace_that_stays_refused_stops(sandbox: Sandbox, fault: str) -> None:
    blogger = connect_to(sandbox, sleep=lambda seconds: None)
    sandbox.fail(fault, method="POST", path="/posts$", times=9)
    with pytest.raises(RateLimited):
        blogger.create(draft(blogger))
    assert inserts(sandbox) == 4


def test_the_days_allowance_is_told_apart_from_the_pace(sandbox: Sandbox, blogger: Blogger) -> None:
    sandbox.switches.set(daily_insert_limit="6")
    for number in range(6):
        blogger.create(draft(blogger, f"post{number}"))
    with pytest.raises(QuotaExhausted):
        blogger.create(draft(blogger, "one too many"))


def test_an_expired_token_is_renewed_once_and_the_create_is_not_doubled(
    sandbox: Sandbox, blogger: Blogger
) -> None:
    blogger.find("x", "post")
    sandbox.fail("expired-token", method="POST", path="/posts$")
    blogger.create(draft(blogger))
    assert len(list(blogger.list("post", [State.DRAFT]))) == 1
    sandbox.fail("expired-token", times=2)
    with pytest.raises(AuthenticationError) as caught:
        blogger.get(Ref("1"))
    assert caught.value.hint == "blogkit login main"


def test_a_wrong_secret_is_said_with_the_way_out(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox, secret="s3cret-that-is-wrong")
    with pytest.raises(
        AuthenticationError, match="Google does not accept the stored sign-in"
    ) as caught:
        blogger.find("x", "post")
    assert "blogkit login main" in caught.value.hint
    assert "s3cret" not in f"{caught.value!r} {caught.value.hint} {caught.value.reason}"


def test_no_sign_in_means_that_nothing_was_written(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox, sleep=lambda seconds: None, blog_id="1")
    sandbox.fail("500", path="/token", times=9)
    with pytest.raises(Unreachable, match="sign-in"):
        blogger.create(draft(blogger))
    assert inserts(sandbox) == 0


def test_a_read_survives_a_bad_moment(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox, sleep=lambda seconds: None)
    ref = blogger.create(draft(blogger)).ref
    for fault in ("reset", "500", "truncated-json"):
        sandbox.fail(fault, method="GET")
        assert blogger.get(ref).state is State.DRAFT


def test_a_lost_answer_to_publish_can_be_asked_again(sandbox: Sandbox, blogger: Blogger) -> None:
    ref = blogger.create(draft(blogger)).ref
    sandbox.fail("reset-after-commit", method="POST", path="/publish$")
    with pytest.raises(OutcomeUnknown):
        blogger.set_state(ref, Target(State.LIVE))
    assert blogger.set_state(ref, Target(State.LIVE)).state is State.LIVE


def test_updates_of_drafts_that_blogger_refuses_are_said_plainly(
    sandbox: Sandbox, blogger: Blogger
) -> None:
    created = blogger.create(draft(blogger))
    sandbox.switches.set(update_draft="404")
    with pytest.raises(Rejected, match="does not allow changes to this draft"):
        blogger.update(created.ref, draft(blogger, title="New"), created)
    assert blogger.get(created.ref).state is State.DRAFT


def test_creates_are_paced_and_other_requests_are_not(sandbox: Sandbox) -> None:
    naps: list[float] = []
    blogger = connect_to(sandbox, sleep=naps.append, ticks=lambda: sum(naps), min_interval=3.0)
    for number in range(3):
        created = blogger.create(draft(blogger, f"post{number}"))
        blogger.get(created.ref)
    assert naps == [3, 3]


def test_many_threads_create_each_post_once(sandbox: Sandbox, blogger: Blogger) -> None:
    threads = [
        threading.Thread(target=blogger.create, args=(draft(blogger, f"post{n}"),))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(post.title for post in blogger.list("post", [State.DRAFT])) == [
        f"Title post{n}" for n in range(8)
    ]


def test_several_finds_share_one_look_until_something_is_written(
    sandbox: Sandbox, blogger: Blogger
) -> None:
    blogger.create(draft(blogger))
    for key in ("a", "b", "c"):
        assert blogger.find(key, "post") is None
    looks = len(sandbox.log.to_json())
    assert blogger.find("talks", "post") is not None
    assert len(sandbox.log.to_json()) == looks
    connect_to(sandbox).create(draft(blogger, "elsewhere"))
    sandbox.clock.advance(seconds=30)
    assert blogger.find("elsewhere", "post") is not None


@pytest.mark.parametrize("position", ["yes", "no"])
def test_a_draft_that_kept_a_future_date_still_goes_live_now(
    sandbox: Sandbox, blogger: Blogger, position: str
) -> None:
    sandbox.switches.set(draft_keeps_published=position)
    ref = blogger.create(draft(blogger)).ref
    blogger.set_state(ref, Target(State.SCHEDULED, sandbox.clock() + timedelta(days=2)))
    blogger.set_state(ref, Target(State.DRAFT))
    live = blogger.set_state(ref, Target(State.LIVE))
    assert live.state is State.LIVE
    assert live.at is not None
    assert live.at <= sandbox.clock()


def test_a_blog_that_is_not_there_is_said_with_its_address(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox)
    blogger._blog._url = "https://nobody.invalid/"
    with pytest.raises(NotFound, match=r"has no blog at https://nobody\.invalid/") as caught:
        blogger.find("x", "post")
    assert "blog_id" in caught.value.hint


def test_health_names_the_step_that_fails(sandbox: Sandbox) -> None:
    assert [check[0] for check in connect_to(sandbox).health().checks] == [
        "reachable",
        "signed in",
        "blog",
        "role",
        "time zone",
        "raw HTML",
        "clock",
    ]
    last = connect_to(sandbox, secret="wrong").health().checks[-1]
    assert last[:2] == ("signed in", False)
    sandbox.fail("api-disabled", path="/v3/")
    last = connect_to(sandbox).health().checks[-1]
    assert last[:2] == ("role", False)
    assert "enable the Blogger API" in last[3]
    sandbox.clock.advance(hours=1)
    skewed = {check[0]: check[1] for check in connect_to(sandbox).health().checks}
    assert skewed["clock"] is False
