from __future__ import annotations

import pytest

from blogkit.platforms.base import Platform
from blogkit.platforms.memory import InMemoryPlatform
from tests.contract import PlatformContract
from tests.contract.damaged import Damage


class TestMemory(PlatformContract):
    @pytest.fixture
    def platform(self) -> Platform:
        return InMemoryPlatform()

    @pytest.fixture
    def damage(self, platform: Platform) -> Damage:
        assert isinstance(platform, InMemoryPlatform)
        return platform.damaged.__setitem__
