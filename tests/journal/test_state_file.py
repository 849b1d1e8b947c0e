"""The state file is complete after every write, whatever happens then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal.records import Memory
from blogkit.journal.state_file import StateFile
from blogkit.journal.store import Journal

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SEEN = '{"title": "aa", "body": "bb"}'


def memory(key: str = "rain", pushed: str = "one", state: str = "live") -> Memory:
    return Memory("main", key, "post", "1", "https://x.example/r", pushed, SEEN, state, NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "blogkit.state"


def opened(path: Path, now: datetime = NOW) -> StateFile:
    return StateFile(path, lambda: now)


def known(path: Path) -> dict[str, str]:
    return {one.key: one.last_pushed for one in opened(path).news({}, lambda *_: None)}


def test_every_write_is_in_the_file_at_once(path: Path) -> None:
    with Journal.open(path.with_name("journal.sqlite"), clock=lambda: NOW) as journal:
        journal.mirror(opened(path))
        run = journal.start_run("publish")
        action = journal.intend(run, "main", "rain", "post", "create", "create", "one", None)
        journal.done(action, memory(), b"")
        assert known(path) == {"rain": "one"}
        journal.remember(memory("wind"))
        assert known(path) == {"rain": "one", "wind": "one"}
        journal.forget("main", "wind")
        assert known(path) == {"rain": "one"}


def test_what_a_killed_run_left_out_is_added_by_the_next_one(path: Path) -> None:
    with Journal.open(path.with_name("journal.sqlite"), clock=lambda: NOW) as journal:
        journal.remember(memory())  # as if it was killed before it wrote the file
    with Journal.open(path.with_name("journal.sqlite"), clock=lambda: NOW) as journal:
        journal.mirror(opened(path))
        assert not path.exists(), "reading commands leave the file alone"
        with journal.alone("publish"):
            assert known(path) == {"rain": "one"}


@pytest.mark.parametrize("at", [NOW, None])
def test_a_value_comes_back_as_it_was(path: Path, at: datetime | None) -> None:
    known = replace(memory(), at=at)
    opened(path).note("main", "rain", known)
    assert opened(path).news({}, lambda *_: None) == [known]


def test_a_post_that_did_not_change_leaves_the_file_as_it_is(path: Path) -> None:
    opened(path).note("main", "rain", memory())
    before = path.read_bytes()
    opened(path, NOW + timedelta(hours=1)).note("main", "rain", memory())
    assert path.read_bytes() == before


def test_bytes_that_are_no_text_are_damage(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(JournalError, match=":1: the line is damaged"):
        opened(path)


def test_a_later_line_counts_even_if_the_clock_is_behind(path: Path) -> None:
    opened(path).note("main", "rain", memory())
    old = path.read_text()
    opened(path, NOW - timedelta(minutes=3)).note("main", "rain", memory(pushed="two"))
    path.write_text(path.read_text() + old)
    assert known(path) == {"rain": "two"}


def test_lines_that_came_during_a_run_stay(path: Path) -> None:
    """`git pull` in another window."""
    ours, other = opened(path), opened(path)
    other.note("main", "wind", memory("wind"))
    ours.note("main", "rain", memory())
    assert known(path) == {"rain": "one", "wind": "one"}


def test_a_long_file_is_saved_less_often_and_at_the_end(path: Path) -> None:
    opened(path).save(memory(f"post-{number}") for number in range(2500))
    file = opened(path)
    file.note("main", "post-1", memory("post-1", "two"))
    file.note("main", "post-2", memory("post-2", "two"))
    assert known(path)["post-1"] == "one"
    file.note("main", "post-3", memory("post-3", "two"))
    assert known(path)["post-1"] == "two"
    file.note("main", "post-4", memory("post-4", "two"))
    file.save()
    assert known(path)["post-4"] == "two"


@pytest.mark.parametrize("odd", ["folder", "link"])
def test_what_is_not_a_file_is_neither_read_nor_written(path: Path, odd: str) -> None:
    private = path.with_name("private")
    private.write_text("secret")
    if odd == "folder":
        path.mkdir()
    else:
        path.symlink_to(private)
    with pytest.raises(JournalError, match="is not a regular file") as caught:
        opened(path)
    assert "secret" not in str(caught.value)
    assert private.read_text() == "secret"


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    file = opened(tmp_path / "gone/blogkit.state")
    (tmp_path / "gone").rmdir()
    with pytest.raises(JournalError, match="cannot write"):
        file.note("main", "rain", memory())


@pytest.mark.parametrize("name", ["key", "kind", "id", "url", "pushed", "state", "wanted"])
def test_a_value_that_is_not_a_text_is_damage(path: Path, name: str) -> None:
    opened(path).note("main", "rain", memory())
    head, line = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head}\n{json.dumps({**json.loads(line), name: 7})}\n", encoding="utf-8")
    with pytest.raises(JournalError, match=":2: the line is damaged"):
        opened(path)


def test_a_new_journal_reads_what_other_machines_wrote(path: Path) -> None:
    opened(path).note("main", "rain", memory())
    with Journal.open(path.with_name("journal.sqlite"), clock=lambda: NOW) as journal:
        journal.mirror(opened(path))
        assert journal.all_memories() == {("main", "rain"): memory()}


def test_a_journal_that_acted_later_knows_better(path: Path) -> None:
    opened(path).note("main", "rain", memory())
    file, mine = opened(path), {("main", "rain"): memory(pushed="two")}
    assert file.news(mine, lambda *_: NOW + timedelta(seconds=1)) == []
    assert file.news(mine, lambda *_: NOW - timedelta(seconds=1)) == [memory()]
    assert file.news({("main", "rain"): memory()}, lambda *_: None) == []
