"""Turn the journal's rows into records, and name what is damaged in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from blogkit.decoding import decompress
from blogkit.journal.records import Status, damaged_copy

if TYPE_CHECKING:
    from blogkit.journal.dialect import Database

T = TypeVar("T")
_Words = Mapping[str, frozenset[str]]
"""Fields that hold one of a few words, with these words."""
_TEXT: frozenset[type] = frozenset({str})
_STORED: dict[str, frozenset[type]] = {
    "int": frozenset({int}),
    "str": _TEXT,
    "Status": _TEXT,
    "JobStatus": _TEXT,
    "Ended": _TEXT,
    "datetime": _TEXT,
    "datetime | None": frozenset({str, type(None)}),
    "bytes | None": frozenset({bytes, type(None)}),
}
"""What the database returns for a field of this type, if its file is not damaged."""
POST_KINDS = frozenset({"post", "page"})
_WORDS: _Words = {
    "kind": POST_KINDS,
    "state": frozenset({"draft", "live", "scheduled", "trashed"}),
    "status": frozenset(get_args(Status)),
}
"""The words of posts and actions."""


class _Shape(NamedTuple):
    """The fields of a class of records, what the database returns for each, and the times."""

    names: tuple[str, ...]
    types: tuple[frozenset[type], ...]
    times: tuple[str, ...]


@cache
def _shape(kind: Any) -> _Shape:
    found = {one.name: str(one.type) for one in fields(kind)}
    times = tuple(name for name, type_ in found.items() if "datetime" in type_)
    return _Shape(tuple(found), tuple(_STORED[type_] for type_ in found.values()), times)


def read_rows(
    database: Database, kind: type[T], rows: Iterable[Sequence[Any]], words: _Words = _WORDS
) -> list[T]:
    """Return rows as records: a damaged file may hold anything in any of their columns.

    Args:
        database: Where the rows come from.
        kind: The class of the records.
        rows: Rows with columns in the order of the fields.
        words: Fields that hold one of a few words, with these words. SQLite has no checksum, so a
            damaged word is data to it.

    Raises:
        JournalError: A value in them is damaged; the message tells which.
    """
    try:
        return _from_rows(kind, list(rows), words)
    except ValueError as error:
        raise database.unusable(str(error)) from error


def _from_rows(kind: type[T], rows: Sequence[Sequence[Any]], words: _Words) -> list[T]:
    shape = _shape(kind)  # type: ignore[arg-type]  # a class can be hashed
    _check(shape, rows, words)
    names, times, packed = shape.names, shape.times, "source" in shape.names
    records: list[T] = []
    for row in rows:
        record: T = object.__new__(
            kind
        )  # a frozen dataclass's own __init__ takes as long as the query
        values = record.__dict__
        values.update(zip(names, row, strict=True))
        for name in times:
            if values[name] is not None:
                values[name] = stored_moment(name, values[name])
        if packed and values["source"] is not None:
            try:
                values["source"] = decompress(values["source"])
            except ValueError as error:
                raise damaged_copy(values["id"]) from error
        records.append(record)
    return records


def stored_moment(name: str, text: str) -> datetime:
    """Return the time that `stored_time` wrote.

    Args:
        name: The field that it is in.
        text: The text.

    Raises:
        ValueError: It is damaged.
    """
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        found = None
    # a time without a zone cannot be compared with the others
    if found is None or found.tzinfo is None:
        raise ValueError(f'a record\'s {name} is "{text:.40}", not a time')
    return found


def _check(shape: _Shape, rows: Sequence[Sequence[Any]], words: _Words) -> None:
    """Check the columns.

    Raises:
        ValueError: A value is not of the field's type, or not one of its words.
    """
    columns = zip(shape.names, shape.types, zip(*rows, strict=True), strict=bool(rows))
    for name, allowed, column in columns:
        if not allowed.issuperset(map(type, column)):
            raise ValueError(f"a record's {name} is damaged")
        if name in words and (wrong := set(column) - words[name]):
            raise ValueError(f'a record\'s {name} is "{min(wrong):.40}"')
