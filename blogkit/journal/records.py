"""What the journal hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["intended", "sent", "unknown", "failed", "done", "settled"]
"""Of an action: nothing sent yet; sent; sent without a usable answer; certainly not done; done; explained by a later look."""


@dataclass(frozen=True)
class Memory:
    """What we know of a post on a site since our last write or look.

    pushed: digest of the content we last wrote, "" when the site shows something else than we meant; wish: the state that was
    asked for; observed: fingerprint of the post as it then stood; state, at: where it then was; updated: the site's own stamp.
    """

    site: str
    key: str
    kind: str
    remote_id: str
    url: str
    pushed: str
    observed: str
    state: str
    at: datetime | None = None
    updated: str = ""
    wish: str = ""


@dataclass(frozen=True)
class Intent:
    """An action whose end is not known: the process died, or the site gave no usable answer.

    meant: what the site would show had it been done, None while nothing was sent.
    """

    id: int
    run: int
    site: str
    key: str
    kind: str
    action: str
    story: str
    pushed: str
    wish: str
    status: Status
    note: str
    intended: datetime
    before: bytes | None = None
    meant: bytes | None = None


@dataclass(frozen=True)
class Entry:
    """One action of a run, as `log` and `undo` read it."""

    id: int
    run: int
    site: str
    key: str
    kind: str
    action: str
    story: str
    pushed: str
    wish: str
    status: Status
    note: str
    intended: datetime
    changed: datetime
    before: bytes | None = None
    after: bytes | None = None


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
    """Where a file was uploaded to, and the site's id of it."""

    url: str
    id: str = ""
