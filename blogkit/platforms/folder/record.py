"""The record of a post, in any state, and its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from functools import cached_property
from typing import Any

from blogkit.dataclass import dataclass
from blogkit.platforms.base import PostKind, State
from blogkit.regions import find_sentinel

_LISTS = ("labels", "categories", "tags")
_TIMES = ("created", "updated", "at")


@dataclass(frozen=True)
class Record:
    """A post in any state, as it is stored.

    Attributes:
        at: When it went or goes live; None for a draft.
        featured: The address of the featured image.
        path: Its page relative to the folder, with `/`; "" until it first goes live, then fixed.
    """

    id: str
    kind: PostKind
    title: str
    body: str
    created: datetime
    updated: datetime
    state: State = State.DRAFT
    at: datetime | None = None
    labels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    excerpt: str = ""
    featured: str = ""
    path: str = ""

    @cached_property
    def key(self) -> str:
        """The key in its body; "" for none."""
        return find_sentinel(self.body) or ""


_HEAD = tuple(field.name for field in fields(Record) if field.name != "body")


class UnreadRecord(Record):
    """A record whose file was not read, because the index has all but its body.

    Attributes:
        page: The signature of its page when that showed what the record has.
        body_digest: The SHA-256 of the body.
    """

    page: str
    body_digest: str
    _read: Callable[[], str]

    def __new__(cls, *args: Any, **kwargs: Any) -> Record:  # type: ignore[misc]
        """Return a record that was read: `dataclasses.replace` makes one of all fields."""
        return Record(*args, **kwargs)

    @classmethod
    def of(
        cls, head: Mapping[str, Any], key: str, digest: str, page: str, read: Callable[[], str]
    ) -> UnreadRecord:
        """Return the record in an index.

        Args:
            head: All its fields but the body.
            key: The key in its body.
            digest: The SHA-256 of the body.
            page: The signature of its page.
            read: Returns the body.
        """
        record: UnreadRecord = object.__new__(cls)
        record.__dict__.update(head, key=key, body_digest=digest, page=page, _read=read)
        return record

    @property
    def body(self) -> str:
        """The body, read when it is first asked for."""
        found = self.__dict__.get("body")
        if found is None:
            found = self.__dict__["body"] = self._read()
        return found

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        if not isinstance(other, Record):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in (*_HEAD, "body"))

    def __hash__(self) -> int:
        """Return a hash of what tells records apart."""
        return hash((self.id, self.kind, self.updated))


def record_json(record: Record) -> bytes:
    """Return a record as JSON."""
    return json.dumps(
        asdict(record), default=datetime.isoformat, ensure_ascii=False, indent=1
    ).encode()


def record_from(data: Mapping[str, Any]) -> Record:
    """Return the record in decoded JSON.

    Raises:
        ValueError: A value in it is wrong.
        TypeError: A field in it has the wrong type.
        KeyError: A field is missing.
    """
    record = Record(**{**data, **_typed(data)})
    texts = [record.id, record.title, record.body, record.slug, record.excerpt, record.featured]
    texts += [record.path, *record.labels, *record.categories, *record.tags]
    if not all(isinstance(text, str) for text in texts) or record.kind not in ("post", "page"):
        raise TypeError("a field has the wrong type")
    return record


def head_json(record: Record) -> dict[str, Any]:
    """Return all fields of a record but its body, as JSON has them."""
    head = {name: getattr(record, name) for name in _HEAD}
    return head | {name: head[name] and head[name].isoformat() for name in _TIMES}


def head_from(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return all fields of a record but its body.

    Raises:
        ValueError: A value in the data is wrong.
        TypeError: A field in the data has the wrong type.
        KeyError: A field is missing.
    """
    return {**{name: data[name] for name in _HEAD}, **_typed(data)}


def _typed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "state": State(data["state"]),
        "created": _moment(data["created"]),
        "updated": _moment(data["updated"]),
        "at": _moment(data["at"]) if data["at"] else None,
        **{name: tuple(data[name]) for name in _LISTS},
    }


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment
