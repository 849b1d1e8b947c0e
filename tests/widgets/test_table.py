from __future__ import annotations

import re

from bs4 import BeautifulSoup

from blogkit.render.looks.theme import theme_from_settings
from blogkit.sanitizers.profiles import EMAIL, FEED
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw, draw_html, said
from tests.widgets.tables import rows, table

FIRST = BODY_LINE + 1


def test_columns_as_labels_or_in_full() -> None:
    html = draw_html(
        call("table", "columns: [A, {label: B, kind: number}, 2026]\nrows: [[1, 2, 3]]", "C")
    )
    assert rows(html) == [["A", "B", "2026"], ["1", "2", "3"]]
    assert [cell["scope"] for cell in table(html).find_all("th")] == ["col"] * 3
    assert [
        ("text-align:right" in cell.get("style", "")) for cell in table(html).find_all("td")
    ] == [False, True, True]


@for_each(
    ("kind", "right"),
    [("text", False), ("date", False), ("number", True), ("currency", True), ("percent", True)],
)
def test_numbers_stand_at_the_right(kind: str, right: bool) -> None:
    html = draw_html(call("table", f"columns: [{{label: A, kind: {kind}}}]\nrows: [[1]]"))
    assert ("text-align:right" in html) == right
    assert "text-align:center" in draw_html(
        call("table", f"columns: [{{label: A, kind: {kind}, align: center}}]\nrows: [[1]]")
    )


@for_each(
    ("cells", "right"),
    [
        (["412", "2,10,500", "14,20,000"], True),
        (["₹5,120", "₹ 640", "—", ""], True),
        (["7.5 %", "12%", "-3.2 %"], True),
        (["1.2 lakh crore", "76,000 crore"], True),
        (["45 km²", "12 MW", "3.5 m ha"], True),
        (["$ 437 bn", "US$ 5", "Rs. 12,000"], True),
        (["10–12", "14 – 16"], True),
        (["४१२", "१,२०,०००"], True),
        (["12 [^a]", "7"], True),
        (["2019", "2020"], True),
        (["Strong", "3"], False),
        (["3 of the 7 states", "4"], False),
        (["2021: a start", "2022: an end"], False),
        (["", "—"], False),
        (["GS-III", "GS-I"], False),
    ],
)
def test_columns_of_figures_are_found(cells: list[str], right: bool) -> None:
    lines = "\n".join(f'- [a, "{cell}"]' for cell in cells)
    notes = "\nfootnotes: {a: N}" if "[^a]" in str(cells) else ""
    html = draw_html(call("table", f"columns: [A, B]\nrows:\n{lines}{notes}"))
    styles = [str(cell["style"]) for cell in table(html).select("th:last-child, td:last-child")]
    assert len(styles) == len(cells) + 1
    assert {"text-align:right;font-variant:tabular-nums" in style for style in styles} == {right}


def test_the_first_column_names_the_rows_and_stays() -> None:
    html = draw_html(call("table", "columns: [Year, B]\nrows: [[2019, 1], [2020, 2]]"))
    assert ["text-align:right" in str(td["style"]) for td in table(html).find_all("td")] == [
        False,
        True,
    ] * 2


WIDE = "columns: [District, Villages, Hectares, People, Money]\nrows: [[Ashapur, 412, 210500, 1420000, 5120]]"


def test_the_hint_to_swipe_is_there_only_where_the_table_scrolls() -> None:
    wide = BeautifulSoup(draw_html(call("table", WIDE)), "html.parser")
    hint = wide.find("p", attrs={"aria-hidden": "true"})
    assert hint
    assert wide.table
    assert hint.get_text() == "swipe →"
    (least,) = re.findall(r"min-width:(\d+)px", str(wide.table["style"]))
    assert f"width:calc(({least}px - 100%)*999)" in str(hint["style"])
    assert "overflow:hidden" in str(hint["style"])
    for language, words in (("hi", "स्वाइप करें →"), ("ur", "سوائپ کریں ←")):
        assert words in draw_html(call("table", WIDE), front={"language": language})
    narrow = draw_html(call("table", "columns: [A, B]\nrows: [[x, 1]]"))
    for html in (
        narrow,
        draw_html(call("table", WIDE), FEED),
        draw_html(call("table", WIDE), EMAIL),
    ):
        assert "aria-hidden" not in html
        assert "swipe" not in html


def test_rows_have_lines_and_every_second_a_ground() -> None:
    theme = theme_from_settings({"preset": "exam"})
    body = call("table", "columns: [A, B]\nrows: [[a, 1], [b, 2], [c, 3]]")
    styles = [str(tr["style"]) for tr in table(draw_html(body, theme=theme)).select("tbody tr")]
    assert all("border-top:1px solid" in style for style in styles)
    assert ["background:#4f5bd517" in style for style in styles] == [False, True, False]


def test_the_first_cell_may_name_its_row() -> None:
    html = draw_html(call("table", "row_header: true\nrows: [[a, b], [c, d]]"))
    assert [(cell.text, cell["scope"]) for cell in table(html).find_all("th")] == [
        ("a", "row"),
        ("c", "row"),
    ]


def test_the_keyboard_reaches_what_scrolls() -> None:
    for body, place, words in (
        (call("table", "rows: [[a]]", "Caption"), "caption", "Caption"),
        (call("table", "columns: [A, B]\nrows: [[a, b]]"), "th", "A"),
        (call("table", "rows: [[a, b]]"), "td", "a"),
        (call("table", "row_header: true\nrows: [[a, b]]"), "th", "a"),
    ):
        soup = BeautifulSoup(draw_html(body), "html.parser")
        wrapper, (link,) = soup.select_one("div > div"), soup.find_all("a")
        assert wrapper
        assert link.parent is not None
        assert "overflow:auto" in str(wrapper["style"])
        assert link["href"] == f"#{table(str(soup))['id']}"
        assert (link.parent.name, link.get_text()) == (place, words)
        assert (soup.caption is None) == (place != "caption"), "a caption is what the author wrote"


def test_a_caption_with_a_link_is_reachable_as_it_is() -> None:
    soup = BeautifulSoup(
        draw_html(call("table", "rows: [[a]]", "See [this](https://example.com/)")), "html.parser"
    )
    assert [a["href"] for a in soup.find_all("a")] == ["https://example.com/"]


def test_source_and_note_stand_below() -> None:
    html = draw_html(call("table", "rows: [[a]]\nnote: A *note*\nsource: Us"))
    assert html.index("</table>") < html.index("A <em>note</em>") < html.index("Source: Us")


@for_each(
    ("yaml", "line", "code"),
    [
        ("columns: [a, b]\nrows:\n- [1, 2]\n- [1]\n- [1, 2, 3]", FIRST + 3, "ragged-row"),
        ("rows:\n- [1, 2]\n- [1]", FIRST + 2, "ragged-row"),
        ("caption: x", BODY_LINE, "missing-field"),
        ("rows:\n- a", FIRST + 1, "wrong-type"),
        ("rows: [[1]]\ncolumns:\n- {label: a, kind: numbr}", FIRST + 2, "bad-value"),
        ("data: data/none.csv", FIRST, "bad-value"),
        ("data: ../none.csv", FIRST, "bad-value"),
        ("data: /etc/passwd", FIRST, "bad-value"),
        ("data: [a]", FIRST, "bad-value"),
    ],
)
def test_what_is_refused(yaml: str, line: int, code: str) -> None:
    assert said(call("table", yaml))[0][:2] == (line, code)


def test_two_tables_have_ids_of_their_own() -> None:
    document = draw(call("table", "rows: [[a]]") + "\n" + call("table", "rows: [[a]]"))
    first, second = (str(table(fragment.html)["id"]) for fragment in document.fragments)
    assert first != second


CARDS = "columns: [City, Rounds, Note]\nrow_header: true\nrows: [[Doha, 7, x], [Goa, '', y]]\n"


def test_cards_are_one_record_a_row() -> None:
    html = draw_html(call("table", f"{CARDS}mobile: cards\nsource: S", "Caption"))
    soup = BeautifulSoup(html, "html.parser")
    assert soup.table is None
    assert soup.p
    assert soup.p.text == "Caption"
    assert [[p.text for p in item.find_all("p")] for item in soup.find_all("li")] == [
        ["Doha", "Rounds: 7", "Note: x"],
        ["Goa", "Note: y"],
    ]
    assert "overflow" not in html
    assert "Source: S" in html


def test_auto_makes_cards_of_long_texts_only() -> None:
    long = "columns: [a, b]\nrows: [[1, '{}']]"
    assert "<table" in draw_html(call("table", long.format("word " * 50)))
    assert "<table" not in draw_html(call("table", long.format("word " * 80)))
    assert "<table" in draw_html(call("table", long.format("word " * 80) + "\nmobile: scroll"))
    assert "<table" in draw_html(call("table", f"rows: [[1, '{'word ' * 80}']]"))


def test_feeds_get_cards_of_what_is_too_wide_or_too_long() -> None:
    wide = call("table", "columns: [a, b, c, d, e]\nrows: [[1, 2, 3, 4, 5]]")
    long = call("table", f"columns: [a]\nrows: {[[n] for n in range(21)]}")
    for body in (wide, long):
        assert "<table" in draw_html(body)
        assert "<table" not in draw_html(body, FEED)
    assert "<table" in draw_html(call("table", "columns: [a, b, c, d]\nrows: [[1, 2, 3, 4]]"), FEED)


def test_cards_need_labels() -> None:
    assert "cards require columns:" in said(call("table", "mobile: cards\nrows: [[1]]"))[0][2]
