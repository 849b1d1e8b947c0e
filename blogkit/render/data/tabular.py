"""Turn rows and columns, or a bare list, into the fields of a widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem, nearest
from blogkit.render.call_writer import LineOf, Trail
from blogkit.render.data.data_files import rows_of
from blogkit.render.widgets.field_types import FieldType, fields_of
from blogkit.render.widgets.fields import Fields

_BETWEEN = "|"
"""What separates the values of a list inside one cell."""


def from_csv(name: str, text: str, model: type[Fields]) -> tuple[dict[str, Any], LineOf]:
    """Return the fields of a CSV or TSV text, and the line of each.

    The first row names the columns. A table takes the rows as they are. If a widget has a list of
    items, each row is one; if it has plain lists, each column is one; otherwise there is one row,
    and each column is a field.

    Args:
        name: The file, for messages; its suffix tells the separator.
        text: Its content.
        model: The widget's fields.

    Raises:
        ContentError: Columns or rows do not fit; all problems at once.
    """
    rows = list(rows_of(name, text))
    if not rows:
        raise ContentError(
            [
                Problem(
                    name,
                    0,
                    "there are no rows; the first row must name the columns",
                    code="bad-data-file",
                )
            ]
        )
    (first, header), *below = rows
    if is_table(model):
        return {"columns": list(header), "rows": [list(row) for _, row in below]}, _lines(
            "rows", first, [line for line, _ in below]
        )
    items = items_of(model)
    known = dict(fields_of(model))
    owner = known[items].inner if items else None
    columns = _Columns(name, dict(fields_of(owner)) if owner else known, items)
    fields = _named(columns, first, header)
    records = [_record(columns, fields, line, row) for line, row in below]
    if columns.problems:
        raise ContentError(columns.problems)
    if items:
        return {items: records}, _lines(items, first, [line for line, _ in below])
    if all(known[field].what == "list" for field in fields):
        return {
            field: [record[field] for record in records if field in record] for field in fields
        }, lambda _trail: first
    if len(records) != 1:
        message = (
            f"this widget has no list of items, so it takes one row, but there are {len(records)}"
            " after the header"
        )
        raise ContentError(
            [Problem(name, first, message, "keep one row, or use YAML", "bad-data-file")]
        )
    return records[0], lambda _trail: below[0][0]


def from_list(value: list[Any], model: type[Fields]) -> tuple[str, Any]:
    """Return the field for a bare list.

    Args:
        value: The list.
        model: The widget's fields.

    Returns:
        The field's name, "" if there is none, and its value.
    """
    if not is_table(model):
        return items_of(model), value
    if value and all(isinstance(item, dict) for item in value):
        return "", value
    return "rows", value


def is_table(model: type[Fields]) -> bool:
    """Return whether the widget has columns and rows."""
    return {"columns", "rows"} <= set(model.model_fields)


def items_of(model: type[Fields]) -> str:
    """Return the field with the widget's items: a list of records, required ones first.

    It is "" if there is none.
    """
    lists = [name for name, kind in fields_of(model) if kind.what == "list" and kind.inner]
    return next(
        (name for name in lists if model.model_fields[name].is_required()),
        lists[0] if lists else "",
    )


def _lines(field: str, first: int, lines: Sequence[int]) -> LineOf:
    def line_of(trail: Trail) -> int:
        if (
            len(trail) > 1
            and trail[0] == field
            and isinstance(trail[1], int)
            and trail[1] < len(lines)
        ):
            return lines[trail[1]]
        return first

    return line_of


@dataclass(frozen=True)
class _Columns:
    """What columns can name.

    Attributes:
        problems: Collects what is wrong with the table.
    """

    name: str
    known: dict[str, FieldType]
    items: str
    problems: list[Problem] = field(default_factory=list)


def _named(columns: _Columns, first: int, header: Sequence[str]) -> list[str]:
    """Return the field of each column; unknown and repeated ones are problems."""
    fields: list[str] = []
    for title in header:
        name = title.strip().lower().replace(" ", "_").replace("-", "_")
        if name not in columns.known:
            hint = nearest(name, columns.known) or f"columns: {', '.join(columns.known)}"
            where = f' in "{columns.items}"' if columns.items else ""
            _complain(columns, first, f'no field is named "{title}"{where}', hint, "unknown-field")
        elif name in fields:
            _complain(
                columns,
                first,
                f'the column "{title}" appears twice',
                "remove one of them",
                "duplicate-key",
            )
        fields.append(name)
    return fields


def _record(
    columns: _Columns, fields: Sequence[str], line: int, row: Sequence[str]
) -> dict[str, Any]:
    if len(row) > len(fields):
        hint = "put quotes around a cell that contains a comma"
        _complain(
            columns,
            line,
            f"this row has {len(row)} cells, but the first has {len(fields)}",
            hint,
            "ragged-row",
        )
    pairs = zip(fields, row, strict=False)
    return {
        name: _value(columns, name, cell) for name, cell in pairs if cell and name in columns.known
    }


def _value(columns: _Columns, name: str, cell: str) -> Any:
    """Return a cell's value, split if its field is a list."""
    if columns.known[name].what != "list" or not columns.items:
        return cell
    return [part.strip() for part in cell.split(_BETWEEN) if part.strip()]


def _complain(columns: _Columns, line: int, message: str, hint: str, code: str) -> None:
    columns.problems.append(Problem(columns.name, line, message, hint, code))
