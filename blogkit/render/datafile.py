"""CSV and TSV files of the workspace: read once, every mistake with the file's own line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from blogkit.errors import ContentError, Problem

_SEPARATORS = (",", ";", "\t")
_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt"})


@dataclass(frozen=True)
class DataTable:
    """A file's first row and the rows after it, all equally long."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def inside(root: Path, name: str) -> Path | None:
    """The file of this name under `root`, links followed; None when the name leads out of it."""
    try:
        path = (root / name).resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path.is_relative_to(root.resolve()) else None


def read(root: Path, name: str) -> DataTable:
    """Read `name`, relative to the workspace.

    Raises `ValueError` when there is no such file to be read, and `ContentError` for what is wrong inside it.
    """
    path = inside(root, name)
    if Path(name).suffix.lower() not in _SUFFIXES:
        raise ValueError(f'must name a .csv or .tsv file, not "{name}"')
    if path is None or Path(name).is_absolute():
        raise ValueError(f'names a file outside the workspace: "{name}"')
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ValueError(f'names a file that is not there: "{name}" (paths begin at the workspace)') from None
    except OSError as error:
        raise ValueError(f'names a file that cannot be read: "{name}": {error.strerror}') from None
    rows = list(_rows(name, _decoded(name, data)))
    if not rows:
        raise ContentError([Problem(name, 0, "the file has no rows; the first one names the columns", code="bad-data-file")])
    width = len(rows[0][1])
    ragged = [
        Problem(name, line, f"this row has {len(row)} cells, the first has {width}", "a cell that holds a comma needs quotes", "ragged-row")
        for line, row in rows
        if len(row) != width
    ]
    if ragged:
        raise ContentError(ragged)
    return DataTable(name, rows[0][1], tuple(row for _, row in rows[1:]))


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError([Problem(name, line, "the file is not UTF-8 text", 'save it as "CSV UTF-8"', "bad-encoding")]) from None


def _separator(name: str, text: str) -> str:
    """By the file's name; in a .csv without a comma in its first row, what some spreadsheets write instead."""
    if Path(name).suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    first = text.lstrip().partition("\n")[0]
    return "," if "," in first else max(_SEPARATORS, key=first.count)


def _rows(name: str, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row that is not blank, with the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(name, text), strict=True)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "a quote inside a quoted cell is written twice"
            raise ContentError([Problem(name, start, f"the row that begins here cannot be read: {error}", hint, "bad-data-file")]) from None
        if any(cell.strip() for cell in row):
            yield start, tuple(cell.strip() for cell in row)
        start = reader.line_num + 1
