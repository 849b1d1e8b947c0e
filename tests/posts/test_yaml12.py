"""YAML by the 1.2 core rules: what stays text, what becomes a number, and where problems are."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import ContentError, Problem
from blogkit.posts.yaml12 import Yaml, as_written, load_yaml
from tests.cases import for_each


def read(text: str, line: int = 1) -> Yaml:
    return load_yaml(text, path="a.md", line=line)


def problems(text: str, line: int = 1) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        read(text, line)
    return caught.value.problems


TEXTS = """no No yes on off y n 07:30 12:30:45 1_000 2022-02 2022-02-01 0b11 1,000
1e e1 . + 0x 0o8 0o 1.2.3 nAn .Nan tRue nUll ~x << = १२ --1"""


@for_each("text", [*TEXTS.split(), "2026-12-01 07:00", "1 2"])
def test_stays_text(text: str) -> None:
    value = read(f"a: {text}").value["a"]
    assert value == text
    assert type(value) is str


SCALARS = {
    "0": 0, "-12": -12, "+3": 3, "017": 17, "0o17": 15, "0x1F": 31, "1.5": 1.5, "2.50": 2.5, ".5": 0.5, "1.": 1.0,
    "1e3": 1000.0, "+12e03": 12000.0, "-.inf": -math.inf, ".INF": math.inf, "true": True, "FALSE": False,
    "null": None, "~": None, "": None, "!!str 12": "12", "'12'": "12", '"true"': "true",
}  # fmt: skip


@for_each(("text", "value"), SCALARS.items())
def test_scalars(text: str, value: object) -> None:
    assert read(f"a: {text}").value == {"a": value}
    assert read(f"[{text or '~'}]").value == [value]


def test_not_a_number() -> None:
    assert math.isnan(read(".nan").value)


@for_each("text", ["2.50", "007", "+1", "0x1F", "1e3", "12", "-1.5", "true"])
def test_a_number_remembers_how_it_was_written(text: str) -> None:
    assert as_written(read(text).value) == text


def test_keys_are_text() -> None:
    assert read("2022: a\nno: b\ntrue: c\n~: d").value == {
        "2022": "a",
        "no": "b",
        "true": "c",
        "~": "d",
    }


def test_merge_keys_mean_nothing() -> None:
    assert read("a: &x {b: 1}\nc:\n  <<: *x").value == {"a": {"b": 1}, "c": {"<<": {"b": 1}}}


def test_empty() -> None:
    assert read("").value is None
    assert read("# only a comment\n").value is None
    assert read("", 7).line("a", 3) == 7


TREE = """\
title: A
items:
  - {icon: x, label: y}

  - label: |
      two
      lines
    value:
      deep: 1
after: z
"""


TRAILS: dict[tuple[str | int, ...], int] = {
    (): 11, ("title",): 11, ("items",): 12, ("items", 0): 13, ("items", 0, "label"): 13, ("items", 1): 15,
    ("items", 1, "label"): 15, ("items", 1, "value"): 18, ("items", 1, "value", "deep"): 19, ("after",): 20,
    ("items", 1, "missing", "x"): 15, ("items", 9): 12, ("items", "0"): 12, ("title", "x", 0): 11, ("nothing",): 11,
}  # fmt: skip


@for_each(("trail", "line"), TRAILS.items())
def test_lines_of_values(trail: tuple[str | int, ...], line: int) -> None:
    assert read(TREE, 11).line(*trail) == line


def test_lines_count_line_feeds_only() -> None:
    assert read('a: "x\u2028y\u0085z"\nb: 1').line("b") == 2


def test_source_text_of_scalars() -> None:
    yaml = read("a: 007\nb: [True]\nc: 'x'")
    assert (yaml.text("a"), yaml.text("b", 0), yaml.text("c")) == ("007", "True", "x")
    assert yaml.text("b") is None
    assert yaml.text("missing") is None
    assert yaml.text("b", 0, "deeper") is None


@for_each(
    ("text", "line", "words", "hint"),
    [
        ("a:\n\tb: 1", 2, "tab", "spaces"),
        ("a:\n  - b\n\t- c", 3, "tab", "spaces"),
        ("a: |\n x\n\ty", 3, "tab", "spaces"),
        ("x: 1\ntitle: Talks: day two", 2, '": "', 'title: "Talks: day two"'),
        ("a: 1\n  b: 2", 2, "indented", "align"),
        ("word\nb: 1", 2, "no key", "key: value"),
        ("a: 1\nb", 2, "no colon", "key: value"),
        ("a: 1\nb: 'x\nc: 1\n", 2, "never closed", "close it"),
        ('a: "x\\q"', 1, "escape", "single quotes"),
        ("b: 1\na: [1, 2\nc: 3", 2, '"["', "close"),
        ("a: {b: 1\n\nc: 2\n", 1, '"{"', "close"),
        ("a: 1\nb: [", 2, "not closed", "close"),
        ("a: @me", 1, '"@"', "quotes"),
        ("a: `x`", 1, '"`"', "quotes"),
        ("a: %x", 1, '"%"', "quotes"),
        ("a: 1\nb: *Bold* x", 2, '"*"', "quotes"),
        ("a: *nobody", 1, '"*"', "quotes"),
        ("a: & b", 1, '"&"', "quotes"),
        ("a: !important x", 1, '"!important"', "quotes"),
        ("a: !!python/object/apply:os.system x", 1, "!!python", "quotes"),
        ("a: !!int x", 1, "int", "quotes"),
        ("a: >x\n y", 1, '">"', "quotes"),
        ("a: 1\n---\nb: 2", 2, "second", "remove"),
        ("a: {{ quiz_url }}", 1, "one word", '"{"'),
        ("a:\n- b\nc\n", 3, "no colon", "key: value"),
        ("- a\nb: 1", 2, "- ", "align"),
        ("a: 1\nb: x\x01y", 2, "U+0001", "delete"),
        ("a: 1\nb: \ud800", 2, "U+D800", "delete"),
        ("a: 1\nb: " + "9" * 5000, 2, "int", "quotes"),
        ("a: &x [*x]", 1, "itself", "data file"),
        ("a:\n" + "- " * 300, 2, "deep", "brackets"),
        ("a:\n" + "[" * 100_000, 2, "deep", "brackets"),
        ("a: " + "[{x: " * 60, 1, "deep", "brackets"),
    ],
)
def test_broken(text: str, line: int, words: str, hint: str) -> None:
    (problem,) = problems(text, 1)
    assert problem.path == "a.md"
    assert problem.line == line
    assert words in problem.message
    assert hint in problem.hint
    assert problem.code
    assert problems(text, 101)[0].line == line + 100


def test_every_duplicate_key_is_named() -> None:
    found = problems("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n", 5)
    assert [(p.line, p.code) for p in found] == [(8, "duplicate-key"), (9, "duplicate-key")]
    assert '"a"' in found[1].message
    assert "line 5" in found[1].message


def test_an_alias_bomb_is_refused() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    assert {p.code for p in problems(bomb)} == {"yaml-too-large"}


def test_the_callers_code_names_broken_syntax() -> None:
    with pytest.raises(ContentError) as caught:
        load_yaml("a: [", path="a.md", line=1, code="front-matter")
    assert caught.value.problems[0].code == "front-matter"


PLAIN = st.text("0123456789_+-:.eExXoOnNyYfFtTaAiI", min_size=1, max_size=8)
NUMBER = re.compile(
    r"[-+]?(\d+|0o[0-7]+|0x[\da-fA-F]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"
)


@given(PLAIN)
def test_a_plain_scalar_is_a_number_only_by_the_core_rules(text: str) -> None:
    try:
        value = read(text).value
    except ContentError:
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        assert NUMBER.fullmatch(text)
        assert as_written(value) == text
    elif isinstance(value, str):
        assert not re.fullmatch(r"[-+]?\d+", text)
        assert value == text


NO_BREAKS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff\ufeff"
    ),
    max_size=20,
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | NO_BREAKS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NO_BREAKS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_json_is_yaml(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert read(text).value == value


@given(
    st.text(st.characters(codec=None), max_size=60)
    | st.text("-:?[]{},&*!|>'\"%@`# \n\tab1", max_size=60),
    st.integers(1, 99),
)
def test_random_text_is_a_value_or_problems_inside_the_text(text: str, line: int) -> None:
    try:
        yaml = load_yaml(text, path="a.md", line=line)
    except ContentError as error:
        for problem in error.problems:
            assert line <= problem.line <= line + text.count("\n")
            assert problem.message
    else:
        assert yaml.line() >= line
