"""The model against WordPress itself: what it calls clean is kept, and every change is predicted.

Selected with `-m wordpress`. The summary at the end of the run prints the counts of each version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from unittest.mock import ANY

import pytest

from blogkit.html.elements import SPREAD
from blogkit.render.encode import escape_stable
from blogkit.sanitizers import facts
from blogkit.sanitizers.judge import judge
from blogkit.sanitizers.normal_form import normal_form
from tests.sanitizers import fragments, probe
from tests.sanitizers.claims import Tally, strict, tally
from tests.sanitizers.grammar import Writer
from tests.sanitizers.oracle import Filters
from tests.sanitizers.reporting import CLAIMS
from tests.sanitizers.vocabulary import ELEMENTS

pytestmark = pytest.mark.wordpress
SEED = 20
EACH = 7000
"""Fragments of each of three kinds."""
NEUTRAL = 7000
"""Fragments that are shown in each of three ways."""


@cache
def sent() -> dict[str, list[str]]:
    return fragments.every(EACH, SEED)


@cache
def neutral() -> list[str]:
    return fragments.neutral(NEUTRAL, SEED)


def test_the_facts_are_those_of_the_running_filter(real: Filters) -> None:
    kept = probe.elements(real)
    names = probe.properties(real)
    functions = {f"{name}()": where for name, where in probe.functions(real, names).items()}
    bare = {name: attributes - {"data-foo"} for name, attributes in kept.items()}
    # the attributes of an object depend on the file that it shows
    assert {**bare, **functions, "style=": names, "object": ANY} == {
        **facts.kept(real.version),
        "object": ANY,
    }
    assert probe.addresses(real, kept) == facts.ADDRESSES
    assert probe.schemes(real) == facts.SCHEMES
    assert probe.references(real) == facts.REFERENCES


def test_no_name_was_forgotten_when_the_facts_were_collected(real: Filters) -> None:
    """The filter's own list, as a running WordPress hands it to plugins."""
    (listed,) = real("tables", [""])
    elements = {
        name: names for name, names in facts.kept(real.version).items() if name[-1] not in "=)"
    }
    tags = {name: frozenset(found) - {"data-*"} for name, found in listed["tags"].items()}
    assert {**tags, "object": ANY} == {**elements, "object": ANY}
    assert set(listed["entities"]) == facts.REFERENCES
    assert set(listed["protocols"]) == facts.SCHEMES


def test_the_elements_that_part_paragraphs(real: Filters) -> None:
    shown = real("autop", [f"one <{name}>two</{name}> three" for name in ELEMENTS])
    parting = {name for name, text in zip(ELEMENTS, shown, strict=True) if "\n" in text.strip()}
    # before 6.2, formulas part them, too; a caption is treated in its own way
    assert parting - {"math"} == SPREAD - {"figcaption"}


def test_what_is_clean_is_kept_and_every_change_is_predicted(
    real: Filters, record_property: Callable[[str, object], None]
) -> None:
    total = Tally()
    for kind, found in sent().items():
        result = tally(found, real("saved", found), real.version)
        assert result.clean > EACH / 10, f"too few {kind} are clean to prove anything"
        assert result.malformed < EACH * 0.6, f"too many {kind} are called malformed"
        if kind == "pasted pages":
            assert result.malformed < EACH / 10, "what people paste must not be called malformed"
        total.add(result)
    record_property(CLAIMS, [real.exact, total.summary()])
    assert total.cases >= 20_000
    assert total.wrong == [], f"seed {SEED}, the shortest: {total.wrong[0]}"


def test_what_we_write_is_stored_byte_for_byte_and_called_clean(real: Filters) -> None:
    ours = list(fragments.clean_samples())
    assert [text for text in ours if not judge(text, strict(real.version)).clean] == []
    sealed = [escape_stable(text) for text in (*ours, *widgets())]
    assert real("saved", sealed) == sealed
    assert real("blocks", sealed) == sealed


def widgets() -> list[str]:
    writer = Writer(SEED)
    return [writer.widget() for _ in range(1500)]


def test_what_is_neutral_is_shown_as_it_was_written(
    real: Filters, record_property: Callable[[str, object], None]
) -> None:
    html = neutral()
    between = [f"before\n\n{text}\n\nafter" for text in html]
    shown = [
        *differing(html, real("classic", html)),
        *differing([f"<p>before</p>{text}<p>after</p>" for text in html], real("classic", between)),
        *differing(html, real("blocks", html)),
    ]
    cases = 3 * len(html)
    summary = f"{cases:,} neutral cases shown, {len(shown)} changed by a display filter"
    record_property(CLAIMS, [real.exact, summary])
    assert cases >= 20_000
    assert shown == [], f"seed {SEED}, the shortest: {min(shown, key=lambda pair: len(pair[0]))}"


def differing(meant: Sequence[str], shown: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is another document than was meant."""
    return [pair for pair in zip(meant, shown, strict=True) if not same(*pair)]


@cache
def same(mine: str, real: str) -> bool:
    """Return whether two texts are one document; most versions show the same."""
    return mine == real or normal_form(mine) == normal_form(real)
