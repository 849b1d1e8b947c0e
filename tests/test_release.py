"""A release is checked before it is built: the version in one place, a section in the changelog,
every file in the wheel.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest

import blogkit
from blogkit.posts.yaml12 import load_yaml
from scripts import release
from tests.cases import for_each

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github/workflows/release.yml"
LOG = """# Changelog

## Unreleased

### Added
- Something.

## 0.2.0 - 2026-12-01

### Fixed
- A fault.

## [0.1.0]
- The first one.
"""


def test_the_version_is_in_one_place() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in about["project"]
    assert "version" in about["project"]["dynamic"]
    assert about["tool"]["hatch"]["version"] == {"path": "blogkit/__init__.py"}
    assert release.version() == blogkit.__version__


@for_each(
    ("number", "section"),
    [("0.2.0", "### Fixed\n- A fault."), ("0.1.0", "- The first one.")],
)
def test_a_version_has_its_section(number: str, section: str) -> None:
    assert release.changes(number, LOG) == section


@for_each("log", [LOG, "## 0.3.0\n\n## 0.2.0\n- x\n", "## 0x3y0\n- x\n", "## 0.3.0.1\n- x\n"])
def test_a_version_without_a_section_is_refused(log: str) -> None:
    with pytest.raises(release.ReleaseError, match=r"rename “Unreleased” to “0\.3\.0 - DATE”"):
        release.changes("0.3.0", log)


def test_a_wheel_that_lacks_a_file_is_found_out(tmp_path: Path) -> None:
    for name in ("blogkit/a.py", "blogkit/journal/sql/001.sql", "widgets/quote/style.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    wheel = tmp_path / "x.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("blogkit/a.py", "")
    assert release.missing_from(wheel, tmp_path) == [
        "blogkit/_widgets/quote/style.css",
        "blogkit/journal/sql/001.sql",
    ]


def test_the_workflow_may_do_no_more_than_it_needs() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    assert "has not run yet" in text
    workflow = load_yaml(text, path="release.yml", line=1).value
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert set(jobs["upload"]["permissions"]) == {"id-token"}
    assert jobs["build"]["permissions"] == {
        "contents": "read",
        "id-token": "write",
        "attestations": "write",
    }
    steps = [step.get("run", step.get("uses", "")) for step in jobs["build"]["steps"]]
    assert steps.index("make release") < steps.index("actions/attest-build-provenance@v2")
    assert not re.search(r"secrets\.|password:|[^-]token:", text)
