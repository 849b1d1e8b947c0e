"""The way from each state to each other one: exactly the requests that it needs, and what is
refused before any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Draft, Ref, State, Target
from blogkit.platforms.blogger.adapter import Blogger
from blogkit.platforms.blogger.body import desired_address, with_address
from blogkit.regions import sentinel
from blogkit.render.document import Document, Fragment
from blogkit.sandbox.quirks import Quirks
from blogkit.sandbox.server import Sandbox
from tests.platforms.blogger.conftest import Prepared, connect_to

DRAFT, LIVE = Target(State.DRAFT), Target(State.LIVE)
NOW = datetime.fromisoformat("2026-11-30T12:00:00+00:00")
TOMORROW = NOW + timedelta(days=1)
YESTERDAY = NOW - timedelta(days=1)


def scheduled(at: datetime) -> Target:
    return Target(State.SCHEDULED, at)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(
        clock=lambda: NOW, switches=Quirks(daily_insert_limit="none", insert_throttle="none")
    ) as sandbox:
        yield sandbox


def post_in(blogger: Blogger, state: Target) -> Ref:
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    ref = blogger.create(Draft("talks", "post", "Talks", body)).ref
    if state.state is not State.DRAFT:
        blogger.set_state(ref, state)
    return ref


def writes(sandbox: Sandbox) -> list[str]:
    return [served.path.rpartition("/")[2] for served in sandbox.log.writes()]


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("start", "target", "requests"),
    [
        (DRAFT, DRAFT, []),
        (DRAFT, LIVE, ["publish"]),
        (DRAFT, Target(State.LIVE, NOW), ["publish"]),
        (DRAFT, scheduled(TOMORROW), ["publish"]),
        (LIVE, LIVE, []),
        (LIVE, DRAFT, ["revert"]),
        (LIVE, scheduled(TOMORROW), ["revert", "publish"]),
        (Target(State.LIVE, YESTERDAY), Target(State.LIVE, YESTERDAY + timedelta(seconds=1)), []),
        (scheduled(TOMORROW), DRAFT, ["revert"]),
        (scheduled(TOMORROW), LIVE, ["publish"]),
        (scheduled(TOMORROW), Target(State.LIVE, YESTERDAY), ["publish"]),
        (scheduled(TOMORROW), scheduled(TOMORROW), []),
        (scheduled(TOMORROW), scheduled(TOMORROW + timedelta(seconds=1)), []),
        (scheduled(TOMORROW), scheduled(TOMORROW - timedelta(seconds=1)), []),
        (scheduled(TOMORROW), scheduled(TOMORROW + timedelta(seconds=59)), []),
        (scheduled(TOMORROW), scheduled(TOMORROW + timedelta(minutes=1)), ["publish"]),
        (DRAFT, scheduled(TOMORROW + timedelta(seconds=30)), ["publish"]),
    ],
)
def test_each_transition_takes_the_fewest_requests(
    sandbox: Sandbox, start: Target, target: Target, requests: list[str]
) -> None:
    """Blogger refuses a needless revert; no draft is made of a scheduled post on its way."""
    sandbox.switches.set(publish_scheduled_again="moves")
    blogger = connect_to(sandbox)
    ref = post_in(blogger, start)
    sandbox.log.clear()
    reached = blogger.set_state(ref, target)
    assert writes(sandbox) == requests
    assert reached.state is target.state
    if requests and target.at:
        assert reached.at is not None
        # to the minute, and never early
        assert timedelta() <= reached.at - target.at < timedelta(minutes=1)


def test_where_publish_moves_no_schedule_a_draft_is_the_way(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox)
    ref = post_in(blogger, scheduled(TOMORROW))
    sandbox.log.clear()
    later = scheduled(TOMORROW + timedelta(days=1))
    assert blogger.set_state(ref, later).at == later.at
    assert writes(sandbox) == ["publish", "revert", "publish"]


def test_a_live_post_gets_another_date_without_leaving_the_blog(sandbox: Sandbox) -> None:
    sandbox.switches.set(patch_published_of_live="redates")
    blogger = connect_to(sandbox)
    ref = post_in(blogger, LIVE)
    before = blogger.get(ref)
    sandbox.log.clear()
    after = blogger.set_state(ref, Target(State.LIVE, YESTERDAY - timedelta(seconds=20)))
    assert (after.state, after.at, after.url) == (State.LIVE, YESTERDAY, before.url)
    assert [served.method for served in sandbox.log.writes()] == ["PATCH"]


def test_a_live_post_whose_date_stays_is_said_to_keep_it(sandbox: Sandbox) -> None:
    """By way of a draft readers would get a 404, and the address might change."""
    blogger = connect_to(sandbox)
    ref = post_in(blogger, LIVE)
    before = blogger.get(ref)
    with pytest.raises(
        Rejected, match='did not change the date of the live post "Talks"'
    ) as caught:
        blogger.set_state(ref, Target(State.LIVE, YESTERDAY))
    assert "Blogger's editor" in caught.value.hint
    after = blogger.get(ref)
    assert (after.state, after.at, after.body, after.url) == (
        State.LIVE,
        before.at,
        before.body,
        before.url,
    )


@pytest.mark.parametrize(
    ("kind", "target", "message"),
    [
        ("post", Target(State.TRASHED), "cannot set a post to trashed"),
        ("page", scheduled(TOMORROW), "cannot schedule pages"),
        (
            "post",
            scheduled(YESTERDAY),
            "cannot make a post scheduled at Sun 29 Nov 2026, 17:30 IST (12:00 UTC): it is now Mon 30 Nov 2026, 17:30 IST (12:00 UTC)",
        ),
        (
            "post",
            scheduled(NOW),
            "cannot make a post scheduled at Mon 30 Nov 2026, 17:30 IST (12:00 UTC)",
        ),
        ("post", Target(State.SCHEDULED), "cannot make a post scheduled at no time"),
        (
            "post",
            Target(State.LIVE, TOMORROW),
            "cannot make a post live at Tue 1 Dec 2026, 17:30 IST (12:00 UTC)",
        ),
    ],
)
def test_a_target_that_blogger_has_no_way_to_is_refused_before_any_write(
    sandbox: Sandbox, kind: str, target: Target, message: str
) -> None:
    blogger = connect_to(sandbox)
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    ref = blogger.create(Draft("talks", kind, "Talks", body)).ref  # type: ignore[arg-type]
    sandbox.log.clear()
    with pytest.raises(Rejected, match=re.escape(message)):
        blogger.set_state(ref, target)
    assert writes(sandbox) == []


def test_a_draft_with_a_future_date_is_published_with_a_date_a_minute_ago(sandbox: Sandbox) -> None:
    """A server whose clock is a little behind would take the present moment for the future, and
    schedule the post.
    """
    blogger = connect_to(sandbox)
    ref = post_in(blogger, scheduled(TOMORROW))
    assert blogger.set_state(ref, LIVE).at == NOW - timedelta(minutes=1)


def test_a_draft_with_the_present_date_is_published_with_it(prepared: Prepared) -> None:
    prepared.on("GET", "/posts/7", prepared.post(published=NOW.isoformat()))
    prepared.on("POST", "/posts/7/publish", prepared.post(status="LIVE", published=NOW.isoformat()))
    assert prepared.connect(clock=lambda: NOW).set_state(Ref("7"), LIVE).at == NOW
    assert prepared.writes() == [("/posts/7/publish", {})]


def test_a_time_of_the_present_minute_is_not_rounded_into_the_future(prepared: Prepared) -> None:
    prepared.on("GET", "/posts/7", prepared.post())
    prepared.on("POST", "/posts/7/publish", prepared.post(status="LIVE", published=NOW.isoformat()))
    now = NOW + timedelta(seconds=30)
    target = Target(State.LIVE, NOW + timedelta(seconds=10))
    assert prepared.connect(clock=lambda: now).set_state(Ref("7"), target).at == NOW
    assert prepared.writes() == [("/posts/7/publish", {"publishDate": NOW.isoformat()})]


def test_a_page_is_published(prepared: Prepared) -> None:
    prepared.on("GET", "/pages/7", prepared.post(kind="blogger#page"))
    prepared.on("POST", "/pages/7/publish", prepared.post(kind="blogger#page", status="LIVE"))
    assert prepared.connect().set_state(Ref("7", "page"), LIVE).state is State.LIVE


def test_a_live_post_whose_date_blogger_does_not_show_is_not_taken_for_redated(
    prepared: Prepared,
) -> None:
    prepared.on("GET", "/posts/7", prepared.post(status="LIVE"))
    prepared.on("PATCH", "/posts/7", prepared.post(status="LIVE"))
    blogger = prepared.connect(clock=lambda: NOW)
    assert blogger.set_state(Ref("7"), LIVE).state is State.LIVE
    assert prepared.writes() == []
    with pytest.raises(Rejected, match="did not change the date"):
        blogger.set_state(Ref("7"), Target(State.LIVE, YESTERDAY))
    assert prepared.bodies == [{"published": YESTERDAY.isoformat()}]


@pytest.mark.parametrize("title", ["Talks open", "Talks  open", "Talks &#111;pen"])
def test_a_title_that_reads_the_same_gives_way_to_the_slug(prepared: Prepared, title: str) -> None:
    body = with_address(sentinel("talks"), "miami-talks", title)
    fields = {"content": body, "title": "Talks open"}
    prepared.on("GET", "/posts/7", prepared.post(**fields))
    prepared.on("PATCH", "/posts/7", prepared.post(**fields | {"title": "miami-talks"}))
    prepared.on("PATCH", "/posts/7", prepared.post(**fields, status="LIVE"))
    published = prepared.post(**fields | {"title": "miami-talks", "status": "LIVE"})
    prepared.on("POST", "/posts/7/publish", published)
    assert prepared.connect().set_state(Ref("7"), LIVE).title == "Talks open"
    assert prepared.bodies == [{"title": "miami-talks"}, {"title": title}]


def test_a_post_that_a_bare_publish_scheduled_is_published_again_with_a_date(
    prepared: Prepared,
) -> None:
    """The draft does not show the date that Blogger keeps with it."""
    blogger = prepared.connect(clock=lambda: NOW)
    prepared.on("GET", "/posts/7", prepared.post(status="DRAFT"))
    prepared.on(
        "POST",
        "/posts/7/publish",
        prepared.post(status="SCHEDULED", published=TOMORROW.isoformat()),
    )
    prepared.on("POST", "/posts/7/revert", prepared.post(status="DRAFT"))
    prepared.on(
        "POST",
        "/posts/7/publish",
        prepared.post(status="LIVE", published="2026-11-30T11:59:00+00:00"),
    )
    assert blogger.set_state(Ref("7"), LIVE).state is State.LIVE
    assert prepared.writes() == [
        ("/posts/7/publish", {}),
        ("/posts/7/revert", {}),
        ("/posts/7/publish", {"publishDate": "2026-11-30T11:59:00+00:00"}),
    ]


@pytest.mark.parametrize(
    ("target", "answer", "message", "hint"),
    [
        (
            LIVE,
            {"status": "DRAFT", "url": "http://talks.blogspot.com/2026/11/talks.html"},
            '"Talks" should be live, but Blogger made it draft',
            "check the post: https://talks.blogspot.com/2026/11/talks.html",
        ),
        (
            scheduled(TOMORROW),
            {"status": "SCHEDULED", "published": "2026-12-02T12:00:00+00:00"},
            (
                '"Talks" should be scheduled at Tue 1 Dec 2026, 17:30 IST (12:00 UTC), but Blogger made it scheduled'
                " at Wed 2 Dec 2026, 17:30 IST (12:00 UTC)"
            ),
            "check the post in Blogger's dashboard",
        ),
        (
            scheduled(TOMORROW),
            {"status": "LIVE", "published": "2026-11-30T12:00:00+00:00"},
            (
                '"Talks" should be scheduled at Tue 1 Dec 2026, 17:30 IST (12:00 UTC), but Blogger made it live at'
                " Mon 30 Nov 2026, 17:30 IST (12:00 UTC)"
            ),
            "check the post in Blogger's dashboard",
        ),
    ],
)
def test_an_answer_that_shows_another_state_or_time_names_both(
    prepared: Prepared, target: Target, answer: dict[str, str], message: str, hint: str
) -> None:
    prepared.on("GET", "/posts/7", prepared.post(status="DRAFT"))
    prepared.on("POST", "/posts/7/publish", prepared.post(**answer))
    with pytest.raises(Rejected) as caught:
        prepared.connect(clock=lambda: NOW).set_state(Ref("7"), target)
    assert caught.value.message == f"site main: {message}"
    assert caught.value.hint == hint


def test_a_title_that_blogger_escaped_still_gives_way_to_the_slug(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox, slug_by_title=True)
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    draft = Draft("talks", "post", "Talks & more", body, slug="miami-talks")
    ref = blogger.create(draft).ref
    sandbox.blog.change(
        sandbox.blog.get("post", ref.id), {"title": "Talks &amp; more"}, whole=False
    )
    live = blogger.set_state(ref, LIVE)
    assert (live.slug, live.title) == ("miami-talks", "Talks & more")


def test_a_draft_without_a_slug_carries_no_address(sandbox: Sandbox) -> None:
    blogger = connect_to(sandbox, slug_by_title=True)
    body = blogger.compose(Document("talks", (Fragment("paragraph", "<p>Text</p>"),)))
    draft = Draft("talks", "post", "Talks", body)
    assert desired_address(blogger.create(draft).body) is None
    addressed = blogger.create(replace(draft, slug="miami-talks")).body
    assert desired_address(addressed) == ("miami-talks", "Talks")
