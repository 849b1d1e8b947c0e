"""Slots over two years in five zones: none twice, in order, and within the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.slots.calendar import Calendar, QueuedPost, in_order, local_time, slot_times
from blogkit.slots.rules import Blackout, SlotRules
from blogkit.slots.slot import WEEKDAYS, Slot, parse_slot
from tests.cases import for_each

ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Kolkata",  # clocks never change
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",  # by half an hour
        "Africa/Casablanca",  # back for Ramadan
    )
]
START = datetime(2026, 1, 1, tzinfo=UTC)
TWO_YEARS = timedelta(days=731)
DAYS = [*WEEKDAYS, "daily", "mon-fri", "sat,sun", "1st", "last", "15th,31st"]

texts = st.builds(
    "{} {:02}:{:02}".format,
    st.sampled_from(DAYS),
    st.sampled_from([*range(24), 1, 2, 2, 3]),
    st.sampled_from([0, 5, 15, 30, 59]),
)
slot_lists = st.lists(texts.map(parse_slot), min_size=1, max_size=4)
moments = st.integers(0, 731 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
zones = st.sampled_from(ZONES)
rules = st.builds(
    SlotRules,
    slots=slot_lists.map(tuple),
    spacing=st.sampled_from([0, 0, 30, 120, 1440]).map(lambda minutes: timedelta(minutes=minutes)),
    per_day=st.integers(0, 3),
    blackouts=st.lists(
        moments.map(lambda at: Blackout(at.date(), at.date() + timedelta(days=9))), max_size=3
    ).map(tuple),
)
posts = st.lists(
    st.builds(QueuedPost, st.text("abc", min_size=1, max_size=3), st.integers(-2, 2)),
    max_size=12,
    unique_by=lambda post: post.key,
)


def in_two_years(slots: list[Slot], zone: ZoneInfo) -> list[datetime]:
    return list(takewhile(lambda at: at < START + TWO_YEARS, slot_times(slots, START, zone)))


@pytest.mark.slow
@given(slot_lists, zones)
def test_every_slot_of_two_years_is_there_once_and_in_order(
    slots: list[Slot], zone: ZoneInfo
) -> None:
    found = in_two_years(slots, zone)
    assert all(one < other for one, other in pairwise(found))
    # Counted another way: every minute by every day's clock.
    wanted = set()
    for number in range(-2, TWO_YEARS.days + 2):
        day = START.date() + timedelta(days=number)
        for slot in slots:
            if slot.is_on(day):
                wanted.add(shown_at(datetime.combine(day, slot.at), zone))
    assert found == sorted(at for at in wanted if START < at < START + TWO_YEARS)


def shown_at(local: datetime, zone: ZoneInfo) -> datetime:
    """The first minute at which the clocks of a zone show this time, or a later one."""
    at = local.replace(tzinfo=zone, fold=0).astimezone(UTC) - timedelta(hours=2)
    before = at
    while at.astimezone(zone).replace(tzinfo=None) < local:
        before, at = at, at + timedelta(minutes=15)
    while before.astimezone(zone).replace(tzinfo=None) < local:
        before += timedelta(minutes=1)
    return before


@given(rules, zones, posts, st.lists(moments, max_size=8), moments)
def test_posts_get_slots_within_the_rules(
    rules: SlotRules,
    zone: ZoneInfo,
    waiting: list[QueuedPost],
    taken: list[datetime],
    after: datetime,
) -> None:
    found = Calendar(rules, zone, taken).assign(waiting, after)
    times = list(found.values())
    assert list(found) == [post.key for post in sorted(waiting, key=in_order)][: len(found)]
    assert times == sorted(set(times))
    every_slot = set(
        takewhile(lambda at: not times or at <= times[-1], slot_times(rules.slots, after, zone))
    )
    assert set(times) <= every_slot
    for number, at in enumerate(times):
        others = [*taken, *times[:number], *times[number + 1 :]]
        assert all(abs(at - other) >= max(rules.spacing, timedelta(minutes=1)) for other in others)
        local = at.astimezone(zone).date()
        assert not any(one.first <= local <= one.last for one in rules.blackouts)
        on_day = [other for other in others if other.astimezone(zone).date() == local]
        assert not rules.per_day or len(on_day) < rules.per_day


@given(rules, zones, posts, st.lists(moments, max_size=8), moments, st.randoms())
def test_the_order_of_posts_and_times_makes_no_difference(
    rules: SlotRules,
    zone: ZoneInfo,
    waiting: list[QueuedPost],
    taken: list[datetime],
    after: datetime,
    random: Random,
) -> None:
    found = Calendar(rules, zone, taken).assign(waiting, after)
    random.shuffle(waiting)
    random.shuffle(taken)
    in_another_zone = [at.astimezone(ZONES[-1]) for at in taken]
    assert Calendar(rules, zone, in_another_zone).assign(waiting, after) == found


@given(rules, zones, posts, st.lists(moments, max_size=8), moments, st.integers(0, 12))
def test_posts_that_have_their_slots_change_nothing_for_the_others(
    rules: SlotRules,
    zone: ZoneInfo,
    waiting: list[QueuedPost],
    taken: list[datetime],
    after: datetime,
    number: int,
) -> None:
    """As between two machines: one has sent the first posts, the other sends the rest."""
    found = Calendar(rules, zone, taken).assign(waiting, after)
    sent = dict(list(found.items())[:number])
    left = [post for post in waiting if post.key not in sent]
    later = Calendar(rules, zone, [*taken, *sent.values()]).assign(left, after)
    assert {**sent, **later} == found


@for_each(
    ("zone", "local", "utc"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00"),  # gap: 02:00 to 03:00
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the first
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),  # gap of half an hour
        ("Pacific/Apia", "2011-12-30T07:00", "2011-12-30T10:00"),  # a day that was not
        ("Asia/Kolkata", "2026-03-29T02:30", "2026-03-28T21:00"),
    ],
)
def test_a_time_that_clocks_skip_or_repeat(zone: str, local: str, utc: str) -> None:
    found = local_time(datetime.fromisoformat(local), ZoneInfo(zone))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_two_slots_in_a_gap_are_one() -> None:
    slots = [parse_slot("daily 02:15"), parse_slot("daily 02:45"), parse_slot("daily 03:00")]
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 29, tzinfo=berlin)
    found = list(
        takewhile(lambda at: at.date() == date(2026, 3, 29), slot_times(slots, start, berlin))
    )
    assert found == [datetime(2026, 3, 29, 1, tzinfo=UTC)]


def test_slots_that_never_come_end() -> None:
    rules = SlotRules(
        (parse_slot("daily 07:00"),), blackouts=(Blackout(date(2000, 1, 1), date(2100, 1, 1)),)
    )
    assert Calendar(rules, ZONES[0]).assign([QueuedPost("a")], START) == {}
    assert Calendar(SlotRules(), ZONES[0]).assign([QueuedPost("a")], START) == {}
