"""The files of deploy/ are what they claim: they build, they start, they give away nothing."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from blogkit.cli import main as commands
from scripts.docs import ROOT
from tests.cases import for_each

DOCKERFILE = ROOT / "deploy/Dockerfile"
UNITS = sorted((ROOT / "deploy/systemd").iterdir())


def steps(keyword: str) -> list[str]:
    """The arguments of a Dockerfile's instructions of one kind."""
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"^{keyword} +(.*)$", text, re.MULTILINE)


def copied() -> list[str]:
    """What the build takes from the repository."""
    return [
        word.rstrip("/")
        for line in steps("COPY")
        if "--from" not in line
        for word in shlex.split(line)[:-1]
    ]


def test_the_container_is_not_root_and_has_fixed_bases() -> None:
    assert steps("USER")[-1] not in ("0", "root")
    assert [
        re.fullmatch(r"python:3\.\d+-slim(?: AS build)?", base) for base in steps("FROM")
    ].count(None) == 0
    text = DOCKERFILE.read_text(encoding="utf-8")
    assert not re.search(r"^(?:ARG|ENV) .*(?:PASSWORD|TOKEN|SECRET)", text, re.MULTILINE)


def test_the_linter_of_dockerfiles_finds_nothing() -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("missing: hadolint; run: make setup-dev")
    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_its_commands_exist() -> None:
    for line in (*steps("CMD"), *steps("HEALTHCHECK")):
        words = re.findall(r'"([^"]+)"', line)
        words = words[1:] if words[0] == "blogkit" else words
        assert commands.get_command(None, words[0]) is not None, words  # type: ignore[arg-type]


def test_what_it_copies_is_let_through() -> None:
    rules = (ROOT / "deploy/Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert rules[0] == "*"
    allowed = [rule[1:] for rule in rules if rule.startswith("!")]
    for name in copied():
        assert any(fnmatch(name, rule) or rule.startswith(f"{name}/") for rule in allowed), name
        assert (ROOT / name).exists(), name


@pytest.mark.slow
def test_what_it_copies_is_all_that_the_package_needs(tmp_path: Path) -> None:
    for name in copied():
        source, target = ROOT / name, tmp_path / "src" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(
                source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True
            )
        elif target.suffix or "." in target.name or name.isupper():
            shutil.copy(source, target)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")]
    subprocess.run(build, cwd=tmp_path / "src", check=True, capture_output=True)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".whl"]


@for_each("path", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_units(tmp_path: Path, path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("missing: systemd-analyze; install systemd")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/blogkit/bin/blogkit", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    instance = tmp_path / path.name.replace("@", "@my-blog")
    instance.symlink_to(tmp_path / path.name)
    verify = ["systemd-analyze", "verify", "--man=no", str(instance)]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "blogkit" in line]
    assert (done.returncode, told) == (0, [])


@for_each("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_the_services_are_shut_in(path: Path) -> None:
    """systemd's own grade: 0 is best, and a service without any settings gets 9.6."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("missing: systemd-analyze; install systemd")
    security = ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(path)]
    done = subprocess.run(security, capture_output=True, text=True, check=False)
    grade = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert grade is not None, done.stderr
    assert float(grade[1]) <= 2.5


@for_each("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_the_services_start_a_command_that_exists(path: Path) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    program, flag, folder, name, *options = shlex.split(line)
    assert (program, flag, folder) == ("/opt/blogkit/bin/blogkit", "-C", "/srv/blogs/%i")
    command = commands.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert {*options} <= {option for one in command.params for option in one.opts}
