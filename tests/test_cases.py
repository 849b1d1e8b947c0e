"""A test of many cases names every case that broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import CasesFailed, for_each
from tests.sampling import noted, spread


@for_each("number", [1, 2, 3, 4])
def is_odd(number: int) -> None:
    if number % 2 == 0:
        raise AssertionError(f"{number} is even")


@for_each(("left", "right"), [(1, 1), (1, 2)], ids=["same", "other"])
@for_each("sign", ["plus", "minus"])
def agrees(left: int, right: int, sign: str) -> None:
    if left != right and sign == "minus":
        raise AssertionError(f"{left} is not {right}")


@for_each("number", [0, 1])
def divides(number: int) -> None:
    if not 1 // number:
        pytest.fail("never")


def test_every_case_runs_and_those_that_fail_are_named() -> None:
    with pytest.raises(CasesFailed) as caught:
        is_odd()
    assert str(caught.value) == "cases that failed: 2\n2: 2 is even\n4: 4 is even"
    assert str(caught.value.__cause__) == "2 is even"


def test_stacked_cases_are_named_by_both() -> None:
    with pytest.raises(CasesFailed) as caught:
        agrees()
    assert str(caught.value) == "cases that failed: 1\nother, minus: 1 is not 2"
    assert str(caught.value.__cause__) == "1 is not 2"


def test_an_error_is_a_failure_and_has_its_type() -> None:
    with pytest.raises(CasesFailed, match="0: ZeroDivisionError: ") as caught:
        divides()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_two_cases_of_one_name_are_told_apart() -> None:
    @for_each("number", [2, 3, 2])
    def run(number: int) -> None:
        if number == 2:
            raise AssertionError("no")

    with pytest.raises(CasesFailed) as caught:
        run()
    assert str(caught.value) == "cases that failed: 2\n2: no\n2 #3: no"


@pytest.mark.parametrize("ids", [["one"], ["one", "two", "three"]])
def test_a_name_for_each_case(ids: list[str]) -> None:
    with pytest.raises(AssertionError, match="each case needs a name"):
        for_each("number", [1, 2], ids=ids)


def test_no_cases_prove_nothing() -> None:
    with pytest.raises(AssertionError, match="no cases"):
        for_each("number", [])


@for_each(
    "profile, most, run",
    [
        ("quick", {"quick": 3}, [0, 4, 8]),
        ("quick", {"quick": 3, "local": 5}, [0, 4, 8]),
        ("quick", {"local": 5}, [0, 2, 4, 6, 8]),
        ("dev", {"quick": 3}, [*range(10)]),
        ("dev", {"local": 5}, [0, 2, 4, 6, 8]),
        ("dev", {"local": 10}, [*range(10)]),
        ("ci", {"quick": 3, "local": 5}, [*range(10)]),
    ],
)
def test_all_run_in_ci_and_elsewhere_cases_that_lie_apart(
    profile: str, most: dict[str, int], run: list[int]
) -> None:
    seen: list[int] = []
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HYPOTHESIS_PROFILE", profile)
        for_each("number", range(10), **most)(lambda number: seen.append(number))()
    assert seen == run
    assert sum(noted()) == 10 - len(run)


def test_families_that_take_turns_leave_no_case_out_together() -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HYPOTHESIS_PROFILE", "dev")
        found = {case for turn in range(4) for case in spread(range(10), local=3, turn=turn)}
    assert found == {*range(10)}


@for_each("name", ["first", "second"])
def test_each_case_has_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    assert list(tmp_path.iterdir()) == []
    (tmp_path / name).touch()
