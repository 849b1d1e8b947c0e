"""Serialise a whole post for the journal, which `undo` restores and `log` shows."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from itertools import chain
from typing import Any

from blogkit.decoding import decode_json, decompress
from blogkit.journal.records import damaged_copy
from blogkit.platforms.base import Ref, Remote, State

_LISTS = tuple(field.name for field in fields(Remote) if field.type == "tuple[str, ...]")
_TEXTS = tuple(field.name for field in fields(Remote) if field.type == "str")
# the others only matter while the post is being written
_STORED = tuple(field.name for field in fields(Remote) if field.name not in {"created", "unseen"})


def pack_remote(remote: Remote, asked: Mapping[str, Any] | None = None) -> bytes:
    """Return everything that the site returned about a post, compressed.

    Args:
        remote: The post.
        asked: What its file asks for where the site's own values were kept.
    """
    # `dataclasses.asdict` would copy each value, which takes longer than all the rest
    values: dict[str, Any] = {name: getattr(remote, name) for name in _STORED}
    values |= {"ref": vars(remote.ref), "at": remote.at.isoformat() if remote.at else None}
    if asked:
        values["asked"] = dict(asked)
    return zlib.compress(json.dumps(values).encode())


def unpack_remote(data: bytes, action: int = 0) -> Remote:
    """Return the post in bytes of `pack_remote`. Ignores fields written by a newer version.

    Args:
        data: The bytes.
        action: The action that they are stored with, for messages.

    Raises:
        JournalError: They are damaged.
    """
    try:
        return _remote(decode_json(decompress(data).decode()))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged_copy(action) from error


def unpack_asked(data: bytes, action: int = 0) -> dict[str, Any]:
    """Return what the file asks for where a site's own values were kept.

    Args:
        data: The bytes that `pack_remote` returned.
        action: The action that they are stored with, for messages.

    Raises:
        JournalError: They are damaged.
    """
    try:
        asked = decode_json(decompress(data).decode()).get("asked", {})
        return {name: _value(value) for name, value in asked.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged_copy(action) from error


def _value(stored: object) -> object:
    if isinstance(stored, list) and all(isinstance(word, str) for word in stored):
        return tuple(stored)
    if isinstance(stored, str | dict):
        return stored
    raise TypeError("a value is something else")


def _remote(stored: dict[str, Any]) -> Remote:
    values = {name: value for name, value in stored.items() if name in Remote.__dataclass_fields__}
    texts = {name: tuple(values.get(name, ())) for name in _LISTS}
    at = datetime.fromisoformat(values["at"]) if values["at"] else None
    ref, state = Ref(**values["ref"]), State(values["state"])
    post = Remote(**values | texts | {"ref": ref, "state": state, "at": at})
    if not isinstance(post.settings, dict):
        raise TypeError("the settings are something else")
    words = [post.ref.id, *chain(*texts.values()), *(getattr(post, name) for name in _TEXTS)]
    if not all(isinstance(word, str) for word in words):
        raise TypeError("a text is something else")
    return post
