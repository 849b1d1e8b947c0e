"""The guards guard."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from tests.conftest import ForbiddenInTests


def test_a_connection_to_the_world_is_refused() -> None:
    with socket.socket() as s, pytest.raises(ForbiddenInTests, match=r"192\.0\.2\.1"):
        s.connect(("192.0.2.1", 80))


def test_sleeping_is_refused() -> None:
    with pytest.raises(ForbiddenInTests, match="slept"):
        time.sleep(1)


def test_home_is_an_empty_folder() -> None:
    assert list(Path(os.environ["HOME"]).iterdir()) == []
