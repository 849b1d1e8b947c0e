"""The journal keeps what a file held before a run, and knows what it held afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from blogkit.errors import JournalError
from blogkit.journal.file_log import FileIntent, LaterChange
from blogkit.journal.records import FileEntry, file_digest
from blogkit.journal.store import Journal
from tests.journal.conftest import Place
from tests.journal.samples import NOW, intend, memory


def change(path: str = "posts/talks.html", key: str = "talks") -> FileIntent:
    remote_id = "17" if key == "talks" else key
    return FileIntent(path, b"old \xff", b"new", f"change {path}", "main", key, remote_id)


def test_the_old_bytes_and_both_digests_are_kept(journal: Journal) -> None:
    run = journal.start_run("insert")
    journal.files.intend(run, [change(), FileIntent("posts/new.md", None, b"", "create it")])
    kept, new = journal.files.of_run(run)
    assert (kept.before(), kept.before_digest) == (b"old \xff", file_digest(b"old \xff"))
    assert (kept.after_digest, kept.status, kept.intended) == (file_digest(b"new"), "intended", NOW)
    assert (kept.path, kept.site, kept.key, kept.remote_id) == (
        "posts/talks.html",
        "main",
        "talks",
        "17",
    )
    assert (new.before(), new.before_digest, new.after_digest) == (None, "", file_digest(b""))


def test_bytes_can_be_left_out(journal: Journal) -> None:
    run = journal.start_run("insert")
    journal.files.intend(run, [change()])
    (entry,) = journal.files.of_run(run, bytes=False)
    assert (entry.packed, entry.before_digest) == (None, file_digest(b"old \xff"))


def test_outcomes(journal: Journal) -> None:
    run = journal.start_run("insert")
    one, other = journal.files.intend(run, [change(), change("posts/b.html", "b")])
    journal.files.mark([one], "done")
    journal.files.mark([other], "failed", "the disk is full")
    assert [(entry.status, entry.note) for entry in journal.files.of_run(run)] == [
        ("done", ""),
        ("failed", "the disk is full"),
    ]
    assert journal.files.count(run) == 1


def test_all_intents_of_a_call_are_recorded_or_none(journal: Journal) -> None:
    run = journal.start_run("insert")
    impossible = FileIntent(None, b"", b"", "no path")  # type: ignore[arg-type]
    with pytest.raises(JournalError):
        journal.files.intend(run, [change(), impossible])
    assert journal.files.of_run(run) == []


def test_a_damaged_copy_is_refused(place: Place) -> None:
    with place.open() as journal:
        run = journal.start_run("insert")
        journal.files.intend(run, [change()])
        place.execute("UPDATE file SET before_digest = 'other'")
        (entry,) = journal.files.of_run(run)
        with pytest.raises(JournalError, match=r"posts/talks\.html that run 1 stored is damaged"):
            entry.before()


def test_the_last_writing_run_may_have_changed_files_only(journal: Journal) -> None:
    published = journal.start_run("publish")
    journal.done(intend(journal, run=published), memory(), b"after")
    changed = journal.start_run("insert")
    numbers = journal.files.intend(changed, [change()])
    assert journal.last_writing_run() == journal.run(changed)
    assert journal.last_writing_run(older_than=changed) == journal.run(published)
    journal.files.mark(numbers, "failed")
    assert journal.last_writing_run() == journal.run(published)


def test_newer_changes_of_the_same_posts(journal: Journal) -> None:
    first = journal.start_run("insert")
    journal.files.mark(journal.files.intend(first, [change()]), "done")
    published = journal.start_run("publish")
    journal.done(intend(journal, run=published, action="update"), memory(), b"after")
    journal.done(intend(journal, "other", run=published), memory("other", remote_id="18"), b"after")
    again = journal.start_run("remove")
    journal.files.mark(journal.files.intend(again, [change(), change("posts/b.html", "b")]), "done")
    assert journal.files.later_changes(first) == [
        LaterChange(published, "", "main", "talks"),
        LaterChange(again, "posts/talks.html", "main", "talks"),
    ]
    assert journal.files.later_changes(published) == [
        LaterChange(again, "posts/talks.html", "main", "talks")
    ]
    assert journal.files.later_changes(again) == []


def test_files_of_one_post(journal: Journal) -> None:
    for key in ("talks", "b", "talks"):
        run = journal.start_run("insert")
        journal.files.intend(run, [change(key=key)])

    def runs(**chosen: Any) -> list[int]:
        found = journal.files.salvage(**chosen)
        return [entry.run for entry in found if isinstance(entry, FileEntry)]

    assert runs() == [1, 2, 3]
    assert runs(key="talks") == [1, 3]
    assert runs(key="talks", run=3) == [3]
    assert runs(site="other") == []


def test_a_damaged_row_is_named_and_the_others_are_read(place: Place) -> None:
    with place.open() as journal:
        for _ in range(2):
            journal.files.intend(journal.start_run("insert"), [change()])
        place.execute("UPDATE file SET status = 'odd' WHERE run = 1")
        damaged, read = journal.files.salvage()
        assert (isinstance(damaged, JournalError), "files of run 1" in str(damaged)) == (True, True)
        assert isinstance(read, FileEntry)
        with pytest.raises(JournalError, match="odd"):
            journal.damage()
