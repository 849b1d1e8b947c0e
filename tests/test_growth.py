"""What measures growth finds it."""

from __future__ import annotations

import re

import pytest

from tests import growth


@pytest.mark.slow
def test_work_that_grows_with_the_square_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "ENOUGH", 0.02)
    search = re.compile("a+b").search
    with pytest.raises(AssertionError):
        growth.assert_linear(search, lambda size: "a" * size, 16_000)
    growth.assert_linear(lambda text: sum(map(ord, text)), lambda size: "a" * size, 1_000_000)
