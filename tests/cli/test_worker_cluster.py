"""`blogkit worker` with a database: the work of several blogs, its state for operators, metrics."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cluster.blogs import watched_blogs
from tests.postgres import Server
from tests.waiting import until

COMMAND = ("-m", "blogkit", "worker", "--json", "--metrics", "0")
SLOTS = '\n[schedule]\nslots = ["daily 07:00"]\n'


def events(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def fetched(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        return str(answer.read().decode())


@pytest.mark.usefixtures("real_time")
def test_a_worker_of_several_blogs(
    tmp_path: Path, postgres: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.url(database=postgres.database())
    monkeypatch.setenv("BLOGKIT_DATABASE_URL", url)
    out, err = tmp_path / "out", tmp_path / "err"
    with watched_blogs(tmp_path / "blogs", 2) as blogs:
        for blog in blogs:
            blog.write(1)
            [path] = (blog.folder / "posts").glob("*.md")
            path.write_text(path.read_text().replace("publish: now", "publish: queue"))
            with (blog.folder / "blogkit.toml").open("a") as settings:
                settings.write(SLOTS)
        broken = tmp_path / "blogs/broken"
        broken.mkdir()
        (broken / "blogkit.toml").write_text("[blog]\n")
        with out.open("wb") as handle, err.open("wb") as errors:
            worker = subprocess.Popen(
                [sys.executable, *COMMAND, "--projects", str(tmp_path / "blogs")],
                env=dict(os.environ),
                stdout=handle,
                stderr=errors,
            )
        try:
            until(lambda: [one["event"] for one in events(out)].count("result") == 2, "done")
            results = [one for one in events(out) if one["event"] == "result"]
            assert {one["blog"] for one in results} == {"blog_0", "blog_1"}
            assert {one["outcome"] for one in results} == {"done"}
            assert all(one["run"] and one["seconds"] > 0 and one["requests"] > 0 for one in results)
            port = events(out)[0]["metrics"]
            told = [
                f'blogkit_done_total{{blog="{one}",site="main"}} 1' for one in ("blog_0", "blog_1")
            ]
            told += ['blogkit_failing{blog="broken",site=""} 1', "blogkit_workers 1"]
            # A result is printed before it is counted.
            until(lambda: all(one in fetched(port) for one in told), f"metrics: {told}")
            shown = run("worker", "status")
            assert "1 worker alive" in shown.out
            assert "does not name the schema of the blog's journal" in shown.err
            assert 'add `schema = "NAME"` under [blog]' in shown.err
            data = json.loads(run("worker", "status", "--json").out)
            assert (data["alive"], data["exit_code"]) == (True, 0)
        finally:
            worker.terminate()
            code = worker.wait(60)
        assert code == 0
        assert events(out)[-1]["event"] == "stopped"
        assert "canary" not in out.read_text() + err.read_text()
        assert run("worker", "status").code == 1


def test_options_that_need_a_database(run: Run, tmp_path: Path) -> None:
    done = run("worker", "--projects", str(tmp_path))
    assert done.code == 2
    assert "set BLOGKIT_DATABASE_URL" in done.err


def test_a_database_that_is_not_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgresql://u:canary@/x?host={tmp_path}"
    monkeypatch.setenv("BLOGKIT_DATABASE_URL", url)
    done = run("worker", "status")
    assert done.code == 1
    assert "cannot connect" in done.err
    assert "canary" not in done.out + done.err
