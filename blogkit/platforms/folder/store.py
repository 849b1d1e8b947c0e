"""The records of the folder platform: one JSON file per post, each replaced atomically.

They are in a hidden folder inside the site's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from blogkit.errors import NotFound, ServerError
from blogkit.files import replace_file
from blogkit.platforms.base import PostKind, Ref, State

_RECORDS = ".blogkit-site"
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
        folder: The site's folder.
    """

    def __init__(self, site: str, folder: Path) -> None:
        self._site = site
        self._folder = folder / _RECORDS
        self._seen: dict[str, tuple[tuple[int, int], Record]] = {}

    def all(self) -> Sequence[Record]:
        """Return every record, oldest first, including the trash.

        Raises:
            ServerError: A record is damaged.
        """
        if not self._folder.is_dir():
            return []
        records = [self._read(path) for path in self._folder.iterdir() if _RECORD.match(path.name)]
        return sorted(records, key=lambda record: (record.created, record.id))

    def get(self, ref: Ref) -> Record:
        """Return the record of a post.

        Raises:
            NotFound: There is none.
            ServerError: It is damaged.
        """
        path = self._folder / f"{ref.kind}-{ref.id}.json"
        # The id becomes part of a path, and may come from a user: no "../".
        if not ref.id.isalnum() or not path.is_file():
            raise NotFound(f"site {self._site} has no {ref.kind} {ref.id}", site=self._site)
        return self._read(path)

    def put(self, record: Record) -> Record:
        """Store a record completely or not at all.

        Returns:
            The record.
        """
        path = self._folder / f"{record.kind}-{record.id}.json"
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(record), default=datetime.isoformat, ensure_ascii=False, indent=1)
        replace_file(path, text.encode(), follow_link=False)
        return record

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
