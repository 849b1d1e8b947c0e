from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cases import for_each
from tests.render.drawing import BODY_LINE, call, draw_html, refused, said
from tests.widgets.tables import rows, table

FIRST = BODY_LINE + 1


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path


@for_each(
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
    named = draw_html(
        call("table", f"data: data/{name}\ncolumns: [Ort, {{label: Runden, kind: number}}]"),
        root=root,
    )
    assert rows(named)[0] == ["Ort", "Runden"]
    assert "text-align:right" in named


@for_each(
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
def test_what_is_wrong_in_a_file_has_the_files_own_line(
    root: Path, content: bytes, line: list[int], code: str
) -> None:
    (root / "data" / "a.csv").write_bytes(content)
    problems = refused(call("table", "data: data/a.csv"), root=root)
    assert [(p.path, p.line, p.code) for p in problems] == [
        ("data/a.csv", number, code) for number in line
    ]


def test_files_and_columns_must_agree(root: Path) -> None:
    (root / "data" / "a.csv").write_text("a,b\n1,2\n")
    assert said(call("table", "columns: [x]\ndata: data/a.csv"), root=root)[0][0] == FIRST
    assert said(call("table", "data: data/a.csv\nrows: [[1]]"), root=root)[0][0] == FIRST + 1


def test_a_file_outside_the_workspace_is_not_read(root: Path) -> None:
    (root / "secret.csv").write_text("secret\n1\n")
    (root / "inner").mkdir()
    (root / "inner" / "link.csv").symlink_to(root / "secret.csv")
    outside = "names a file outside your blog's folder"
    absolute = "is not the name of a file in your blog's folder"
    for name, refusal in (
        ("../secret.csv", outside),
        (str(root / "secret.csv"), absolute),
        ("link.csv", outside),
    ):
        ((line, _, message),) = said(call("table", f"data: {name}"), root=root / "inner")
        assert line == FIRST
        assert refusal in message
    assert (
        "must name a .csv, .tsv or .json file" in said(call("table", "data: .env"), root=root)[0][2]
    )


def test_problems_in_a_file_are_told_with_the_others(root: Path) -> None:
    (root / "data" / "a.csv").write_text("a,b\n1\n")
    body = call("table", "data: data/a.csv\ncolour: red")
    assert [(p.path, p.line, p.code) for p in refused(body, root=root)] == [
        ("data/a.csv", 2, "ragged-row"),
        ("posts/a.md", FIRST + 1, "unknown-field"),
    ]


PIPES = "| City | Rounds |\n|:--|--:|\n| Doha \\| `a` | 7 |\n| **Goa** |  |"


@for_each(
    "content",
    [
        PIPES,
        f"caption: C\n\n{PIPES}",
        f"---\ncaption: C\n---\n{PIPES}\n",
        "table: |\n  " + PIPES.replace("\n", "\n  "),
    ],
)
def test_a_markdown_table_may_be_the_content(content: str) -> None:
    html = draw_html(call("table", content))
    assert rows(html) == [["City", "Rounds"], ["Doha | a", "7"], ["Goa", ""]]
    sides = [re.findall(r"text-align:(\w+)", str(cell["style"])) for cell in table(html)("td")]
    assert sides == [["left"], ["right"]] * 2
    assert "<strong>Goa</strong>" in html


def test_columns_name_the_kinds_of_a_markdown_table() -> None:
    html = draw_html(call("table", f"columns: [Stadt, {{label: Runden, kind: percent}}]\n{PIPES}"))
    assert rows(html)[:2] == [["Stadt", "Runden"], ["Doha | a", "7%"]]


@for_each(
    ("content", "line", "code"),
    [
        ("caption: C\n| a | b |\n|---|---|\n| 1 |", 3, "ragged-row"),
        ("caption: C\n| a | b |\n| 1 | 2 |", 2, "bad-table"),
        ("| a |\n|---|\nb", 2, "bad-table"),
        ("rows: [[1]]\n| a |\n|---|\n| 1 |", 0, "bad-value"),
        ("table: '| a |'\n| a |\n|---|\n| 1 |", 1, "body-twice"),
        ("table: 7", 0, "bad-value"),
    ],
)
def test_what_is_wrong_with_a_markdown_table(content: str, line: int, code: str) -> None:
    assert (FIRST + line, code) in [problem[:2] for problem in said(call("table", content))]


@pytest.mark.parametrize(
    "content",
    [
        '[{"City": "Doha", "Rounds": 7.50}, {"Rounds": null, "City": "Goa"}]',
        '[["City", "Rounds"], ["Doha", 7.50], ["Goa", ""]]',
    ],
)
def test_rows_from_json(root: Path, content: str) -> None:
    (root / "data" / "a.json").write_text(content)
    assert rows(draw_html(call("table", "data: data/a.json"), root=root)) == [
        ["City", "Rounds"],
        ["Doha", "7.50"],
        ["Goa", ""],
    ]


@for_each(
    ("content", "line", "words"),
    [
        ('[\n{"a": 1,}]', 2, "invalid JSON"),
        ('{"a": 1}', 0, "is not a table"),
        ("[]", 0, "is not a table"),
        ('[{"a": 1}, [2]]', 0, "is not a table"),
        ('[{"a": 1}, {"b": 2}]', 0, 'record 2 has "b"'),
        ('[{"a": 1, "a": 2}]', 0, "record 1 has a name twice"),
        ('[{"a": {"b": 1}}]', 0, "record 1 contains a list or a record"),
        ('[["a", "b"], [1]]', 0, "row 2 has 1 cells"),
        ('[["a"], ["\\u0007"]]', 0, "control character"),
        ('[["a"], ["\\ud800"]]', 0, "control character"),
        ("[" * 100_000, 0, "nested too deep"),
    ],
)
def test_what_is_wrong_in_a_json_file(root: Path, content: str, line: int, words: str) -> None:
    (root / "data" / "a.json").write_text(content)
    (problem,) = refused(call("table", "data: data/a.json"), root=root)
    assert (problem.path, problem.line, problem.code) == ("data/a.json", line, problem.code)
    assert words in problem.message
