"""Where a workspace keeps its journal, and what `doctor` says of it."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.journal.store import Journal
from blogkit.sandbox.server import Sandbox
from tests.cli import process
from tests.cli.conftest import ENV, Run
from tests.cli.test_doctor import wrong
from tests.cli.test_publish import read_back
from tests.conftest import ON_POSTGRES
from tests.postgres import Server

POST = "---\ntitle: Polity\npublish: now\n---\nText.\n"
FOLDER = '[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.main]\nplatform = "folder"\nfolder = "site"\n'
COMMANDS = (("plan",), ("publish", "--yes"), ("status",), ("status", "--offline"), ("doctor",))
LONG_AGO = datetime.now(UTC) - timedelta(days=2)


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.url(postgres.fresh())


@pytest.fixture
def post(workspace: Path) -> Path:
    (workspace / "posts/polity.md").write_text(POST, encoding="utf-8")
    return workspace


@pytest.fixture(params=["environment", ".env"])
def database(
    request: pytest.FixtureRequest, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Names a database where users do."""

    def name(url: str) -> None:
        if request.param == "environment":
            monkeypatch.setenv("BLOGKIT_DATABASE_URL", url)
        else:
            (workspace / ".env").write_text(f"{ENV}BLOGKIT_DATABASE_URL={url}\n", encoding="utf-8")
            blogkit.open(workspace).trust()

    return name


def test_a_blog_with_its_journal_in_a_database(
    run: Run, post: Path, sandbox: Sandbox, database: Callable[[str], None], url: str
) -> None:
    database(url)
    for command in COMMANDS:
        done = run(*command, "--verbose")
        assert done.code == 0, done.out + done.err
        assert "canary" not in done.out + done.err
    assert list(read_back(sandbox)) == ["Polity"]
    assert not (post / ".blogkit/journal.sqlite").exists()
    with Journal.connect(url) as journal:
        assert set(journal.memories("main")) == {"polity"}
    writes = len(sandbox.log.writes())
    assert run("publish", "--yes").code == 0
    assert len(sandbox.log.writes()) == writes, "it is remembered from one process to the next"


DROPS_THE_CONNECTION = """
CREATE FUNCTION drop_the_connection() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
CREATE TRIGGER drops_the_connection BEFORE INSERT OR UPDATE ON action FOR EACH ROW WHEN (NEW.status = 'STATUS')
EXECUTE FUNCTION drop_the_connection()
"""


@pytest.mark.parametrize("status", ["intended", "sent", "done"])
def test_a_connection_lost_at_any_step(
    run: Run,
    post: Path,
    sandbox: Sandbox,
    postgres: Server,
    monkeypatch: pytest.MonkeyPatch,
    status: str,
) -> None:
    schema = postgres.fresh()
    monkeypatch.setenv("BLOGKIT_DATABASE_URL", postgres.url(schema))
    assert run("plan").code == 0
    postgres.execute(DROPS_THE_CONNECTION.replace("STATUS", status), schema=schema)
    done = run("publish", "--yes", "--verbose")
    assert done.code == 1
    assert "the connection was lost" in done.err
    assert "run the command again" in done.err
    assert "canary" not in done.out + done.err
    assert bool(sandbox.log.writes()) == (status == "done"), (
        "nothing is sent that is not written down before"
    )
    postgres.execute("DROP TRIGGER drops_the_connection ON action", schema=schema)
    assert run("publish", "--yes").code == 0
    assert list(read_back(sandbox)) == ["Polity"]
    assert "nothing to do" in run("plan").out


def test_a_variable_that_is_empty_names_no_database(
    run: Run, post: Path, database: Callable[[str], None]
) -> None:
    database("")
    assert run("publish", "--yes").code == 0
    assert (post / ".blogkit/journal.sqlite").exists()


@pytest.mark.sampled
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "wrong_url",
    [
        "postgresql://blogkit:canary@127.0.0.1:1/blog",
        "postgresql://blogkit:canary@7c1@127.0.0.1/blog",
        "mysql://canary@localhost",
    ],
)
def test_a_database_that_cannot_be_used(
    run: Run,
    post: Path,
    sandbox: Sandbox,
    database: Callable[[str], None],
    wrong_url: str,
    command: tuple[str, ...],
) -> None:
    database(wrong_url)
    for flags in ((), ("--json",)):
        done = run(*command, "--verbose", *flags)
        assert done.code == 1
        assert "BLOGKIT_DATABASE_URL" in done.out + done.err
        assert "canary" not in done.out + done.err
        assert "7c1" not in done.out + done.err
    assert sandbox.log.writes() == []


@pytest.mark.usefixtures("real_time")
def test_without_a_database_its_driver_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "blogkit.toml").write_text(FOLDER, encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/polity.md").write_text(POST, encoding="utf-8")
    for command in COMMANDS:
        code = (
            f"import sys; from blogkit.__main__ import main; code = main({list(command)!r});"
            " sys.exit(code or 'psycopg' in sys.modules)"
        )
        with process.subprocess.Popen(
            [sys.executable, "-c", code], cwd=tmp_path, stdout=process.subprocess.DEVNULL
        ) as child:
            assert child.wait(60) == 0, command


# doctor


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=ON_POSTGRES)])
def kept(
    request: pytest.FixtureRequest, post: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Journal]:
    """Opens the workspace's journal, long ago."""
    if request.param == "sqlite":
        return lambda: Journal.open(post / ".blogkit/journal.sqlite", clock=lambda: LONG_AGO)
    url: str = request.getfixturevalue("url")
    monkeypatch.setenv("BLOGKIT_DATABASE_URL", url)
    return lambda: Journal.connect(url, clock=lambda: LONG_AGO)


def test_an_action_without_an_end(run: Run, kept: Callable[[], Journal]) -> None:
    with kept() as journal:
        journal.intend(
            journal.start_run("publish"), "main", "polity", "post", "create", "create it", "d", None
        )
    done = run("doctor", "--json")
    assert done.code == 1
    assert wrong(done.json) == {"workspace": ["open ends"]}
    assert "1 action(s)" in run("doctor").out
    assert run("publish", "--yes").code == 0
    assert wrong(run("doctor", "--json").json) == {}, "publishing settled it"


def test_an_action_that_goes_on_now_is_no_open_end(
    run: Run, kept: Callable[[], Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "LONG_AGO", datetime.now(UTC))
    with kept() as journal:
        journal.intend(
            journal.start_run("publish"), "main", "polity", "post", "create", "create it", "d", None
        )
    assert wrong(run("doctor", "--json").json) == {}


def test_a_backup_that_cannot_be_read(run: Run, kept: Callable[[], Journal]) -> None:
    with kept() as journal:
        number = journal.start_run("publish")
        for before in (zlib.compress(b"whole"), zlib.compress(b"torn")[:-3]):
            action = journal.intend(
                number, "main", "polity", "post", "update", "update it", "d", before
            )
            journal.mark(action, "failed")
    done = run("doctor", "--json")
    assert done.code == 1
    assert wrong(done.json) == {"workspace": ["backups"]}
    assert f"cannot be read: {action}" in run("doctor").out


def test_a_table_that_is_gone(
    run: Run, post: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = postgres.fresh()
    monkeypatch.setenv("BLOGKIT_DATABASE_URL", postgres.url(schema))
    assert run("doctor").code == 0
    postgres.execute("DROP TABLE asset", schema=schema)
    done = run("doctor")
    assert done.code == 1
    assert 'FIX journal: cannot use the journal in the database "postgres"' in done.out
    assert "finds published posts by the key" in done.out
