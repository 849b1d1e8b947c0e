"""A difference from a known WordPress fails a run; one from a version that is new is reported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.wordpress import cache, debian, playground
from tests.e2e.wordpress.tree import LABELS, Tree, tree
from tests.e2e.wordpress.versions import FILE, SEEN, Verdict, branch, judge, notice

ROOT = cache.REPOSITORY
PROOFS = """\
from types import SimpleNamespace

import pytest


@pytest.fixture(params=["6.5.5", "6.8.99"])
def real(request):
    return SimpleNamespace(exact=request.param)


@pytest.fixture(params=["6.5.5", "6.8.99"])
def wordpress(request):
    return SimpleNamespace(version=request.param)


def test_same(real):
    pass


def test_other(real):
    assert real.exact == "{equal}", "1 of 9 differ"


@pytest.mark.filters
def test_stored(wordpress):
    assert wordpress.version == "{equal}", "2 of 9 differ"


def test_ours(wordpress):
    assert wordpress.version != "{broken}"
"""


@pytest.mark.parametrize(
    ("version", "differences", "verdict"),
    [
        ("6.5.5", [], Verdict.PASS),
        ("6.5.5", ["one"], Verdict.FAIL),
        ("6.8.12", ["one"], Verdict.FAIL),
        ("6.6-RC3", ["one"], Verdict.FAIL),
        ("6.8.13", [], Verdict.REPORT),
        ("6.8.13", ["one"], Verdict.REPORT),
        ("6.6", ["one"], Verdict.REPORT),
        ("9.0", ["one"], Verdict.REPORT),
    ],
)
def test_only_the_differences_of_a_known_version_fail(
    version: str, differences: list[str], verdict: Verdict
) -> None:
    assert judge(version, differences) is verdict


@pytest.mark.parametrize(
    ("version", "expected"),
    [("6.8.12", "6.8"), ("6.8", "6.8"), ("6.6-RC3", "6.6"), ("7.2-alpha-61000", "7.2")],
)
def test_the_branch_of_a_version(version: str, expected: str) -> None:
    assert branch(version) == expected


def test_a_notice_names_what_is_known_what_differs_and_where_to_record_it() -> None:
    assert notice("6.5.6", []) == (
        "WordPress 6.5.6 has not been seen before (known of 6.5: 6.5.5): no differences."
        f" Record it in {FILE}"
    )
    assert notice("9.0", ["css: a", "html: b"]) == (
        "WordPress 9.0 has not been seen before (known of 9.0: none): 2 differences. Correct the"
        f" models in blogkit/sanitizers, and record it in {FILE}\ncss: a\nhtml: b"
    )
    assert (ROOT / FILE).is_file()


def test_every_branch_that_the_tests_run_has_a_known_version() -> None:
    assert set(LABELS) == set(SEEN) == {*debian.RELEASES, *playground.ZIPS}
    assert {branch(version) for versions in SEEN.values() for version in versions} == set(SEEN)


def pytest_in(folder: Path, *arguments: str | Path, **environment: str) -> tuple[int, str]:
    """Run pytest there in its own process; return its exit code and its output."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("equal", "broken", "workers", "code", "counts"),
    [
        ("6.5.5", "", "0", 0, "6 passed, 2 xfailed"),  # only the version that is new differs
        ("6.5.5", "", "2", 0, "6 passed, 2 xfailed"),
        ("6.8.99", "", "0", 1, "2 failed, 6 passed"),
        ("6.5.5", "6.8.99", "0", 1, "1 failed, 5 passed, 2 xfailed"),  # what is not about filters
    ],
)
def test_a_run_fails_for_a_known_version_only(
    tmp_path: Path, equal: str, broken: str, workers: str, code: int, counts: str
) -> None:
    (tmp_path / "test_proofs.py").write_text(PROOFS.format(equal=equal, broken=broken))
    ended, said = pytest_in(tmp_path, "-p", "tests.e2e.wordpress.reporting", "-n", workers)
    assert (ended, counts in said) == (code, True), said
    assert "!! WordPress 6.8.99 is new !!" in said
    differs = equal == "6.5.5"
    assert ("2 differences. Correct" in said) == differs, said
    assert ("test_stored[6.8.99]: AssertionError: 2 of 9 differ" in said) == differs, said


def test_the_plugin_looks_after_our_own_runs(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("tests.e2e.wordpress.reporting")


@pytest.mark.wordpress
@pytest.mark.parametrize(
    ("version", "code", "count"), [("6.8.99", 0, "1 xfailed"), ("6.8.12", 1, "1 failed")]
)
def test_a_filter_that_changed_fails_a_proof_unless_the_version_is_new(
    tmp_path: Path, version: str, code: int, count: str
) -> None:
    """A real WordPress that says it is this version and keeps one entity fewer."""
    changed(tmp_path / "6.8", version)
    proof = 'def test_entity(real):\n    assert real("saved", ["&hearts;"]) == ["&hearts;"]\n'
    (tmp_path / "test_proof.py").write_text(proof)
    plugins = ("-p", "tests.e2e.wordpress.reporting", "-p", "tests.sanitizers.conftest")
    ended, said = pytest_in(
        tmp_path, *plugins, "-n", "0", "-k", "6.8", BLOGKIT_WORDPRESS_CACHE=str(tmp_path)
    )
    assert (ended, count in said) == (code, True), said
    assert (f"WordPress {version} has not been seen before" in said) == (code == 0), said
    assert "&amp;hearts;" in said


def changed(root: Path, version: str) -> None:
    """Copy WordPress 6.8 with another version and without the entity `&hearts;`."""
    original = tree("6.8", cache.folder())
    copy = Tree(root).docroot / "wp-includes"
    copy.mkdir(parents=True)
    for file in (original.docroot / "wp-includes").iterdir():
        (copy / file.name).symlink_to(file)
    for name, old, new in (
        ("version.php", f"'{original.version}'", f"'{version}'"),
        ("kses.php", "'hearts',", ""),
    ):
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text
        (copy / name).unlink()
        (copy / name).write_text(text.replace(old, new), encoding="utf-8")
