"""The platform contract as tests. A platform's tests inherit `PlatformContract` and provide the
fixture `platform`.
"""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    "tests.contract.base",
    "tests.contract.abilities",
    "tests.contract.content",
    "tests.contract.damaged",
    "tests.contract.settings",
    "tests.contract.state",
)

# after the line that makes its assertions talk
from tests.contract.abilities import Abilities  # noqa: E402
from tests.contract.content import Content  # noqa: E402
from tests.contract.damaged import Damaged  # noqa: E402
from tests.contract.settings import Settings  # noqa: E402
from tests.contract.state import States  # noqa: E402


class PlatformContract(Content, States, Abilities, Settings, Damaged):
    """What every platform must do alike."""
