"""The journal keeps what it was told, through other processes and crashes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blogkit.errors import JournalError
from blogkit.journal.notices import Notice
from blogkit.journal.records import Entry, StoredAsset
from blogkit.journal.store import Journal
from tests.cases import for_each
from tests.journal.conftest import Place
from tests.journal.samples import NOW, intend, memory


def test_an_action_lives_from_intent_to_outcome(journal: Journal) -> None:
    action = intend(journal, before=b"old")
    (intent,) = journal.unsettled("main")
    assert (intent.status, intent.before, intent.desired_state, intent.intended) == (
        "intended",
        b"old",
        "live",
        NOW,
    )
    journal.mark(action, "sent", expected=b"meant")
    (intent,) = journal.unsettled("main")
    assert (intent.status, intent.expected) == ("sent", b"meant")
    journal.mark(action, "unknown", "no answer")
    (intent,) = journal.unsettled("main")
    assert (intent.status, intent.note, intent.expected) == ("unknown", "no answer", b"meant"), (
        "a later mark keeps what was meant"
    )
    journal.done(action, memory(), b"new")
    assert journal.unsettled("main") == []
    assert journal.memories("main") == {"talks": memory()}
    (entry,) = journal.actions(1)
    assert (entry.status, entry.before, entry.after) == ("done", b"old", b"new")


def test_what_certainly_failed_is_settled(journal: Journal) -> None:
    journal.mark(intend(journal), "failed", "the site refused it")
    assert journal.unsettled("main") == []
    assert journal.memories("main") == {}


def test_an_outcome_settles_older_open_ends_of_the_same_post_only(journal: Journal) -> None:
    first, other, second = intend(journal), intend(journal, "other"), intend(journal)
    assert [intent.id for intent in journal.unsettled("main")] == [second, other, first], (
        "newest first"
    )
    journal.done(second, memory(), b"")
    assert [intent.id for intent in journal.unsettled("main")] == [other]
    assert journal.actions(1)[0].status == "settled"


def test_a_look_may_settle(journal: Journal) -> None:
    intend(journal)
    journal.remember(memory(last_pushed=""))
    assert len(journal.unsettled("main")) == 1
    journal.remember(memory(), settle="found as it was")
    assert journal.unsettled("main") == []
    assert journal.memories("main")["talks"].last_pushed == "d1"


def test_an_edit_in_place_ends_without_a_memory(journal: Journal) -> None:
    journal.remember(memory())
    first, second = intend(journal), intend(journal)
    journal.finish(second, "main", "talks", "99", b"after", "edited")
    assert journal.unsettled("main") == []
    assert journal.memories("main") == {"talks": memory()}
    entry, settled = journal.history("main", "talks")
    assert (entry.id, entry.status, entry.after, entry.remote_id, entry.note) == (
        second,
        "done",
        b"after",
        "99",
        "edited",
    )
    assert (settled.id, settled.status) == (first, "settled")


def test_sites_are_apart(journal: Journal) -> None:
    intend(journal)
    journal.remember(memory())
    journal.remember_asset("main", "ab", "https://b.example/a.png", "9")
    assert journal.memories("school") == {}
    assert journal.unsettled("school") == []
    assert journal.asset("school", "ab") is None
    assert journal.asset("main", "ab") == StoredAsset("https://b.example/a.png", "9")


def test_runs_are_listed_newest_first(journal: Journal) -> None:
    first, second = journal.start_run("publish a"), journal.start_run("publish b")
    journal.finish_run(first, "2 done")
    listed = journal.runs()
    assert [run.id for run in listed] == [second, first]
    assert listed[1].outcome == "2 done"
    assert listed[1].finished == NOW
    assert listed[0].finished is None


def test_times_come_back_as_the_same_moment(journal: Journal) -> None:
    at = datetime(2026, 12, 1, 7, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    journal.remember(memory(at=at))
    assert journal.memories("main")["talks"].at == at
    (stored,) = journal._database.connection.execute('SELECT "at" FROM memory').fetchone()
    assert stored == "2026-12-01T01:30:00+00:00", "it sorts as text"


def test_the_present_is_the_time_unless_a_clock_is_given(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        run = journal.run(journal.start_run("publish"))
    assert run is not None
    assert before <= run.started <= datetime.now(UTC)
    assert run.started.utcoffset() == timedelta()


def test_a_closed_journal_is_closed(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        assert journal.runs() == []
        assert journal.damage() == ""
        assert journal.remedy
        assert journal.place == f"the journal {tmp_path / 'journal.sqlite'}"
    with pytest.raises(JournalError):
        journal.runs()


def test_what_settled_an_action_is_noted(journal: Journal) -> None:
    first, second, third = intend(journal), intend(journal), intend(journal)
    journal.done(second, memory(), b"new", "kept")
    noted = {entry.id: (entry.status, entry.note) for entry in journal.history("main", "talks")}
    assert noted == {
        first: ("settled", f"settled by action {second}"),
        second: ("done", "kept"),
        third: ("settled", f"settled by action {second}"),
    }


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(key=st.text(), story=st.text(), before=st.binary())
def test_any_text_and_bytes_survive(
    new_place: Callable[[], Place], key: str, story: str, before: bytes
) -> None:
    key, story = (text.encode("utf-8", "replace").decode() for text in (key, story))
    place = new_place()
    if (
        place.kind == "postgres"
    ):  # it keeps no NUL in texts; a text that holds one is kept all the same
        key, story = (text.replace("\0", "\N{REPLACEMENT CHARACTER}") for text in (key, story))
    with place.open() as journal:
        journal.intend(journal.start_run(story), "main", key, "post", "update", story, "", before)
        (intent,) = journal.unsettled("main")
        assert (intent.key, intent.summary, intent.before) == (key, story, before)


def test_two_handles_see_each_other(journal: Journal, place: Place) -> None:
    with place.open() as other:
        action = intend(other)
        assert [intent.id for intent in journal.unsettled("main")] == [action]
        journal.done(action, memory(), b"")
        assert other.memories("main") == {"talks": memory()}


def test_a_killed_process_leaves_what_it_had_written(place: Place, real_time: None) -> None:
    code = f"""
import os, pathlib
from blogkit.journal.store import Journal
j = {place.code}
a = j.intend(j.start_run("publish"), "main", "talks", "post", "create", "s", "d", None)
j.mark(a, "sent", expected=b"m")
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with place.open() as journal:
        (intent,) = journal.unsettled("main")
        assert (intent.status, intent.expected) == ("sent", b"m")
        assert journal.damage() == ""


def test_two_writers_at_once(place: Place) -> None:
    """Each action is written once and by whom it was meant, from two connections and two threads
    of each.
    """
    with place.open() as one, place.open() as two, ThreadPoolExecutor(4) as pool:
        runs = {journal: journal.start_run("publish") for journal in (one, two)}

        def work(number: int) -> None:
            journal = (one, two)[number % 2]
            journal.done(
                intend(journal, f"post-{number}", run=runs[journal]),
                memory(f"post-{number % 5}"),
                b"x",
            )

        list(pool.map(work, range(40)))
        assert [one.counts(run) for run in runs.values()] == [{"done": 20}, {"done": 20}]
        assert len({entry.id for entry in two.entries()}) == 40
        assert set(one.memories("main")) == {f"post-{number}" for number in range(5)}


def test_one_writes_at_a_time(place: Place) -> None:
    """Else two that settle each other's actions would wait for each other."""
    with place.open() as one, place.open() as two, ThreadPoolExecutor(1) as pool:
        with one._database.transaction():
            waiting = pool.submit(two.start_run, "publish")
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.2)
            assert one.runs() == []
        assert waiting.result(timeout=60) == 1


def test_what_fails_within_is_undone_as_a_whole(journal: Journal) -> None:
    action = intend(journal)
    with pytest.raises(JournalError, match="cannot use"):
        journal.done(
            action, memory(url=None), b"new"
        )  # the memory is refused after the action was finished
    (entry,) = journal.actions(1)
    assert (entry.status, entry.after) == ("intended", None)
    journal.done(action, memory(), b"new")


@for_each(
    ("chosen", "damaged", "expected"),
    [
        ({}, [], [1, 2, 3, 4]),
        ({}, [3], [1, 2, "action 3", 4]),
        ({}, [1, 4], ["action 1", 2, 3, "action 4"]),
        ({"site": "school"}, [4], [2]),
        ({"site": "main"}, [1], ["action 1", 3, 4]),
        ({"key": "a"}, [1], ["action 1", 2, 4]),
        ({"run": 2}, [2], ["action 2"]),
        ({"site": "main", "key": "a", "run": 4}, [], [4]),
    ],
)
def test_actions_that_cannot_be_read_are_named_among_the_others(
    place: Place, chosen: dict[str, Any], damaged: list[int], expected: list[object]
) -> None:
    with place.open() as journal:
        if not journal.runs():
            for key, site in (("a", "main"), ("a", "school"), ("b", "main"), ("a", "main")):
                intend(journal, key, site=site)
        place.execute(f"UPDATE action SET intended = '{NOW.isoformat()}'")
        for number in damaged:
            place.execute(f"UPDATE action SET intended = 'never' WHERE id = {number}")
        found = [
            str(one).partition(":")[0] if isinstance(one, JournalError) else one.id
            for one in journal.salvage(**chosen)
        ]
    assert found == expected


def test_deleted_actions_are_passed_over(place: Place) -> None:
    with place.open() as journal:
        for _ in range(4):
            intend(journal)
        place.execute("DELETE FROM action WHERE id IN (1, 2)")
        place.execute("UPDATE action SET intended = 'never' WHERE id = 3")
        damaged, whole = journal.salvage()
    assert isinstance(damaged, JournalError)
    assert damaged.message.startswith("action 3: ")
    assert isinstance(whole, Entry)
    assert whole.id == 4


def test_a_database_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "blogkit.journal.postgres", None)
    with pytest.raises(JournalError, match="requires the package psycopg") as caught:
        Journal.connect("postgresql://127.0.0.1/blog")
    assert "postgres" in caught.value.hint


def test_notices_are_kept_until_they_are_forgotten(journal: Journal) -> None:
    first = Notice("proof", "main", "rivers", 1, datetime(2026, 11, 30, 7, tzinfo=UTC))
    other = replace(first, key="forests")
    journal.notices.note(first)
    journal.notices.note(other)
    again = replace(first, times=2)
    journal.notices.note(again)
    assert journal.notices.told() == [other, again]
    journal.notices.forget(again)
    assert journal.notices.told() == [other]
