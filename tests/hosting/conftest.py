from __future__ import annotations

from collections.abc import Iterator

import pytest

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
