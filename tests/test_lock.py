"""What set-up installs is locked by version and hash, and the lock is in step with
pyproject.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

FILES = ("demo", "dev", "release", "lowest")
SYSTEMS = {"linux": "posix", "darwin": "posix", "win32": "nt"}
PYTHONS = ("3.11.2", "3.11.14", "3.12.0", "3.13.5", "3.14.2")


@dataclass(frozen=True)
class Pin:
    """One locked version: when it is installed, its hashes, and the packages that want it."""

    requirement: Requirement
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> Version:
        [exact] = self.requirement.specifier
        assert exact.operator == "=="
        return Version(exact.version)


def pins(project: Path, name: str) -> list[Pin]:
    text = (project / f"requirements/{name}.txt").read_text(encoding="utf-8")
    found = []
    for block in re.split(r"\n(?=[a-z])", text)[1:]:
        spec = re.split(r" \\\n|\n", block, maxsplit=1)[0]
        wanted_by = re.findall(r"^ +# (?:via )? *(\S.*)$", block, re.MULTILINE)
        found.append(
            Pin(Requirement(spec), tuple(re.findall(r"--hash=(\S+)", block)), tuple(wanted_by))
        )
    return found


def environments() -> Iterator[dict[str, str]]:
    for python in PYTHONS:
        for platform, system in SYSTEMS.items():
            short = python.rsplit(".", 1)[0]
            about = {
                "sys_platform": platform,
                "os_name": system,
                "python_full_version": python,
                "python_version": short,
            }
            yield {**{name: str(value) for name, value in default_environment().items()}, **about}


def wanted(project: Path, file: str) -> list[Requirement]:
    """Return what pyproject.toml asks for."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[Any]] = about["dependency-groups"]
    names = list(about["project"]["dependencies"]) + groups["build"]
    group = {"demo": "build", "release": "release"}.get(file, "dev")
    if group != "build":
        names += [each for each in groups[group] if isinstance(each, str)]
    if file == "lowest":
        names += [
            each for extra in about["project"]["optional-dependencies"].values() for each in extra
        ]
    return [Requirement(each) for each in names]


@pytest.mark.parametrize("file", FILES)
def test_everything_has_hashes_and_no_address(project: Path, file: str) -> None:
    locked = pins(project, file)
    assert len(locked) > 30
    assert [
        pin.name
        for pin in locked
        if not pin.hashes
        or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in pin.hashes)
    ] == []
    assert "://" not in (project / f"requirements/{file}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_the_lock_holds_what_pyproject_asks_for_on_every_python_and_system(
    project: Path, file: str
) -> None:
    """If this fails, run: make lock"""
    locked, asked = pins(project, file), wanted(project, file)
    for environment in environments():
        here = [
            pin
            for pin in locked
            if not pin.requirement.marker or pin.requirement.marker.evaluate(environment)
        ]
        versions = {pin.name: pin.version for pin in here}
        assert len(versions) == len(here), "two versions of one package"
        for each in asked:
            if not each.marker or each.marker.evaluate(environment):
                assert each.specifier.contains(versions[canonicalize_name(each.name)]), (
                    f"{each} in {environment}"
                )


@pytest.mark.parametrize("file", FILES)
def test_the_lock_holds_nothing_that_is_no_longer_wanted(project: Path, file: str) -> None:
    locked = pins(project, file)
    direct = {
        pin.name
        for pin in locked
        if any(each.startswith("blogkit (pyproject.toml") for each in pin.wanted_by)
    }
    assert direct == {canonicalize_name(each.name) for each in wanted(project, file)}
    assert [pin.name for pin in locked if not pin.wanted_by] == []


def test_the_client_with_a_folder_of_its_own_is_locked(project: Path) -> None:
    locked = pins(project, "easyblogger")
    text = (project / "requirements/easyblogger.in").read_text(encoding="utf-8")
    asked = [Requirement(line) for line in text.splitlines() if not line.startswith("#")]
    assert {pin.name for pin in locked} == {each.name for each in asked}
    assert all(pin.hashes for pin in locked)
    # both are on one path, so a package in both could have two versions
    assert not {pin.name for pin in locked} & {pin.name for pin in pins(project, "dev")}


def test_demo_and_tests_run_on_the_same_versions(project: Path) -> None:
    development = {(pin.name, pin.version) for pin in pins(project, "dev")}
    assert {(pin.name, pin.version) for pin in pins(project, "demo")} <= development
    shared = {name for name, _ in development}
    released = {(pin.name, pin.version) for pin in pins(project, "release") if pin.name in shared}
    assert released <= development


def test_the_lowest_versions_are_those_that_pyproject_promises(project: Path) -> None:
    locked = {pin.name: pin.version for pin in pins(project, "lowest")}
    for each in wanted(project, "lowest"):
        for bound in each.specifier:
            promised = Version(bound.version.removesuffix(".*")).release
            assert locked[canonicalize_name(each.name)].release[: len(promised)] == promised, (
                f"{each}: run make lock"
            )
