"""Terminals of 40 columns: nothing is cut off, torn apart, or written into a progress bar."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from blogkit.cli.layout import format_table
from tests.cases import for_each
from tests.cli import process
from tests.cli.conftest import Run
from tests.cli.test_help import ALL

HEAD = ("NAME", "OF", "WHAT IT IS FOR")
ROWS = [
    ("timeline", "blogkit", "What happened when, in the order of the dates."),
    ("हिंदी", "", "वाक्य यहाँ"),
    ("x" * 50, "y", "z"),
]


def words(text: str) -> str:
    return "".join(text.split())


@for_each(
    "arguments", [(), *[names for names, _ in ALL]], ids=lambda names: " ".join(names) or "blogkit"
)
def test_help_fits_and_nothing_is_cut(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    whole = run(*arguments, "--help").out
    monkeypatch.setenv("COLUMNS", "40")
    narrow = run(*arguments, "--help").out
    assert words(narrow) == words(whole)
    too_long = [line for line in narrow.splitlines() if len(line) > 40 and " " in line.strip()]
    assert too_long == []


def test_an_error_of_use_at_40_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert run("publish", "--nonsense").code == 2
    assert run().code == 2


@for_each("columns", [0, 200, 60, 40, 20])
def test_a_table_keeps_every_word(columns: int) -> None:
    lines = format_table(ROWS, HEAD, columns)
    text = "".join(words(line) for line in lines)
    assert all(words(cell) in text for row in ROWS for cell in row)
    if columns:
        assert [line for line in lines if cell_len(line) > columns and " " in line.strip()] == []


def test_a_table_wraps_its_last_column_then_becomes_records() -> None:
    row = [ROWS[0]]
    assert format_table(row, HEAD, 0) == [
        "NAME      OF       WHAT IT IS FOR",
        f"timeline  blogkit  {ROWS[0][2]}",
    ]
    assert format_table(row, HEAD, 45) == [
        "NAME      OF       WHAT IT IS FOR",
        "timeline  blogkit  What happened when, in the",
        "                   order of the dates.",
    ]
    assert format_table(row, HEAD, 30) == [
        "timeline",
        "  OF: blogkit",
        "  WHAT IT IS FOR: What",
        "    happened when, in the",
        "    order of the dates.",
    ]


# real terminals

REPORTS = (
    "status",
    "log",
    "log 1",
    "widget list",
    "widget show timeline",
    "check --list",
    "theme list",
    "plan",
    "doctor",
    "check",
)


class Screen:
    """The lines of a terminal, and every state that a line had when the next one was begun."""

    def __init__(self, drawn: str, columns: int) -> None:
        self.lines, self.row, self.column, self.columns = [[]], 0, 0, columns  # type: list[list[str]], int, int, int
        self.states: list[str] = []
        for part in re.findall(r"\x1b\[[?\d;]*[A-Za-z]|[^\x1b]", drawn):
            self._control(part) if part.startswith("\x1b") else self._sign(part)

    def text(self) -> list[str]:
        return ["".join(line).rstrip() for line in self.lines]

    def _sign(self, sign: str) -> None:
        if sign == "\n":
            self._note()
            self.row += 1
        elif sign == "\r":
            self.column = 0
        else:
            if self.column == self.columns:
                self._note()
                self.row, self.column = self.row + 1, 0
            self._reach()
            self.lines[self.row][self.column] = sign
            self.column += 1

    def _reach(self) -> None:
        self.lines += [[] for _ in range(self.row + 1 - len(self.lines))]
        line = self.lines[self.row]
        line += " " * (self.column + 1 - len(line))

    def _control(self, code: str) -> None:
        number, kind = int(re.sub(r"\D", "", code) or 1), code[-1]
        if kind == "A":
            self._note()
            self.row -= number
        elif kind == "K":
            self._reach()
            self.lines[self.row][0 if number == 2 else self.column :] = []

    def _note(self) -> None:
        self.states += self.text()[self.row : self.row + 1]


@pytest.fixture
def posts(workspace: Path) -> Path:
    for number in range(3):
        text = f"---\ntitle: Post {number} with a title of many words\npublish: now\n---\nText.\n"
        (workspace / f"posts/p{number}.md").write_text(text, encoding="utf-8")
    (workspace / "posts" / "caf\udce9.md").write_text(
        "left out while a bar is drawn", encoding="utf-8"
    )
    return workspace


@pytest.mark.slow
@pytest.mark.usefixtures("real_time")
@pytest.mark.sampled(local=1)
@pytest.mark.parametrize("columns", [40, 100])
def test_nothing_is_written_into_a_bar(posts: Path, columns: int) -> None:
    for command in (
        ("publish", "--yes", "--verbose"),
        ("upgrade", "--all", "--dry-run", "--verbose"),
    ):
        drawn = process.on_a_terminal(*command, cwd=posts, columns=columns)
        screen = Screen(drawn, columns)
        assert any(re.match(r"(publishing|looking)", line) for line in screen.states), (
            "no bar was drawn"
        )
        glued = [
            line
            for line in screen.states
            if re.search(r"(publishing|looking).*(POST|GET|create|http)", line)
        ]
        assert glued == []
        assert [line for line in screen.text() if re.match(r"(publishing|looking) ", line)] == [], (
            "the bar is still there"
        )


@pytest.mark.slow
@pytest.mark.usefixtures("real_time")
def test_reports_are_whole_at_40_columns(run: Run, posts: Path) -> None:
    assert run("publish", "--yes").code == 0
    commands = [f"{command} --no-color" for command in REPORTS]
    wide, narrow = (
        [words_of(drawn) for drawn in process.all_on_a_terminal(commands, posts, columns)]
        for columns in (400, 40)
    )
    heads = {"SITE", "RUN", "name", "code", "field", "preset"}
    gone = {
        command: lost
        for command, before, after in zip(REPORTS, wide, narrow, strict=True)
        if (lost := before - after - heads)
    }
    assert gone == {}


def words_of(drawn: str) -> set[str]:
    # Between two calls, the clocks of the machine and the site differ by other seconds.
    return {*re.findall(r"[\w“”/.]+", re.sub(r"\b\d+ s\b", "", drawn))}
