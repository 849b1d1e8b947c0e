from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from blogkit.errors import Rejected
from blogkit.platforms.base import Ref, Remote, State, Target
from blogkit.platforms.wordpress import api, schedule
from blogkit.platforms.wordpress.models import WordPressPost
from tests.cases import for_each

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
EARLIER = NOW - timedelta(days=3)


def post(status: str, at: datetime | None = EARLIER) -> WordPressPost:
    text = {"raw": ""}
    when = at and f"{at:%Y-%m-%dT%H:%M:%S}"
    data = {"id": 1, "status": status, "title": text, "content": text, "date_gmt": when}
    return api.read_post(data, "post")


def fields(now: WordPressPost, target: Target) -> dict[str, object]:
    remote = api.remote_from_wordpress(now)
    return schedule.fields(remote, now.date_gmt, target, NOW, "school")


def gmt(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


@for_each(
    ("now", "target", "sent"),
    [
        (post("draft"), Target(State.LIVE), {"status": "publish"}),
        (post("draft", None), Target(State.LIVE), {"status": "publish"}),
        (post("pending"), Target(State.LIVE), {"status": "publish"}),
        (post("draft", LATER), Target(State.LIVE), {"status": "publish", "date_gmt": gmt(NOW)}),
        (post("future", LATER), Target(State.LIVE), {"status": "publish", "date_gmt": gmt(NOW)}),
        (
            post("draft"),
            Target(State.LIVE, EARLIER),
            {"status": "publish", "date_gmt": gmt(EARLIER)},
        ),
        (post("publish"), Target(State.LIVE), {}),
        (post("publish"), Target(State.LIVE, EARLIER), {}),
        (post("private"), Target(State.LIVE), {}),
        (post("private"), Target(State.LIVE, NOW), {"status": "private", "date_gmt": gmt(NOW)}),
        (
            post("draft"),
            Target(State.SCHEDULED, LATER),
            {"status": "future", "date_gmt": gmt(LATER)},
        ),
        (post("future", LATER), Target(State.SCHEDULED, LATER), {}),
        (post("publish", EARLIER), Target(State.SCHEDULED, EARLIER), {}),
        (post("draft"), Target(State.DRAFT), {}),
        (post("pending"), Target(State.DRAFT), {}),
        (post("publish"), Target(State.DRAFT), {"status": "draft"}),
        (post("future", LATER), Target(State.DRAFT), {"status": "draft", "date_gmt": None}),
        (post("draft"), Target(State.LIVE, status="private"), {"status": "private"}),
        (post("publish"), Target(State.LIVE, status="private"), {"status": "private"}),
        (post("private"), Target(State.LIVE, status="private"), {}),
        (
            post("draft"),
            Target(State.LIVE, NOW, "private"),
            {"status": "private", "date_gmt": gmt(NOW)},
        ),
        (post("publish"), Target(State.DRAFT, status="pending"), {"status": "pending"}),
        (post("draft"), Target(State.DRAFT, status="pending"), {"status": "pending"}),
        (post("pending"), Target(State.DRAFT, status="pending"), {}),
        (
            post("future", LATER),
            Target(State.DRAFT, status="pending"),
            {"status": "pending", "date_gmt": None},
        ),
    ],
)
def test_what_brings_a_post_there(
    now: WordPressPost, target: Target, sent: dict[str, object]
) -> None:
    assert fields(now, target) == sent


@for_each(
    ("target", "said"),
    [
        (Target(State.SCHEDULED), "needs a time"),
        (Target(State.SCHEDULED, EARLIER), "has passed"),
        (Target(State.SCHEDULED, NOW + timedelta(seconds=59)), "within a minute"),
        (
            Target(State.SCHEDULED, NOW + timedelta(seconds=schedule.MIN_LEAD - 1)),
            "within a minute",
        ),
        (Target(State.LIVE, LATER), "scheduled, not live"),
        (Target(State.TRASHED), "trashed"),
    ],
)
def test_what_is_refused_before_anything_is_sent(target: Target, said: str) -> None:
    with pytest.raises(Rejected, match=said):
        fields(post("draft"), target)


def test_other_zones_and_fractions_of_a_second_are_the_same_moment() -> None:
    kolkata = LATER.astimezone(tz=datetime.strptime("+0530", "%z").tzinfo).replace(microsecond=5)
    assert fields(post("future", LATER), Target(State.SCHEDULED, kolkata)) == {}


@for_each(
    ("state", "at", "target"),
    [
        (State.DRAFT, None, Target(State.LIVE)),
        (State.LIVE, NOW, Target(State.SCHEDULED, LATER)),
        (State.SCHEDULED, EARLIER, Target(State.SCHEDULED, LATER)),
    ],
)
def test_a_site_that_made_something_else_of_it_is_noticed(
    state: State, at: datetime | None, target: Target
) -> None:
    with pytest.raises(Rejected, match="should"):
        schedule.verify(Remote(Ref("1"), "", "", state, at=at), target, "school")


def test_what_went_live_on_time_is_what_was_scheduled() -> None:
    schedule.verify(
        Remote(Ref("1"), "", "", State.LIVE, at=EARLIER), Target(State.SCHEDULED, EARLIER), "school"
    )
