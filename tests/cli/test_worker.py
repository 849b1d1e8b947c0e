"""`blogkit worker` as a process: signals, pipes, JSON lines, sudden death."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from blogkit.journal.store import Journal
from blogkit.journal.work import Retry, WaitingPost
from blogkit.project.connect import utc_now
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.store import Wanted
from tests.cli import process
from tests.cli.conftest import Run
from tests.cli.process import started
from tests.cli.test_run import titles, waiting
from tests.waiting import until

__all__ = ["waiting"]  # a fixture

pytestmark = pytest.mark.usefixtures("real_time")


def events(running: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What a worker prints, as it comes."""
    assert running.stdout is not None
    for line in running.stdout:
        yield json.loads(line)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_works_until_it_is_asked_to_stop(
    run: Run, waiting: Path, sandbox: Sandbox, number: signal.Signals
) -> None:
    with started("worker", "--json", cwd=waiting) as running:
        told = events(running)
        first, second = next(told), next(told)
        assert (first["event"], second["event"], second["post"]) == ("started", "result", "rivers")
        assert {"run", "site", "outcome", "seconds", "requests", "time"} <= second.keys()
        assert run("worker", "status").code == 0
        running.send_signal(number)
        assert [one["event"] for one in told] == ["stopped"]
        assert running.wait(60) == 0
    assert titles(sandbox) == ["Rivers"]
    done = run("worker", "status", "--json")
    assert (done.code, done.json["alive"], done.json["state"]) == (1, False, "stopped")


def test_killed_in_the_middle_it_goes_on_at_the_next_start(waiting: Path, sandbox: Sandbox) -> None:
    """Its request is answered by nobody: the post is created once nevertheless."""
    sandbox.fail("hang-after-commit", method="POST", path="/posts$", seconds=30)
    with started("worker", "--json", cwd=waiting) as running:
        next(events(running))
        until(lambda: sandbox.store.find(Wanted("post", ["DRAFT", "LIVE"])), "a post made")
        running.kill()
    with started("worker", "--json", cwd=waiting) as running:
        told = events(running)
        assert [next(told)["event"], next(told)["outcome"]] == ["started", "done"]
        running.terminate()
    assert titles(sandbox) == ["Rivers"]


def test_a_second_one_leaves_with_a_word(waiting: Path) -> None:
    with started("worker", "--json", cwd=waiting) as running:
        next(events(running))
        second = process.call("worker", cwd=waiting)
        running.terminate()
    assert second.returncode == 1
    assert "another blogkit process is running here: blogkit worker (process" in second.stderr


def test_run_beside_a_worker_does_nothing_twice(waiting: Path, sandbox: Sandbox) -> None:
    with started("worker", "--json", cwd=waiting) as running:
        told = events(running)
        next(told)
        assert process.call("run", cwd=waiting).returncode == 0
        until(lambda: titles(sandbox), "a post published by either of them")
        running.terminate()
        assert [one["event"] for one in told][-1] == "stopped"
    assert titles(sandbox) == ["Rivers"]


def test_sentences_for_a_person(waiting: Path) -> None:
    with started("worker", cwd=waiting) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"working in {waiting} (press Ctrl-C to stop)\n"
        assert "Rivers" in running.stdout.readline()
        running.terminate()
        assert running.stdout.read().endswith("stopped\n")


def test_a_reader_that_goes_away_stops_no_work(waiting: Path, sandbox: Sandbox) -> None:
    with started("worker", "--json", cwd=waiting) as running:
        assert running.stdout is not None
        running.stdout.close()
        until(lambda: titles(sandbox), "a post published")
        running.terminate()


def test_no_worker_has_run(run: Run, workspace: Path) -> None:
    done = run("worker", "status")
    assert done.code == 1
    assert done.err == "error: no worker has run in this folder\n    run: blogkit worker\n"


def test_what_waits_and_fails_is_shown_by_site(run: Run, workspace: Path) -> None:
    due = utc_now().replace(microsecond=0)
    with Journal.open(workspace / ".blogkit/journal.sqlite") as journal:
        for name, hours in (("a", -3), ("b", 2)):
            path = f"posts/{name}.md"
            (workspace / path).write_text(f"---\ntitle: {name}\npublish: now\n---\nText.\n")
            journal.work.wait(WaitingPost("main", name, path, due + timedelta(hours=hours)))
        again = due + timedelta(hours=1)
        journal.work.failed(Retry("new-post", "main", "a", 3, again, "the server is away"))
    done = run("worker", "status")
    assert done.code == 1, "no worker has run"
    assert re.search(r"^main +new-post +2 +due for 3 hours .* 1$", done.out, re.MULTILINE)
    assert "main: the server is away (failed 3 times in a row, tried again at " in done.err
    report = run("worker", "status", "--json").json
    (queue,) = report["queues"]
    assert (queue["site"], queue["count"], queue["failing"]) == ("main", 2, 1)
    assert datetime.fromisoformat(queue["oldest"]) == due - timedelta(hours=3)
    assert datetime.fromisoformat(queue["next"]) == again
    assert [one["reason"] for one in report["failures"]] == ["the server is away"]


def test_sigterm_ends_a_run_after_its_batch(workspace: Path, sandbox: Sandbox) -> None:
    with Journal.open(workspace / ".blogkit/journal.sqlite") as journal:
        later = utc_now().replace(microsecond=0)
        (workspace / "posts/a.md").write_text("---\ntitle: A\npublish: now\n---\nText.\n")
        journal.work.wait(WaitingPost("main", "a", "posts/a.md", later))
    sandbox.fail("slow", method="POST", path="/posts$", seconds=2)
    with started("run", "--until", "1h", "--json", cwd=workspace) as running:
        until(lambda: sandbox.store.find(Wanted("post", ["DRAFT", "LIVE"])), "a post made")
        running.terminate()
        out, _ = running.communicate(timeout=300)
    assert (running.returncode, json.loads(out)["results"][0]["outcome"]) == (0, "done")
    assert titles(sandbox) == ["A"]
