"""Markdown tables as data: the source text of their cells, every mistake with its line.

The rules are those of GitHub's tables (https://github.github.com/gfm/#tables-extension-), but a row
with cells too many or too few is refused, where GitHub drops or invents them.
"""

from __future__ import annotations

import re

from blogkit.errors import ContentError, Problem
from blogkit.render.data.data_files import DataTable

# An even number of backslashes before a bar is text, an odd one escapes the bar.
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_RULE = re.compile(r":?-+:?\Z")
_ALIGN = {(True, True): "center", (False, True): "right", (True, False): "left", (False, False): ""}


def begins(line: str) -> bool:
    """Return whether a line belongs to a table."""
    return line.startswith("|")


def read_markdown_table(text: str, *, path: str, line: int) -> DataTable:
    """Return the table of a text.

    Args:
        text: Lines that begin with a bar; blank ones are skipped.
        path: The file, for messages.
        line: The file's line where the text begins.

    Raises:
        ContentError: It is not a table; all problems at once.
    """
    lines = [
        (number, one.strip()) for number, one in enumerate(text.split("\n"), line) if one.strip()
    ]
    rows = [(number, _cells(one)) for number, one in lines]
    problems = [
        _problem(path, number, "this line is not a table row", "begin it with |")
        for number, one in lines
        if not begins(one)
    ]
    if len(rows) < 2 or not all(_RULE.match(cell) for cell in rows[1][1]):
        where = rows[1][0] if len(rows) > 1 else line
        problems.append(
            _problem(
                path,
                where,
                "the second line of a Markdown table is missing",
                "add |---|---| below the column names",
            )
        )
    width = len(rows[0][1]) if rows else 0
    for number, cells in rows[1:]:
        if len(cells) != width:
            message = f"this row has {len(cells)} cells, but the first has {width}"
            problems.append(
                Problem(path, number, message, "write a bar inside a cell as \\|", "ragged-row")
            )
    if problems:
        raise ContentError(problems)
    aligns = tuple(_ALIGN[cell.startswith(":"), cell.endswith(":")] for cell in rows[1][1])
    return DataTable("the table", rows[0][1], tuple(cells for _, cells in rows[2:]), aligns)


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row. A bar after a backslash belongs to its cell."""
    marked = _BAR.sub("\\1\n", line).removeprefix("\n").removesuffix("\n")
    return tuple(cell.strip().replace("\\|", "|") for cell in marked.split("\n"))


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path, line, message, hint, "bad-table")
