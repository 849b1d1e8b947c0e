"""What is true of PostgreSQL alone: bad URLs, lost connections, rights, schemas side by side. No
message holds the password.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal import postgres as module
from blogkit.journal.dialect import POSTGRES, VARIABLE
from blogkit.journal.store import Journal
from tests.cases import for_each
from tests.journal.samples import clock, intend, memory
from tests.journal.test_lock import taken_at_last
from tests.postgres import PASSWORD, Server


@pytest.fixture
def schema(postgres: Server) -> str:
    return postgres.fresh()


@pytest.fixture
def url(postgres: Server, schema: str) -> str:
    return postgres.url(schema)


def refused(url: str, caplog: pytest.LogCaptureFixture) -> JournalError:
    """The error for this URL, once nothing that is told of it holds a piece of the password."""
    with caplog.at_level(logging.DEBUG), pytest.raises(JournalError) as caught:
        Journal.connect(url, clock=clock)
    error = caught.value
    told = [
        error.message,
        error.hint,
        repr(error),
        caplog.text,
        "".join(traceback.format_exception(error)),
    ]
    for piece in ("canary", "7c1", "e9"):
        assert piece not in "\n".join(told)
    assert VARIABLE in error.message + error.hint
    return error


BAD = (
    "mysql://blogkit:canary@localhost/blog",
    "blogkit:canary@localhost/blog",
    "canary",
    "host=localhost password=canary",
    # what follows a bare @ would be taken for the host
    "postgresql://blogkit:canary@7c1@localhost/blog",
    # what precedes a bare / would be taken for the port
    "postgresql://blogkit:canary/7c1@localhost/blog",
    "postgresql://blogkit:canary@7c1/e9@localhost/blog",
    "postgresql://blogkit:12/canary@localhost/blog",
    "postgresql://blogkit:canary%zz@localhost/blog",
    "postgresql://blogkit:canary",
    "postgresql://blogkit@localhost:canary/blog",
    "postgresql://localhost/blog?password=canary@7c1",
    "postgresql://localhost/blog?nonsense=canary",
    "postgresql://localhost/blog?password=canary&nonsense",
)


@for_each("url", BAD)
def test_a_bad_url_is_told_without_any_part_of_it(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = refused(url, caplog)
    assert error.message.startswith(VARIABLE)
    assert error.hint


@pytest.mark.parametrize("query", ["", "?password=canary%407c1"])
def test_a_server_that_is_not_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    error = refused(f"postgresql://blogkit:canary%407c1@127.0.0.1:1/blog{query}", caplog)
    assert "Connection refused" in error.message
    assert "check that the server is running" in error.hint


def test_a_wrong_password_an_unknown_user_an_unknown_database(
    postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = refused(postgres.url(password="canary"), caplog)
    assert "password authentication failed" in wrong.message
    assert "check the user and password" in wrong.hint
    assert "password authentication failed" in refused(postgres.url(user="nobody"), caplog).message
    missing = refused(postgres.url(database="blog"), caplog)
    assert 'database "blog" does not exist' in missing.message
    assert "create it" in missing.hint


def test_a_password_that_is_said_is_blotted_out(
    postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """The server repeats the name of the database, which here is the password, too."""
    url = postgres.url(database="canary%407c1%2Fe9%3A%25d")
    assert PASSWORD == "canary@7c1/e9:%d"
    assert 'database "•••" does not exist' in refused(url, caplog).message


def test_a_schema_that_is_not_there(postgres: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert "CREATE SCHEMA" in refused(postgres.url("nothing"), caplog).hint


def test_a_database_that_cannot_keep_all_texts(
    postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(JournalError, match="LATIN1") as caught:
        Journal.connect(postgres.url(database="latin"))
    assert "UTF8" in caught.value.hint


def test_a_user_who_may_not_make_tables(
    postgres: Server, schema: str, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.execute("DROP ROLE IF EXISTS guest")
    postgres.execute(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'")
    postgres.execute(f"GRANT USAGE ON SCHEMA {schema} TO guest")
    error = refused(postgres.url(schema, user="guest"), caplog)
    assert "permission denied" in error.message
    assert "create and write tables" in error.hint


def test_a_copy_that_only_reads(url: str, caplog: pytest.LogCaptureFixture) -> None:
    Journal.connect(url).close()
    with Journal.connect(f"{url}%20-cdefault_transaction_read_only%3Don") as journal:
        assert journal.runs() == []
        with pytest.raises(JournalError, match="read-only") as caught:
            journal.start_run("publish")
    assert "primary" in caught.value.hint


def test_tables_of_another_program(
    postgres: Server, schema: str, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.execute("CREATE TABLE run (id INTEGER)", schema=schema)
    error = refused(url, caplog)
    assert 'relation "run" already exists' in error.message
    assert "of its own" in error.hint
    assert postgres.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema) == [
        ("run",)
    ]


def cut(postgres: Server, journal: Journal) -> None:
    """As a restart of the server, or of a router between, would."""
    postgres.execute(
        "SELECT pg_terminate_backend(%s)", journal._database.connection.info.backend_pid
    )


def cut_half_way(postgres: Server, journal: Journal) -> None:
    with journal._database.transaction() as db:
        db.execute("DELETE FROM action")
        cut(postgres, journal)
        db.execute("DELETE FROM run")


def test_a_connection_lost_in_a_run(
    postgres: Server, url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with Journal.connect(url, clock=clock) as journal, Journal.connect(url) as other:
        with journal.alone("publish"):
            action = intend(journal)
            cut(postgres, journal)
            for _ in range(2):
                with pytest.raises(JournalError, match="connection was lost") as caught:
                    journal.done(action, memory(), b"")
                told = (
                    caught.value.message
                    + caught.value.hint
                    + "".join(traceback.format_exception(caught.value))
                )
                assert "canary" not in told + repr(journal._database.connection) + caplog.text
                assert "checks the site before it sends anything" in caught.value.hint
            with pytest.raises(JournalError, match="connection was lost"):
                journal.memories("main")
        with taken_at_last(other):
            assert [intent.id for intent in other.unsettled("main")] == [action], (
                "the next run knows what to check"
            )
    assert capfd.readouterr().err == ""


def test_a_connection_lost_within_a_transaction(
    postgres: Server, url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with Journal.connect(url, clock=clock) as journal:
        action = intend(journal)
        with pytest.raises(JournalError, match="connection was lost"):
            cut_half_way(postgres, journal)
    with Journal.connect(url) as journal:
        assert [intent.id for intent in journal.unsettled("main")] == [action]
    assert capfd.readouterr().err == ""


def test_writes_are_safe_against_power_loss_whatever_the_default(
    postgres: Server, url: str
) -> None:
    with Journal.connect(
        f"{url}%20-csynchronous_commit%3Doff%20-cdefault_transaction_isolation%3Dserializable"
    ) as journal:
        assert journal._database.connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert journal._database.connection.execute(
            "SHOW default_transaction_isolation"
        ).fetchone() == ("read committed",)


def test_a_writer_that_does_not_end_is_told(url: str) -> None:
    with Journal.connect(url) as journal, Journal.connect(url) as other:
        other._database.connection.execute("SET lock_timeout = '1ms'")
        with (
            journal._database.transaction(),
            pytest.raises(JournalError, match="lock timeout") as caught,
        ):
            other.start_run("publish")
        assert "wait until it ends" in caught.value.hint
        assert other.start_run("publish") > 0, "and all is well afterwards"


def test_schemas_are_apart(postgres: Server, url: str) -> None:
    with Journal.connect(url) as journal, Journal.connect(postgres.url(postgres.fresh())) as other:
        intend(journal)
        assert other.unsettled("main") == []
        with journal.alone("publish"), other.alone("publish"):
            pass


def test_a_named_schema_is_made_and_used(postgres: Server) -> None:
    """Blogs that share a database's address each name their own."""
    url = postgres.url(database=postgres.database())
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda name: Journal.connect(url, schema=name), ["a", "b"] * 2))
    first, other, again, _ = opened
    intend(first)
    assert other.unsettled("main") == []
    assert again.unsettled("main") == first.unsettled("main") != []
    with first.alone("publish"), other.alone("publish"), pytest.raises(JournalError):
        again.alone("publish").__enter__()
    for journal in opened:
        journal.close()


def test_the_lock_file_is_taken_too(url: str, tmp_path: Path) -> None:
    """So a run that forgot the variable, and keeps its journal in the file, is told as well."""
    file = tmp_path / "journal.sqlite"
    with (
        Journal.connect(url, lock=tmp_path / "journal.sqlite.lock") as journal,
        Journal.open(file) as other,
    ):
        with (
            journal.alone("publish"),
            pytest.raises(JournalError, match=str(os.getpid())),
            other.alone("publish"),
        ):
            raise AssertionError("unreachable")
        with (
            other.alone("publish"),
            pytest.raises(JournalError, match=str(os.getpid())),
            journal.alone("publish"),
        ):
            raise AssertionError("unreachable")
        with journal.alone("publish"):
            pass


def test_a_holder_without_a_name_and_one_with_a_long_one(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.socket, "gethostname", lambda: "häuschen" + "x" * 80)
    with Journal.connect(url) as journal, Journal.connect(url) as other, journal.alone("publish"):
        with (
            pytest.raises(
                JournalError,
                match=rf"running here: blogkit publish \(process {os.getpid()} on h\?uschenx+\)",
            ),
            other.alone("publish"),
        ):
            raise AssertionError("unreachable")
        assert other._database.connection.execute("SHOW application_name").fetchone() == (
            "blogkit",
        ), "who was refused does not claim the work"
        journal._database.connection.execute("SET application_name = ''")
        with (
            pytest.raises(
                JournalError, match=r"^another blogkit process is running here: process unknown"
            ),
            other.alone("publish"),
        ):
            raise AssertionError("unreachable")


def test_damage_is_told_with_the_way_out(postgres: Server, schema: str, url: str) -> None:
    with Journal.connect(url) as journal:
        assert journal.damage() == ""
        postgres.execute("DELETE FROM migration WHERE id > 1", schema=schema)
        assert "schema is 1" in journal.damage()
        postgres.execute("DROP TABLE asset", schema=schema)
        with pytest.raises(JournalError, match='"asset" does not exist') as caught:
            journal.damage()
        assert caught.value.hint == journal.remedy
        assert "finds published posts by the key" in journal.remedy


def test_the_schema_is_translated(postgres: Server, schema: str, url: str) -> None:
    Journal.connect(url).close()
    columns = postgres.execute(
        "SELECT table_name || '.' || column_name, data_type, collation_name FROM"
        " information_schema.columns WHERE table_schema = %s",
        schema,
    )
    kinds = {name: (kind, collation) for name, kind, collation in columns}
    assert {kind for kind, _ in kinds.values()} == {"bigint", "bytea", "text"}
    assert {collation for kind, collation in kinds.values() if kind == "text"} == {"C"}
    assert (
        POSTGRES.translate("a INTEGER PRIMARY KEY, b INTEGER, c POINTER")
        == "a BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, b BIGINT, c POINTER"
    )


def test_texts_with_nul_are_written_down(url: str) -> None:
    with Journal.connect(url) as journal:
        run = journal.start_run("publish")
        journal.finish_run(run, "the site said: \0oops")
        found = journal.run(run)
        assert found is not None
        assert found.outcome == "the site said: \N{REPLACEMENT CHARACTER}oops"


@pytest.mark.usefixtures("real_time")
def test_without_its_package_the_way_to_it_is_told(url: str) -> None:
    code = f"""
import sys
sys.modules["psycopg"] = None
from blogkit.errors import JournalError
from blogkit.journal.store import Journal
try:
    Journal.connect({url!r})
except JournalError as error:
    print(error.message, error.hint)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "in the folder of blogkit, run: " in done.stdout
    assert "postgres" in done.stdout.partition("run: ")[2]
    assert "canary" not in done.stdout + done.stderr
