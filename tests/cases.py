"""Many cases in one test: every case runs, and a failure names each one that broke."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.sampling import note, spread

Test = TypeVar("Test", bound=Callable[..., None])
Label = Callable[[Any], object]
_PLAIN = re.compile(r"[\w ./-]*\w")


class CasesFailed(AssertionError):
    """Some cases of a test failed; `failures` has the name of each and its message."""

    def __init__(self, failures: Mapping[str, str]) -> None:
        lines = [f"{name}: {message}" for name, message in failures.items()]
        super().__init__("\n".join([f"cases that failed: {len(failures)}", *lines]))
        self.failures = failures


def for_each(
    names: str | Sequence[str],
    cases: Iterable[Any],
    ids: Iterable[str] | Label | None = None,
    *,
    quick: int = 0,
    local: int = 0,
) -> Callable[[Test], Test]:
    """Run a test with each of these values, in one go.

    It reads like `pytest.mark.parametrize`, and stacks. Each case gets a `tmp_path` of its own.
    The cases share all other fixtures, so a case that changes one needs `parametrize`.

    Args:
        names: The parameters that the values are for, as in `parametrize`.
        cases: For one parameter its values, for several the tuples of their values.
        ids: The names of the cases, or a function that names a value.
        quick: How many cases `make quick` runs, spread over all of them; 0 means as many as
            `make test`.
        local: How many cases `make test` runs outside of CI, which runs each; 0 means each.

    Returns:
        A decorator. The test fails with `CasesFailed` once all its cases have run.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else [*names]
    every = _named(keys, [*cases], ids)
    named = {name: every[name] for name in spread([*every], quick=quick, local=local)}

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def run_all(*args: Any, **fixtures: Any) -> None:
            __tracebackhide__ = True
            note(len(every) - len(named))
            failures: dict[str, str] = {}
            first: BaseException | None = None
            for number, (name, values) in enumerate(named.items(), 1):
                try:
                    test(*args, **(fixtures | _own_folder(fixtures, number) | values))
                except CasesFailed as error:
                    failures |= {f"{name}, {inner}": text for inner, text in error.failures.items()}
                    first = first or error.__cause__
                except (Exception, pytest.fail.Exception) as error:
                    failures[name] = _message(error)
                    first = first or error
            if failures:
                raise CasesFailed(failures) from first

        signature = inspect.signature(test)
        kept = [each for each in signature.parameters.values() if each.name not in keys]
        run_all.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return run_all  # type: ignore[return-value]

    return decorate


def _own_folder(fixtures: Mapping[str, Any], number: int) -> dict[str, Path]:
    """Return `tmp_path` for the case of this number, if the test asks for it."""
    if "tmp_path" not in fixtures:
        return {}
    folder: Path = fixtures["tmp_path"] / f"case-{number}"
    folder.mkdir()
    return {"tmp_path": folder}


def _named(
    keys: list[str], cases: list[Any], ids: Iterable[str] | Label | None
) -> dict[str, dict[str, Any]]:
    """Return the arguments of each case by its name. Names are made unique with a number."""
    assert cases, "there are no cases: this proves nothing"
    given = None if ids is None or callable(ids) else [*ids]
    assert given is None or len(given) == len(cases), "each case needs a name"
    found: dict[str, dict[str, Any]] = {}
    for number, case in enumerate(cases):
        values = (case,) if len(keys) == 1 else tuple(case)
        arguments = dict(zip(keys, values, strict=True))
        name = given[number] if given else ", ".join(_label(value, ids) for value in values)
        found[f"{name} #{number + 1}" if name in found else name] = arguments
    return found


def _label(value: Any, ids: Iterable[str] | Label | None) -> str:
    chosen = ids(value) if callable(ids) else None
    if chosen is None and isinstance(value, str | Path) and _PLAIN.fullmatch(str(value)):
        chosen = value
    text = repr(value) if chosen is None else str(chosen)
    return text if len(text) <= 100 else f"{text[:80]}…{text[-19:]}"


def _message(error: BaseException) -> str:
    text = str(error)
    return text if type(error) is AssertionError else f"{type(error).__name__}: {text}"
