"""Rows of switches in which every two positions of two switches meet at least once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

Row = dict[str, str]
Pair = frozenset[tuple[str, str]]


def pairwise(options: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return few rows that cover all pairs; the first has all first positions.

    Switch by switch, those with most positions first: each row takes the position of the new
    switch that brings most new pairs, and what is missing then gets rows of its own, in which other
    switches are still free (in-parameter-order, https://csrc.nist.gov/projects/automated-combinatorial-testing-for-software).
    """
    names = sorted(options, key=lambda name: -len(options[name]))
    rows: list[Row] = [{name: options[name][0] for name in names}]
    for number, name in enumerate(names):
        missing = all_pairs(options, name, names[:number])
        for row in rows:
            row[name] = row.get(name) or max(
                options[name], key=lambda to, row=row: len(_met(row, name, to, missing))
            )
            missing -= _met(row, name, row[name], missing)
        for pair in sorted(missing, key=sorted):
            values = dict(pair)
            row = next((one for one in rows if _fits(one, values)), {})
            if not row:
                rows.append(row)
            row.update(values)
    return [{name: row.get(name, options[name][0]) for name in options} for row in rows]


def _met(row: Row, name: str, to: str, missing: set[Pair]) -> set[Pair]:
    pairs = {frozenset([(name, to), other]) for other in row.items() if other[0] != name}
    return pairs & missing


def _fits(row: Row, values: Row) -> bool:
    return all(row.get(name, to) == to for name, to in values.items())


def all_pairs(options: Mapping[str, Sequence[str]], name: str, others: Sequence[str]) -> set[Pair]:
    """Return every position of a switch with every position of others."""
    return {
        frozenset([(name, here), (other, there)])
        for other in others
        for here, there in product(options[name], options[other])
    }


def pairs_of(row: Mapping[str, str]) -> set[Pair]:
    """Return the pairs that a row covers."""
    return {frozenset(pair) for pair in combinations(row.items(), 2)}
