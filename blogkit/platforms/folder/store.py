"""The records of the folder platform: one JSON file per post, each replaced atomically.

Those of live posts are in a hidden folder inside the site's, where they survive the loss of all
else. All others are outside of it, because people upload the site's folder.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from blogkit.errors import Conflict, NotFound, ServerError, Unreadable
from blogkit.files import create_file, mark_file, remove_temporary_files, replace_file
from blogkit.platforms.base import OnUnreadable, PostKind, Ref, State
from blogkit.platforms.folder.index import PostIndex
from blogkit.platforms.folder.known_keys import KnownKeys
from blogkit.platforms.folder.record import Record, UnreadRecord, record_from, record_json
from blogkit.regions import find_sentinel
from blogkit.signatures import signature

_PUBLIC = ".blogkit-site"
_INDEX = "index.json"
_ID = re.compile(r"[0-9a-f]{16}\Z")
_RECORD = re.compile(r"(?:post|page)-[^\W_]+\.json\Z")


class _Read(NamedTuple):
    """A record that this process has read.

    Attributes:
        signature: The signature of its file, from before it was read.
        settled: Whether a later write would have changed that.
    """

    signature: str
    record: Record
    settled: bool


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
        self._read_files: dict[str, _Read] = {}
        self._keys = KnownKeys()
        self._looked_at: dict[str, str] = {}  # the signatures of folders whose keys are known
        self._id_mark, self._home = "", private

    def all(
        self, on_unreadable: OnUnreadable, kind: PostKind | None = None, *, unread: bool = True
    ) -> Sequence[Record]:
        """Return every record, oldest first, including the trash.

        Args:
            on_unreadable: Told each record that is damaged.
            kind: Only posts or only pages.
            unread: Whether files that nothing has touched stay unread.
        """
        found = self._scan(kind)
        self._index.forget_others(found.keys(), kind or "")
        return self._oldest_first(found, on_unreadable, unread=unread)

    def with_key(self, key: str, kind: PostKind, on_unreadable: OnUnreadable) -> Sequence[Record]:
        """Return the records with a key, oldest first, including the trash.

        Args:
            key: The key.
            kind: Posts or pages.
            on_unreadable: Told each record that is damaged.
        """
        found = self._oldest_first(self._scan(kind, key), on_unreadable)
        return [record for record in found if record.key == key]

    def _oldest_first(
        self,
        found: Mapping[str, Sequence[str]],
        on_unreadable: OnUnreadable,
        *,
        unread: bool = True,
    ) -> Sequence[Record]:
        records = []
        for name in sorted(found):
            try:
                records.append(self._newest(name, found[name], unread=unread))
            except Unreadable as error:
                on_unreadable(error)
        return sorted(records, key=lambda record: (record.created, record.id))

    def note(self, record: Record, page: str) -> None:
        """Note that a record's page shows what the record has, so that both need not be read again.

        Args:
            record: A record of this store.
            page: The signature of its page, from before it was read; "" if it has none.
        """
        if isinstance(record, UnreadRecord) and record.page == page:
            return
        for path in self._places(_name(record)):
            read = self._read_files.get(path)
            if read and read.record is record and read.settled:
                self._index.note(_name(record), read.signature, record, page)

    def shown(self, record: Record, stamp: str) -> Mapping[str, Any]:
        """Return what lists show of a record, as far as it is known.

        Args:
            record: A record of this store.
            stamp: A digest of what all pages share.
        """
        return self._index.shown(_name(record), stamp) if isinstance(record, UnreadRecord) else {}

    def note_shown(self, record: Record, stamp: str, shown: dict[str, Any]) -> None:
        """Note what lists show of a record.

        Args:
            record: A record of this store.
            stamp: A digest of what all pages share.
            shown: What was worked out.
        """
        if isinstance(record, UnreadRecord):
            self._index.note_shown(_name(record), stamp, shown)

    def save_index(self) -> None:
        """Save what was noted."""
        self._index.save()

    def get(self, ref: Ref) -> Record:
        """Return the record of a post.

        Raises:
            NotFound: The record does not exist.
            ServerError: It is damaged.
        """
        # The id becomes part of a path, and may come from a user: no "../".
        name = f"{ref.kind}-{ref.id}.json"
        places = self._places(name) if ref.id.isalnum() else []
        files = [file for file in places if os.path.isfile(file)]  # noqa: PTH113
        if not files:
            raise NotFound(f"site {self._site} has no {ref.kind} {ref.id}", site=self._site)
        return self._newest(name, files)

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
        name = _name(record)
        hidden = self._hidden(create=True)[0]
        to, other = (self._public, hidden) if record.state is State.LIVE else (hidden, self._public)
        # Drafts are private. `parents=True` would make the folders above with the usual mode.
        for folder in (self._private.parent, self._private, hidden):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written before the old one goes: a run that is killed in between leaves two, of which the
        # newer counts. The other order could leave none.
        places = [os.fspath(to), os.fspath(other)]
        ours = [place for place in places if signature(place) == self._looked_at.get(place)]
        replace_file(to / name, record_json(record), follow_link=False)
        for place in places:
            self._read_files.pop(f"{place}{os.sep}{name}", None)
            self._keys.drop(place, name)
        (other / name).unlink(missing_ok=True)
        self._looked_at |= {place: signature(place) for place in ours}
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

    def _scan(self, kind: PostKind | None, key: str | None = None) -> dict[str, list[str]]:
        """Return the files of each record, by its name: a killed run may leave it in two places.

        Args:
            kind: Only posts or only pages.
            key: Only records that have this key, or that this process has not read.
        """
        found: dict[str, list[str]] = {}
        for place in map(os.fspath, (*self._hidden(), self._public)):
            mark = signature(place)
            try:
                names = set(os.listdir(place))  # noqa: PTH208
            except FileNotFoundError:
                continue
            if key is not None:
                self._forget_changed(place, mark)
                names = self._keys.likely(place, names, key)
            for name in names:
                if _RECORD.match(name) and name.startswith(kind or ""):
                    found.setdefault(name, []).append(f"{place}{os.sep}{name}")
        return found

    def _forget_changed(self, place: str, mark: str) -> None:
        """Forget the keys of records that another process wrote: it may have adopted a post."""
        if mark == self._looked_at.get(place):
            return  # each write puts a new file into the folder
        for name in self._keys.names(place):
            file = f"{place}{os.sep}{name}"
            if signature(file) != self._read_files[file].signature:
                self._keys.drop(place, name)
        self._looked_at[place] = mark

    def _places(self, name: str) -> list[str]:
        return [f"{place}{os.sep}{name}" for place in (*self._hidden(), self._public)]

    def _newest(self, name: str, files: Sequence[str], *, unread: bool = True) -> Record:
        """Return a record, and leave it in the place of its state only.

        A killed run may leave two, and versions before 0.2 had all of them in the site's folder.
        """
        read = [self._read(file, name, unread=unread) for file in files]
        newest = max(read, key=lambda record: record.updated)
        public = os.path.dirname(files[-1]) == os.fspath(self._public)  # noqa: PTH120
        if len(read) > 1 or (public and newest.state is not State.LIVE):
            self.put(newest)
        return newest

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
        mark = signature(file)
        if mark and mark == self._id_mark:
            return [self._home]
        if create:
            import secrets

            self._public.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                create_file(file, secrets.token_hex(8).encode())
        try:
            name = file.read_bytes().decode("ascii", "replace").strip()
        except FileNotFoundError:
            return []
        if _ID.match(name):
            self._id_mark, self._home = mark, self._private / name
            return [self._home]
        hint = f"write the name of the site's folder in {self._private} into it"
        raise ServerError(f"site {self._site}: {file} is damaged", site=self._site, hint=hint)

    @cached_property
    def _index(self) -> PostIndex:
        return PostIndex(next((place / _INDEX for place in self._hidden()), None))

    def _read(self, file: str, name: str, *, unread: bool) -> Record:
        mark, now = signature(file), time.time_ns()
        seen = self._read_files.get(file)
        if seen and isinstance(seen.record, UnreadRecord) and not unread:
            seen = None
        if seen is None or seen.signature != mark:
            body = partial(self._body, file, mark)
            record = self._index.find(name, mark, body) if unread else None
            # What the index has of a file that nothing has touched since was settled then.
            settled = record is not None or signature(file, settled=now) == mark
            seen = _Read(mark, record or self._decode(Path(file)), settled)
            self._read_files[file] = seen
            self._keys.add(file[: -len(name) - 1], name, seen.record.key)
        return seen.record

    def _body(self, file: str, mark: str) -> str:
        body = self._decode(Path(file)).body
        if signature(file) != mark:
            sentence = f"site {self._site}: {file} changed while blogkit looked at it"
            raise Conflict(f"{sentence}; nothing was written", hint="run the same command again")
        return body

    def _decode(self, path: Path) -> Record:
        data: dict[str, Any] = {}
        try:
            data = json.loads(path.read_bytes())
            return record_from(data)
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


def _name(record: Record) -> str:
    return f"{record.kind}-{record.id}.json"
