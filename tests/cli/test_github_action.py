"""The GitHub Action's own scripts, in a real git repository, with a real blog."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from blogkit.sandbox.server import Sandbox
from scripts.docs import ROOT
from tests.cli.test_run import titles
from tests.schedule.conftest import TEXTS

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (ROOT / "deploy/github/blog.yml").read_text(encoding="utf-8")
)
GH = """#!/bin/sh
for word; do case "$word" in body=@*) cp "${word#body=@}" "$CALLS.body";; esac; done
echo "$@" >> "$CALLS"
case "$*" in *--jq*) cat "$CALLS.known" 2>/dev/null;; esac
exit "${GH_CODE:-0}"
"""


class Repository:
    """The repository of a blog, as GitHub has it, and the checkouts of its jobs."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self.folder, self.origin = folder, folder / "origin.git"
        programs = folder / "programs"
        programs.mkdir(parents=True)
        (programs / "gh").write_text(GH, encoding="utf-8")
        (programs / "gh").chmod(0o755)
        path = (
            f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        )
        credentials = dict(
            line.split("=", 1)
            for line in (workspace / ".env").read_text(encoding="utf-8").splitlines()
        )
        self.environ = {
            "PATH": path,
            "HOME": str(folder),
            "GITHUB_REF_NAME": "main",
            "BLOG_FOLDER": ".",
            "GITHUB_REPOSITORY": "asha/blog",
            "CALLS": str(folder / "calls"),
            "BLOG_UNTIL": "",
            **credentials,
        }
        self.git("init", "--quiet", "--bare", "--initial-branch=main", self.origin, cwd=folder)
        first = self.checkout("first")
        settings = (workspace / "blogkit.toml").read_text(encoding="utf-8")
        (first / "blogkit.toml").write_text(
            settings.replace("[blog]\n", '[blog]\nstate = "file"\n'), encoding="utf-8"
        )
        (first / ".gitattributes").write_text("blogkit.state merge=union\n", encoding="utf-8")
        (first / ".gitignore").write_text(".blogkit/\n.env\n", encoding="utf-8")
        self.push(first, "Begin")

    def git(self, *words: object, cwd: Path, **environ: str) -> str:
        who = ("-c", "user.name=asha", "-c", "user.email=asha@example.com")
        done = subprocess.run(
            ["git", *who, *map(str, words)],
            cwd=cwd,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def checkout(self, name: str) -> Path:
        """A fresh copy, shallow as a job's; it has no journal."""
        address = self.origin.as_uri()
        self.git("clone", "--quiet", "--depth=1", address, name, cwd=self.folder)
        return self.folder / name

    def push(self, copy: Path, message: str, **environ: str) -> None:
        self.git("add", "--all", cwd=copy)
        self.git("commit", "--quiet", "--message", message, cwd=copy, **environ)
        self.git("push", "--quiet", "origin", "HEAD:main", cwd=copy)

    def write(self, copy: Path, name: str) -> None:
        (copy / "posts").mkdir(exist_ok=True)
        text = f"---\ntitle: About {name}\npublish: now\n---\n{TEXTS[name]}\n"
        (copy / f"posts/{name}.md").write_text(text, encoding="utf-8")

    def do(self, script: str, copy: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", str(ROOT / f"deploy/github/{script}.sh")],
            cwd=copy,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def log(self) -> list[str]:
        return self.git("log", "--format=%s", cwd=self.origin).splitlines()


@pytest.fixture
def repository(tmp_path: Path, workspace: Path, real_time: None) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("missing: git; install it")
    return Repository(tmp_path / "github", workspace)


def test_jobs_without_a_journal_publish_each_post_once(
    repository: Repository, sandbox: Sandbox
) -> None:
    copy = repository.checkout("writer")
    repository.write(copy, "rivers")
    repository.push(copy, "Write about rivers")
    # the first job of a blog without a journal is told that nothing is lost: the blog is empty
    first = repository.do("publish", repository.checkout("job1"))
    assert first.returncode == 0, first.stdout + first.stderr
    assert repository.log[0] == "Update blogkit.state"
    second = repository.do("publish", repository.checkout("job2"))
    assert second.returncode == 0, second.stdout + second.stderr
    assert repository.log.count("Update blogkit.state") == 1
    assert titles(sandbox) == ["About rivers"]


def test_a_push_in_between_is_no_obstacle(repository: Repository) -> None:
    copy = repository.checkout("writer")
    repository.write(copy, "rivers")
    repository.push(copy, "Write about rivers")
    job = repository.checkout("job")
    repository.write(copy, "forests")
    repository.push(copy, "Write about forests")
    done = repository.do("publish", job)
    assert done.returncode == 0, done.stderr
    assert repository.log[:2] == ["Update blogkit.state", "Write about forests"]


def test_a_post_with_an_error_stops_neither_the_others_nor_the_state(
    repository: Repository, sandbox: Sandbox
) -> None:
    copy = repository.checkout("writer")
    repository.write(copy, "rivers")
    (copy / "posts/bad.md").write_text(
        "---\ntitle: Bad\npublish: soon\n---\nText.\n", encoding="utf-8"
    )
    repository.push(copy, "Write")
    done = repository.do("publish", repository.checkout("job"))
    assert done.returncode == 1
    assert "posts/bad.md:3" in done.stderr
    assert repository.log[0] == "Update blogkit.state"
    assert titles(sandbox) == ["About rivers"]


def test_a_quiet_repository_stays_active(repository: Repository) -> None:
    """GitHub stops its schedules after 60 days without a commit."""
    copy = repository.checkout("writer")
    (copy / "notes.txt").write_text("old", encoding="utf-8")
    old = "2020-01-01T00:00:00Z"
    repository.push(copy, "Old", GIT_COMMITTER_DATE=old, GIT_AUTHOR_DATE=old)
    assert repository.do("publish", repository.checkout("job1")).returncode == 0
    assert repository.log[0] == "Keep the schedule of this repository active"
    assert repository.do("publish", repository.checkout("job2")).returncode == 0
    assert repository.log.count("Keep the schedule of this repository active") == 1


def test_a_plan_becomes_a_comment_once(repository: Repository, sandbox: Sandbox) -> None:
    copy = repository.checkout("writer")
    repository.write(copy, "rivers")
    calls = repository.folder / "calls"
    done = repository.do("plan", copy, PULL_REQUEST="7", GITHUB_STEP_SUMMARY=str(calls) + ".md")
    assert done.returncode == 0, done.stderr
    body = Path(f"{calls}.body").read_text(encoding="utf-8")
    assert body.startswith("<!-- blogkit plan -->\n**blogkit plan**\n\n    ")
    assert "“About rivers”" in body
    assert Path(f"{calls}.md").read_text(encoding="utf-8") == body
    assert "--method POST repos/asha/blog/issues/7/comments" in calls.read_text(encoding="utf-8")
    Path(f"{calls}.known").write_text("41\n42\n", encoding="utf-8")
    repository.do("plan", copy, PULL_REQUEST="7")
    last = calls.read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith("api --method PATCH repos/asha/blog/issues/comments/41")
    assert titles(sandbox) == []


def test_a_fork_gets_the_plan_in_the_summary(repository: Repository) -> None:
    copy = repository.checkout("writer")
    done = repository.do("plan", copy, PULL_REQUEST="7", GH_CODE="1")
    assert done.returncode == 0
    assert "::warning::the plan could not be posted" in done.stdout
    assert not (repository.folder / "calls.md").exists()


def steps(mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [step for job in mapping["jobs"].values() for step in job["steps"]]


def test_the_workflow_uses_the_action_as_it_is() -> None:
    for step in steps(WORKFLOW):
        if step["uses"] == "./blogkit":
            assert step["with"].keys() <= ACTION["inputs"].keys()
    modes = [step["with"]["mode"] for step in steps(WORKFLOW) if step["uses"] == "./blogkit"]
    assert modes == ["plan", "publish"]
    assert all("description" in one for one in ACTION["inputs"].values())


def test_the_action_uses_files_and_inputs_that_exist() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in re.findall(r"\$GITHUB_ACTION_PATH/([\w./-]+)", text):
        assert (ROOT / name).is_file()
    assert {*re.findall(r"inputs\.([\w-]+)", text)} == ACTION["inputs"].keys()
    for step in ACTION["runs"]["steps"]:
        # what users or visitors write reaches a shell only through the environment
        assert "${{" not in step.get("run", "")


def test_secrets_are_named_and_rights_are_few() -> None:
    text = (ROOT / "deploy/github/blog.yml").read_text(encoding="utf-8")
    assert "pull_request_target" not in text, "it would give a fork's files the secrets"
    for job in WORKFLOW["jobs"].values():
        for name, value in job["env"].items():
            assert name.endswith("_ORIGIN") or re.fullmatch(r"\$\{\{ secrets\.\w+ \}\}", value)
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert WORKFLOW["jobs"]["plan"]["permissions"]["contents"] == "read"
