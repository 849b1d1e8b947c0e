"""Read JSON as rows: a list of records or of rows, whose first one names the columns."""

from __future__ import annotations

import json
from typing import Any

from blogkit.errors import ContentError, Problem

Rows = list[tuple[str, ...]]
_SHAPE = (
    'write a list of records, [{"City": "Doha", "Rounds": 7}], or of rows, [["City", "Rounds"],'
    ' ["Doha", 7]]'
)


def rows(name: str, text: str) -> Rows:
    """Return the rows of a JSON text; the first one names the columns.

    Args:
        name: The file, for messages.
        text: A list of records or of lists.

    Raises:
        ContentError: It is not a table; all problems at once.
    """
    try:
        # Numbers stay as they are written: 2.50 means the text.
        data = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_Record
        )
    except json.JSONDecodeError as error:
        message = f"invalid JSON: {error.msg}"
        raise ContentError([Problem(name, error.lineno, message, code="bad-data-file")]) from None
    except RecursionError:
        raise ContentError(
            [
                Problem(
                    name, 0, "this JSON is nested too deeply for a table", _SHAPE, "bad-data-file"
                )
            ]
        ) from None
    if not isinstance(data, list) or not data or not (_all(data, _Record) or _all(data, list)):
        raise ContentError([Problem(name, 0, "this JSON is not a table", _SHAPE, "bad-data-file")])
    return _from_records(name, data) if isinstance(data[0], _Record) else _from_lists(name, data)


class _Record(list[tuple[str, Any]]):
    """A JSON object with all its pairs, including duplicate names."""


def _all(data: list[Any], kind: type) -> bool:
    return all(type(item) is kind for item in data)


def _from_records(name: str, data: list[_Record]) -> Rows:
    header = [key for key, _ in data[0]]
    problems: list[Problem] = []
    found: Rows = [tuple(header)]
    for number, record in enumerate(data, 1):
        values = dict(record)
        if len(values) < len(record):
            problems.append(_problem(name, f"record {number} has a name twice"))
        if unknown := [key for key in values if key not in header]:
            problems.append(
                _problem(
                    name,
                    f'record {number} has "{unknown[0]}", which the first record does not have',
                )
            )
        found.append(tuple(_text(name, number, values.get(key), problems) for key in header))
    if problems:
        raise ContentError(problems)
    return found


def _from_lists(name: str, data: list[list[Any]]) -> Rows:
    problems: list[Problem] = []
    found = [
        tuple(_text(name, number, value, problems) for value in row)
        for number, row in enumerate(data, 1)
    ]
    problems += [
        Problem(
            name,
            0,
            f"row {number} has {len(row)} cells, but the first has {len(found[0])}",
            code="ragged-row",
        )
        for number, row in enumerate(found, 1)
        if len(row) != len(found[0])
    ]
    if problems or not found[0]:
        raise ContentError(problems or [_problem(name, "the first row has no column names")])
    return found


def _text(name: str, number: int, value: Any, problems: list[Problem]) -> str:
    if isinstance(value, list):
        problems.append(
            _problem(
                name, f"record {number} contains a list or a record instead of a text or a number"
            )
        )
        return ""
    return (
        {None: "", True: "true", False: "false"}[value]
        if value is None or isinstance(value, bool)
        else str(value).strip()
    )


def _problem(name: str, message: str) -> Problem:
    return Problem(name, 0, message, code="bad-data-file")
