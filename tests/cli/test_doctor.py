"""`blogkit doctor`: one sentence and one fix for each thing wrong; and what the machine may do
to every command.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.sandbox.server import Sandbox
from tests.cli import process
from tests.cli.conftest import ENV, Run
from tests.cli.test_publish import read_back
from tests.ports import stopped

POST = "---\ntitle: Polity\npublish: now\nsites: [main, copy]\n---\nText.\n"


@pytest.fixture
def two_sites(workspace: Path) -> Path:
    """The sandbox and a folder, and a post for both."""
    with (workspace / "blogkit.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sites.copy]\nplatform = "folder"\nfolder = "site"\n')
    (workspace / "posts/polity.md").write_text(POST, encoding="utf-8")
    return workspace


def wrong(report: dict[str, dict[str, list[dict[str, str]]]]) -> dict[str, list[str]]:
    """What is wrong, by place; everything wrong has a sentence and a fix."""
    found = {
        place: [check for check in checks if not check["ok"]]
        for place, checks in report["places"].items()
    }
    assert all(check["says"] and check["fix"] for checks in found.values() for check in checks)
    return {
        place: [check["check"] for check in checks] for place, checks in found.items() if checks
    }


def test_all_is_well(run: Run, two_sites: Path, sandbox: Sandbox) -> None:
    done = run("doctor", "--json")
    assert done.code == 0
    assert done.json["ok"]
    assert wrong(done.json) == {}
    assert set(done.json["places"]) == {"workspace", "main", "copy"}
    assert sandbox.log.writes() == []
    assert not (two_sites / "site").exists() or not list((two_sites / "site").glob("*.html"))
    assert set(run("doctor", "copy", "--json").json["places"]) == {"workspace", "copy"}


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("expired-token", "signed in"),
        ("api-disabled", "role"),
        ("forbidden", "role"),
        ("404", "blog"),
        ("reset", "reachable"),
    ],
)
def test_what_the_site_refuses(
    run: Run, two_sites: Path, sandbox: Sandbox, fault: str, check: str
) -> None:
    sandbox.fail(fault, path="/v3/", times=20)
    done = run("doctor", "--json")
    assert done.code == 1
    assert wrong(done.json) == {"main": [check]}


def test_a_server_that_is_not_there(run: Run, two_sites: Path, sandbox: Sandbox) -> None:
    with stopped(sandbox):
        done = run("doctor")
    assert done.code == 1
    assert "FIX reachable: site main: cannot connect" in done.out
    assert "api_base" in done.out


def test_secrets_that_others_can_read(run: Run, two_sites: Path) -> None:
    (two_sites / ".env").chmod(0o644)
    done = run("doctor")
    assert done.code == 1
    assert f"run: chmod 600 {two_sites}/.env" in done.out


def test_a_sign_in_that_ran_out(run: Run, two_sites: Path) -> None:
    (two_sites / ".env").write_text(
        ENV.replace("REFRESH_TOKEN=sandbox", "REFRESH_TOKEN=old"), encoding="utf-8"
    )
    done = run("doctor")
    assert done.code == 1
    assert "blogkit login main" in done.out


# one site's trouble is not the other's


@pytest.mark.parametrize("command", [("plan",), ("publish", "--yes"), ("status",)])
def test_the_other_site_is_served(
    run: Run, two_sites: Path, sandbox: Sandbox, command: tuple[str, ...]
) -> None:
    with stopped(sandbox):
        done = run(*command, "--json")
    assert done.code == 1
    assert "site main: cannot connect" in done.err
    (left_out,) = done.json["left_out"]
    assert left_out["site"] == "main"
    assert left_out["hint"]
    (row,) = done.json.get("actions") or done.json.get("outcomes") or done.json["posts"]
    assert row["site"] == "copy"
    assert (two_sites / "site/index.html").exists() == (command[0] == "publish")


def test_when_no_site_is_left_that_is_the_error(
    run: Run, two_sites: Path, sandbox: Sandbox
) -> None:
    with stopped(sandbox):
        done = run("publish", "--yes", "--site", "main", "--json")
    assert done.code == 1
    assert "cannot connect" in done.json["error"]


# the machine


def test_a_journal_that_is_none(run: Run, two_sites: Path) -> None:
    (two_sites / ".blogkit").mkdir()
    (two_sites / ".blogkit/journal.sqlite").write_text(
        "not a database, and long enough to look like one" * 50, encoding="utf-8"
    )
    assert wrong(run("doctor", "--json").json) == {"workspace": ["journal"]}
    done = run("publish", "--yes")
    assert done.code == 1
    assert "journal.sqlite" in done.err


def test_a_journal_with_a_hole(run: Run, two_sites: Path) -> None:
    assert run("publish", "--yes").code == 0
    journal = two_sites / ".blogkit/journal.sqlite"
    with closing(sqlite3.connect(journal)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("PRAGMA page_size").fetchone()
        (index,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'action_by_run'"
        ).fetchone()
    with journal.open("r+b") as file:
        file.seek((index - 1) * page)
        file.write(bytes(page))
    assert wrong(run("doctor", "--json").json) == {"workspace": ["journal"]}


def test_a_file_where_a_folder_must_be(run: Run, two_sites: Path, sandbox: Sandbox) -> None:
    (two_sites / ".blogkit").touch()
    (two_sites / "site").touch()
    for command in (("plan",), ("publish", "--yes"), ("status",), ("doctor",)):
        done = run(*command)
        assert done.code == 1
        assert ".blogkit" in done.err + done.out
    assert sandbox.log.writes() == []


@pytest.mark.usefixtures("real_time")
@pytest.mark.parametrize("kilobytes", [1, 16, 40])
def test_a_full_disk_loses_nothing(
    run: Run, two_sites: Path, sandbox: Sandbox, kilobytes: int
) -> None:
    """No file may grow beyond the limit, the journal and the site's pages included."""
    (two_sites / "posts/polity.md").write_text(POST + "Long. " * 9000, encoding="utf-8")
    limit = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024},"
        f" {resource.RLIM_INFINITY})); "
    )
    program = (process.BLOGKIT[0], "-c", limit + process.BLOGKIT[2], "publish", "--yes")
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        program, cwd=two_sites, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bug" not in done.stderr
    assert "run the same command again" in done.stderr or "run the command again" in done.stderr, (
        done.stderr
    )
    assert run("publish", "--yes").code == 0
    assert list(read_back(sandbox)) == ["Polity"]
    with closing(sqlite3.connect(two_sites / ".blogkit/journal.sqlite")) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert len(list((two_sites / "site").rglob("polity*.html"))) == 1


def test_a_blog_in_another_time_zone(run: Run, workspace: Path, sandbox: Sandbox) -> None:
    assert "time zone: the blog's times are at UTC+05:30" in run("doctor", "main").out
    config = workspace / "blogkit.toml"
    config.write_text(config.read_text("utf-8").replace("Asia/Kolkata", "Asia/Tokyo"), "utf-8")
    done = run("doctor", "main")
    assert done.code == 1
    assert "at UTC+05:30, and those of Asia/Tokyo at UTC+09:00" in done.out
    assert "Blogger: Settings, Formatting, Time zone" in done.out


def test_words_that_are_printed_in_english_are_named(run: Run, workspace: Path) -> None:
    """A Klingon blog prints English words, except for its own."""
    file = workspace / "blogkit.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("[blog]\n", '[blog]\nlanguage = "tlh"\n', 1)
        + '\n[words.tlh]\n"Now" = "DaH"\n',
        encoding="utf-8",
    )
    (line,) = [line for line in run("doctor").out.splitlines() if " words: " in line]
    assert 'printed in English: "Published on", ' in line
    assert "[words.tlh]" in line
    assert '"Now"' not in line
