"""One damaged value in any table of the journal: a sentence and a way out, and no post twice."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blogkit.__main__ import main
from blogkit.journal.file_log import FileIntent
from blogkit.journal.notices import Notice
from blogkit.journal.pictures import StoredPicture
from blogkit.journal.records import Memory
from blogkit.journal.store import Journal
from blogkit.journal.work import Retry, WaitingPost
from tests.cases import for_each
from tests.cli.conftest import Run
from tests.conftest import leave_home
from tests.hostile.test_sick_journal import JOURNAL, live, refused
from tests.sampling import sample

KEYS = ("rain", "tea")
COMMANDS = (
    "status",
    "status --offline",
    "plan",
    "diff",
    "log",
    "log 1",
    "regions --all",
    "queue",
    "jobs list",
    "jobs list --all",
    "jobs retry 1",
    "jobs cancel 1",
    "todo",
    "todo --done 1",
    "images list",
    "link list",
    "worker status",
    "open posts/rain.md",
    "export out --format folder",
    "backup export saved",
    "delete tea --dry-run",
    "reinsert --all --dry-run",
    "remove box --all --live --dry-run",
    "replace text:text --with word --all --live --dry-run",
    "insert callout --set body=x --at end --into rain --live --yes --when 2031-01-01T07:00",
    "undo --yes --dry-run",
    "run",
    "run --retry",
    "pull rain",
    "adopt --all",
    "insert callout --set body=x --at end --all --live --yes",
    "publish --yes",
    "undo --yes",
)
DAMAGES = {
    "a text": "'x'",
    "bytes": "x'00ff'",
    "a number": "7",
}
WITHOUT_ZONE = "substr({column}, 1, 19)"
ANY_TIME = ("'r' || substr({column}, 2)", WITHOUT_ZONE, "7")
NEEDED = {
    ("job", "due"): (
        "status",
        "status --offline",
        "run",
        "jobs list",
        "jobs retry 1",
        "jobs cancel 1",
    ),
    ("job", "created"): ("status", "run", "jobs list --all"),
    ("schedule", "due"): ("log",),
    ("notice", "again"): (),  # only what tells people of failures reads it, and `doctor`
    ("retry", "again"): ("run",),
    ("waiting", '"at"'): ("run", "plan", "publish --yes"),
}
"""Times, with commands that cannot do without them."""
LATER = datetime(2030, 1, 1, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog with two live posts, whose journal has a row in every table."""
    root = tmp_path_factory.mktemp("blog")
    with pytest.MonkeyPatch.context() as monkeypatch:
        leave_home(monkeypatch, tmp_path_factory.mktemp("home"))
        assert main(["init", "--yes", str(root)]) == 0
        (root / "posts/hello.md").unlink()
        for key in KEYS:
            post = f"---\ntitle: {key.title()}\npublish: now\n---\nA text of {key}.\n"
            (root / f"posts/{key}.md").write_text(post, encoding="utf-8")
        assert main(["-C", str(root), "publish", "--yes"]) == 0
        job = [
            "insert",
            "callout",
            "--into",
            "rain",
            "--set",
            "body=x",
            "--at",
            "end",
            "--live",
            "--yes",
            "--when",
        ]
        assert main(["-C", str(root), *job, "2030-01-01 07:00"]) == 0
    (root / "posts/later.md").write_text("---\ntitle: Later\n---\nSoon.\n", encoding="utf-8")
    with Journal.open(root / JOURNAL) as journal:
        fill(journal)
    return root


def fill(journal: Journal) -> None:
    """Record what a folder site gives no cause for."""
    change = FileIntent("posts/rain.md", b"old", b"new", "pull it", site="main", key="rain")
    journal.files.mark(journal.files.intend(journal.start_run("pull"), [change]), "done")
    journal.remember_asset("main", "a" * 64, "https://b.example/a.png", "7")
    journal.todo.note("main", "rain", "Rain", "https://b.example", [("search description", "x")])
    journal.work.wait(WaitingPost("main", "later", "posts/later.md", LATER))
    journal.work.failed(Retry("posts", "main", "later", 1, LATER, "no answer"))
    journal.notices.note(Notice("posts", "main", "later", 1, LATER))
    journal.pictures.note(
        StoredPicture("host", "a" * 64, "", "https://b.example/a.png", 9, "image/png", "", 1, 1)
    )
    wind = Memory("main", "wind", "post", "9", "https://b.example/wind", "", "{}", "scheduled")
    journal.remember(Memory(**{**vars(wind), "at": LATER + timedelta(days=1)}))
    journal.forget("main", "wind")


def columns_of(journal: Path) -> list[tuple[str, str]]:
    """Return the columns of all tables, in order, without the numbers of rows."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migration'"
    with closing(sqlite3.connect(journal)) as db:
        return [
            (table, f'"{row[1]}"')
            for (table,) in sorted(db.execute(names))
            for row in db.execute(f"PRAGMA table_info({table})")
            if row[1] != "id" or row[2] != "INTEGER"
        ]


def harm(journal: Path, table: str, column: str, value: str) -> None:
    """Give a column of a table's first row another value, in SQL."""
    value = value.format(column=column)
    with closing(sqlite3.connect(journal, isolation_level=None)) as db:
        db.execute(
            f"UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT MIN(rowid) FROM {table})"
        )


def copy_of(busy: Path, folder: Path) -> Path:
    return Path(shutil.copytree(busy, folder / "blog", dirs_exist_ok=True))


def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "site").rglob("*.html")}


@pytest.mark.slow
@for_each("value", ANY_TIME)
def test_a_damaged_time_stops_what_depends_on_it(
    run: Run, busy: Path, tmp_path: Path, value: str
) -> None:
    before = pages(busy)
    for (table, column), commands in NEEDED.items():
        blog = copy_of(busy, tmp_path / table / column.strip('"'))
        harm(blog / JOURNAL, table, column, value)
        for command in commands:
            done = run("-C", blog, *command.split())
            assert refused(done), (table, column, command, done)
        assert "FIX journal: " in run("-C", blog, "doctor").out, (table, column)
        assert pages(blog) == before, (table, column)


@pytest.mark.slow
@for_each(
    "table, column, command",
    [("job", "status", "jobs list"), ("job", "status", "run"), ("schedule", "ended", "log")],
)
def test_a_damaged_word_is_named(
    run: Run, busy: Path, tmp_path: Path, table: str, column: str, command: str
) -> None:
    blog = copy_of(busy, tmp_path)
    harm(blog / JOURNAL, table, column, "'wAiting'")
    done = run("-C", blog, *command.split())
    assert refused(done), done
    assert f'a record\'s {column} is "wAiting"' in done.out + done.err
    assert "FIX journal: " in run("-C", blog, "doctor").out


@pytest.mark.slow
@for_each("column", ['"before"', '"after"', "source"])
@for_each("value", ["'x'", "7"])
def test_doctor_names_an_action_whose_bytes_are_none(
    run: Run, busy: Path, tmp_path: Path, column: str, value: str
) -> None:
    blog = copy_of(busy, tmp_path)
    harm(blog / JOURNAL, "action", column, value)
    done = run("-C", blog, "doctor")
    assert (done.code, "the stored bytes of these recent actions" in done.out) == (1, True), done


@pytest.mark.slow
def test_doctor_reads_the_earlier_bytes_of_files(run: Run, busy: Path, tmp_path: Path) -> None:
    blog = copy_of(busy, tmp_path)
    harm(blog / JOURNAL, "file", '"before"', "x'00'")
    assert "FIX journal: the copy of posts/rain.md" in run("-C", blog, "doctor").out


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_any_damaged_value_is_no_crash_and_no_second_post(
    run: Run, busy: Path, tmp_path: Path, damage: str
) -> None:
    # the damages of a column share the commands between them
    commands = COMMANDS[[*DAMAGES].index(damage) :: len(DAMAGES)]
    for number, (table, column) in sample(
        [*enumerate(columns_of(busy / JOURNAL))], quick=2, local=2
    ):
        blog = copy_of(busy, tmp_path / str(number))
        harm(blog / JOURNAL, table, column, DAMAGES[damage])
        damaged = (blog / JOURNAL).read_bytes()
        for command in ("doctor", *commands):
            (blog / JOURNAL).write_bytes(damaged)
            done = run("-C", blog, *command.split())
            where = (table, column, command, done)
            assert done.code in (0, 1, 2, 4), where
            assert done.code != 1 or "\n" in (done.out + done.err).strip(), where
            assert done.code != 2 or "nothing to do has the number" in done.err, where
        assert live(blog) == [*KEYS], (table, column)
        shutil.rmtree(blog)
