"""What was last read of each post of a site, so that files that nothing has touched stay unread.

A file counts as untouched if its size, its times and its inode are as they were, and if it was not
written shortly before it was read, as in git (https://git-scm.com/docs/racy-git). The index is a
cache: without it, all files are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from blogkit.files import replace_file
from blogkit.platforms.folder.record import Record, UnreadRecord, head_from, head_json

_VERSION = 1


@dataclass
class _Entry:
    """What was read of one post.

    Attributes:
        record: The signature of its record's file.
        page: The signature of its page; "" if it has none.
        head: All fields of the record but its body, as JSON has them.
        key: The key in its body.
        body: The SHA-256 of its body.
        shown: What lists show of it, as far as it was worked out.
    """

    record: str
    page: str
    head: dict[str, Any]
    key: str
    body: str
    shown: dict[str, Any]


class PostIndex:
    """The index of one site.

    Args:
        file: Where it is; None for a site without such a place.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._entries: dict[str, _Entry] = {}
        self._stamp = ""
        self._changed = False
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            if file is not None:
                checksum, _, text = file.read_bytes().partition(b"\n")
                data: dict[str, Any] = json.loads(text)
                if data["version"] == _VERSION and int(checksum) == crc32(text):
                    entries = {name: _Entry(**one) for name, one in data["posts"].items()}
                    self._entries, self._stamp = entries, data["stamp"]

    def find(self, name: str, signature: str, read: Callable[[], str]) -> UnreadRecord | None:
        """Return the record in a file that was not touched.

        Args:
            name: The file's name.
            signature: Its present signature.
            read: Returns the body of the record.
        """
        entry = self._entries.get(name)
        if entry is None or entry.record != signature:
            return None
        try:
            head = head_from(entry.head)
        except (ValueError, TypeError, KeyError):
            return None
        return UnreadRecord.of(head, entry.key, entry.body, entry.page, read)

    def note(self, name: str, signature: str, record: Record, page: str) -> None:
        """Note a record that was read, and that its page shows it.

        Args:
            name: The name of its file.
            signature: The signature of its file, from before it was read.
            record: The record.
            page: The signature of its page, from before that was read; "" if it has none.
        """
        self._changed = True
        if isinstance(record, UnreadRecord):  # only its page was touched
            if name in self._entries:  # a site that was away for a moment is forgotten
                self._entries[name].page = page
            return
        digest = hashlib.sha256(record.body.encode("utf-8", "surrogatepass")).hexdigest()
        self._entries[name] = _Entry(signature, page, head_json(record), record.key, digest, {})

    def shown(self, name: str, stamp: str) -> dict[str, Any]:
        """Return what lists show of a post, as far as it is known.

        Args:
            name: The name of its record's file.
            stamp: A digest of what all pages share.
        """
        entry = self._entries.get(name)
        return entry.shown if entry and stamp == self._stamp else {}

    def note_shown(self, name: str, stamp: str, shown: dict[str, Any]) -> None:
        """Note what lists show of a post that is in the index.

        Args:
            name: The name of its record's file.
            stamp: A digest of what all pages share.
            shown: What was worked out.
        """
        if stamp != self._stamp:
            self._stamp, self._changed = stamp, True
            for each in self._entries.values():
                each.shown = {}
        entry = self._entries.get(name)
        if entry is not None and entry.shown != shown:
            entry.shown, self._changed = shown, True

    def forget_others(self, names: Collection[str], kind: str) -> None:
        """Forget records that are gone.

        Args:
            names: The names of all records of a kind.
            kind: Posts or pages; "" for both.
        """
        for name in [each for each in self._entries if each not in names]:
            if name.startswith(kind):
                del self._entries[name]
                self._changed = True

    def save(self) -> None:
        """Write the index, if it has changed."""
        if self._file is None or not self._changed:
            return
        self._changed = False
        posts = {name: vars(entry) for name, entry in self._entries.items()}
        text = json.dumps({"version": _VERSION, "stamp": self._stamp, "posts": posts}).encode()
        with suppress(OSError):  # the next run reads what it does not have
            replace_file(self._file, b"%d\n%b" % (crc32(text), text), lasting=False)
