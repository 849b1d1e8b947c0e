"""Another time, back to draft, publish now: one write each, with no draft in between."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import blogkit
from blogkit.sandbox.clock import Clock
from blogkit.sandbox.server import Sandbox
from tests.schedule.proof.conftest import START, write_post
from tests.schedule.proof.wordpress_rules import URL, WordPressRules

LATER, LATEST = ((START + timedelta(days=days)).isoformat() for days in (1, 2))
STEPS = [(LATEST, "future"), ("draft", "draft"), (LATER, "future"), ("now", "publish")]


def test_on_wordpress_each_is_one_write(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    settings = f'[sites.main]\nplatform = "wordpress"\nurl = "{URL}"\nusername = "author"\n'
    (folder / "blogkit.toml").write_text(settings, encoding="utf-8")
    secrets = {"BLOGKIT_MAIN_APP_PASSWORD": "abcd efgh", "BLOGKIT_MAIN_ORIGIN": URL}
    site = WordPressRules(clock)
    with site.serving():
        project = blogkit.open(folder, environ=secrets, clock=clock, sleep=lambda _seconds: None)
        write_post(folder, "talks", LATER)
        assert project.plan().apply().ok
        for publish, status in STEPS:
            site.states.clear()
            write_post(folder, "talks", publish)
            report = project.plan().apply()
            assert report.ok, [one.message for one in report]
            assert site.states == [status]
    assert len(site.posts) == 1


@pytest.mark.parametrize("publish", [LATEST, "now"])
def test_on_blogger_that_moves_schedules_each_is_one_write(
    project: blogkit.Project, folder: Path, sandbox: Sandbox, publish: str
) -> None:
    sandbox.switches.set(publish_scheduled_again="moves")
    write_post(folder, "talks", LATER)
    assert project.plan().apply().ok
    sandbox.log.clear()
    write_post(folder, "talks", publish)
    assert project.plan().apply().ok
    assert [one.path.rpartition("/")[2] for one in sandbox.log.writes()] == ["publish"]
