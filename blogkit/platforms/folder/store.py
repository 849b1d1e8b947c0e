"""The records of the folder platform: one JSON file per post, each replaced atomically.

They are in a hidden folder inside the site's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from blogkit.errors import NotFound, Unreadable
from blogkit.files import replace_file
from blogkit.platforms.base import OnUnreadable, PostKind, Ref, State
from blogkit.regions import find_sentinel

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

    def all(self, on_unreadable: OnUnreadable, kind: PostKind | None = None) -> Sequence[Record]:
        """Return every record, oldest first, including the trash.

        Args:
            on_unreadable: Told each record that is damaged.
            kind: Only posts or only pages.
        """
        if not self._folder.is_dir():
            return []
        records = []
        for path in sorted(self._folder.iterdir()):
            if _RECORD.match(path.name) and path.name.startswith(kind or ""):
                try:
                    records.append(self._read(path))
                except Unreadable as error:
                    on_unreadable(error)
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
        data: dict[str, Any] = {}
        try:
            data = json.loads(path.read_bytes())
            return _record(data)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            body = data.get("body") if isinstance(data, dict) else None
            kind: PostKind = "page" if path.name.startswith("page") else "post"
            raise Unreadable(
                f"site {self._site}: {path} is damaged: {error}",
                post_id=path.stem.removeprefix(f"{kind}-"),
                key=find_sentinel(body) or "" if isinstance(body, str) and body else None,
                site=self._site,
                hint="restore it from a backup, or delete it to publish the post again",
            ) from error


def _record(data: Mapping[str, Any]) -> Record:
    """Return the record in decoded JSON. Raises what is wrong with it."""
    record = Record(
        **{
            **data,
            "state": State(data["state"]),
            "created": _moment(data["created"]),
            "updated": _moment(data["updated"]),
            "at": _moment(data["at"]) if data["at"] else None,
            **{name: tuple(data[name]) for name in ("labels", "categories", "tags")},
        }
    )
    texts = [record.id, record.title, record.body, record.slug, record.excerpt, record.featured]
    texts += [record.path, *record.labels, *record.categories, *record.tags]
    if not all(isinstance(text, str) for text in texts) or record.kind not in ("post", "page"):
        raise TypeError("a field has the wrong type")
    return record


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment
