"""The render cache: what each file rendered to last time, so that unchanged ones are not read.

A cache in `.blogkit/`, and nothing else: it may be deleted at any time; without it everything is
rendered again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import blogkit
from blogkit.config import Config
from blogkit.paths import is_text
from blogkit.platforms.base import Draft, PostKind, State, Target
from blogkit.project.cache.signatures import files_in, program, signature
from blogkit.project.options import PublishOptions
from blogkit.project.sites import Sites
from blogkit.sync.actions import Desired, Queued

if TYPE_CHECKING:
    from blogkit.sanitizers.profiles import Profile

# To be raised with every change of the columns or their meaning; an old cache is then dropped.
_LAYOUT = 5
_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT NOT NULL, site TEXT NOT NULL, stamp TEXT NOT NULL, signature TEXT NOT NULL,
    needs TEXT NOT NULL, "key" TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    digest TEXT NOT NULL, desired_state TEXT NOT NULL, state TEXT NOT NULL, "at" TEXT NOT NULL,
    status TEXT NOT NULL, min_lead INTEGER NOT NULL, remote_id TEXT NOT NULL,
    queued TEXT NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (path, site)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profile (site TEXT PRIMARY KEY, name TEXT NOT NULL)
"""


@dataclass(frozen=True)
class CacheEntry:
    """What a plan needs of one file for one site.

    Attributes:
        stamp: A name for everything else that the rendering depends on.
        signature: Tells whether the file was touched.
        needs: Other files that the post was made from, with their signatures.
        desired_state: The desired state as text that stays the same when a scheduled time comes.
        state: The state that is asked for; empty leaves it to the site.
        status: The word for it, such as "private".
        queued: The post's priority in the queue, and "held" if it is; empty if it is not queued.
    """

    site: str
    stamp: str
    signature: str
    needs: str
    key: str
    kind: PostKind
    title: str
    digest: str
    desired_state: str
    state: str
    at: str
    status: str
    min_lead: int
    remote_id: str
    queued: str

    def desired(
        self, path: Path, write: Callable[[], Draft], zone: tzinfo, now: datetime
    ) -> Desired:
        """Return what the file asks for.

        Args:
            path: The file.
            write: Makes its draft when it is needed.
            zone: The blog's time zone, for messages.
            now: Decides whether a time has passed.
        """
        from blogkit.sync.desired import resolve_target

        at = datetime.fromisoformat(self.at) if self.at else None
        target = Target(State(self.state), at, self.status) if self.state else None
        return Desired(
            key=self.key,
            path=path,
            site=self.site,
            kind=self.kind,
            title=self.title,
            make_draft=write,
            target=resolve_target(target, now) if target else None,
            digest=self.digest,
            desired_state=self.desired_state,
            zone=zone,
            min_lead=self.min_lead,
            remote_id=self.remote_id,
            queued=_queued(self.queued),
        )


class RenderCache:
    """The cache of one call.

    Args:
        config: The blog's folder and settings.
        sites: Asked which HTML each site keeps, which decides how posts render.
        db: None if nothing is known and nothing is to be kept.
        only: The one site that is asked for; empty means each post's own.
        online: The sites may be asked; otherwise their last answer is used.
    """

    def __init__(
        self,
        config: Config,
        sites: Sites,
        db: sqlite3.Connection | None,
        only: str,
        *,
        online: bool,
    ) -> None:
        self._config, self._sites = config, sites
        self._db, self._only, self._online = db, only, online
        self._root = f"{config.root}{os.sep}"
        self._profiles: dict[str, Profile] = {}
        self._stamps: dict[str, str] = {}
        self._new: list[tuple[object, ...]] = []
        self._opened = time.time_ns()
        if db is not None:
            # Before anything is read: a change while reading must not count as what was read.
            _ = self._common

    @classmethod
    @contextmanager
    def open(
        cls, config: Config, sites: Sites, options: PublishOptions, *, online: bool
    ) -> Iterator[RenderCache]:
        """Open the project's cache. Unused if the options change what posts render to."""
        db = None if options.changes_content else _connect(config.private / "cache.sqlite")
        try:
            cache = cls(config, sites, db, options.site, online=online)
            yield cache
            cache._save()
        finally:
            if db:
                db.close()

    def entries(self, signatures: Mapping[Path, str]) -> dict[Path, list[CacheEntry]]:
        """Return what is known of these files.

        A file is left out if it, or anything that its posts were made from, has changed.
        """
        if self._db is None:
            return {}
        known: dict[str, list[CacheEntry]] = {}
        with suppress(sqlite3.Error):
            # fetchall: of a damaged file all, or nothing
            for *row, checksum in self._db.execute("SELECT * FROM file").fetchall():
                # SQLite has none: https://www.sqlite.org/faq.html#q21
                if _checksum(row) == checksum:
                    path, *values = row
                    known.setdefault(path, []).append(CacheEntry(*values))
        found = {}
        others: dict[str, str] = {}
        for source, mark in signatures.items():
            entries = known.get(self._name(source))
            if entries and self._are_current(entries, mark, others):
                chosen = [entry for entry in entries if self._only in ("", entry.site)]
                if chosen:
                    found[source] = chosen
        return found

    def keep(self, path: Path, made: Sequence[tuple[Desired, Sequence[Path]]]) -> None:
        """Keep what a file rendered to for all its sites, each with the files it was made from."""
        if self._db is None or self._only:
            return
        own = signature(path, settled=self._opened)
        for desired, files in made:
            needs = {str(file): signature(file, settled=self._opened) for file in files}
            if not own or "unsettled" in (own, *needs.values()) or not all(map(is_text, needs)):
                return
            self._new.append(self._row(path, own, needs, desired))

    def profile(self, site: str) -> Profile:
        """Return what a site keeps of HTML, as far as it is known."""
        if site not in self._profiles:
            known = self._ask(site) if self._online else self._remembered(site)
            self._profiles[site] = known or self._sites.default_profile(site)
        return self._profiles[site]

    def _row(
        self, path: Path, own: str, needs: Mapping[str, str], desired: Desired
    ) -> tuple[object, ...]:
        target = desired.target
        row = (
            self._name(path),
            desired.site,
            self._stamp(desired.site),
            own,
            "\n".join(f"{mark}\t{file}" for file, mark in needs.items()),
            desired.key,
            desired.kind,
            desired.title,
            desired.digest,
            desired.desired_state,
            str(target.state) if target else "",
            target.at.isoformat() if target and target.at else "",
            target.status if target else "",
            desired.min_lead,
            desired.remote_id,
            _queue_text(desired.queued),
        )
        return (*row, _checksum(row))

    def _are_current(self, entries: Sequence[CacheEntry], own: str, others: dict[str, str]) -> bool:
        for entry in entries:
            if entry.signature != own or entry.site not in self._config.sites:
                return False
            if entry.stamp != self._stamp(entry.site):
                return False
            for line in entry.needs.split("\n") if entry.needs else ():
                mark, _, name = line.partition("\t")
                if name not in others:
                    others[name] = signature(Path(name))
                if others[name] != mark:
                    return False
        return True

    def _save(self) -> None:
        """Write all at once. The run goes on if the cache cannot be written."""
        if not self._new or self._db is None:
            return
        places = ", ".join("?" * len(self._new[0]))
        with suppress(sqlite3.Error), self._db:
            self._db.executemany(
                "DELETE FROM file WHERE path = ?", {(row[0],) for row in self._new}
            )
            # (a constant)
            self._db.executemany(f"INSERT INTO file VALUES ({places})", self._new)  # noqa: S608

    def _name(self, path: Path) -> str:
        return str(path).removeprefix(self._root)

    def _stamp(self, site: str) -> str:
        """Name everything but its own files that a post on a site depends on."""
        if site not in self._stamps:
            whole = hashlib.sha256(self._common + f"{site} {self.profile(site)}".encode())
            self._stamps[site] = whole.hexdigest()
        return self._stamps[site]

    @cached_property
    def _common(self) -> bytes:
        """Return a digest of the program, the settings and the widgets."""
        settings = self._config.root / "blogkit.toml"
        digest = hashlib.sha256(blogkit.__version__.encode())
        trust = self._sites.settings.trust
        digest.update(f"{trust.everything} {sorted(trust.widgets.items())}".encode())
        # Installing or removing a package changes the folder's own time stamp.
        packages = signature(sysconfig.get_path("purelib")).encode()
        own = files_in(self._config.root / "widgets")
        for part in (settings.read_bytes(), program(), *own, packages):
            digest.update(part)
        return digest.digest()

    def _ask(self, site: str) -> Profile | None:
        if site in self._sites.unavailable:
            return None
        with self._sites.tolerating(site):
            found = self._sites.platform(site).profile()
            if self._db:
                with suppress(sqlite3.Error), self._db:
                    values = (site, found.name)
                    self._db.execute("INSERT OR REPLACE INTO profile VALUES (?, ?)", values)
            return found
        return None

    def _remembered(self, site: str) -> Profile | None:
        from blogkit.sanitizers.profiles import PROFILES

        if self._db is None:
            return None
        with suppress(sqlite3.Error):
            query = "SELECT name FROM profile WHERE site = ?"
            row = self._db.execute(query, (site,)).fetchone()
            return PROFILES.get(row[0]) if row else None
        return None


def _queue_text(queued: Queued | None) -> str:
    return f"{queued.priority}{' held' * queued.held}" if queued else ""


def _queued(text: str) -> Queued | None:
    priority, _, held = text.partition(" ")
    return Queued(int(priority), bool(held)) if text else None


def _checksum(row: Sequence[object]) -> int:
    return crc32("\0".join(map(str, row)).encode("utf-8", "surrogatepass"))


def _connect(path: Path) -> sqlite3.Connection | None:
    db = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        # Another process may be writing: then work without the cache rather than wait for it.
        db = sqlite3.connect(path, timeout=1)
        if db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
            drop = "DROP TABLE IF EXISTS file; DROP TABLE IF EXISTS profile"
            db.executescript(f"{drop}; {_SCHEMA}; PRAGMA user_version = {_LAYOUT}")
    except (OSError, sqlite3.Error):
        if db:
            db.close()
        return None
    return db
