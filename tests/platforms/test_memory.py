from __future__ import annotations

import pytest

from blogkit.platforms.base import Platform
from blogkit.platforms.memory import InMemoryPlatform
from tests.contract import PlatformContract


class TestMemory(PlatformContract):
    @pytest.fixture
    def platform(self) -> Platform:
        return InMemoryPlatform()
