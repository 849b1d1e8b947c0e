from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.render.drawing import BODY_LINE, call, draw, draw_html, refused, said

FIRST = BODY_LINE + 1


def table(html: str) -> Tag:
    found = BeautifulSoup(html, "html.parser").table
    assert found
    return found


def rows(html: str) -> list[list[str]]:
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in table(html).find_all("tr")]


def test_columns_as_labels_or_in_full() -> None:
    html = draw_html(call("table", "columns: [A, {label: B, kind: number}, 2026]\nrows: [[1, 2, 3]]", "C"))
    assert rows(html) == [["A", "B", "2026"], ["1", "2", "3"]]
    assert [cell["scope"] for cell in table(html).find_all("th")] == ["col"] * 3
    assert [("text-align:right" in cell["style"]) for cell in table(html).find_all("td")] == [False, True, False]


@pytest.mark.parametrize(("kind", "right"), [("text", False), ("date", False), ("number", True), ("currency", True), ("percent", True)])
def test_numbers_stand_at_the_right(kind: str, right: bool) -> None:
    html = draw_html(call("table", f"columns: [{{label: A, kind: {kind}}}]\nrows: [[1]]"))
    assert ("text-align:right" in html) == right
    assert "text-align:center" in draw_html(call("table", f"columns: [{{label: A, kind: {kind}, align: center}}]\nrows: [[1]]"))


def test_the_first_cell_may_name_its_row() -> None:
    html = draw_html(call("table", "row_header: true\nrows: [[a, b], [c, d]]"))
    assert [(cell.text, cell["scope"]) for cell in table(html).find_all("th")] == [("a", "row"), ("c", "row")]


def test_the_keyboard_reaches_what_scrolls() -> None:
    for body in (call("table", "rows: [[a]]", "Caption"), call("table", "rows: [[a]]")):
        soup = BeautifulSoup(draw_html(body), "html.parser")
        wrapper, caption = soup.div, soup.caption
        assert wrapper
        assert caption
        assert caption.a
        assert "overflow:auto" in str(wrapper["style"])
        assert caption.a["href"] == f"#{table(str(soup))['id']}"
        assert caption.text in {"Caption", "Table"}


def test_a_caption_with_a_link_is_reachable_as_it_is() -> None:
    soup = BeautifulSoup(draw_html(call("table", "rows: [[a]]", "See [this](https://example.com/)")), "html.parser")
    assert [a["href"] for a in soup.find_all("a")] == ["https://example.com/"]


def test_source_and_note_stand_below() -> None:
    html = draw_html(call("table", "rows: [[a]]\nnote: A *note*\nsource: Us"))
    assert html.index("</table>") < html.index("A <em>note</em>") < html.index("Source: Us")


@pytest.mark.parametrize(
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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b'City,Rounds\n"Gen\xc3\xa8ve, CH",12\n\nDoha,7\n'),
        ("a.csv", b'\xef\xbb\xbfCity,Rounds\r\n"Gen\xc3\xa8ve, CH",12\r\nDoha,7'),
        ("a.csv", b"City;Rounds\nGen\xc3\xa8ve, CH;12\nDoha;7\n"),
        ("a.tsv", b"City\tRounds\nGen\xc3\xa8ve, CH\t12\nDoha\t7\n"),
    ],
)
def test_rows_from_a_file(root: Path, name: str, content: bytes) -> None:
    (root / "data" / name).write_bytes(content)
    html = draw_html(call("table", f"data: data/{name}"), root=root)
    assert rows(html) == [["City", "Rounds"], ["Genève, CH", "12"], ["Doha", "7"]]
    named = draw_html(call("table", f"data: data/{name}\ncolumns: [Ort, {{label: Runden, kind: number}}]"), root=root)
    assert rows(named)[0] == ["Ort", "Runden"]
    assert "text-align:right" in named


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"a,b\n1,2\n\n1\n1,2,3\n", [4, 5], "ragged-row"),
        (b'a,b\n"x\ny",2\n1\n', [4], "ragged-row"),
        (b"a,b\n1,\xff\n", [2], "bad-encoding"),
        ("a,b\n".encode("utf-16"), [1], "bad-encoding"),
        (b'a,b\n1,2\n"x,y\n', [3], "bad-data-file"),
        (b'a,b\n"x"y,2\n', [2], "bad-data-file"),
        (b"\n \n", [0], "bad-data-file"),
    ],
)
def test_what_is_wrong_in_a_file_has_the_files_own_line(root: Path, content: bytes, line: list[int], code: str) -> None:
    (root / "data" / "a.csv").write_bytes(content)
    problems = refused(call("table", "data: data/a.csv"), root=root)
    assert [(p.path, p.line, p.code) for p in problems] == [("data/a.csv", number, code) for number in line]


def test_files_and_columns_must_agree(root: Path) -> None:
    (root / "data" / "a.csv").write_text("a,b\n1,2\n")
    assert said(call("table", "columns: [x]\ndata: data/a.csv"), root=root)[0][0] == FIRST
    assert said(call("table", "data: data/a.csv\nrows: [[1]]"), root=root)[0][0] == FIRST + 1


def test_a_file_outside_the_workspace_is_not_read(root: Path) -> None:
    (root / "secret.csv").write_text("secret\n1\n")
    (root / "inner").mkdir()
    (root / "inner" / "link.csv").symlink_to(root / "secret.csv")
    for name in ("../secret.csv", str(root / "secret.csv"), "link.csv"):
        ((line, _, message),) = said(call("table", f"data: {name}"), root=root / "inner")
        assert line == FIRST
        assert "outside the workspace" in message
    assert "must name a .csv or .tsv file" in said(call("table", "data: .env"), root=root)[0][2]


def test_problems_in_a_file_are_told_with_the_others(root: Path) -> None:
    (root / "data" / "a.csv").write_text("a,b\n1\n")
    body = call("table", "data: data/a.csv\ncolour: red")
    assert [(p.path, p.line, p.code) for p in refused(body, root=root)] == [
        ("data/a.csv", 2, "ragged-row"),
        ("posts/a.md", FIRST + 1, "unknown-field"),
    ]


def test_two_tables_have_ids_of_their_own() -> None:
    document = draw(call("table", "rows: [[a]]") + "\n" + call("table", "rows: [[a]]"))
    first, second = (str(table(fragment.html)["id"]) for fragment in document.fragments)
    assert first != second
