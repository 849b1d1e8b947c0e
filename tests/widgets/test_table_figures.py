from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from blogkit.sanitizers.profiles import BLOGGER
from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, said
from tests.widgets.tables import rows

FIRST = BODY_LINE + 1


INDIAN = """
locale: en-IN
row_header: true
columns:
- State
- {label: Seats, kind: number}
- {label: Spent, kind: currency, currency: INR}
- {label: Share, kind: percent, decimals: 1}
- {label: Since, kind: date, format: long}
rows:
"""


def cells(columns: str, row: str, **options: Any) -> list[str]:
    """The cells of the one row of a table."""
    return rows(draw_html(call("table", f"columns: {columns}\nrows: [{row}]"), **options))[1]


def test_figures_are_written_as_in_the_language() -> None:
    html = draw_html(
        call(
            "table",
            f"{INDIAN}- [Kerala, 1234567, 12345678.5, 40, 2026-12-01]\n- [Goa, 5, 1, '7.25 %',"
            " 2026-12]",
        )
    )
    assert rows(html)[1:] == [
        ["Kerala", "12,34,567", "₹1,23,45,678.50", "40.0%", "1 December 2026"],
        ["Goa", "5", "₹1.00", "7.2%", "December 2026"],
    ]


@for_each(
    ("language", "expected"),
    [
        ("en", ["1,234,567.50", "Dec 1, 2026"]),
        ("en-IN", ["12,34,567.50", "1 Dec 2026"]),
        ("hi", ["12,34,567.50", "1 दिस॰ 2026"]),
        ("de", ["1.234.567,50", "01.12.2026"]),
        ("", ["1,234,567.50", "Dec 1, 2026"]),
        ("tlh", ["1,234,567.50", "2026-12-01"]),
    ],
)
def test_the_posts_language_counts_unless_the_table_names_one(
    language: str, expected: list[str]
) -> None:
    columns = "[{label: a, kind: number}, {label: b, kind: date}]"
    assert cells(columns, "[1234567.50, 2026-12-01]", front={"language": language}) == expected
    body = call("table", f"locale: de\ncolumns: {columns}\nrows: [[1234567.50, 2026-12-01]]")
    assert rows(draw_html(body, front={"language": language}))[1] == ["1.234.567,50", "01.12.2026"]


@for_each(
    ("column", "written", "shown"),
    [
        ("kind: number", "2.50", "2.50"),
        ("kind: number, decimals: 0", "1234.5", "1,234"),
        ("kind: number, decimals: 2", "7", "7.00"),
        ("kind: number", "-1200", "-1,200"),
        ("kind: number", "+1200", "+1,200"),
        ("kind: number", "1,200", "1,200"),
        ("kind: number", "about 1200", "about 1200"),
        ("kind: number", "**1200**", "1200"),
        ("kind: number, format: compact", "1250000", "1.2M"),
        ("kind: number, format: '#,##0.000'", "1250", "1,250.000"),
        ("kind: currency, currency: JPY", "1250", "¥1,250"),
        ("kind: currency, currency: USD", "1250", "$1,250"),
        ("kind: currency, currency: USD", "1250.5", "$1,250.50"),
        ("kind: currency, currency: USD, decimals: 0", "1250.5", "$1,250"),
        ("kind: currency", "1250.50", "1,250.50"),
        ("kind: percent", "12.5", "12.5%"),
        ("kind: percent", "0.4", "0.4%"),
        ("kind: percent", "half", "half"),
        ("kind: date", "2026", "2026"),
        ("kind: date", "2026-02-30", "2026-02-30"),
        ("kind: date", "Summer 2026", "Summer 2026"),
        ("kind: date, format: short", "2026-12-01", "12/1/26"),
        ("kind: date, format: d MMM y", "2026-12-01", "1 Dec 2026"),
        ("kind: text", "1234567", "1234567"),
    ],
)
def test_plain_figures_are_written_out_and_all_else_stays(
    column: str, written: str, shown: str
) -> None:
    assert cells(f"[{{label: a, {column}}}]", f"['{written}']") == [shown]


@for_each(
    ("column", "written", "shown"),
    [
        ("{label: a}", ["2021-12", "2022-01-05"], ["Dec 2021", "Jan 5, 2022"]),
        ("{label: a}", ["2021-12", "2019", "ongoing", ""], ["Dec 2021", "2019", "ongoing", ""]),
        ("{label: a}", ["2010-11", "2021-12"], ["Nov 2010", "Dec 2021"]),
        ("{label: a, kind: text}", ["2021-12", "2022-01"], ["2021-12", "2022-01"]),
        ("{label: a}", ["2021-12", "2022-13"], ["2021-12", "2022-13"]),
        ("{label: a}", ["2021-12", "before 1900"], ["2021-12", "before 1900"]),
        ("{label: a}", ["2010-11", "2011-12"], ["2010-11", "2011-12"]),
        ("{label: a}", ["2010", "2011"], ["2010", "2011"]),
    ],
)
def test_a_column_of_dates_is_found(column: str, written: list[str], shown: list[str]) -> None:
    yaml = f"columns: [{column}]\nrows: {[[text] for text in written]}"
    assert rows(draw_html(call("table", yaml)))[1:] == [[text] for text in shown]


def test_dates_of_tables_and_timelines_are_in_the_language_of_the_post() -> None:
    table = call("table", "columns: [x, y]\nrows: [[a, 2021-12]]")
    timeline = call("timeline", 'events: [{label: "2021-12", title: a}]')
    html = draw_html(f"{table}\n\n{timeline}", front={"language": "hi"})
    assert "2021-12" not in html
    assert "दिस॰ 2021" in html
    assert "दिसंबर 2021" in html
    assert "text-align:right" not in html


def test_dates_are_marked_up_where_that_is_kept() -> None:
    body = call("table", "columns: [{label: a, kind: date}]\nrows: [[2026-12-01], [2026]]")
    assert '<time datetime="2026-12-01">Dec 1, 2026</time>' in draw_html(body, BLOGGER)
    assert "<time" not in draw_html(body)


@for_each(
    ("yaml", "line", "words"),
    [
        (
            "columns:\n- {label: a, kind: number, currency: INR}\nrows: [[1]]",
            1,
            "currency: requires kind: currency",
        ),
        (
            "columns:\n- {label: a, kind: currency, currency: INX}\nrows: [[1]]",
            1,
            'must be a currency code, not "INX"',
        ),
        ("columns:\n- {label: a, decimals: 2}\nrows: [[1]]", 1, "decimals: requires kind: number"),
        ("columns:\n- {label: a, kind: date, format: HH}\nrows: [[1]]", 1, "is not a date format"),
        (
            "columns:\n- {label: a, kind: number, format: one}\nrows: [[1]]",
            1,
            "is not a number format",
        ),
        ("rows: [[1]]\nlocale: klingon", 1, 'is not a known language: "klingon"'),
    ],
)
def test_wrong_formats_are_refused(yaml: str, line: int, words: str) -> None:
    ((found, _, message),) = said(call("table", yaml))
    assert found == FIRST + line
    assert words in message


@for_each(
    ("sort", "kind", "written", "expected"),
    [
        ("a", "number", ["10", "9", "", "n/a", "-1"], ["-1", "9", "10", "", "n/a"]),
        ("-a", "number", ["10", "9", "", "n/a", "-1"], ["10", "9", "-1", "", "n/a"]),
        ("a", "text", ["10", "9", ""], ["9", "10", ""]),
        ("a", "text", ["b", "Ä", "A", "ab"], ["A", "ab", "Ä", "b"]),
        ("-a", "date", ["2026-02", "2026", "2025-12-31"], ["Feb 2026", "2026", "Dec 31, 2025"]),
        ("a", "percent", ["10 %", "9%"], ["9%", "10%"]),
        ("a", "number", ["10 [^x]", "9"], ["9", "10 [1]"]),
    ],
)
def test_rows_are_sorted_when_built(
    sort: str, kind: str, written: list[str], expected: list[str]
) -> None:
    note = "footnotes: {x: y}\n" if "[^x]" in str(written) else ""
    body = call(
        "table",
        f"{note}sort: {sort}\ncolumns: [{{label: a, kind: {kind}}}]\nrows:"
        f" {[[cell] for cell in written]}",
    )
    assert [row[0] for row in rows(draw_html(body))[1:]] == expected


def test_what_cannot_be_sorted_is_refused() -> None:
    columns = "columns: [{label: Rounds, kind: number}]"
    assert (
        'did you mean "Rounds"?'
        in said(call("table", f"{columns}\nrows: [[1]]\nsort: -Ronds"))[0][2]
    )
    ((line, _, message),) = said(call("table", f"{columns}\nrows: [[1], ['1,000']]\nsort: Rounds"))
    assert (line, message) == (FIRST + 2, '"1,000" in row 2 is not a plain number (1234567.5)')
    assert "none are named" in said(call("table", "rows: [[1]]\nsort: a"))[0][2]


def test_footnotes_are_numbered_as_they_come_up_and_stand_below() -> None:
    yaml = (
        "sort: b\ncolumns: [a, 'b [^late]']\nrows: [['x[^one]', 2], ['`[^one]` \\[^one] y"
        " [^two][^one]', 1]]\n"
    )
    html = draw_html(
        call("table", yaml + "footnotes: {one: First *note*, two: Second, late: Label}").replace(
            "sort: b", "sort: a"
        )
    )
    assert rows(html) == [["a", "b [1]"], ["[^one] [^one] y [2] [3]", "1"], ["x [3]", "2"]]
    notes = [p.text for p in BeautifulSoup(html, "html.parser").find_all("p")]
    assert notes == ["[1] Label", "[2] Second", "[3] First note"]
    assert html.index("</table>") < html.index("Label</p>")


def test_marks_and_footnotes_belong_together() -> None:
    body = call("table", "rows:\n- [a]\n- ['b [^lat]']\nfootnotes:\n  late: x")
    assert [(line, code) for line, code, _ in said(body)] == [
        (FIRST + 2, "missing-footnote"),
        (FIRST + 4, "unused-footnote"),
    ]
    assert 'did you mean "late"?' in said(body)[0][2]
