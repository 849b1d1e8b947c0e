"""A known token through every command, on good and bad days: no output, log, journal, page or
bug report holds it.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from blogkit.__main__ import main
from blogkit.sandbox.server import Sandbox
from tests.cli.conftest import Run

TOKEN = "canary-5f0c2b"
COMMANDS = (
    ("check",),
    ("render", "posts/polity.md"),
    ("plan",),
    ("publish", "--yes"),
    ("publish", "--yes"),
    ("status",),
    ("status", "--offline"),
    ("doctor",),
    ("login", "main", "--no-browser"),
    ("new", "post", "Another"),
    ("init", "--yes"),
)
FAULTS = (
    "",
    "expired-token",
    "forbidden",
    "500",
    "500-after-commit",
    "truncated-json",
    "html-maintenance",
    "reset",
    "429",
    "quota",
)


@pytest.fixture
def signed(workspace: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose every secret is the token, on a sandbox that accepts it."""
    monkeypatch.setattr("blogkit.sandbox.oauth.WORD", TOKEN)
    env = "".join(
        f"BLOGKIT_MAIN_{name}={TOKEN}\n" for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")
    )
    env += f"BLOGKIT_MAIN_ORIGIN={sandbox.api_base}\n"
    (workspace / ".env").write_text(env, encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(workspace))
    return workspace


def journal_text(path: Path) -> bytes:
    """Everything in a journal, its compressed pages too."""
    with closing(sqlite3.connect(path)) as db:
        tables = [
            row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        cells = [
            cell
            for table in tables
            for row in db.execute(f'SELECT * FROM "{table}"')
            for cell in row
        ]
    return b"\n".join(
        zlib.decompress(c) if isinstance(c, bytes) and c[:1] == b"\x78" else str(c).encode()
        for c in cells
    )


@pytest.mark.slow
@pytest.mark.sampled(local=10)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("flags", [("--verbose",), ("--verbose", "--json")])
def test_it_is_nowhere(
    run: Run, signed: Path, sandbox: Sandbox, fault: str, flags: tuple[str, ...]
) -> None:
    (signed / "posts/polity.md").write_text(
        "---\ntitle: Polity\npublish: now\n---\nText.\n", encoding="utf-8"
    )
    said = ""
    for command in COMMANDS:
        if fault:
            sandbox.fail(fault, path="/v3/|/token", after=1)
        done = run(*command, *flags)
        said += done.out + done.err
    sandbox.faults.clear()
    said = said.replace(
        f"client_id={TOKEN}", ""
    )  # public: the sign-in's address names it (RFC 8252 §8.5)
    assert "/token 200" in said  # the log is there, and would show it
    assert TOKEN not in said
    for path in (path for path in signed.rglob("*") if path.is_file() and path.name != ".env"):
        assert TOKEN.encode() not in path.read_bytes(), path
    assert TOKEN.encode() not in journal_text(signed / ".blogkit/journal.sqlite")


def test_a_token_that_is_refused_is_not_repeated(
    run: Run, signed: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogkit.sandbox.oauth.WORD", "another")
    (signed / "posts/polity.md").write_text("---\ntitle: Polity\n---\nText.\n", encoding="utf-8")
    for name in ("REFRESH_TOKEN", "ACCESS_TOKEN"):
        (signed / ".env").write_text(
            f"BLOGKIT_MAIN_{name}={TOKEN}\nBLOGKIT_MAIN_CLIENT_ID=another\nBLOGKIT_MAIN_CLIENT_SECRET=another\nBLOGKIT_MAIN_ORIGIN={sandbox.api_base}\n",
            encoding="utf-8",
        )
        for command in COMMANDS[2:8]:
            done = run(*command, "--verbose")
            assert TOKEN not in done.out + done.err


@pytest.mark.parametrize("secret", [f"{TOKEN}\n", f"{TOKEN}\x00", f"{TOKEN}€"])
def test_a_token_that_cannot_be_sent_is_not_shown(
    run: Run, signed: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    (signed / "posts/polity.md").write_text("---\ntitle: Polity\n---\nText.\n", encoding="utf-8")
    (signed / ".env").unlink()
    if "\x00" in secret:
        (signed / ".env").write_text(f"BLOGKIT_MAIN_ACCESS_TOKEN='{secret}'\n", encoding="utf-8")
    else:
        monkeypatch.setenv("BLOGKIT_MAIN_ACCESS_TOKEN", secret)
    done = run("publish", "--yes", "--verbose")
    assert done.code == 1
    assert TOKEN not in done.out + done.err


def test_a_bug_report_names_places_and_no_values(
    signed: Path, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_seconds: float) -> None:
        raise RuntimeError(TOKEN)

    (signed / "posts/polity.md").write_text("---\ntitle: Polity\n---\nText.\n", encoding="utf-8")
    sandbox.fail("429")
    assert (
        main(
            [
                "-C",
                str(signed),
                "publish",
                "--yes",
                f"--quiz-url=https://example.com/{TOKEN}",
                "--verbose",
            ],
            sleep=breaks,
        )
        == 3
    )
    captured = capsys.readouterr()
    (report,) = signed.glob("blogkit-bug-*.txt")
    assert TOKEN not in captured.out + captured.err + report.read_text(encoding="utf-8")
