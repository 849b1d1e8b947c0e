"""The mutation runner names what exists, and makes changes that are programs."""

from __future__ import annotations

import ast

import pytest

from scripts.mutants import ROOT, TESTS, equivalent, files_of, mutants, sample
from tests.cases import for_each


@pytest.mark.slow
@for_each("module", TESTS, local=7)
def test_every_mutant_is_another_program(module: str) -> None:
    source = (ROOT / "blogkit" / f"{module}.py").read_bytes()
    whole = ast.dump(ast.parse(source))
    for mutant in sample(module, 40, 1):
        assert ast.dump(ast.parse(mutant.applied(source))) != whole, mutant


def test_every_module_has_its_tests() -> None:
    assert [
        name for module in TESTS for name in files_of(module) if not (ROOT / name).exists()
    ] == []


@pytest.mark.slow
def test_a_sample_is_the_same_for_a_seed_and_leaves_out_what_makes_no_difference() -> None:
    assert sample("http/client", 9, 7) == sample("http/client", 9, 7) != sample("http/client", 9, 8)
    everything = {str(mutant) for module in TESTS for mutant in mutants(module)}
    assert equivalent() <= everything, "a line of equivalent_mutants.txt is out of date"
    assert not equivalent() & {
        str(mutant) for module in TESTS for mutant in sample(module, 10_000, 1)
    }
