"""Read the rows of tables: Markdown's own, and those with bars or tabs between the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from blogkit.importers.answers import Undecided, answer_of
from blogkit.importers.html.inline import Uncertain
from blogkit.importers.html.shapes import WidgetMatch
from blogkit.importers.option_letters import OPTION_LETTERS
from blogkit.importers.text.blocks import TextBlock, is_delimiter
from blogkit.importers.text.reading import Reading, SourceSpan, TextWidget, UncertainPart
from blogkit.importers.text.rows import Row, unmarked

_BAR = re.compile(r"(?<!\\)\|")
_CAPTION = re.compile(r"(?:Table|Tab\.|तालिका)\s*\d*\s*[:.–—-]\s*\S.{0,120}", re.IGNORECASE)
_LETTER = re.compile(r"(?:Option\s+)?[(]?([A-Ha-h])[)]?")
_ASKED = re.compile(r"(?:MCQ )?Questions?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:#|No\.?|S\.? ?No\.?|Q\.? ?No\.?)", re.IGNORECASE)
_RIGHT_HEAD = re.compile(r"(?:Correct |Right )?(?:Answer|Ans|Option|Key)", re.IGNORECASE)
_WHY = re.compile(r"Explanation|Reason|Why", re.IGNORECASE)
_SHORTEST = 3
LOST_COLUMNS = "its columns are divided by single spaces only; write it with | between the cells"
RAGGED = "its rows differ in length"


def cells_of(row: Row) -> list[str]:
    """Return the cells of a line with bars or tabs."""
    if "\t" in row.words and not _BAR.search(row.words):
        return [cell.strip() for cell in row.words.split("\t")]
    return [cell.strip() for cell in _BAR.split(row.words.removeprefix("|").removesuffix("|"))]


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
    heads = [unmarked(cell) for cell in cells_of(block.rows[0])]
    letters = [n for n, head in enumerate(heads) if _LETTER.fullmatch(head)]
    asked = [n for n, head in enumerate(heads) if _ASKED.fullmatch(head)]
    right = [n for n, head in enumerate(heads) if _RIGHT_HEAD.fullmatch(head)]
    if len(letters) < 2 or len(asked) != 1 or len(right) != 1:
        return None
    why = [n for n, head in enumerate(heads) if _WHY.fullmatch(head)]
    number = [n for n, head in enumerate(heads) if _NUMBER.fullmatch(head)]
    used = [*number, *asked, *letters, *right, *why]
    if used != list(range(len(heads))):
        raise Uncertain("its columns are not number, question, options, answer, explanation")
    named = [found[1].upper() for head in heads if (found := _LETTER.fullmatch(head))]
    if "".join(named) != OPTION_LETTERS[: len(named)]:
        raise Uncertain("its columns with the options are not lettered A, B, C in order")
    _, rows = _divided(reading, block)
    items = []
    for count, row in enumerate(rows, 1):
        options = [row[n] for n in letters]
        try:
            answer = _right(row[right[0]], options)
        except Uncertain as error:
            is_open = isinstance(error, Undecided)
            raise UncertainPart(f"row {count} {error}", at + 1, is_open=is_open) from error
        item = {"text": row[asked[0]], "options": options, "answer": answer}
        items.append({**item, **({"explanation": row[why[0]]} if why and row[why[0]] else {})})
    first = block.rows[0]
    own = [(first.start, first.end), *_answers(block, right[0], number)]
    return TextWidget(WidgetMatch("mcq", "", {"items": items}), at + 1, tuple(own))


def _right(cell: str, options: Sequence[str]) -> str:
    """Return the letter of a row's answer."""
    answer = answer_of(cell, OPTION_LETTERS[: len(options)], options)
    if answer.explanation:
        raise Uncertain(f'has the answer "{cell[:40]}", which is not one of its options')
    return OPTION_LETTERS[answer.place]


def _answers(block: TextBlock, right: int, number: Sequence[int]) -> list[SourceSpan]:
    """Return the spans of cells that the widget writes itself: the numbers and the answers."""
    spans = []
    for row in block.rows[1:]:
        at = row.start + len(row.text) - len(row.text.lstrip())
        at += row.words.startswith("|")
        for n, cell in enumerate(_BAR.split(row.words.removeprefix("|").removesuffix("|"))):
            if n == right or n in number:
                spans.append((at, at + len(cell)))
            at += len(cell) + 1
    return spans


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


def is_ragged(reading: Reading, block: TextBlock) -> bool:
    """Return whether lines with bars are not a table because they differ in length.

    Args:
        reading: The text.
        block: The lines.
    """
    if block.kind == "table":
        return not markdown_table(reading, block)
    bars = [len(_BAR.findall(row.text)) for row in block.rows]
    return block.kind == "paragraph" and len(bars) >= _SHORTEST and min(bars) > 0


def lost_table(block: TextBlock) -> bool:
    """Return whether the lines of a block may be a table whose columns became spaces."""
    rows = block.rows
    if block.kind != "paragraph" or len(rows) < _SHORTEST:
        return False
    words = [row.words.split() for row in rows]
    if any(_BAR.search(row.text) for row in rows):
        return False
    short = all(2 <= len(line) <= 14 and line[-1][-1] not in ".!?:;" for line in words)
    # a head without figures, and figures in each row below it
    figures = [any(character.isdigit() for character in row.words) for row in rows]
    return short and not figures[0] and all(figures[1:])
