"""The guards guard."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest
from hypothesis import settings

from tests.conftest import ForbiddenInTests, profile


def test_a_connection_to_the_world_is_refused() -> None:
    with socket.socket() as s, pytest.raises(ForbiddenInTests, match=r"192\.0\.2\.1"):
        s.connect(("192.0.2.1", 80))


def test_sleeping_is_refused() -> None:
    with pytest.raises(ForbiddenInTests, match="slept"):
        time.sleep(1)


def test_home_is_an_empty_folder() -> None:
    assert list(Path(os.environ["HOME"]).iterdir()) == []


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "dev"),
        ({"CI": "true"}, "ci"),
        ({"HYPOTHESIS_PROFILE": "ci"}, "ci"),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "dev"}, "dev"),
    ],
)
def test_only_ci_draws_new_examples(environment: dict[str, str], name: str) -> None:
    assert profile(environment) == name
    assert settings.get_profile(name).derandomize == (name == "dev")
