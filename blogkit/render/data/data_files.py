"""Read CSV, TSV and JSON files, with the file's line for every problem."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from blogkit.dataclass import dataclass
from blogkit.errors import ContentError, Problem
from blogkit.paths import flaw, leads_out
from blogkit.patterns import lazy_pattern
from blogkit.render.data import json_rows

CONTROL_CHARACTERS = lazy_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no text may hold."""

_SEPARATORS = (",", ";", "\t")
_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".json"})


@dataclass(frozen=True)
class DataTable:
    """A table: its column names and rows, all equally long.

    Attributes:
        name: The file, or other source, for messages.
        aligns: left, center, right or "" for each column; empty if the source has none.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[str, ...] = ()


def inside(root: Path, name: str, folder: str = "") -> Path | None:
    """Return the file of this name under `root`, following links; None if it is outside.

    Args:
        root: The blog's folder.
        name: A path with `/`, from the user's file.
        folder: Where the name begins, relative to `root`.
    """
    if flaw(name) or leads_out(folder, name):
        return None
    try:
        path = (root / folder / name).resolve()
    # `resolve` raises RuntimeError for a loop of links, and ValueError for a null byte.
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path.is_relative_to(root.resolve()) else None


def is_file(path: Path) -> bool:
    """Return whether this is a file; a name that is too long for one is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_data_file(root: Path, name: str) -> DataTable:
    """Return the table in a file.

    Args:
        root: The blog's folder.
        name: The file, relative to it; its suffix tells the format.

    Raises:
        ValueError: The file cannot be read; the message completes "the field …".
        ContentError: The file's content is wrong, with its lines.
    """
    path = inside(root, name)
    if Path(name).suffix.lower() not in _SUFFIXES:
        raise ValueError(f'must name a .csv, .tsv or .json file, not "{name}"')
    if reason := flaw(name):
        raise ValueError(f'is not the name of a file in your blog\'s folder: "{name}": {reason}')
    if path is None:
        raise ValueError(f'names a file outside your blog\'s folder: "{name}"')
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ValueError(
            f'names a file that does not exist: "{name}" (paths are relative to your blog\'s'
            " folder)"
        ) from None
    except OSError as error:
        raise ValueError(f'names a file that cannot be read: "{name}": {error.strerror}') from None
    text = decoded(name, data)
    table = (
        _from_records(name, text)
        if Path(name).suffix.lower() == ".json"
        else _from_lines(name, text)
    )
    if bad := next(
        (
            cell
            for row in (table.header, *table.rows)
            for cell in row
            if CONTROL_CHARACTERS.search(cell)
        ),
        None,
    ):
        message = f"a cell contains a control character, which sites remove: {ascii(bad)[:60]}"
        raise ContentError([Problem(name, 0, message, "delete it", "bad-data-file")])
    return table


def _from_records(name: str, text: str) -> DataTable:
    header, *rows = json_rows.rows(name, text)
    return DataTable(name, header, tuple(rows))


def _from_lines(name: str, text: str) -> DataTable:
    """Read a file with one row per line."""
    rows = list(rows_of(name, text))
    if not rows:
        raise ContentError(
            [
                Problem(
                    name,
                    0,
                    "the file has no rows; the first row must name the columns",
                    code="bad-data-file",
                )
            ]
        )
    width = len(rows[0][1])
    ragged = [
        Problem(
            name,
            line,
            f"this row has {len(row)} cells, but the first has {width}",
            "put quotes around a cell that contains a comma",
            "ragged-row",
        )
        for line, row in rows
        if len(row) != width
    ]
    if ragged:
        raise ContentError(ragged)
    return DataTable(name, rows[0][1], tuple(row for _, row in rows[1:]))


def decoded(name: str, data: bytes) -> str:
    """Return a file's text without a byte order mark.

    Args:
        name: The file, for messages.
        data: Its bytes.

    Raises:
        ContentError: It is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(
            [
                Problem(
                    name,
                    line,
                    "the file is not UTF-8 text",
                    'save it as UTF-8 ("CSV UTF-8")',
                    "bad-encoding",
                )
            ]
        ) from None


def _separator(name: str, text: str) -> str:
    """Return the separator by the file's name.

    In a .csv without commas it is the one that some spreadsheets use.
    """
    if Path(name).suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    first = text.lstrip().partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal sign.
    return "," if "," in first else max(_SEPARATORS, key=first.count)


def rows_of(name: str, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each row that is not blank, with its first line.

    Args:
        name: The file, whose suffix tells the separator.
        text: Its content; quoted cells may have line breaks.

    Raises:
        ContentError: A quote is not closed, or is not doubled inside a quoted cell.
    """
    # `newline=""` leaves line breaks inside quoted cells as they are
    # (https://docs.python.org/3/library/csv.html#csv.reader).
    # `strict` makes a stray quote an error. Otherwise it would take the rest of the file into one
    # cell.
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(name, text), strict=True)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "write a quote inside a quoted cell twice"
            raise ContentError(
                [
                    Problem(
                        name,
                        start,
                        f"cannot read the row that begins here: {error}",
                        hint,
                        "bad-data-file",
                    )
                ]
            ) from None
        if any(cell.strip() for cell in row):
            yield start, tuple(cell.strip() for cell in row)
        start = reader.line_num + 1
