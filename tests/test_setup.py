"""Set-up needs no root and no preparation, and repairs what it finds broken."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sampling import sample

pytestmark = [pytest.mark.usefixtures("real_time"), pytest.mark.xdist_group("setup")]

ODD = "my blog $HOME #1 'हिन्दी'"

# A project of the same form as ours, small enough to be installed without a network.
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1"
"""
BACKEND = """
import os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(os.path.join(folder, "tiny-1-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("tiny.pth", os.getcwd())
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "")
    return "tiny-1-py3-none-any.whl"
"""
WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def make_wheel(folder: Path, name: str) -> str:
    """Make a wheel with one module; return its line in a lock file."""
    path = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        wheel.writestr(
            f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
        )
        wheel.writestr(f"{name}-1.dist-info/WHEEL", WHEEL)
        wheel.writestr(f"{name}-1.dist-info/RECORD", "")
    return f"{name}==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Project:
    """A folder with our set-up in it and packages beside it."""

    def __init__(self, folder: Path, ours: Path, *, uv: bool) -> None:
        self.root = folder / ODD
        self.packages = folder / "packages"
        self.packages.mkdir()
        (self.root / "scripts").mkdir(parents=True)
        (self.root / "requirements").mkdir()
        shutil.copy(ours / "scripts/setup.py", self.root / "scripts")
        (self.root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        (self.root / "backend.py").write_text(BACKEND, encoding="utf-8")
        self.lock("demo", "first")
        self.lock("dev", "first", "second")
        programs = folder / "bin"
        programs.mkdir()
        if not uv:
            self.program("uv", "exit 127")  # a version manager's stand-in that starts nothing
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.env = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "TMPDIR": str(self.temporary),
            **{f"{tool}_NO_INDEX": "1" for tool in ("PIP", "UV")},
            **{f"{tool}_FIND_LINKS": str(self.packages) for tool in ("PIP", "UV")},
        }

    def program(self, name: str, script: str) -> None:
        path = self.root.parent / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def lock(self, level: str, *names: str) -> None:
        text = "".join(make_wheel(self.packages, name) for name in names)
        (self.root / f"requirements/{level}.txt").write_text(text, encoding="utf-8")

    def set_up(self, level: str = "demo") -> list[str]:
        """Run it; return the lines that it showed."""
        command = [sys.executable, "scripts/setup.py", level]
        done = subprocess.run(
            command, cwd=self.root, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout == ""
        return done.stderr.splitlines()

    def has(self, *modules: str) -> bool:
        """Return whether its Python finds these modules."""
        command = [self.root / ".venv/bin/python", "-c", f"import {','.join(modules)}"]
        return subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0


@pytest.fixture
def fresh(tmp_path: Path, project: Path) -> Project:
    """A folder in which nothing was set up yet; uv is there if this machine has it."""
    return Project(tmp_path, project, uv=shutil.which("uv") is not None)


@pytest.mark.parametrize("uv", [False, True] if shutil.which("uv") else [False])
def test_a_fresh_folder_is_set_up_with_one_line_and_nothing_more_is_done_later(
    tmp_path: Path, project: Path, uv: bool
) -> None:
    fresh = Project(tmp_path, project, uv=uv)
    [line] = fresh.set_up()
    assert line.endswith("uv …" if uv else "pip …")
    assert line.startswith("setting up .venv for the demo, once: Python ")
    assert fresh.has("first", "backend")
    assert not fresh.has("second")
    assert fresh.set_up() == []
    assert list(fresh.temporary.iterdir()) == []
    assert not (fresh.root / ".venv/tmp").exists()


def test_the_tests_need_more_than_the_demo_and_bring_all_of_it(fresh: Project) -> None:
    fresh.set_up("demo")
    assert len(fresh.set_up("dev")) == 1
    assert fresh.has("first", "second")
    assert fresh.set_up("demo") == []


def test_another_lock_file_is_installed(fresh: Project) -> None:
    fresh.set_up()
    fresh.lock("demo", "first", "third")
    assert len(fresh.set_up()) == 1
    assert fresh.has("third")


def test_a_package_that_is_not_the_locked_one_is_refused(fresh: Project) -> None:
    with zipfile.ZipFile(fresh.packages / "first-1-py3-none-any.whl", "a") as wheel:
        wheel.writestr("evil.py", "")
    with pytest.raises(
        AssertionError,
        match=r"(?i)hash(.|\n)*set-up failed, see above; fix the cause and run make again",
    ):
        fresh.set_up()


def test_a_folder_that_was_moved_is_repaired(fresh: Project) -> None:
    fresh.set_up()
    fresh.root = fresh.root.rename(fresh.root.with_name("elsewhere"))
    assert len(fresh.set_up()) == 1
    assert fresh.has("first", "backend")
    assert fresh.set_up() == []


DAMAGE = [
    "rm .venv/bin/python",
    "ln -sf /nowhere/python3 .venv/bin/python",  # its Python was removed
    "rm .venv/lib/python*/site-packages/first.py",
    "rm -r .venv/lib/python*/site-packages/first-1.dist-info",
    # its Python was replaced
    "for each in .venv/lib/python*; do mv $each .venv/lib/python3.10; done",
    "rm .venv/.ready; rm -r .venv/lib",  # it was interrupted
    "printf '\\377' > .venv/.ready",
    "rm -r .venv; touch .venv",
    "rm -r .venv; ln -s /nowhere .venv",
]


def test_a_broken_environment_is_repaired(fresh: Project) -> None:
    fresh.set_up()
    for damage in sample(DAMAGE, local=2):
        subprocess.run(damage, shell=True, cwd=fresh.root, check=True)
        assert len(fresh.set_up()) == 1, damage
        assert fresh.has("first", "backend"), damage
    assert fresh.set_up() == []


def test_uv_that_cannot_install_is_followed_by_pip(tmp_path: Path, project: Path) -> None:
    fresh = Project(tmp_path, project, uv=False)
    fresh.program("uv", 'test "$1" = --version')
    fresh.lock("demo", "first", "pip")  # the pip at work does not remove itself for another one
    assert len(fresh.set_up()) == 2
    assert fresh.has("first", "backend")


def test_an_old_python_can_read_the_script_to_say_that_it_is_too_old(project: Path) -> None:
    ast.parse((project / "scripts/setup.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_make_passes_any_folder_on(tmp_path: Path, project: Path) -> None:
    """`$`, `#` and quotes mean something to make and to the shell."""
    folder = tmp_path / ODD
    command = [
        "make",
        "--no-print-directory",
        "demo",
        f"DIR={folder}",
        "PYTHON=true",
        f"VENV={sys.prefix}",
    ]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "posts").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [ODD]


def test_make_says_that_python_is_missing(project: Path) -> None:
    command = ["make", "--no-print-directory", "setup-demo", "PYTHON=no-such-python"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "no-such-python is not installed; blogkit needs Python 3.11 or newer" in done.stderr
