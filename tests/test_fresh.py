"""A bare system gets this machine's way to its package indexes and nothing else, and stays
inside its folder.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.fresh import copy, settings


def test_a_link_out_of_the_system_is_replaced_and_not_followed(tmp_path: Path) -> None:
    ours, system = tmp_path / "ours", tmp_path / "system"
    system.mkdir()
    ours.write_text("ours", encoding="utf-8")
    (tmp_path / "new").write_text("new", encoding="utf-8")
    (system / "file").symlink_to(ours)
    copy(tmp_path / "new", system / "file")
    assert (system / "file").read_text(encoding="utf-8") == "new"
    assert ours.read_text(encoding="utf-8") == "ours"


def test_folders_are_copied_and_what_is_missing_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip/pip.conf").write_text("[global]", encoding="utf-8")
    copy(tmp_path / "pip", tmp_path / "system/etc/pip")
    copy(tmp_path / "missing", tmp_path / "system/missing")
    assert [
        str(path.relative_to(tmp_path / "system")) for path in (tmp_path / "system").rglob("*")
    ] == [
        "etc",
        "etc/pip",
        "etc/pip/pip.conf",
    ]


def test_only_what_leads_to_the_indexes_gets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "PIP_CERT",
        "UV_INDEX_URL",
        "SSL_CERT_FILE",
        "https_proxy",
        "AWS_SECRET",
        "BLOGKIT_TOKEN",
        "SSLKEY",
    ):
        monkeypatch.setenv(name, "x")
    assert {name for name, value in settings().items() if value == "x"} == {
        "PIP_CERT",
        "UV_INDEX_URL",
        "SSL_CERT_FILE",
        "https_proxy",
    }
