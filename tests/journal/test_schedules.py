"""A schedule is open from the site's confirmation until it is proven, moved or taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from blogkit.errors import JournalError
from blogkit.journal.dialect import SQL
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from tests.journal.conftest import Place
from tests.journal.samples import NOW, memory

DUE = NOW + timedelta(hours=5)


def scheduled(key: str = "talks", due: datetime = DUE) -> Memory:
    return replace(memory(key), state="scheduled", at=due)


def ends(journal: Journal, key: str = "talks") -> list[tuple[str, str]]:
    return [(one.ended, one.note) for one in journal.schedules.of_post("main", key)]


def test_a_confirmed_schedule_is_open(journal: Journal) -> None:
    journal.remember(scheduled())
    (found,) = journal.schedules.waiting()
    assert (found.site, found.key, found.due, found.handed) == ("main", "talks", DUE, NOW)
    assert (found.fired, found.seen, found.ended, found.looks) == (None, None, "", 0)


def test_another_time_moves_it_and_the_same_time_keeps_its_looks(journal: Journal) -> None:
    journal.remember(scheduled())
    journal.schedules.put_off(journal.schedules.waiting()[0], "not seen", DUE)
    journal.remember(scheduled())
    assert journal.schedules.waiting()[0].looks == 1
    journal.remember(scheduled(due=DUE + timedelta(days=1)))
    (moved,) = journal.schedules.waiting()
    assert (moved.due, moved.looks, moved.note, moved.again) == (
        DUE + timedelta(days=1),
        0,
        "",
        None,
    )


@pytest.mark.parametrize(
    ("later", "note"),
    [
        (replace(memory(), state="draft", at=None), "taken back"),
        (replace(memory(), state="trashed", at=None), "taken back"),
        (replace(memory(), state="live", at=NOW), "published at another time"),
        (replace(memory(), state="live", at=DUE), "published at another time"),  # before its time
    ],
    ids=["draft", "trashed", "live now", "live too early"],
)
def test_another_state_withdraws_it(journal: Journal, later: Memory, note: str) -> None:
    journal.remember(scheduled())
    journal.remember(later)
    assert ends(journal) == [("withdrawn", note)]
    journal.remember(scheduled())
    assert ends(journal) == [("", ""), ("withdrawn", note)], "a new schedule is a new record"


def test_a_post_that_went_live_in_time_still_needs_its_proof(journal: Journal) -> None:
    due = NOW - timedelta(minutes=2)
    journal.remember(scheduled(due=due))
    journal.remember(replace(memory(), state="live", at=due))
    (found,) = journal.schedules.waiting()
    journal.schedules.prove(found, fired=due, seen=NOW, note="")
    journal.schedules.end(found, "lost", "a second process must not change the end")
    (proven,) = journal.schedules.newest(5)
    assert (proven.ended, proven.fired, proven.seen, proven.note) == ("live", due, NOW, "")


def test_a_forgotten_post_has_no_open_schedule(journal: Journal) -> None:
    journal.remember(scheduled())
    journal.forget("main", "talks")
    journal.forget("main", "never known")
    assert ends(journal) == [("withdrawn", "no longer managed")]


def test_posts_and_sites_do_not_mix(journal: Journal) -> None:
    journal.remember(scheduled())
    journal.remember(replace(scheduled("budget", DUE - timedelta(hours=1)), site="other"))
    journal.remember(memory())
    assert [(one.site, one.key) for one in journal.schedules.waiting()] == [("other", "budget")]


def test_a_damaged_record_is_an_error_with_a_way_out(journal: Journal, place: Place) -> None:
    journal.remember(scheduled())
    place.execute("UPDATE schedule SET due = 'soon'")
    with pytest.raises(JournalError, match='due is "soon", not a time'):
        journal.schedules.waiting()
    with pytest.raises(JournalError, match='due is "soon", not a time'):
        journal.damage()


def test_an_older_journal_has_its_scheduled_posts_from_the_first_day(
    journal: Journal, place: Place
) -> None:
    journal.remember(scheduled())
    journal.remember(memory("live"))
    place.execute("DELETE FROM schedule")
    step = (SQL / "007_schedule.sql").read_text(encoding="utf-8")
    place.execute(step[step.index("INSERT INTO schedule") :])
    (found,) = journal.schedules.waiting()
    assert (found.key, found.due, found.handed) == ("talks", DUE, None)


def test_what_blogkit_began_to_publish_is_known_until_another_time_is_set(
    journal: Journal,
) -> None:
    journal.remember(scheduled())
    (found,) = journal.schedules.waiting()
    journal.schedules.begin(found)
    assert journal.schedules.waiting()[0].fired == NOW
    journal.remember(scheduled(due=DUE + timedelta(days=1)))
    assert journal.schedules.waiting()[0].fired is None
