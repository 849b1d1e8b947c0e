"""The guards guard."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cases import for_each
from tests.conftest import ForbiddenInTests
from tests.sampling import profile


def test_a_connection_to_the_world_is_refused() -> None:
    with socket.socket() as s, pytest.raises(ForbiddenInTests, match=r"192\.0\.2\.1"):
        s.connect(("192.0.2.1", 80))


def test_sleeping_is_refused() -> None:
    with pytest.raises(ForbiddenInTests, match="slept"):
        time.sleep(1)


def test_home_is_an_empty_folder_but_for_what_was_compiled() -> None:
    home = Path(os.environ["HOME"])
    found = {path.relative_to(home).as_posix() for path in home.rglob("*")}
    assert found == {".cache", ".cache/blogkit", ".cache/blogkit/templates"}


@for_each(
    ("environment", "name"),
    [
        ({}, "dev"),
        ({"CI": "true"}, "ci"),
        ({"HYPOTHESIS_PROFILE": "ci"}, "ci"),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "dev"}, "dev"),
        ({"HYPOTHESIS_PROFILE": "quick"}, "quick"),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "fuzz"}, "fuzz"),
    ],
)
def test_only_fuzzing_draws_new_examples(environment: dict[str, str], name: str) -> None:
    assert profile(environment) == name
    found = settings.get_profile(name)
    assert found.derandomize == (name != "fuzz")
    assert (found.deadline, found.suppress_health_check) == (None, (HealthCheck.too_slow,))


def run_tests(folder: Path, project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The tests of a folder, with the guards of ours."""
    guards = ["-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", folder]
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SYSTEM", "PYTEST_XDIST_WORKER"}
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *guards, *options, folder],
        cwd=folder,
        env={**env, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_a_long_family_is_thinned_out_and_the_summary_tells_it(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_six.py").write_text(
        "import pytest\nfrom tests.cases import for_each\nfrom tests.sampling import sample\n\n"
        "six = pytest.mark.parametrize('n', range(6))\n\n\n"
        "@pytest.mark.sampled\n@six\ndef test_command(n): pass\n\n\n"
        "@pytest.mark.sampled(local=3)\n@six\ndef test_damage(n): pass\n\n\n"
        "@six\ndef test_short(n): pass\n\n\n"
        "@for_each('n', range(6), local=3)\ndef test_cases(n): pass\n\n\n"
        "def test_points(): assert sample(range(6), local=2)\n",
        encoding="utf-8",
    )
    counts = {"quick": ("12 passed", 15), "dev": ("17 passed", 10), "ci": ("20 passed", 0)}
    for name, (passed, left_out) in counts.items():
        monkeypatch.setenv("HYPOTHESIS_PROFILE", name)
        for options in ([], ["-n", "2"]) if name == "dev" else ([],):
            done = run_tests(tmp_path, project, *options)
            assert passed in done.stdout, done.stdout + done.stderr
            told = f"{left_out} cases of long families were left out" in done.stdout
            assert told == bool(left_out), done.stdout


@pytest.mark.slow
def test_the_quick_profile_takes_every_fourth_test_that_drives_commands(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = "import pytest\n\n\n@pytest.fixture\ndef sandbox(): pass\n\n\n"
    for folder in ("cli", "sync"):
        (tmp_path / folder).mkdir()
        tests = [f"def test_{n}(sandbox): pass" for n in range(9)] + ["def test_none(): pass"]
        text = served + "\n\n\n".join(tests) + "\n"
        (tmp_path / folder / f"test_{folder}.py").write_text(text, encoding="utf-8")
    for name, count in {"quick": 3 + 1 + 10, "dev": 20}.items():
        monkeypatch.setenv("HYPOTHESIS_PROFILE", name)
        done = run_tests(tmp_path, project)
        assert f"{count} passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
def test_the_short_tests_of_a_file_run_in_one_worker(tmp_path: Path, project: Path) -> None:
    for name in ("one", "two"):
        text = "import pytest\n\n\n@pytest.mark.parametrize('n', range(6))\ndef test(n): pass\n"
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    done = run_tests(tmp_path, project, "-n", "2", "--dist", "loadgroup", "-vv")
    ran = re.findall(r"\[(gw\d)\].* PASSED test_(\w+)\.py", done.stdout)
    assert len(ran) == 12, done.stdout + done.stderr
    assert len({*ran}) == 2, ran


@pytest.mark.slow
def test_a_test_that_hangs_is_ended_with_the_line_where_it_hangs(
    tmp_path: Path, project: Path
) -> None:
    (tmp_path / "conftest.py").write_text(
        "from tests import conftest\n\nconftest.LONGEST = 3\n", encoding="utf-8"
    )
    (tmp_path / "test_one.py").write_text(
        "import threading\n\n\ndef test_one():\n    threading.Event().wait()\n", encoding="utf-8"
    )
    done = run_tests(tmp_path, project)
    assert done.returncode == 1
    assert 'test_one.py", line 5 in test_one' in done.stderr, done.stdout + done.stderr


@pytest.mark.slow
def test_tests_that_lack_a_program_are_skipped_with_one_line(tmp_path: Path, project: Path) -> None:
    (tmp_path / "test_two.py").write_text(
        "import pytest\nfrom tests.conftest import or_skip, pytest_runtest_makereport\nfrom"
        " tests.e2e.wordpress.machine import Need, ensure\n\n\n@pytest.fixture\ndef program():\n   "
        " or_skip(lambda: ensure([Need('xyz', ('xyz',), lambda: False)]))\n\n\ndef"
        " test_one(program): pass\n\n\ndef test_two(program): pass\n",
        encoding="utf-8",
    )
    done = run_tests(tmp_path, project, "-rs")
    lines = [line for line in done.stdout.splitlines() if line.startswith("SKIPPED")]
    assert lines == [
        "SKIPPED [2] tests: missing: xyz. Install with: sudo apt-get install"  # noqa: ISC004
        " --no-install-recommends xyz"
    ], done.stdout + done.stderr


GARBAGE = """
import gc
import json
import weakref


class Ring:
    def __init__(self):
        self.ring = self


def deep(levels):
    return levels and deep(levels - 1)


def test_one():
    for most in range(100, 1000, 25):
        kept = [weakref.ref(Ring(), lambda ref: deep(50)) for _ in range(5)]
        gc.set_threshold(most)
        try:
            json.loads("[" * 100_000)
        except RecursionError:
            pass
        gc.set_threshold(20_000)
"""


def test_garbage_that_is_met_where_the_stack_ends_fails_no_test(
    tmp_path: Path, project: Path
) -> None:
    (tmp_path / "test_it.py").write_text(GARBAGE, encoding="utf-8")
    done = run_tests(tmp_path, project)
    assert "1 passed" in done.stdout, done.stdout
