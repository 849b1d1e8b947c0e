from __future__ import annotations

from bs4 import BeautifulSoup

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said


@for_each(
    ("fields", "words"),
    [
        ("", ["6.8 %", "Growth"]),
        ("note: from 6.1 %", ["6.8 %", "Growth", "from 6.1 %"]),
        ("trend: up", ["6.8 %", "Growth", "▲ Up"]),
        ("trend: down, note: from 7 %", ["6.8 %", "Growth", "▼ Down: from 7 %"]),
        ("trend: steady", ["6.8 %", "Growth", "■ Steady"]),
    ],
)
def test_a_tile_says_all_in_words(fields: str, words: list[str]) -> None:
    tile = BeautifulSoup(
        draw_html(call("stats", f"items: [{{value: 6.8 %, label: Growth, {fields}}}]")),
        "html.parser",
    ).select_one("div div div div")
    assert tile
    assert [p.text for p in tile.find_all("p")] == words


def test_numbers_stay_as_they_were_written() -> None:
    html = draw_html(
        call(
            "stats",
            "items: [{value: 2.50, label: a}, {value: 1_000, label: b}, {value: 007, label: c}]",
        )
    )
    assert [tag.text for tag in BeautifulSoup(html, "html.parser").find_all("strong")] == [
        "2.50",
        "1_000",
        "007",
    ]


def test_tiles_stand_in_pairs() -> None:
    html = draw_html(
        call("stats", "items: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}]")
    )
    pairs = BeautifulSoup(html, "html.parser").select("div.bk-stats > div > div")
    assert [len(pair.find_all("div")) for pair in pairs] == [2, 1]
    assert all(
        "width:calc((34em - 100%)*999);min-width:50%" in str(pair["style"]) for pair in pairs
    )


@for_each(
    ("value", "wide", "long"),
    [
        ("1,23,456", False, False),
        ("9.4 lakh crore", False, False),
        ("nearly a third of it all", False, False),
        ("₹1,23,45,67,890", True, False),
        ("₹1,23,45,67,890 crore", True, False),
        ("१,२३,४५,६७,८९०", True, False),
        ("1,234,567,890,123,456", True, True),
    ],
)
def test_a_figure_that_would_break_gets_the_row(value: str, wide: bool, long: bool) -> None:
    html = draw_html(
        call("stats", f'items: [{{value: 1, label: a}}, {{value: "{value}", label: b}}]')
    )
    tiles = BeautifulSoup(html, "html.parser").select("div.bk-stats > div > div > div")
    assert ["float:none;width:auto" in str(tile["style"]) for tile in tiles] == [wide, wide]
    figure = tiles[1].find("p")
    assert figure
    assert ("font-size:1.2em" in str(figure["style"])) == long


@for_each(
    ("value", "figure", "unit"),
    [
        ("6.8 %", "6.8", "%"),
        ("₹1.2 lakh crore", "₹1.2", "lakh crore"),
        ("9.4 lakh / ha", "9.4", "lakh / ha"),
        ("१२ लाख", "१२", "लाख"),
        ("190", "190", ""),
        ("10 to 12", "10 to 12", ""),
        ("May 2021", "May 2021", ""),
        ("**5** km", "5 km", ""),
    ],
)
def test_the_unit_is_smaller_than_its_figure(value: str, figure: str, unit: str) -> None:
    html = draw_html(call("stats", f'items: [{{value: "{value}", label: a}}]'))
    first = BeautifulSoup(html, "html.parser").p
    assert first
    assert first.get_text() == f"{figure} {unit}".strip()
    assert (first.span.get_text() if first.span else "") == unit


def test_what_is_refused() -> None:
    assert said(call("stats", "items:\n- value: 1\n  label: a\n  trend: sideways"))[0][:2] == (
        BODY_LINE + 4,
        "bad-value",
    )
    assert said(call("stats", "items:\n- {value: 1}"))[0][:2] == (BODY_LINE + 2, "missing-field")
