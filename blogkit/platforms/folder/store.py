"""The records of the folder platform: one JSON file per post, each replaced atomically.

Those of live posts are in a hidden folder inside the site's, where they survive the loss of all
else. All others are outside of it, because people upload the site's folder.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from blogkit.errors import NotFound, ServerError, Unreadable
from blogkit.files import create_file, mark_file, remove_temporary_files, replace_file
from blogkit.platforms.base import OnUnreadable, PostKind, Ref, State
from blogkit.regions import find_sentinel

_PUBLIC = ".blogkit-site"
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

    @cached_property
    def key(self) -> str:
        """The key in its body; "" for none."""
        return find_sentinel(self.body) or ""


class RecordStore:
    """The records of one site. Unchanged files are not read again.

    Args:
        site: The site's name, for messages.
        folder: The site's folder.
        private: Holds a folder for each site, with the records of posts that are not live.
    """

    def __init__(self, site: str, folder: Path, private: Path) -> None:
        self._site = site
        self._public = folder / _PUBLIC
        self._private = private
        self._seen: dict[str, tuple[tuple[int, int], Record]] = {}
        self._moved = False

    def all(self, on_unreadable: OnUnreadable, kind: PostKind | None = None) -> Sequence[Record]:
        """Return every record, oldest first, including the trash.

        Args:
            on_unreadable: Told each record that is damaged.
            kind: Only posts or only pages.
        """
        self._move_out()
        found: dict[str, list[os.DirEntry[str]]] = {}
        for place in (*self._hidden(), self._public):
            with suppress(FileNotFoundError), os.scandir(place) as files:
                for file in files:
                    if _RECORD.match(file.name) and file.name.startswith(kind or ""):
                        found.setdefault(file.name, []).append(file)
        records = []
        for name in sorted(found):
            try:
                records += self._newest_first(found[name])[:1]
            except Unreadable as error:
                on_unreadable(error)
        return sorted(records, key=lambda record: (record.created, record.id))

    def get(self, ref: Ref) -> Record:
        """Return the record of a post.

        Raises:
            NotFound: The record does not exist.
            ServerError: It is damaged.
        """
        self._move_out()
        # The id becomes part of a path, and may come from a user: no "../".
        found = self._versions(f"{ref.kind}-{ref.id}.json") if ref.id.isalnum() else []
        if not found:
            raise NotFound(f"site {self._site} has no {ref.kind} {ref.id}", site=self._site)
        return found[0]

    def present(self, ref: Ref) -> Record:
        """Return the record of a post that is not in the trash.

        Raises:
            NotFound: The record does not exist, or is in the trash.
            ServerError: It is damaged.
        """
        record = self.get(ref)
        if record.state is State.TRASHED:
            sentence = f"{ref.kind} {ref.id} on site {self._site} is in the trash"
            raise NotFound(sentence, site=self._site)
        return record

    def put(self, record: Record) -> Record:
        """Store a record completely or not at all.

        Returns:
            The record.
        """
        self._move_out()
        name = f"{record.kind}-{record.id}.json"
        text = json.dumps(asdict(record), default=datetime.isoformat, ensure_ascii=False, indent=1)
        hidden = self._hidden(create=True)[0]
        to, other = (self._public, hidden) if record.state is State.LIVE else (hidden, self._public)
        # Drafts are private. `parents=True` would make the folders above with the usual mode.
        for folder in (self._private.parent, self._private, hidden):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written before the old one goes: a run that is killed in between leaves two, of which the
        # newer counts. The other order could leave none.
        replace_file(to / name, text.encode(), follow_link=False)
        (other / name).unlink(missing_ok=True)
        return record

    def note_lists(self, *, are_behind: bool) -> None:
        """Note in the site that its lists lack what the records have, or that they no longer do."""
        note = self._public / "lists-are-behind"
        if not are_behind:
            note.unlink(missing_ok=True)
        elif not note.exists():
            self._public.mkdir(parents=True, exist_ok=True)
            mark_file(note)

    def lists_are_behind(self) -> bool:
        """Return whether there is such a note."""
        return (self._public / "lists-are-behind").exists()

    def remove_temporary_files(self) -> None:
        """Remove what a killed run left of records that it was writing outside of the site."""
        for folder in self._hidden():
            remove_temporary_files(folder)

    def _versions(self, name: str) -> list[Record]:
        """Return a record, the newest first: a run that was killed may leave it in both places."""
        places = (*self._hidden(), self._public)
        return self._newest_first([place / name for place in places if (place / name).is_file()])

    def _newest_first(self, files: Iterable[Path | os.DirEntry[str]]) -> list[Record]:
        return sorted(map(self._read, files), key=lambda record: record.updated, reverse=True)

    def site_id(self) -> str:
        """Return what names the site for ever, also after it was moved; "" before its first post.

        Raises:
            ServerError: The file that has it is damaged.
        """
        return next((place.name for place in self._hidden()), "")

    def _hidden(self, *, create: bool = False) -> list[Path]:
        """Return the folder of records that are not live, if the site has one.

        A file in the site's folder has its name, so that it is found after the site was moved.

        Raises:
            ServerError: That file is damaged.
        """
        file = self._public / "id"
        if create:
            self._public.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                create_file(file, secrets.token_hex(8).encode())
        try:
            name = file.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return []
        if _ID.match(name):
            return [self._private / name]
        hint = f"write the name of the site's folder in {self._private} into it"
        raise ServerError(f"site {self._site}: {file} is damaged", site=self._site, hint=hint)

    def _move_out(self) -> None:
        """Leave one version of each record, in the place of its state.

        A killed run may leave two, and versions before 0.2 had all of them in the site's folder.
        """
        if self._moved or not self._public.is_dir():
            return
        self._moved = True
        for path in sorted(self._public.iterdir()):
            if _RECORD.match(path.name):
                with suppress(Unreadable):  # it stays, and each use of it is an error
                    newest, *older = self._versions(path.name)
                    if older or newest.state is not State.LIVE:
                        self.put(newest)

    def _read(self, file: Path | os.DirEntry[str]) -> Record:
        path, stat = os.fspath(file), file.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        seen = self._seen.get(path)
        if seen is None or seen[0] != stamp:
            seen = self._seen[path] = (stamp, self._decode(Path(path)))
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
