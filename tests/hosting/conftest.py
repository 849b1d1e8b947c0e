from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import leave_home
from tests.crash.children import Children
from tests.hosting.bucket import Bucket, open_bucket
from tests.hosting.gallery import Gallery, open_gallery
from tests.hosting.github import GitHub, open_github


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    with open_gallery() as gallery:
        yield gallery


@pytest.fixture
def github() -> Iterator[GitHub]:
    with open_github() as github:
        yield github


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    with open_bucket() as bucket:
        yield bucket


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        leave_home(monkeypatch, tmp_path_factory.mktemp("home"))
        with Children() as launcher:
            monkeypatch.undo()
            yield launcher
