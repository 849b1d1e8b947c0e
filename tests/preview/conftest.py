"""A blog's folder with a preview, in this process: nothing runs in a thread unless a test starts it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

import blogkit
from blogkit.preview.access import Access
from blogkit.preview.server import preview_app
from blogkit.preview.session import PreviewSession
from blogkit.preview.watch import Watcher

BASE = "http://127.0.0.1:8766"
TOML = '[sites.main]\nplatform = "folder"\nfolder = "site"\n'
POST = "---\ntitle: Rivers that meet\npublish: now\n---\nFirst paragraph.\n\nSecond paragraph.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A blog whose site is a folder, with one post."""
    root = tmp_path / "blog"
    (root / "posts").mkdir(parents=True)
    (root / "blogkit.toml").write_text(TOML, encoding="utf-8")
    (root / "posts" / "rivers.md").write_text(POST, encoding="utf-8")
    return root


@pytest.fixture
def session(folder: Path) -> PreviewSession:
    def opened() -> blogkit.Project:
        return blogkit.open(folder, environ={}, sleep=lambda _seconds: None)

    return PreviewSession(opened, folder)


@pytest.fixture
def watcher(session: PreviewSession) -> Watcher:
    return Watcher(session)


@pytest.fixture
def access() -> Access:
    return Access(8766)


@pytest.fixture
def stranger(session: PreviewSession, access: Access) -> FlaskClient:
    """A browser that has not opened the printed address."""
    return preview_app(session, access).test_client()


@pytest.fixture
def client(stranger: FlaskClient, access: Access) -> FlaskClient:
    """The browser that has."""
    stranger.get(f"/?token={access.token}", base_url=BASE)
    return stranger
