"""When a post goes live: states, times in the blog's zone, and clocks that change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.posts.dates import BadDate, read_publish
from blogkit.posts.post import Publish
from tests.cases import for_each

INDIA = ZoneInfo("Asia/Kolkata")
BERLIN = ZoneInfo("Europe/Berlin")

DATES = {
    "2026-12-01 07:00": datetime(2026, 12, 1, 7, 0, tzinfo=INDIA),
    "2026-12-1 7:05": datetime(2026, 12, 1, 7, 5, tzinfo=INDIA),
    "2026-12-01T07:00:30": datetime(2026, 12, 1, 7, 0, 30, tzinfo=INDIA),
    "2026-12-01t07:00:30.5": datetime(2026, 12, 1, 7, 0, 30, 500_000, tzinfo=INDIA),
    " 2026-12-01  07:00 ": datetime(2026, 12, 1, 7, 0, tzinfo=INDIA),
    "2026-12-01 07:00Z": datetime(2026, 12, 1, 7, 0, tzinfo=UTC),
    "2026-12-01T07:00:00 -03:30": datetime(
        2026, 12, 1, 7, 0, tzinfo=timezone(-timedelta(hours=3, minutes=30))
    ),
    "2026-12-01 07:00 +0530": datetime(2026, 12, 1, 7, 0, tzinfo=INDIA),
    "2028-02-29 00:00": datetime(2028, 2, 29, 0, 0, tzinfo=INDIA),
}


@for_each(("text", "at"), DATES.items())
def test_dates(text: str, at: datetime) -> None:
    publish, found = read_publish(text, INDIA)
    assert publish is Publish.SCHEDULED
    assert found == at
    assert found is not None
    assert found.utcoffset() == at.utcoffset()


@for_each(
    ("text", "publish"), [("now", Publish.LIVE), ("live", Publish.LIVE), (" Draft ", Publish.DRAFT)]
)
def test_states(text: str, publish: Publish) -> None:
    assert read_publish(text, INDIA) == (publish, None)


@for_each(
    ("text", "at"),
    [
        ("2026-03-29 01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29 03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25 02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_around_the_change_of_clocks(text: str, at: datetime) -> None:
    assert read_publish(text, BERLIN)[1] == at


def test_an_hour_that_a_clock_leaves_out_or_shows_twice() -> None:
    with pytest.raises(BadDate) as gone:
        read_publish("2026-03-29 02:30", BERLIN)
    assert gone.value.code == "no-such-time"
    with pytest.raises(BadDate) as twice:
        read_publish("2026-10-25 02:30", BERLIN)
    assert twice.value.code == "ambiguous-time"
    assert "2026-10-25 02:30+02:00 or 2026-10-25 02:30+01:00" in twice.value.hint


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(9000, 1, 1)),  # noqa: DTZ001
    st.sampled_from(sorted(available_timezones())),
)
def test_a_time_read_in_a_zone_is_what_its_clock_shows(local: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    try:
        _, at = read_publish(local.isoformat(" "), zone)
    except BadDate as error:
        assert error.code in {"no-such-time", "ambiguous-time"}  # noqa: PT017
    else:
        assert at is not None
        assert at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


@given(st.text(max_size=30) | st.text("0123456789-: TtZz+", max_size=30))
def test_any_text_is_a_date_or_a_reason(text: str) -> None:
    try:
        read_publish(text, INDIA)
    except BadDate as error:
        assert error.message  # noqa: PT017
        assert error.hint  # noqa: PT017
