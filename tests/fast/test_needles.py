"""Each large pattern is tied to the words that it is skipped without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.lint.dates import RELATIVE
from blogkit.lint.languages.instructions import INSTRUCTIONS_ABROAD
from blogkit.lint.placeholders import ENGLISH_ANSWER, ENGLISH_INSTRUCTION, PLACEHOLDER_TEXT
from blogkit.lint.required_words import Needles
from tests.cases import for_each
from tests.fast.adversarial import INLINE

ALL = {
    "INSTRUCTION": ENGLISH_INSTRUCTION,
    "ANSWER": ENGLISH_ANSWER,
    **{f"PLACEHOLDER-{number}": each for number, each in enumerate(PLACEHOLDER_TEXT.needles)},
    **{f"RELATIVE-{number}": each for number, each in enumerate(RELATIVE.needles)},
    **{f"ABROAD-{number}": each for number, each in enumerate(INSTRUCTIONS_ABROAD)},
}
_ANY = "\0"  # a place where the pattern leaves the character open


def spelled(items: Any) -> Iterator[str]:
    """Every way to go through a parsed pattern, with the characters that it names and `_ANY` for
    the others.
    """
    ways = [""]
    for kind, value in items:
        found = list(_spelled(str(kind), value))
        ways = [way + more for way in ways for more in found]
    yield from ways


def _spelled(kind: str, value: Any) -> Iterator[str]:
    if kind == "LITERAL":
        yield chr(value)
    elif kind == "BRANCH":
        for branch in value[1]:
            yield from spelled(branch)
    elif kind == "SUBPATTERN":
        yield from spelled(value[3])
    elif kind == "MAX_REPEAT":
        least, most, inner = value
        for count in {least, min(int(most), least + 1)}:
            yield from (way * count for way in spelled(inner))
    elif kind == "IN" and all(str(item[0]) == "LITERAL" for item in value):
        yield from (chr(item[1]) for item in value)
    elif kind == "IN" and [str(item[1]) for item in value] == ["CATEGORY_SPACE"]:
        yield " "
    elif kind in ("AT", "ASSERT", "ASSERT_NOT"):
        yield ""
    else:
        yield _ANY


def ways_of(needles: Needles) -> list[str]:
    parser = re._parser  # type: ignore[attr-defined]
    ways = spelled(parser.parse(needles.pattern.pattern))
    return [way.lower() if needles.pattern.flags & re.IGNORECASE else way for way in ways]


def holds(way: str, needed: str, needles: Needles) -> bool:
    """Whether a way has a part, or a word as a whole."""
    if needed in needles.parts:
        return needed in way
    return bool(re.search(rf"(?<![A-Za-z{_ANY}]){needed}(?![A-Za-z{_ANY}])", way.lower()))


@pytest.mark.parametrize("name", ALL)
def test_every_alternative_of_a_pattern_holds_one_of_its_words(name: str) -> None:
    needles = ALL[name]
    ways, needed = ways_of(needles), (*needles.words, *needles.parts)
    assert len(ways) >= 6
    assert [way for way in ways if not any(holds(way, one, needles) for one in needed)] == []
    assert [way for way in ways if not needles.may_hold(way)] == []


@pytest.mark.parametrize("name", ALL)
def test_a_word_is_needed_by_some_alternative(name: str) -> None:
    needles = ALL[name]
    ways, needed = ways_of(needles), (*needles.words, *needles.parts)
    for one in needed:
        others = [other for other in needed if other != one]
        assert any(not any(holds(way, other, needles) for other in others) for way in ways), (
            f"{one!r} can go"
        )


@for_each("edge", ["x", "é", "ß", "_", "1", "\u0301", "ſ"])
def test_a_match_beside_other_letters_is_found_as_by_the_pattern_alone(edge: str) -> None:
    for needles in ALL.values():
        for way in ways_of(needles)[::7]:
            for text in (f"{edge}{way}", f"{way}{edge}", f" {way}{edge}\n{way}"):
                assert [found.span() for found in needles.finditer(text)] == [
                    found.span() for found in needles.pattern.finditer(text)
                ]


@pytest.mark.sampled
@pytest.mark.parametrize("name", ALL)
@given(data=st.data())
def test_the_same_is_found_as_by_the_pattern_alone(name: str, data: st.DataObject) -> None:
    needles = ALL[name]
    pattern = re.compile(needles.pattern.pattern, needles.pattern.flags)  # it may be a lazy one
    match = st.from_regex(pattern, fullmatch=True)
    text = data.draw(
        st.lists(st.one_of(match, st.sampled_from(INLINE), st.text(max_size=5)), max_size=4).map(
            " ".join
        )
    )
    assert [found.span() for found in needles.finditer(text)] == [
        found.span() for found in needles.pattern.finditer(text)
    ]
    first = needles.search(text)
    assert (first and first.span()) == ((alone := needles.pattern.search(text)) and alone.span())


@for_each(
    "text",
    [
        "After paſting thiſ code",
        "CERTAİNLY! Here is",
        "feel free to modıfy this code",
        "ma\u212ae sure, as an AI model",
    ],
)
def test_letters_that_python_takes_for_others_are_no_way_around(text: str) -> None:
    assert ENGLISH_INSTRUCTION.may_hold(text)


def test_most_texts_hold_none() -> None:
    """Else the words would be no help."""
    text = (
        "The court said that water in rural and coastal growth belongs to all, and set out what the"
        " states must do."
    )
    assert not any(replace(each, letters=None).may_hold(text) for each in ALL.values())
