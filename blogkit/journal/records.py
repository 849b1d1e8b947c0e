"""Define the journal's records."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal

from blogkit.dataclass import dataclass
from blogkit.decoding import decompress
from blogkit.errors import JournalError

Status = Literal["intended", "sent", "unknown", "failed", "done", "settled"]
"""How far an action got: recorded, nothing sent yet; sent; sent without a usable response;
certainly not done; done; explained by a later read of the site.
"""


@dataclass(frozen=True)
class Memory:
    """What is known of a post on a site since our last write or read.

    Attributes:
        site: The site's name in blogkit.toml.
        key: The post's key.
        kind: "post" or "page".
        remote_id: The site's id of the post.
        url: The post's address; it may be a draft's preview.
        last_pushed: The digest of the content that we last wrote; "" if the site shows something
            else than we wrote.
        last_seen: The fingerprint of the post as the site showed it after that.
        state: The state in which it then was.
        at: The time that it then had; None for a draft.
        updated: The site's own stamp of the last change; "" if an edit after our look may have left
            it as it was, because stamps count seconds.
        desired_state: The state that was asked for.
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

    Attributes:
        id: The action's number.
        run: The run that it is part of.
        site: The site's name in blogkit.toml.
        key: The post's key.
        kind: "post" or "page".
        action: What was to be done: "create", "update", ….
        summary: The same in a sentence for people.
        last_pushed: The digest of the content that was to be written.
        desired_state: The state that was asked for.
        status: "intended", "sent" or "unknown".
        note: Why it is not known, in words for people.
        intended: When it was recorded.
        before: The whole post on the site before it, packed; None for a new one.
        expected: What the site would show had it been done, packed; None while nothing was sent.
        source: The post's file as it was then; None if it was not recorded.
        remote_id: The site's id of the post; "" if it was not known.
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

    The bytes are None if the entry was read without them.

    Attributes:
        id: The action's number.
        run: The run that it is part of.
        site: The site's name in blogkit.toml.
        key: The post's key.
        kind: "post" or "page".
        action: What was done: "create", "update", ….
        summary: The same in a sentence for people.
        last_pushed: The digest of the content that was written.
        desired_state: The state that was asked for.
        status: How far it got.
        note: Remarks on its outcome, in words for people.
        intended: When it was recorded.
        changed: When its status last changed.
        before: The whole post on the site before it, packed.
        after: The whole post on the site after it, packed.
        source: The post's file as it was then; None if it was not recorded.
        remote_id: The site's id of the post; "" if it was not known.
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
    """One command that wrote, or tried to.

    Attributes:
        id: The run's number, which `undo` takes.
        command: The command, as the user would type it.
        started: When it started.
        finished: When it ended; None if it is still running or died.
        outcome: How it ended, in a few words.
    """

    id: int
    command: str
    started: datetime
    finished: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True)
class FileEntry:
    """One file of the blog's folder that a run changed, created or removed.

    Attributes:
        id: The row's number.
        run: The run that it is part of.
        path: The file, relative to the blog's folder, with "/"; absolute if it is elsewhere.
        site: The site of its post; "" if none is known.
        key: The key of its post; "" if none is known.
        remote_id: The site's id of its post; "" if none is known.
        summary: What was to be done, in a sentence for people.
        before_digest: The digest of its bytes before; "" if there was no file.
        after_digest: The digest of its bytes afterwards; "" if the file was removed.
        status: "intended" (recorded, perhaps not written), "done" or "failed".
        note: Why it failed.
        intended: When it was recorded.
        changed: When its status last changed.
        packed: Its bytes before, compressed; None if there was no file, or if the entry was read
            without them.
    """

    id: int
    run: int
    path: str
    site: str
    key: str
    remote_id: str
    summary: str
    before_digest: str
    after_digest: str
    status: Status
    note: str
    intended: datetime
    changed: datetime
    packed: bytes | None = None

    def before(self) -> bytes | None:
        """Return the file's bytes before the run; None if there was no file.

        Raises:
            JournalError: The copy is damaged.
        """
        if self.packed is None:
            return None
        with suppress(ValueError):
            data = decompress(self.packed)
            if file_digest(data) == self.before_digest:
                return data
        raise JournalError(
            f"the copy of {self.path} that run {self.run} stored is damaged",
            hint="restore the file from a backup of your own",
        )


def file_digest(data: bytes | None) -> str:
    """Return the journal's digest of a file's bytes; "" for a file that does not exist."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class StoredAsset:
    """An uploaded file.

    Attributes:
        url: Its address on the site.
        id: The site's id of it; "" if it has none.
    """

    url: str
    id: str = ""


def stored_time(time: datetime) -> str:
    """Return a time in the journal's form, which sorts as text."""
    return time.astimezone(UTC).isoformat()


def damaged_copy(action: int) -> JournalError:
    """Return the error for a post that the journal has, but not in one piece.

    Args:
        action: The number of the action that it is stored with; 0 if it is not known.
    """
    which = f" stored with action {action}" if action else ""
    return JournalError(
        f"the journal's copy of a post{which} is damaged", hint="run: blogkit doctor"
    )
