"""`status` reads no file that has not changed, and keeps nothing that publishing would refuse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import blogkit
from blogkit import signatures
from blogkit.project.cache.database import CacheFile
from blogkit.project.cache.render_cache import RenderCache
from blogkit.project.options import PublishOptions
from blogkit.project.project import read_settings
from blogkit.project.sites import Sites
from blogkit.sanitizers.profiles import STRICT

TOML = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'
PENDING = "---\ntitle: With a quiz to come\npublish: now\nquiz: polity-12\n---\n```{quiz-button} Test yourself\nlabel: Start\n```\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(signatures, "_SETTLED", -(10**10))  # a file counts at once as settled
    (tmp_path / "posts").mkdir()
    (tmp_path / "blogkit.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "posts" / "plain.md").write_text(
        "---\ntitle: Plain\n---\nText.\n", encoding="utf-8"
    )
    return tmp_path


def test_an_unchanged_file_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: (read.append(self.name), original(self))[1]
    )
    project = blogkit.open(folder, environ={})
    before = [(one.key, one.file) for one in project.status(offline=True)]
    assert "plain.md" in read
    read.clear()
    assert [(one.key, one.file) for one in project.status(offline=True)] == before
    assert "plain.md" not in read


def test_a_post_that_waits_for_its_link_is_refused_after_a_status(folder: Path) -> None:
    (folder / "posts" / "quiz.md").write_text(PENDING, encoding="utf-8")
    project = blogkit.open(folder, environ={})
    found = project.status(offline=True)
    assert {one.key for one in found} == {"plain", "quiz"}, found.left_out
    plan = project.plan(offline=True)
    assert [change.key for change in plan] == ["plain"]
    assert "has no address yet" in str(plan.left_out[0])


def test_a_plan_offline_knows_the_version_of_a_site(folder: Path) -> None:
    toml = '[sites.main]\nplatform = "wordpress"\nurl = "https://example.com"\nusername = "a"\n'
    (folder / "blogkit.toml").write_text(toml, encoding="utf-8")
    project = blogkit.open(folder, environ={})
    sites = Sites(read_settings(folder, {}), {})
    with CacheFile.open(folder / ".blogkit") as file:
        file.note("profile main", "wordpress-author 7.0")
        cache = RenderCache(project.config, sites, file, PublishOptions(), online=False)
        assert cache.profile("main") == replace(STRICT, wordpress=(7, 0))
        file.note("profile main", "of another version of blogkit")
        other = RenderCache(project.config, sites, file, PublishOptions(), online=False)
        assert other.profile("main") == STRICT
