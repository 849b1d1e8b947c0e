"""`blogkit run` from cron: quiet with nothing to do, loud when something fails."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from blogkit.journal.store import Journal
from blogkit.journal.work import WaitingPost
from blogkit.project.connect import utc_now
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli import process
from tests.cli.conftest import Run
from tests.schedule.conftest import TEXTS


@pytest.fixture
def waiting(workspace: Path) -> Path:
    """A blog with a post that a run left for later, and whose time has come."""
    path = workspace / "posts/rivers.md"
    path.write_text(f"---\ntitle: Rivers\npublish: now\n---\n{TEXTS['rivers']}\n", encoding="utf-8")
    with Journal.open(workspace / ".blogkit/journal.sqlite") as journal:
        journal.work.wait(WaitingPost("main", "rivers", "posts/rivers.md", utc_now()))
    return workspace


def titles(sandbox: Sandbox) -> list[str]:
    return [post.title for post in sandbox.store.find(Wanted("post", ["LIVE"]))]


def test_what_is_due_is_done_once(run: Run, waiting: Path, sandbox: Sandbox) -> None:
    done = run("run")
    assert (done.code, done.err) == (0, "")
    assert "Rivers" in done.out
    assert run("run").out == "nothing is due\n"
    assert titles(sandbox) == ["Rivers"]


def test_the_report_names_run_post_site_outcome_seconds_and_requests(
    run: Run, waiting: Path
) -> None:
    report = run("run", "--json").json
    (result,) = report["results"]
    assert {**result, "seconds": 0, "requests": 0, "due": "", "due_at_blog": "", "summary": ""} == {
        "kind": "new-post",
        "site": "main",
        "post": "rivers",
        "due": "",
        "due_at_blog": "",
        "run": 1,
        "outcome": "done",
        "summary": "",
        "hint": "",
        "seconds": 0,
        "requests": 0,
    }
    assert result["requests"] > 3
    assert report["exit_code"] == 0


def test_a_failure_is_told_and_ends_with_1(run: Run, waiting: Path, sandbox: Sandbox) -> None:
    sandbox.fail("expired-token", times=99)
    done = run("run", "--quiet")
    assert done.code == 1
    assert done.err.startswith("error: create posts/rivers.md: ")
    assert "blogkit login main" in done.err
    sandbox.faults.clear()
    assert run("run").out.startswith("nothing is due\nnext: ")
    assert run("run", "--retry").code == 0
    assert titles(sandbox) == ["Rivers"]


def test_in_an_empty_folder_it_names_the_next_step(run: Run) -> None:
    done = run("run")
    assert done.code == 1
    assert "go to your blog's folder with cd, or name it: blogkit -C DIR" in done.err


@pytest.mark.parametrize("text", ["5", "soon", "5 m", "-5m", "0s", "2d", "5.5m"])
def test_a_time_that_cannot_be_waited_for(run: Run, workspace: Path, text: str) -> None:
    done = run("run", f"--until={text}")
    assert done.code == 2
    assert re.search("is not a time; write it as|is not between 1s and 1d", done.err)


@pytest.mark.usefixtures("real_time")
def test_as_cron_starts_it(waiting: Path, sandbox: Sandbox) -> None:
    """Without a terminal, a home folder or a language; the output goes into a closed pipe."""
    bare = {"PATH": "/usr/bin:/bin", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    done = process.call("-C", waiting, "run", "--quiet", cwd=Path("/"), env=bare)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert titles(sandbox) == ["Rivers"]


@pytest.mark.usefixtures("real_time")
def test_a_folder_that_cannot_be_written_to(waiting: Path, sandbox: Sandbox) -> None:
    (waiting / ".blogkit").chmod(0o500)
    for path in (waiting / ".blogkit").iterdir():
        path.chmod(0o400)
    try:
        done = process.call("run", "--quiet", cwd=waiting, preexec_fn=process.with_ordinary_rights)
    finally:
        (waiting / ".blogkit").chmod(0o700)
    assert done.returncode == 1
    assert "writable" in done.stderr or "write" in done.stderr, done.stderr
    assert titles(sandbox) == []
