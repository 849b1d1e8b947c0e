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


def test_a_long_file_is_complete_when_a_command_ends(path: Path) -> None:
    with Journal.open(path.with_name("journal.sqlite"), clock=lambda: NOW) as journal:
        opened(path).save(memory(f"post-{number}") for number in range(1001))
        journal.mirror(opened(path))
        with journal.alone("publish"):
            journal.remember(memory("post-1", "two"))
            assert known(path)["post-1"] == "one"
        assert known(path)["post-1"] == "two"


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
    known = replace(memory(), at=at, url="https://x.example/तारीख")
    opened(path).note("main", "rain", known)
    assert opened(path).news({}, lambda *_: None) == [known]
    assert known.url in path.read_text(encoding="utf-8"), "people read it, too"


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


def test_a_line_that_came_during_a_run_gives_way_to_what_the_run_did(path: Path) -> None:
    ours, other = opened(path), opened(path, NOW + timedelta(hours=1))
    for key in ("rain", "wind"):
        ours.note("main", key, memory(key))
    other.note("main", "rain", memory(pushed="theirs"))
    other.note("main", "wind", memory("wind", "theirs"))
    ours.note("main", "rain", memory(pushed="two"))
    assert known(path) == {"rain": "two", "wind": "theirs"}
    ours.note("main", "rain", None)
    assert known(path) == {"wind": "theirs"}


def test_a_post_that_is_not_known_needs_no_file(path: Path) -> None:
    opened(path).note("main", "rain", None)
    opened(path).save()
    assert not path.exists()


def test_a_line_is_dated_to_the_second_and_after_the_one_it_replaces(path: Path) -> None:
    file = opened(path, NOW + timedelta(microseconds=7))
    for pushed in ("one", "two"):
        file.note("main", "rain", memory(pushed=pushed))
        written = json.loads(path.read_text(encoding="utf-8").splitlines()[1])["written"]
        assert written == f"2026-11-28T12:00:{'00' if pushed == 'one' else '01'}+00:00"


@pytest.mark.parametrize("mark", ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"])
def test_marks_of_a_merge_conflict_are_named_by_their_line(path: Path, mark: str) -> None:
    opened(path).note("main", "rain", memory())
    path.write_text(f"{path.read_text(encoding='utf-8')}{mark}\n", encoding="utf-8")
    with pytest.raises(JournalError, match=":3: git left the marks of a merge conflict"):
        opened(path)


def test_of_two_lines_for_a_post_the_newer_or_last_one_counts(path: Path) -> None:
    def line(pushed: str, at: datetime) -> str:
        other = path.with_name(pushed)
        opened(other, at).note("main", "rain", memory(pushed=pushed))
        return other.read_text(encoding="utf-8").splitlines()[1]

    old, new = line("old", NOW), line("new", NOW + timedelta(seconds=1))
    last = line("last", NOW + timedelta(seconds=1))
    for lines, pushed in (([new, old], "new"), ([old, new], "new"), ([new, last], "last")):
        path.write_text("\n \n# a note\n".join(["", *lines]), encoding="utf-8")
        assert known(path) == {"rain": pushed}


@pytest.mark.parametrize(("posts", "saved"), [(1000, True), (1001, False)])
def test_up_to_a_thousand_posts_are_saved_at_every_write(
    path: Path, posts: int, saved: bool
) -> None:
    file = opened(path)
    file.save(memory(f"post-{number}") for number in range(posts))
    before = path.read_bytes()
    file.note("main", "post-1", memory("post-1", "two"))
    assert (path.read_bytes() != before) is saved


def test_a_digest_that_is_not_a_text_is_damage(path: Path) -> None:
    opened(path).note("main", "rain", memory())
    path.write_text(path.read_text(encoding="utf-8").replace('"bb"', "7"), encoding="utf-8")
    with pytest.raises(JournalError, match=":2: the line is damaged"):
        opened(path)


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
    assert file.news(mine, lambda *_: NOW) == []
    assert file.news(mine, lambda *_: NOW - timedelta(seconds=1)) == [memory()]
    assert file.news(mine, lambda *_: None) == [memory()]
    assert file.news({("main", "rain"): memory()}, lambda *_: None) == []
