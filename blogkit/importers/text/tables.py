"""Read the rows of tables: Markdown's own, and those with bars or tabs between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from blogkit.importers.answers import Undecided
from blogkit.importers.choice_tables import (
    ChoiceColumns,
    choice_columns,
    choice_item,
    option_marks,
)
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.text.blocks import TextBlock, is_delimiter
from blogkit.importers.text.reading import Reading, SourceSpan, TextWidget, UncertainPart
from blogkit.importers.text.rows import Row, unmarked

_BAR, _TAB = re.compile(r"(?<!\\)\|"), re.compile("\t")
_CAPTION = re.compile(r"(?:Table|Tab\.|तालिका)\s*\d*\s*[:.–—-]\s*\S.{0,120}", re.IGNORECASE)
_SHORTEST = 3
LOST_COLUMNS = "its columns are divided by single spaces only; write it with | between the cells"
RAGGED = "its rows differ in length"
NO_DASHES = "a line such as | --- | --- | is missing below its first row"


def cells_of(row: Row) -> list[str]:
    """Return the cells of a line with bars or tabs."""
    if _is_tabbed(row):
        return [cell.strip() for cell in row.words.split("\t")]
    return [cell.strip() for cell in _BAR.split(row.words.removeprefix("|").removesuffix("|"))]


def _is_tabbed(row: Row) -> bool:
    return "\t" in row.words and not _BAR.search(row.words)


def text_table(reading: Reading, at: int) -> TextWidget | None:
    """Return a `table` for a table below a line that is its caption.

    A table without one stays a Markdown table.

    Args:
        reading: The text.
        at: The index of the caption's block.

    Raises:
        Uncertain: The rows differ in length.
    """
    if at + 1 >= len(reading.blocks) or reading.blocks[at + 1].kind != "table":
        return None
    block, rows = reading.blocks[at], reading.blocks[at + 1]
    words = block.words.rstrip(":")
    is_line = block.kind == "paragraph" and len(block.rows) == 1 and len(words) <= 160
    if not is_line or not (_CAPTION.fullmatch(unmarked(words)) or unmarked(words) != words):
        return None
    columns, cells = _divided(reading, rows)
    fields: dict[str, Any] = {"columns": columns} if columns else {}
    longest = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    if columns and len(columns) > 1 and sum(longest) > 360:
        fields["mobile"] = "scroll"
    return TextWidget(
        WidgetMatch("table", reading.inline(unmarked(words)), {**fields, "rows": cells}), at + 2
    )


def mcq_table(reading: Reading, at: int) -> TextWidget | None:
    """Return an `mcq` for a table with a question, its options and the answer in each row.

    Args:
        reading: The text.
        at: The table's block.

    Raises:
        Uncertain: Its columns are not those of such questions, or not in order.
        UncertainPart: A row has no certain answer among its options.
    """
    block = reading.blocks[at]
    if block.kind != "table":
        return None
    columns = choice_columns(cells_of(block.rows[0]))
    if columns is None:
        return None
    _, rows = _divided(reading, block)
    items = []
    for count, row in enumerate(rows, 1):
        try:
            items.append(choice_item(columns, [[cell] if cell else [] for cell in row]))
        except Uncertain as error:
            is_open = isinstance(error, Undecided)
            raise UncertainPart(f"row {count} {error}", at + 1, is_open=is_open) from error
    own = tuple(_own(block, columns))
    return TextWidget(WidgetMatch("mcq", "", {"items": items}), at + 1, own)


def _own(block: TextBlock, columns: ChoiceColumns) -> Iterator[SourceSpan]:
    """Yield the spans that the widget writes itself: heads, numbers, letters and answers."""
    yield block.rows[0].start, block.rows[0].end
    for row in block.rows[1:]:
        at = row.start + len(row.text) - len(row.text.lstrip())
        at += row.words.startswith("|")
        mark = _TAB if _is_tabbed(row) else _BAR
        for n, cell in enumerate(mark.split(row.words.removeprefix("|").removesuffix("|"))):
            if n in (columns.right, columns.number):
                yield at, at + len(cell)
            elif n in columns.options and not columns.letters:
                yield from ((at + start, at + end) for start, end in option_marks(cell))
            at += len(cell) + 1


def _divided(reading: Reading, block: TextBlock) -> tuple[list[str], list[list[str]]]:
    """Return the heads and the rows of a table, as inline Markdown."""
    lines = [row for row in block.rows if not is_delimiter(row.text)]
    rows = [[reading.inline(cell.replace("\\|", "|")) for cell in cells_of(row)] for row in lines]
    width = len(rows[0])
    if width < 2 or len(rows) < 2 or any(len(row) != width for row in rows):
        raise Uncertain(RAGGED)
    return [unmarked(cell) for cell in rows[0]], rows[1:]


def markdown_table(reading: Reading, block: TextBlock) -> str:
    """Return rows with bars or tabs as a Markdown table; "" if they differ in length.

    Args:
        reading: The text.
        block: The rows.
    """
    try:
        columns, rows = _divided(reading, block)
    except Uncertain:
        return ""
    lines = [columns, ["---"] * len(columns), *rows]
    bars = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "\n".join(f"| {line} |" for line in bars)


def flaw_of_table(reading: Reading, block: TextBlock) -> str:
    """Return why lines that look like a table are none; "" for other lines.

    Args:
        reading: The text.
        block: The lines.
    """
    if block.kind == "table":
        return "" if markdown_table(reading, block) else RAGGED
    if lost_table(block):
        return LOST_COLUMNS
    if block.kind != "paragraph" or len(block.rows) < _SHORTEST:
        return ""
    bars = {len(_BAR.findall(row.words.strip("|"))) for row in block.rows}
    if 0 in bars or any(is_delimiter(row.text) for row in block.rows):
        return ""
    return RAGGED if len(bars) > 1 else NO_DASHES


def lost_table(block: TextBlock) -> bool:
    """Return whether the lines of a block may be a table whose columns became spaces."""
    rows = block.rows
    if block.kind != "paragraph" or len(rows) < _SHORTEST:
        return False
    words = [row.words.split() for row in rows]
    if any(_BAR.search(row.text) or "\t" in row.words for row in rows):
        return False
    short = all(2 <= len(line) <= 14 and line[-1][-1] not in ".!?:;" for line in words)
    # a head without figures, and figures in each row below it
    figures = [any(character.isdigit() for character in row.words) for row in rows]
    return short and not figures[0] and all(figures[1:])
