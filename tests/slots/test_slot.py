"""Slots, spans of days and lengths of time as people write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from blogkit.slots.rules import Blackout, parse_blackout, parse_duration
from blogkit.slots.slot import BadSlot, Slot, parse_slot
from tests.cases import for_each

WEEK = frozenset(range(7))


@for_each(
    ("text", "weekdays", "month_days"),
    [
        ("mon-fri 07:00", {0, 1, 2, 3, 4}, ()),
        ("Mon – Fri 7:00", {0, 1, 2, 3, 4}, ()),
        ("sat, sun 07:00", {5, 6}, ()),
        ("fri-mon 07:00", {4, 5, 6, 0}, ()),
        ("tuesday,thurs 07:00", {1, 3}, ()),
        ("daily 07:00", WEEK, ()),
        ("1st 07:00", (), {1}),
        ("1st,15th,last 07:00", (), {1, 15, 0}),
        ("mon,31st 07:00", {0}, {31}),
    ],
)
def test_slots(text: str, weekdays: set[int], month_days: set[int]) -> None:
    assert parse_slot(text) == Slot(time(7), frozenset(weekdays), frozenset(month_days))


@for_each(
    ("text", "message", "hint"),
    [
        ("mon 7am", "it is not in 24-hour time", "write mon-fri 07:00"),
        ("mon", "it has no time", "write mon-fri 07:00"),
        ("07:00", "it has no days", "write mon-fri 07:00"),
        ("", "it has no time", "write mon-fri 07:00"),
        ("mon 25:00", "there is not a time 25:00", "write mon-fri 07:00"),
        ("mno 07:00", '"mno" is not a day', 'did you mean "mon"?'),
        ("mon-fir 07:00", '"fir" is not a day', 'did you mean "fri"?'),
        ("32nd 07:00", '"32nd" is not a day', "write mon-fri 07:00"),
        ("mon-fri 07:00, 08:00", "it has no time", ""),
        ("mon-fri 07:00 19:00", "it has two times", "write a slot for each time"),
    ],
)
def test_wrong_slots_are_explained(text: str, message: str, hint: str) -> None:
    with pytest.raises(BadSlot) as raised:
        parse_slot(text)
    assert message in raised.value.message
    assert hint in raised.value.hint


def test_the_last_day_of_a_month() -> None:
    last, thirty_first = parse_slot("last 18:00"), parse_slot("31st 18:00")
    assert last.is_on(date(2028, 2, 29))
    assert not last.is_on(date(2028, 2, 28))
    assert last.is_on(date(2026, 2, 28))
    assert not any(thirty_first.is_on(date(2026, 2, day)) for day in range(1, 29))
    assert date.max.day == 31
    assert last.is_on(date(2026, 12, 31))


def test_blackouts() -> None:
    day, other = date(2026, 12, 24), date(2026, 12, 26)
    assert parse_blackout("2026-12-24") == Blackout(day, day)
    assert parse_blackout("2026-12-24 .. 2026-12-26") == Blackout(day, other)
    for text in ("christmas", "2026-12-24..", "2026-02-30", "2026-12-26..2026-12-24", "24.12.2026"):
        with pytest.raises(BadSlot):
            parse_blackout(text)


def test_durations() -> None:
    assert parse_duration("90m") == parse_duration("90 min") == timedelta(minutes=90)
    assert parse_duration("2h") == timedelta(hours=2)
    assert parse_duration("1w") == parse_duration("7d") == timedelta(days=7)
    for text in ("2", "two hours", "-1h", "400d", "1.5h", "99999w"):
        with pytest.raises(BadSlot):
            parse_duration(text)
