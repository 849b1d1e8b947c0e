"""The platform contract on the sandbox, with Blogger's uncertain behaviours in every position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from blogkit.platforms.base import Platform
from blogkit.sandbox.server import Sandbox
from blogkit.sandbox.switches import Switches
from tests.contract import PlatformContract
from tests.platforms.blogger.conftest import connect_to


class OnSandbox(PlatformContract):
    @pytest.fixture
    def now(self, sandbox: Sandbox) -> datetime:
        return sandbox.clock()


class TestBlogger(OnSandbox):
    @pytest.fixture
    def platform(self, sandbox: Sandbox) -> Platform:
        return connect_to(sandbox)


class TestBloggerWithSlugs(OnSandbox):
    @pytest.fixture
    def platform(self, sandbox: Sandbox) -> Platform:
        return connect_to(sandbox, slug_by_title=True)
