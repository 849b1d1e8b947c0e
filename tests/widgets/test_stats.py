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
    ).li
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


def test_every_second_tile_begins_a_row() -> None:
    html = draw_html(
        call("stats", "items: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}]")
    )
    tiles = [str(tile["style"]) for tile in BeautifulSoup(html, "html.parser").find_all("li")]
    assert ["clear:both" in style for style in tiles] == [True, False, True]
    assert all("float:left" in style and "max-width:calc(100% - 8px)" in style for style in tiles)


def test_what_is_refused() -> None:
    assert said(call("stats", "items:\n- value: 1\n  label: a\n  trend: sideways"))[0][:2] == (
        BODY_LINE + 4,
        "bad-value",
    )
    assert said(call("stats", "items:\n- {value: 1}"))[0][:2] == (BODY_LINE + 2, "missing-field")
