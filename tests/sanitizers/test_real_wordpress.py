"""The models against WordPress itself: thousands of inputs, not one difference. Selected with
`-m wordpress`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blogkit.sanitizers.compare import losses
from blogkit.sanitizers.encode import escape_stable
from blogkit.sanitizers.wordpress import kses_tables
from blogkit.sanitizers.wordpress.autop import wpautop
from blogkit.sanitizers.wordpress.css import filter_style
from blogkit.sanitizers.wordpress.kses import kses
from blogkit.sanitizers.wordpress.texturize import capital_p, rendered, smile, texturize
from tests.sanitizers.grammar import NAMES, Writer
from tests.sanitizers.snippets import SNIPPETS

if TYPE_CHECKING:
    from tests.sanitizers.conftest import Filters

pytestmark = pytest.mark.wordpress
ROOT = Path(__file__).resolve().parents[2]
SEED = 20


def same(inputs: Sequence[str], theirs: Sequence[str], ours: Callable[[str], str]) -> None:
    """Fail with the shortest input on which the two differ."""
    wrong = sorted(
        (
            (text, real, mine)
            for text, real in zip(inputs, theirs, strict=True)
            if (mine := ours(text)) != real
        ),
        key=lambda row: len(row[0]),
    )
    if wrong:
        sent, real, mine = wrong[0]
        pytest.fail(
            f"{len(wrong)} of {len(inputs)} differ (seed {SEED}), the shortest:\n  sent  {sent!r}\n"
            f"  real  {real!r}\n  model {mine!r}"
        )


def test_the_tables_are_those_of_wordpress(real: Filters) -> None:
    tables = real("tables", [""])[0]
    assert isinstance(tables, dict)
    assert {tag: frozenset(names) for tag, names in tables["tags"].items()} == kses_tables.allowed(
        real.version
    )
    assert set(tables["entities"]) == kses_tables.ENTITIES
    assert set(tables["protocols"]) == kses_tables.PROTOCOLS


def test_every_property(real: Filters) -> None:
    inputs = [f"{name}:1px" for name in NAMES]
    same(inputs, real("css", inputs), lambda text: filter_style(text, real.version))


def test_styles(real: Filters) -> None:
    writer = Writer(SEED)
    inputs = [writer.style() for _ in range(8000)]
    answers = real("css", inputs)
    assert sum(map(bool, answers)) > 1500, "the grammar writes too little that is kept"
    same(inputs, answers, lambda text: filter_style(text, real.version))


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("widgets/*/expected/strict.html")), ids=lambda page: page.parts[-3]
)
def test_our_widgets(real: Filters, page: Path) -> None:
    """Stored byte for byte, and shown as the same document whether or not the post holds blocks."""
    widget = page.read_text(encoding="utf-8").strip()
    assert real("saved", [widget]) == [widget]
    assert real("blocks", [widget]) == [widget]
    assert losses(widget, real("classic", [widget])[0]) == []


@pytest.mark.parametrize("wild", [False, True], ids=["well-formed", "broken"])
def test_html(real: Filters, wild: bool) -> None:
    writer = Writer(SEED)
    inputs = [*SNIPPETS, *(writer.html(wild=wild) for _ in range(3000))]
    same(inputs, real("saved", inputs), lambda text: kses(text, real.version))


def test_paragraphs(real: Filters) -> None:
    writer = Writer(SEED)
    inputs = [
        *SNIPPETS,
        *(writer.body() for _ in range(4000)),
        *(writer.html(wild=False) for _ in range(1000)),
    ]
    same(inputs, real("autop", inputs), lambda text: wpautop(text, real.version))


def test_typography(real: Filters) -> None:
    writer = Writer(SEED)
    inputs = [*SNIPPETS, *(writer.text() for _ in range(6000))]
    same(inputs, real("texturize", inputs), texturize)
    same(inputs, real("smilies", inputs), lambda text: smile(text, real.version))
    same(inputs, real("capital", inputs), capital_p)


@pytest.mark.parametrize("blocks", [True, False], ids=["blocks", "classic"])
def test_what_a_reader_gets(real: Filters, blocks: bool) -> None:
    writer = Writer(SEED)
    inputs = [text for text in (writer.text() for _ in range(6000)) if "[" not in text]
    same(
        inputs,
        real("blocks" if blocks else "classic", inputs),
        lambda text: rendered(text, blocks=blocks, version=real.version),
    )


def test_what_is_sealed_is_stored_and_shown_as_it_was_sent(real: Filters) -> None:
    writer = Writer(SEED)
    inputs = [escape_stable(writer.widget()) for _ in range(1500)]
    same(inputs, real("saved", inputs), lambda text: text)
    same(inputs, real("blocks", inputs), lambda text: text)
