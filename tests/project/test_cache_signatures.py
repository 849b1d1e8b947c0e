"""The signatures of a folder of widgets, with the links in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from blogkit.project.cache import signatures
from blogkit.project.cache.signatures import files_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "template.html").write_text("x", encoding="utf-8")
        (tmp_path / name / "around").symlink_to(tmp_path)
    (tmp_path / "c").symlink_to("a")
    found = list(files_in(tmp_path))
    assert found == list(files_in(tmp_path))
    assert len([part for part in found if b"template.html" in part]) == 2


def test_a_folder_that_becomes_a_link_counts_as_changed(tmp_path: Path) -> None:
    """A link needs trust, and the files in the folder keep their signatures."""
    (tmp_path / "widgets/box").mkdir(parents=True)
    (tmp_path / "widgets/box/template.html").write_text("x", encoding="utf-8")
    before = list(files_in(tmp_path / "widgets"))
    (tmp_path / "widgets/box").rename(tmp_path / "box")
    (tmp_path / "widgets/box").symlink_to("../box")
    assert list(files_in(tmp_path / "widgets")) != before


def test_a_link_to_a_whole_disk_counts_as_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "_MOST_FILES", 20)
    for number in range(30):
        (tmp_path / f"disk/{number}").mkdir(parents=True)
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets/disk").symlink_to("../disk")
    found = list(files_in(tmp_path / "widgets"))
    assert len(found) < 30
    assert found != list(files_in(tmp_path / "widgets"))
