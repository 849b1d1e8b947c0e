"""Convert tables of multiple-choice questions in pasted HTML to widget calls."""

from __future__ import annotations

from collections.abc import Iterator

from blogkit.html import Element
from blogkit.importers.choice_lines import OPTION
from blogkit.importers.choice_tables import (
    ChoiceColumns,
    choice_columns,
    choice_item,
    option_marks,
)
from blogkit.importers.html.inline import Line, Uncertain, lines_of
from blogkit.importers.html.questions import before_rest
from blogkit.importers.html.shapes import WidgetCandidate, WidgetMatch
from blogkit.importers.html.tables import only_table, row_cells, table_parts


def choice_table(candidate: WidgetCandidate) -> WidgetMatch | None:
    """Return a call of `mcq` for a table with a question in each row; None for other elements.

    Raises:
        Uncertain: A row has no certain answer, or the table has more than such rows.
    """
    element = only_table(candidate.element)
    rows = [part for part in table_parts(element) if part.name == "tr"] if element else []
    if element is None or len(rows) < 2:
        return None
    columns = choice_columns([cell.text() for cell in rows[0].children])
    if columns is None:
        return None
    if len(rows) < len(table_parts(element)):
        raise Uncertain("it contains more than questions, such as a caption")
    table = [row_cells(row) for row in rows]
    if any(len(cells) != len(table[0]) for cells in table):
        raise Uncertain("its rows differ in length")
    items, own = [], [(rows[0].start, rows[0].end)]
    for count, cells in enumerate(table[1:], 1):
        lines = [lines_of(cell, candidate.skipped) for cell in cells]
        try:
            items.append(
                choice_item(columns, [[line.markdown() for line in cell] for cell in lines])
            )
        except Uncertain as error:
            raise Uncertain(f"row {count} {error}") from error
        own += _own(columns, cells, lines)
    return WidgetMatch("mcq", "", {"items": items}, own=tuple(own))


def _own(
    columns: ChoiceColumns, cells: list[Element], lines: list[list[Line]]
) -> Iterator[tuple[int, int]]:
    """Yield the spans that the widget writes itself: numbers, letters and answers."""
    for at in (columns.right, columns.number):
        if at >= 0:
            yield cells[at].start, cells[at].end
    for line in lines[columns.options[0]] if not columns.letters else ():
        start, end = line.items[0].start, line.items[-1].end
        if found := OPTION.fullmatch(line.markdown()):
            yield before_rest(cells[columns.options[0]], line, found["rest"])
        else:
            marks = option_marks(line.source[start:end])
            yield from ((start + first, start + last) for first, last in marks)
