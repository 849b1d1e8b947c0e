"""Serialise a whole post for the journal, which `undo` restores and `log` shows."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from datetime import datetime

from blogkit.platforms.base import Ref, Remote, State


def pack_remote(remote: Remote) -> bytes:
    """Return everything that the site returned about a post, compressed."""
    values = asdict(remote) | {"at": remote.at.isoformat() if remote.at else None}
    return zlib.compress(json.dumps(values).encode())


def unpack_remote(data: bytes) -> Remote:
    """Return the post in bytes of `pack_remote`. Ignores fields written by a newer version."""
    values = {
        name: value
        for name, value in json.loads(zlib.decompress(data)).items()
        if name in Remote.__dataclass_fields__
    }
    texts = {name: tuple(values[name]) for name in ("labels", "categories", "tags")}
    at = datetime.fromisoformat(values["at"]) if values["at"] else None
    return Remote(
        **values | texts | {"ref": Ref(**values["ref"]), "state": State(values["state"]), "at": at}
    )
