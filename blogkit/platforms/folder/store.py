"""The records of the folder platform: one JSON file per post, each replaced atomically.

They hold drafts, so they are not in the site's folder, which people upload.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from blogkit.errors import NotFound, ServerError
from blogkit.files import create_file, replace_file
from blogkit.platforms.base import PostKind, Ref, State

_OLD_RECORDS = ".blogkit-site"
"""Where versions before 0.2 had them: inside the site's folder."""
_ID_FILE = ".blogkit-id"
"""It names the site's records, wherever the site's folder is moved to."""
_ID = re.compile(r"[0-9a-f]{16}\Z")
_RECORD = re.compile(r"(?:post|page)-[^\W_]+\.json\Z")


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


class RecordStore:
    """The records of one folder. Unchanged files are not read again.

    Args:
        site: The site's name, for messages.
        parent: Holds a folder of records for each site. Made by the first write.
        site_folder: The site's folder, from which old records are moved.
    """

    def __init__(self, site: str, parent: Path, site_folder: Path) -> None:
        self._site = site
        self._parent = parent
        self._id_file = site_folder / _ID_FILE
        self._old = site_folder / _OLD_RECORDS
        self._seen: dict[str, tuple[tuple[int, int], Record]] = {}

    def all(self) -> Sequence[Record]:
        """Return every record, oldest first, including the trash.

        Raises:
            ServerError: A record is damaged.
        """
        folder = self._folder()
        if folder is None or not folder.is_dir():
            return []
        records = [self._read(path) for path in folder.iterdir() if _RECORD.match(path.name)]
        return sorted(records, key=lambda record: (record.created, record.id))

    def get(self, ref: Ref) -> Record:
        """Return the record of a post.

        Raises:
            NotFound: There is none.
            ServerError: It is damaged.
        """
        folder = self._folder()
        path = (folder or self._parent) / f"{ref.kind}-{ref.id}.json"
        # The id becomes part of a path, and may come from a user: no "../".
        if folder is None or not ref.id.isalnum() or not path.is_file():
            raise NotFound(f"site {self._site} has no {ref.kind} {ref.id}", site=self._site)
        return self._read(path)

    def put(self, record: Record) -> Record:
        """Store a record completely or not at all.

        Returns:
            The record.
        """
        path = (self._folder() or self._new_folder()) / f"{record.kind}-{record.id}.json"
        text = json.dumps(asdict(record), default=datetime.isoformat, ensure_ascii=False, indent=1)
        self._write(path, text.encode())
        return record

    def _folder(self) -> Path | None:
        """Return the folder of the records, after moving old ones there; None if there are none."""
        is_old = self._old.is_dir() and not self._old.is_symlink()
        name = self._id()
        if not name and not is_old:
            return None
        folder = self._parent / name if name else self._new_folder()
        if is_old:
            self._move_old(folder)
        return folder

    def _id(self) -> str:
        """Return the name of the site's records; "" if it has none yet.

        Raises:
            ServerError: The file that has it is damaged.
        """
        try:
            name = self._id_file.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return ""
        if _ID.match(name):
            return name
        raise ServerError(
            f"site {self._site}: {self._id_file} is damaged",
            site=self._site,
            hint=f"write the name of the site's folder in {self._parent} into it",
        )

    def _new_folder(self) -> Path:
        """Name the site's records, and return the folder for them."""
        self._id_file.parent.mkdir(parents=True, exist_ok=True)
        try:
            create_file(self._id_file, secrets.token_hex(8).encode())
        except FileExistsError:  # another process was first
            pass
        return self._parent / self._id()

    def _move_old(self, folder: Path) -> None:
        """Move records out of the site's folder, each written before its original goes.

        Raises:
            ServerError: A record is in both places, with different contents.
        """
        for old in sorted(self._old.iterdir()):
            if _RECORD.match(old.name):
                with suppress(FileNotFoundError):  # another process moves them, too
                    self._move(old, folder / old.name)
        with suppress(OSError):  # something else is in it
            self._old.rmdir()

    def _move(self, old: Path, new: Path) -> None:
        data = old.read_bytes()
        if not new.exists():
            self._write(new, data)
        elif new.read_bytes() != data:
            raise ServerError(
                f"site {self._site}: {old} differs from {new}",
                site=self._site,
                hint="move one of them to another folder; the newer one has the later `updated`",
            )
        old.unlink()

    def _write(self, path: Path, data: bytes) -> None:
        # Drafts are private. `parents=True` would make the folders above with the usual mode.
        for folder in (self._parent.parent, self._parent, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(path, data, follow_link=False)

    def _read(self, path: Path) -> Record:
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        seen = self._seen.get(path.name)
        if seen is None or seen[0] != stamp:
            seen = self._seen[path.name] = (stamp, self._decode(path))
        return seen[1]

    def _decode(self, path: Path) -> Record:
        try:
            data: dict[str, Any] = json.loads(path.read_bytes())
            record = Record(**{**data, "state": State(data["state"])})
            return replace(
                record,
                created=datetime.fromisoformat(data["created"]),
                updated=datetime.fromisoformat(data["updated"]),
                at=datetime.fromisoformat(data["at"]) if data["at"] else None,
                labels=tuple(data["labels"]),
                categories=tuple(data["categories"]),
                tags=tuple(data["tags"]),
            )
        except (ValueError, TypeError, KeyError) as error:
            hint = "restore it from a backup, or delete it to publish the post again"
            raise ServerError(
                f"site {self._site}: {path} is damaged: {error}", site=self._site, hint=hint
            ) from error
