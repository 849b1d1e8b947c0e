"""What `log`, `undo` and a backup ask the journal: runs, actions with their bytes and without,
what we last saw.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import timedelta

import pytest

from blogkit.errors import JournalError
from blogkit.journal.records import Run
from blogkit.journal.store import Journal
from tests.cases import for_each
from tests.journal.conftest import Place
from tests.journal.samples import NOW, intend, memory


def test_a_run_is_found_by_its_number(journal: Journal) -> None:
    run = journal.start_run("publish")
    assert journal.run(run) == Run(run, "publish", NOW)
    journal.finish_run(run, "1 done")
    assert journal.run(run) == Run(run, "publish", NOW, NOW, "1 done")
    assert journal.run(run + 1) is None


def test_the_posts_file_and_the_sites_id_are_kept(journal: Journal) -> None:
    source = "---\ntitle: तारीख\n---\n".encode() * 50
    run = journal.start_run("publish")
    action = journal.intend(
        run, "main", "talks", "post", "update", "s", "d", b"old", source=source, remote_id="17"
    )
    (intent,) = journal.unsettled("main")
    assert (intent.source, intent.remote_id) == (source, "17")
    (stored,) = journal._database.connection.execute("SELECT source FROM action").fetchone()
    assert len(stored) < len(source) / 5, "compressed"
    journal.done(action, memory(remote_id="18"), b"new")
    (entry,) = journal.actions(run)
    assert (entry.source, entry.remote_id) == (source, "18")


def test_an_action_may_have_no_file_and_an_empty_one(journal: Journal) -> None:
    run = journal.start_run("publish")
    for source in (None, b""):
        journal.intend(run, "main", "talks", "post", "create", "s", "d", None, source=source)
    assert [(entry.source, entry.remote_id) for entry in journal.actions(run)] == [
        (None, ""),
        (b"", ""),
    ]


def test_actions_are_read_without_their_bytes(journal: Journal) -> None:
    run = journal.start_run("publish")
    action = journal.intend(
        run, "main", "talks", "post", "update", "s", "d", b"old", source=b"file"
    )
    journal.done(action, memory(), b"new")
    (full,), (light,) = journal.actions(run), journal.actions(run, bytes=False)
    assert (full.before, full.after, full.source) == (b"old", b"new", b"file")
    assert (light.before, light.after, light.source) == (None, None, None)
    assert (light.id, light.run, light.key, light.status, light.remote_id, light.changed) == (
        full.id,
        run,
        "talks",
        "done",
        "17",
        NOW,
    )
    (light,) = journal.history("main", "talks", bytes=False)
    assert (light.before, light.after, light.source, light.remote_id) == (None, None, None, "17")


def test_the_last_run_that_wrote(journal: Journal) -> None:
    assert journal.last_writing_run() is None
    wrote = journal.start_run("publish 1")
    journal.done(intend(journal, run=wrote), memory(), b"")
    adopted = journal.start_run("publish 2")
    journal.done(intend(journal, run=adopted, action="adopt"), memory(), b"")
    failed = journal.start_run("publish 3")
    journal.mark(intend(journal, run=failed), "failed")
    intend(journal, run=failed)
    journal.start_run("publish 4")
    assert journal.last_writing_run() == journal.run(wrote)


@pytest.mark.parametrize("status", ["sent", "unknown"])
def test_a_run_that_may_have_written_counts(journal: Journal, status: str) -> None:
    journal.done(intend(journal), memory(), b"")
    run = journal.start_run("publish")
    journal.mark(intend(journal, run=run), status)  # type: ignore[arg-type]
    last = journal.last_writing_run()
    assert last is not None
    assert last.id == run


def test_the_history_of_one_post_newest_first(journal: Journal) -> None:
    ours = [intend(journal) for _ in range(4)]
    intend(journal, "other")
    intend(journal, site="school")
    assert [entry.id for entry in journal.history("main", "talks")] == ours[::-1]
    assert [entry.id for entry in journal.history("main", "talks", 2)] == ours[:1:-1]
    assert journal.history("main", "nothing") == []


def test_the_base_is_what_we_last_saw_after_our_own_action(journal: Journal) -> None:
    assert journal.base("main", "talks") is None
    first, second, third = intend(journal), intend(journal, action="adopt"), intend(journal)
    assert journal.base("main", "talks") is None
    journal.done(first, memory(), b"one")
    journal.done(second, memory(), b"two")
    journal.mark(third, "failed")
    journal.done(intend(journal, "other"), memory("other"), b"other")
    base = journal.base("main", "talks")
    assert base is not None
    assert (base.id, base.after) == (second, b"two")


def test_an_export_goes_through_everything_page_by_page(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogkit.journal.reader._PAGE", 3)
    for size in range(8):
        assert len(list(journal.entries())) == size, "whole pages, a started one, none"
        intend(
            journal,
            before=bytes([size]),
            site="school" if size % 2 else "main",
            key=f"post-{size % 3}",
        )
    every = list(journal.entries())
    assert [entry.before for entry in every] == [bytes([n]) for n in range(8)]
    assert [entry.before for entry in journal.entries(site="school")] == [
        b"\1",
        b"\3",
        b"\5",
        b"\7",
    ]
    assert [entry.before for entry in journal.entries(key="post-0")] == [b"\0", b"\3", b"\6"]
    assert [entry.before for entry in journal.entries("school", "post-0")] == [b"\3"]
    assert [entry.before for entry in journal.entries(run=every[2].run)] == [b"\2"]


def test_the_newest_edit_in_place_of_each_post(journal: Journal) -> None:
    assert journal.edited("main") == []
    for key, action in (("live:a", "edit"), ("live:a", "edit"), ("live:b", "edit"), ("c", "edit")):
        journal.finish(intend(journal, key, action=action), "main", key, "17", b"after")
    intend(journal, "live:b", action="edit")
    assert sorted((entry.key, entry.id) for entry in journal.edited("main")) == [
        ("live:a", 2),
        ("live:b", 3),
    ]
    assert journal.edited("school") == []


@for_each("table", ["memory", "run", "action"])
def test_a_check_reads_every_table(new_place: Callable[[], Place], table: str) -> None:
    place = new_place()
    column = {"memory": '"at"', "run": "started", "action": "intended"}[table]
    with place.open() as journal:
        journal.done(intend(journal), memory(at=NOW), b"")
        assert journal.damage() == ""
        place.execute(f"UPDATE {table} SET {column} = 'never'")
        with pytest.raises(JournalError):
            journal.damage()


def test_an_export_leaves_room_for_writers(journal: Journal) -> None:
    intend(journal)
    export = journal.entries()
    next(export)
    intend(journal)
    assert len(list(export)) <= 1


def test_a_runs_actions_are_counted_by_their_end(journal: Journal) -> None:
    run = journal.start_run("publish")
    assert journal.counts(run) == {}
    for key in ("a", "b"):
        journal.done(intend(journal, key, run=run), memory(key), b"")
    journal.mark(intend(journal, "c", run=run), "failed")
    intend(journal, "d")
    assert journal.counts(run) == {"done": 2, "failed": 1}


def test_a_forgotten_post_is_gone_from_memory_and_stays_in_the_log(journal: Journal) -> None:
    for key in ("talks", "other"):
        journal.done(intend(journal, key), memory(key), b"x")
    journal.forget("main", "talks")
    journal.forget("school", "other")
    assert set(journal.memories("main")) == {"other"}
    assert len(journal.history("main", "talks")) == 1


def test_the_posts_whose_last_finished_action_restored_them(journal: Journal) -> None:
    for key, *actions in (
        ("trashed", "create", "trash"),
        ("restored", "update", "restore"),
        ("again", "restore", "update"),
        ("new", "create"),
    ):
        for action in actions:
            journal.done(intend(journal, key, action=action), memory(key), b"x")
    journal.mark(intend(journal, "restored", action="update"), "failed")
    assert journal.undone("main") == {"restored"}
    assert journal.undone("school") == set()


def test_all_memories_of_all_sites(journal: Journal) -> None:
    assert journal.all_memories() == {}
    known = [memory("a", at=NOW), memory("b"), memory("a", site="school", remote_id="9")]
    for each in known:
        journal.remember(each)
    assert journal.all_memories() == {(each.site, each.key): each for each in known}


def test_open_ends_are_counted_by_their_age(journal: Journal) -> None:
    journal.mark(intend(journal), "sent", expected=b"")
    intend(journal, "other")
    journal.mark(intend(journal, "third"), "unknown")
    journal.mark(intend(journal, "fourth"), "failed")
    journal.done(intend(journal, "fifth"), memory("fifth"), b"")
    assert journal.open_ends(NOW) == 0
    assert journal.open_ends(NOW + timedelta(microseconds=1)) == 3


def test_bytes_that_cannot_be_unpacked_are_found(journal: Journal) -> None:
    good, bad = zlib.compress(b"a post"), zlib.compress(b"a post")[:-1]
    run = journal.start_run("publish")

    def action(
        before: bytes | None = None, meant: bytes | None = None, after: bytes | None = None
    ) -> int:
        number = journal.intend(
            run, "main", "talks", "post", "update", "s", "d", before, source=b"file"
        )
        if meant is not None:
            journal.mark(number, "sent", expected=meant)
        if after is not None:
            journal.done(number, memory(), after)
        return number

    sound = [action(), action(good, good), action(good, good, good)]
    assert journal.spoiled() == []
    spoiled = [action(bad), action(good, b""), action(good, good, b"text")]
    assert journal.spoiled() == spoiled[::-1]
    assert journal.spoiled(1) == spoiled[-1:]
    with journal._database.transaction() as db:
        db.execute(f'UPDATE action SET source = "before" WHERE id = {spoiled[0]}')
    with pytest.raises(JournalError, match=f"stored with action {spoiled[0]} is damaged"):
        journal.actions(run)
    assert len(journal.actions(run, bytes=False)) == len(sound) + len(spoiled), "the log goes on"


def test_the_latest_twenty_are_listed_unless_more_are_asked_for(journal: Journal) -> None:
    runs = [journal.start_run("publish") for _ in range(21)]
    for run in runs:
        intend(journal, run=run)
    assert [run.id for run in journal.runs()] == runs[:0:-1]
    assert [entry.run for entry in journal.history("main", "talks")] == runs[:0:-1]
    assert len(journal.runs(21)) == len(journal.history("main", "talks", 21)) == 21
