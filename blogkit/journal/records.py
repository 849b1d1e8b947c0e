"""The journal's records."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, TypeVar

from blogkit.errors import JournalError

Status = Literal["intended", "sent", "unknown", "failed", "done", "settled"]
"""Of an action: nothing sent yet; sent; sent without a usable answer; certainly not done; done;
explained by a later look.
"""


@dataclass(frozen=True)
class Memory:
    """What is known of a post on a site since our last write or read.

    pushed: digest of the content we last wrote, "" when the site shows something else than we
    meant; wish: the state that was asked for; observed: fingerprint of the post as it then stood;
    state, at: where it then was; updated: the site's own stamp.
    """

    site: str
    key: str
    kind: str
    remote_id: str
    url: str
    last_pushed: str
    last_seen: str
    state: str
    at: datetime | None = None
    updated: str = ""
    desired_state: str = ""


@dataclass(frozen=True)
class Intent:
    """An action with an unknown outcome: the process died, or there was no usable response.

    meant: what the site would show had it been done, None while nothing was sent; source,
    remote_id: as in `StoredPost`.
    """

    id: int
    run: int
    site: str
    key: str
    kind: str
    action: str
    summary: str
    last_pushed: str
    desired_state: str
    status: Status
    note: str
    intended: datetime
    before: bytes | None = None
    expected: bytes | None = None
    source: bytes | None = None
    remote_id: str = ""


@dataclass(frozen=True)
class Entry:
    """One action of a run, for `log` and `undo`.

    before, after: the whole post on the site, packed; source: the post's file as it was then, None
    if it was not recorded; remote_id: the site's id of the post once it was known. Read without
    bytes, all of the first three are None.
    """

    id: int
    run: int
    site: str
    key: str
    kind: str
    action: str
    summary: str
    last_pushed: str
    desired_state: str
    status: Status
    note: str
    intended: datetime
    changed: datetime
    before: bytes | None = None
    after: bytes | None = None
    source: bytes | None = None
    remote_id: str = ""


@dataclass(frozen=True)
class Run:
    """One command that wrote, or tried to."""

    id: int
    command: str
    started: datetime
    finished: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True)
class StoredAsset:
    """The address and id of an uploaded file."""

    url: str
    id: str = ""


T = TypeVar("T", Memory, Intent, Entry, Run)
_KINDS: tuple[type, ...] = (Memory, Intent, Entry, Run)
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in _KINDS}
_TIMES = {
    kind: tuple(field.name for field in fields(kind) if "datetime" in str(field.type))
    for kind in _KINDS
}


def from_rows(kind: type[T], rows: Iterable[Sequence[Any]]) -> list[T]:
    """Return rows, with columns in the order of the fields, as records.

    Raises `JournalError` for damaged files.
    """
    names, times, packed = _NAMES[kind], _TIMES[kind], "source" in _NAMES[kind]
    records: list[T] = []
    for row in rows:
        record: T = object.__new__(
            kind
        )  # a frozen dataclass's own __init__ takes as long as the query
        values = record.__dict__
        values.update(zip(names, row, strict=True))
        for name in times:
            if values[name]:
                values[name] = datetime.fromisoformat(values[name])
        if packed and values["source"] is not None:
            values["source"] = _unpack(values["source"], number=values["id"])
        records.append(record)
    return records


def _unpack(data: bytes, *, number: int) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise JournalError(
            f"the copy of the post stored with action {number} is damaged",
            hint="run: blogkit doctor",
        ) from error
