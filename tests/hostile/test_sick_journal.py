"""A journal that is damaged, out of date or cannot be written: a sentence, a way out, and no post
twice.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.__main__ import main
from blogkit.errors import JournalError
from blogkit.journal import rows
from blogkit.platforms.base import Ref, Remote, State
from blogkit.sync.compare import Expected, edited_fields, expected_from_remote
from blogkit.sync.serialize import pack_remote, unpack_remote
from tests.cases import for_each
from tests.cli import process
from tests.cli.conftest import Done, Run
from tests.conftest import leave_home

JOURNAL = ".blogkit/journal.sqlite"
CACHE = ".blogkit/cache.sqlite"
KEYS = ("rain", "tea", "wind")
READS_IT = (
    "status",
    "status --offline",
    "plan",
    "diff",
    "log",
    "log 2",
    "doctor",
    "undo --yes --dry-run",
    "regions --all",
)
WRITES_IT = (
    "pull rain",
    "adopt --all",
    "insert callout --set body=x --at end --all --live --yes",
    "publish --yes",
    "undo --yes",
)
LONG = "{} " + "It rains in the hills, and then in the plain. " * 30
"""As long as what is live, so that no file looks cut off."""
SAVES_IT = ("backup export saved",)
NEEDS_NONE = ("check", "render posts/rain.md", "widget list", "theme css")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog whose three posts were published and then changed."""
    root = tmp_path_factory.mktemp("blog")
    with pytest.MonkeyPatch.context() as monkeypatch:
        leave_home(monkeypatch, tmp_path_factory.mktemp("home"))
        assert main(["init", "--yes", str(root)]) == 0
        (root / "posts/hello.md").unlink()
        for text in ("Text.", "More text. " + "word " * 200):
            for key in KEYS:
                write(root, key, text)
            assert main(["-C", str(root), "publish", "--yes"]) == 0
    return root


@pytest.fixture
def blog(published: Path, tmp_path: Path) -> Path:
    return copy_of(published, tmp_path)


def copy_of(published: Path, folder: Path) -> Path:
    return Path(shutil.copytree(published, folder / "blog", dirs_exist_ok=True))


def write(root: Path, key: str, text: str) -> None:
    post = f"---\ntitle: {key.title()}\npublish: now\n---\n{text}\n"
    (root / f"posts/{key}.md").write_text(post, encoding="utf-8")


def live(root: Path) -> list[str]:
    """The posts that readers find."""
    return sorted(
        path.stem for path in (root / "site").rglob("*.html") if path.stem not in {"index", "404"}
    )


def refused(done: Done) -> bool:
    """Whether a command ended in a sentence about the journal, with a next step."""
    told = done.out + done.err
    hint = any(line.startswith(" ") for line in told.splitlines())
    return done.code == 1 and "Traceback" not in told and "journal" in told and hint


# as a whole


def a_text(path: Path) -> None:
    path.write_text("Dear diary, today I published a post.\n" * 50, encoding="utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def newer(path: Path) -> None:
    change(path, "INSERT INTO migration (name, applied) VALUES ('999_later', 'x')")


def with_a_trigger(path: Path) -> None:
    change(path, "CREATE TRIGGER spy AFTER INSERT ON run BEGIN DELETE FROM memory; END")


def with_an_endless_view(path: Path) -> None:
    change(path, "ALTER TABLE memory RENAME TO kept")
    rows = "SELECT 'main', 'k' || n, 'post', 'i', 'u', 'p', 'o', 'live', NULL, '', '' FROM c"
    names = 'site, "key", kind, remote_id, url, pushed, observed, state, "at", updated, wish'
    endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
    change(path, f"CREATE VIEW memory ({names}) AS {endless} {rows}")


def without_a_table(path: Path) -> None:
    change(path, "DROP TABLE action")


def with_a_date_that_is_none(path: Path) -> None:
    change(path, "UPDATE run SET started = 'yesterday'")
    change(path, "UPDATE memory SET \"at\" = '2026-13-01'")
    change(path, "UPDATE action SET intended = '2026-11-28T09:20:1x'")


def with_a_number_for_a_text(path: Path) -> None:
    change(path, "UPDATE memory SET url = x'00ff'")
    change(path, "UPDATE action SET summary = x'00ff'")
    change(path, "UPDATE run SET command = x'00ff'")


def with_a_state_that_is_none(path: Path) -> None:
    change(path, "UPDATE memory SET state = 'l1ve'")
    change(path, "UPDATE action SET status = 'd0ne'")
    change(path, "UPDATE run SET started = ''")


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(statement)


WHOLLY = (a_folder, a_pipe, newer, with_a_trigger, with_an_endless_view)
IN_PART = (
    without_a_table,
    with_a_date_that_is_none,
    with_a_number_for_a_text,
    with_a_state_that_is_none,
)


@pytest.mark.slow
def test_every_command_names_the_file_the_reason_and_the_way_out(run: Run, blog: Path) -> None:
    a_text(blog / JOURNAL)
    for command in (*READS_IT, *WRITES_IT, *SAVES_IT):
        done = run("-C", blog, *command.split())
        assert refused(done), (command, done)
        assert "journal.sqlite" in done.out + done.err, (command, done)
    assert live(blog) == [*KEYS]
    for command in NEEDS_NONE:
        assert run("-C", blog, *command.split()).code == 0, command


@for_each("spoil", WHOLLY, ids=lambda spoil: spoil.__name__)
def test_a_journal_that_cannot_be_used_is_named(
    run: Run, published: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    blog = copy_of(published, tmp_path)
    spoil(blog / JOURNAL)
    for command in ("status", "publish --yes"):
        done = run("-C", blog, *command.split())
        assert refused(done), (command, done)
        assert "journal.sqlite" in done.out + done.err, (command, done)
    assert live(blog) == [*KEYS]


@pytest.mark.slow
@for_each("spoil", IN_PART, ids=lambda spoil: spoil.__name__)
def test_a_part_that_is_damaged_is_named_by_each_command_that_needs_it(
    run: Run, published: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    blog = copy_of(published, tmp_path)
    spoil(blog / JOURNAL)
    for command in (*READS_IT, *WRITES_IT):
        done = run("-C", blog, *command.split())
        assert done.code == 0 or refused(done), (command, done)
        assert done.code == 0 or "journal.sqlite" in done.out + done.err, (command, done)
    assert "FIX journal: cannot use the journal" in run("-C", blog, "doctor").out
    assert live(blog) == [*KEYS]


def test_doctor_tells_what_to_do_and_it_works(run: Run, blog: Path) -> None:
    a_text(blog / JOURNAL)
    told = run("-C", blog, "doctor").out
    assert "FIX journal: cannot use the journal" in told
    assert "rename the file and run `blogkit plan`" in told
    (blog / JOURNAL).rename(blog / "old.sqlite")
    assert run("-C", blog, "plan").code == 0
    assert run("-C", blog, "publish", "--yes").code == 0
    assert live(blog) == [*KEYS]


def test_an_empty_file_is_a_journal_that_was_lost(run: Run, blog: Path) -> None:
    (blog / JOURNAL).write_bytes(b"")
    assert run("-C", blog, "log").out == "RUN  STARTED  COMMAND  OUTCOME\nno runs yet\n"
    assert run("-C", blog, "publish", "--yes").code == 0
    assert live(blog) == [*KEYS]


# in parts


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 30])):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.choice([1, 99, 100, 4095, 4096, chance.randrange(len(data))])]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(data)), chance.choice([50, 5000])
    return data[:start] + chance.randbytes(length) + data[start + length :]


@pytest.mark.slow
@for_each("harm", [flipped, cut, overwritten], ids=lambda harm: harm.__name__)
@for_each("seed", range(2))
def test_damage_anywhere_is_no_crash_and_no_second_post(
    run: Run,
    published: Path,
    tmp_path: Path,
    harm: Callable[[bytes, random.Random], bytes],
    seed: int,
) -> None:
    chance = random.Random(f"{harm.__name__} {seed}")
    every = {JOURNAL: (*READS_IT, *SAVES_IT, *WRITES_IT), CACHE: ("plan", "publish --yes")}
    for name, commands in every.items():
        blog = copy_of(published, tmp_path / name)
        damaged = harm((blog / name).read_bytes(), chance)
        for command in commands:
            (blog / name).write_bytes(damaged)
            done = run("-C", blog, *command.split())
            assert done.code in (0, 1, 2, 4), (command, done.err)
            assert done.code != 2 or "error: " in done.err, (command, done.err)
        assert len(live(blog)) <= len(KEYS), live(blog)


POST = Remote(
    Ref("7", "post"), "Rain", "<p>It rains.</p>", State.LIVE, labels=("a",), url="https://b.example"
)
COPIES = {
    "a post": (pack_remote(POST), unpack_remote),
    "an expectation": (expected_from_remote(POST).pack(), Expected.unpack),
}


@for_each("what", COPIES)
@given(st.integers(0, 10_000), st.integers(1, 255), st.booleans())
def test_a_stored_copy_is_whole_or_an_error(what: str, place: int, mask: int, cuts: bool) -> None:
    data, unpack = COPIES[what]
    place %= len(data)
    harmed = (
        data[:place] if cuts else data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]
    )
    # A few bits mean nothing for the text, such as those that fill the last byte before the
    # checksum (https://www.rfc-editor.org/rfc/rfc1951#section-3.1).
    try:
        found = unpack(harmed, 7)
    except JournalError as error:
        found = error.message
    damaged = isinstance(found, str) and "stored with action 7 is damaged" in found
    assert damaged or (found == unpack(data, 7) and not cuts)


@pytest.mark.slow
def test_a_small_copy_does_not_fill_the_memory() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
    assert len(bomb) < 300_000
    with pytest.raises(JournalError, match="is damaged"):
        unpack_remote(bomb)
    for text in (b"[" * 100_000, b"[" + b"[]," * 1_000_000):
        with pytest.raises(JournalError, match="is damaged"):
            unpack_remote(zlib.compress(text))


@for_each("observed", ["", "{", "[1]", '"x"', '{"title": "x"'])
def test_a_damaged_fingerprint_is_an_error(observed: str) -> None:
    with pytest.raises(JournalError, match="record of a post on the site is damaged"):
        edited_fields(observed, POST)


def test_the_words_of_a_record_are_those_of_the_platforms() -> None:
    assert rows._WORDS["state"] == {str(state) for state in State}


def test_doctor_finds_a_damaged_fingerprint(run: Run, blog: Path) -> None:
    change(blog / JOURNAL, "UPDATE memory SET last_seen = '{' WHERE \"key\" = 'tea'")
    assert "is damaged: the record of tea on main" in run("-C", blog, "doctor").out
    done = run("-C", blog, "publish", "--yes")
    assert (done.code, "run: blogkit doctor" in done.err) == (1, True)


# backups


def numbers(blog: Path) -> list[int]:
    with closing(sqlite3.connect(blog / JOURNAL)) as db:
        return [row[0] for row in db.execute("SELECT id FROM action ORDER BY id")]


def test_an_export_saves_the_rest_and_names_what_it_skips(run: Run, blog: Path) -> None:
    first, *_, last = numbers(blog)
    change(blog / JOURNAL, f'UPDATE action SET "after" = substr("after", 1, 40) WHERE id = {first}')
    change(blog / JOURNAL, f"UPDATE action SET source = x'00' WHERE id = {first}")
    change(blog / JOURNAL, f"UPDATE action SET intended = 'yesterday' WHERE id = {last}")
    done = run("-C", blog, "backup", "export", "saved", "--json")
    assert done.code == 1
    skipped = done.json["skipped"]
    assert f"stored with action {first} is damaged" in skipped[0]
    assert f"action {last}: cannot use the journal" in skipped[1]
    assert len(skipped) == 2
    saved = {path.name for path in (blog / "saved").rglob("*.html")}
    assert done.json["files"] == 2 * len(saved)
    assert len(saved) == 3 + 3 - 1 + 1, "each update has two versions, each new post one"
    assert run("-C", blog, "backup", "export", "tea", "--post", "tea").code == 0


@pytest.mark.slow
def test_an_export_of_a_journal_with_lost_pages_saves_the_rest(run: Run, blog: Path) -> None:
    for number in range(5):
        for key in KEYS:
            write(blog, key, random.Random(f"{number}{key}").randbytes(6000).hex())
        assert run("-C", blog, "publish", "--yes").code == 0
    whole = run("-C", blog, "backup", "export", "whole", "--json").json["files"]
    data = bytearray((blog / JOURNAL).read_bytes())
    lost = len(data) // 2 // 4096 * 4096
    data[lost : lost + 40_960] = bytes(40_960)
    (blog / JOURNAL).write_bytes(data)
    done = run("-C", blog, "backup", "export", "saved", "--json")
    assert (done.code, bool(done.json["skipped"])) == (1, True)
    assert whole / 2 < done.json["files"] < whole


def test_the_log_shows_the_rest_and_names_what_is_damaged(run: Run, blog: Path) -> None:
    *_, last = numbers(blog)
    change(blog / JOURNAL, f"UPDATE action SET \"before\" = x'00' WHERE id = {last}")
    done = run("-C", blog, "log", "2")
    assert (done.code, f"action {last} is damaged" in done.err) == (1, True)
    assert done.out.count("More text.") == 2
    entries = run("-C", blog, "log", "2", "--json").json["entries"]
    assert [entry.get("damaged", False) for entry in entries] == [False, False, True]


def test_undo_restores_the_rest_and_names_what_is_damaged(run: Run, blog: Path) -> None:
    *_, last = numbers(blog)
    change(blog / JOURNAL, f"UPDATE action SET \"before\" = x'00' WHERE id = {last}")
    done = run("-C", blog, "undo", "--yes")
    assert (done.code, f"action {last} is damaged" in done.err) == (1, True), done
    assert "2 done" in done.out
    assert live(blog) == [*KEYS]


# out of date


def test_an_old_backup_of_the_journal_makes_no_duplicates(run: Run, blog: Path) -> None:
    """The blog has a post that it does not know, and newer versions of those that it knows."""
    old = (blog / JOURNAL).read_bytes()
    write(blog, "new", "Written after the backup.")
    write(blog, "rain", LONG.format("Changed after the backup."))
    assert run("-C", blog, "publish", "--yes").code == 0
    (blog / JOURNAL).write_bytes(old)
    assert run("-C", blog, "status").code == 0
    assert "4 done" not in run("-C", blog, "publish", "--yes", "--dry-run").out
    assert run("-C", blog, "publish", "--yes").code == 0
    assert live(blog) == ["new", *KEYS]
    write(blog, "new", "Changed later.")
    assert "1 done, 3 unchanged" in run("-C", blog, "publish", "--yes").out
    assert live(blog) == ["new", *KEYS]


def test_an_old_backup_overwrites_no_later_version(run: Run, blog: Path) -> None:
    """The file is older than the blog, too: both came back from the backup."""
    old = {path: path.read_bytes() for path in (blog / JOURNAL, blog / "posts/rain.md")}
    write(blog, "rain", LONG.format("Written after the backup."))
    assert run("-C", blog, "publish", "--yes").code == 0
    for path, data in old.items():
        path.write_bytes(data)
    done = run("-C", blog, "publish", "--yes")
    assert "Written after the backup." in next((blog / "site").rglob("rain.html")).read_text(
        "utf-8"
    )
    assert done.code in (0, 4)
    write(blog, "rain", LONG.format("A third text."))
    assert run("-C", blog, "publish", "--yes").code == 4
    assert "Written after the backup." in next((blog / "site").rglob("rain.html")).read_text(
        "utf-8"
    )


# disks that refuse


@pytest.fixture
def read_only(blog: Path) -> Iterator[Path]:
    (blog / ".blogkit").chmod(0o555)
    yield blog
    (blog / ".blogkit").chmod(0o755)


@pytest.mark.usefixtures("real_time")
@for_each("command", ["status", "publish --yes", "doctor"])
def test_a_folder_that_is_read_only(read_only: Path, command: str) -> None:
    done = process.call(*command.split(), cwd=read_only, preexec_fn=process.with_ordinary_rights)
    assert refused(Done(done.returncode, done.stdout, done.stderr)), done
    assert ".blogkit/journal.sqlite" in done.stdout + done.stderr


@pytest.mark.usefixtures("real_time")
def test_a_file_that_is_read_only(blog: Path) -> None:
    (blog / JOURNAL).chmod(0o444)
    done = process.call("status", cwd=blog, preexec_fn=process.with_ordinary_rights)
    assert refused(Done(done.returncode, done.stdout, done.stderr)), done
    assert "Permission denied" in done.stderr
    assert "give yourself read and write access" in done.stderr


ROOM = 200_000
"""More than the site needs for the post, and less than the journal needs for its versions."""


def little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


@pytest.mark.usefixtures("real_time")
def test_a_full_disk(blog: Path) -> None:
    write(blog, "long", random.Random(7).randbytes(70_000).hex())
    before = live(blog)
    done = process.call("publish", "--yes", cwd=blog, preexec_fn=little_room)
    assert refused(Done(done.returncode, done.stdout, done.stderr)), done
    assert "run the command again; it checks the site before it sends anything" in done.stderr
    again = process.call("publish", "--yes", cwd=blog)
    assert (again.returncode, live(blog)) == (0, sorted([*before, "long"])), again
