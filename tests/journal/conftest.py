"""A journal to write into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit.journal.store import Journal
from tests.journal.samples import clock


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / ".blogkit" / "journal.sqlite", clock=clock) as journal:
        yield journal
