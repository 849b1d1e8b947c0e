"""A folder's page of a scheduled post that a run was stopped from writing: the next run does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import blogkit
from blogkit.sandbox.clock import Clock
from tests.schedule.proof.conftest import START, write_post

TOML = '[blog]\ntimezone = "Asia/Kolkata"\n\n[sites.main]\nplatform = "folder"\nfolder = "site"\n'
DUE = START + timedelta(hours=2)


def test_a_page_that_a_run_left_out_is_written_by_the_next(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    write_post(tmp_path, "talks", DUE.isoformat())
    project = blogkit.open(tmp_path, environ={}, clock=clock)
    assert project.plan().apply().ok
    in_the_way = tmp_path / "site/2026"
    in_the_way.write_text("a file", encoding="utf-8")
    clock.set(DUE + timedelta(minutes=1))
    (failed,) = project.prove("main")
    assert not failed.ok
    in_the_way.unlink()
    project = blogkit.open(tmp_path, environ={}, clock=clock)
    clock.advance(minutes=2)
    project.prove("main")
    assert list(in_the_way.glob("11/*.html"))
    clock.advance(hours=6)
    assert [proof.ok for proof in project.prove("main")] == [True]
