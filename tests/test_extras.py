"""Hints that tell how to install something work as blogkit is installed: from its folder."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from blogkit.extras import PACKAGES, install_hint, update_hint
from tests.cases import for_each

ROOT = Path(__file__).resolve().parent.parent
FROM_AN_INDEX = re.compile(
    r"\b(?:pipx?|uv(?: tool)?) (?:install|upgrade)\b[^\n`#]{0,30}?[ \"']blogkit\b(?!/)"
)


def test_every_extra_is_known() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert extras.keys() == PACKAGES.keys()
    for name, needs in extras.items():
        assert re.match(r"[\w-]+", needs[0])[0] == PACKAGES[name]  # type: ignore[index]


@for_each(
    ("made_by", "command", "update"),
    [
        ("uv-receipt.toml", "uv tool install", "uv tool install --reinstall"),
        ("pipx_metadata.json", "pipx install --force", "pipx install --force"),
        ("pyvenv.cfg", "{python} -m pip install", "{python} -m pip install"),
    ],
)
def test_a_hint_keeps_the_extras_that_are_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made_by: str, command: str, update: str
) -> None:
    def version(name: str) -> str:
        if name in there:
            return "1"
        raise metadata.PackageNotFoundError(name)

    (tmp_path / made_by).touch()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", python := str(tmp_path / "bin/python"))
    monkeypatch.setattr(metadata, "version", version)
    command, update = command.format(python=python), update.format(python=python)
    there = {"keyring", "google-auth-oauthlib"}
    hint = install_hint("docx")
    assert hint == f"in the folder of blogkit, run: {command} '.[docx,google,keyring]'"
    assert update_hint().endswith(f" run: {update} '.[google,keyring]'")
    there = set()
    assert install_hint("docx").endswith(f"{command} '.[docx]'")
    assert update_hint().endswith(f"{update} .")
    monkeypatch.undo()  # pytest itself needs the packages


def test_no_text_installs_blogkit_from_an_index() -> None:
    listed = subprocess.run(
        ("git", "ls-files", "-z", "*.py", "*.md", "*.yml", "*.toml", "*.svg", ".env.example"),
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    names = [name for name in filter(None, listed.split("\0")) if not name.startswith("tests/")]
    assert len(names) > 300
    found = {
        name: match[0]
        for name in names
        if (ROOT / name).is_file()
        and (match := FROM_AN_INDEX.search((ROOT / name).read_text(encoding="utf-8")))
    }
    assert found == {}
