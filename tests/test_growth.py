"""What measures growth finds it."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest

from tests import growth


@pytest.mark.slow
def test_work_that_grows_with_the_square_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "ENOUGH", 0.02)
    search = re.compile("a+b").search
    with pytest.raises(AssertionError):
        growth.assert_linear(search, lambda size: "a" * size, 16_000)
    growth.assert_linear(lambda text: sum(map(ord, text)), lambda size: "a" * size, 1_000_000)


@pytest.mark.parametrize(
    ("spent", "slower", "kept"),
    [
        ([1.4], 1.0, True),
        ([3.1], 1.0, False),
        ([2.9], 2.0, True),
        ([0.9], 0.5, True),
        ([9.0, 9.0, 1.4], 1.0, True),
    ],
)
def test_a_promised_time_is_kept_at_one_of_the_tries(
    monkeypatch: pytest.MonkeyPatch, spent: list[float], slower: float, kept: bool
) -> None:
    monkeypatch.setattr(growth, "slowness", lambda: slower)
    monkeypatch.setattr(growth, "seconds", lambda work: spent[min(work(), len(spent) - 1)])
    tries: list[int] = []

    def work(number: int) -> int:
        tries.append(number)
        return number

    with nullcontext() if kept else pytest.raises(AssertionError, match="s are promised"):
        growth.assert_takes(1.0, work)
    assert tries == [*range(len(spent) if kept else growth.TRIES)]
