"""What is known of the post files from the last time they were rendered: of those that have not changed since, nothing is read.

A cache in `.blogkit/`, and nothing else: it may be deleted at any time, and when it cannot be used everything is rendered anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import blogkit
from blogkit.cli.workbench import Wishes, Workbench
from blogkit.paths import is_text
from blogkit.platforms.base import Draft, Kind, State, Target
from blogkit.publish.actions import Desired

if TYPE_CHECKING:
    from blogkit.survival.profile import Profile

_LAYOUT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT NOT NULL, site TEXT NOT NULL, stamp TEXT NOT NULL, signature TEXT NOT NULL, needs TEXT NOT NULL, "key" TEXT NOT NULL,
    kind TEXT NOT NULL, title TEXT NOT NULL, digest TEXT NOT NULL, wish TEXT NOT NULL, state TEXT NOT NULL, "at" TEXT NOT NULL,
    min_lead INTEGER NOT NULL, remote_id TEXT NOT NULL, PRIMARY KEY (path, site)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profile (site TEXT PRIMARY KEY, name TEXT NOT NULL)
"""
_SETTLED = 2_000_000_000
"""Nanoseconds. A file that was written just now may be written again without its times showing it
(the problem is git's, too: https://git-scm.com/docs/racy-git)."""


@dataclass(frozen=True)
class Row:
    """What a plan needs of one file for one site. state: "" = left to the site; needs: other files that the post was made of."""

    site: str
    stamp: str
    signature: str
    needs: str
    key: str
    kind: Kind
    title: str
    digest: str
    wish: str
    state: str
    at: str
    min_lead: int
    remote_id: str

    def desired(self, path: Path, write: Callable[[], Draft], zone: tzinfo, now: datetime) -> Desired:
        """What the file means, without its draft until somebody needs it."""
        from blogkit.publish.desired import due

        at = datetime.fromisoformat(self.at) if self.at else None
        target = due(Target(State(self.state), at), now) if self.state else None
        return Desired(
            self.key, path, self.site, self.kind, self.title, write, target, self.digest, self.wish, zone, self.min_lead, self.remote_id
        )


class Archive:
    """db: None = nothing is known, and nothing is kept; only: the one site that is asked for, "" = each post's own; online: sites
    may be asked what they keep of HTML, which decides what posts become; else it is what they said last."""

    def __init__(self, bench: Workbench, db: sqlite3.Connection | None, only: str, *, online: bool) -> None:
        self._bench, self._db, self._only, self._online = bench, db, only, online
        self._root = f"{bench.workspace.root}{os.sep}"
        self._profiles: dict[str, Profile] = {}
        self._stamps: dict[str, str] = {}
        self._new: list[tuple[object, ...]] = []
        self._opened = time.time_ns()
        if db is not None:
            _ = self._common  # before anything is read: what changes while it is must not pass for what was read

    @classmethod
    @contextmanager
    def open(cls, bench: Workbench, wishes: Wishes, *, online: bool) -> Iterator[Archive]:
        """The workspace's archive; of no use when the command line changes what posts mean."""
        plain = not (wishes.quiz_url or wishes.allow_open or wishes.allow_http)
        db = _connect(bench.workspace.private / "cache.sqlite") if plain else None
        try:
            archive = cls(bench, db, wishes.site, online=online)
            yield archive
            archive._save()
        finally:
            if db:
                db.close()

    def rows(self, sources: Iterable[Path]) -> dict[Path, list[Row]]:
        """What is known, by file; a file is left out when it, or anything that its posts were made of, has changed."""
        if self._db is None:
            return {}
        known: dict[str, list[Row]] = {}
        with suppress(sqlite3.Error):
            for path, *values in self._db.execute("SELECT * FROM file").fetchall():  # all, or none of a damaged one
                known.setdefault(path, []).append(Row(*values))
        found = {}
        others: dict[str, str] = {}
        for source in sources:
            rows = known.get(self._name(source))
            if rows and self._hold(rows, signature(source), others):
                chosen = [row for row in rows if self._only in ("", row.site)]
                if chosen:
                    found[source] = chosen
        return found

    def keep(self, path: Path, made: Sequence[tuple[Desired, Sequence[Path]]]) -> None:
        """What a file has become for all its sites, for the next time."""
        if self._db is None or self._only:
            return
        own = signature(path, settled=self._opened)
        for desired, files in made:
            needs = {str(file): signature(file, settled=self._opened) for file in files}
            if not own or "unsettled" in needs.values() or own == "unsettled" or not all(map(is_text, needs)):
                return
            target = desired.target
            self._new.append(
                (
                    self._name(path),
                    desired.site,
                    self._stamp(desired.site),
                    own,
                    "\n".join(f"{mark}\t{file}" for file, mark in needs.items()),
                    desired.key,
                    desired.kind,
                    desired.title,
                    desired.digest,
                    desired.wish,
                    str(target.state) if target else "",
                    target.at.isoformat() if target and target.at else "",
                    desired.min_lead,
                    desired.remote_id,
                )
            )

    def _hold(self, rows: Sequence[Row], own: str, others: dict[str, str]) -> bool:
        for row in rows:
            if row.signature != own or row.site not in self._bench.workspace.sites or row.stamp != self._stamp(row.site):
                return False
            for line in row.needs.split("\n") if row.needs else ():
                mark, _, name = line.partition("\t")
                if name not in others:
                    others[name] = signature(Path(name))
                if others[name] != mark:
                    return False
        return True

    def _save(self) -> None:
        """All at once; a cache that cannot be written is done without."""
        if not self._new or self._db is None:
            return
        with suppress(sqlite3.Error), self._db:
            self._db.executemany("DELETE FROM file WHERE path = ?", {(row[0],) for row in self._new})
            self._db.executemany(f"INSERT INTO file VALUES ({', '.join('?' * len(self._new[0]))})", self._new)  # noqa: S608 (a constant)

    def _name(self, path: Path) -> str:
        return str(path).removeprefix(self._root)

    def _stamp(self, site: str) -> str:
        """A name for everything but its own files that makes a post what it is on a site: program, settings, widgets, profile."""
        if site not in self._stamps:
            whole = hashlib.sha256(self._common + f"{site} {self.profile(site)}".encode())
            self._stamps[site] = whole.hexdigest()
        return self._stamps[site]

    @cached_property
    def _common(self) -> bytes:
        settings = self._bench.workspace.root / "blogkit.toml"
        digest = hashlib.sha256(blogkit.__version__.encode())
        for part in (settings.read_bytes(), *_trees(self._bench.workspace.root)):
            digest.update(part)
        return digest.digest()

    def profile(self, site: str) -> Profile:
        """What a site keeps of HTML, as far as it says so."""
        if site not in self._profiles:
            self._profiles[site] = (self._ask(site) if self._online else self._remembered(site)) or self._bench.usual_profile(site)
        return self._profiles[site]

    def _ask(self, site: str) -> Profile | None:
        if site in self._bench.down:
            return None
        with self._bench.tolerating(site):
            found = self._bench.platform(site).profile()
            if self._db:
                with suppress(sqlite3.Error), self._db:
                    self._db.execute("INSERT OR REPLACE INTO profile VALUES (?, ?)", (site, found.name))
            return found
        return None

    def _remembered(self, site: str) -> Profile | None:
        from blogkit.survival.profile import PROFILES

        if self._db is None:
            return None
        with suppress(sqlite3.Error):
            row = self._db.execute("SELECT name FROM profile WHERE site = ?", (site,)).fetchone()
            return PROFILES.get(row[0]) if row else None
        return None


def signature(path: Path | str, *, settled: int = 0) -> str:
    """What tells that a file was not touched; "" when there is none.

    settled: "unsettled" for one that was written shortly before this moment or since, which may not be what was read.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - ten thousand times a run
    except OSError:
        return ""
    if settled and max(found.st_mtime_ns, found.st_ctime_ns) > settled - _SETTLED:
        return "unsettled"
    return f"{found.st_mtime_ns}.{found.st_ctime_ns}.{found.st_size}.{found.st_ino}"


def _connect(path: Path) -> sqlite3.Connection | None:
    db = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(path, timeout=1)
        if db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
            db.executescript(f"DROP TABLE IF EXISTS file; DROP TABLE IF EXISTS profile; {_SCHEMA}; PRAGMA user_version = {_LAYOUT}")
    except (OSError, sqlite3.Error):
        if db:
            db.close()
        return None
    return db


def _trees(root: Path) -> Iterator[bytes]:
    """Signatures of all files that render posts: ours, the workspace's widgets, and the folder of installed packages."""
    package = Path(blogkit.__file__).parent
    for folder in (package, package.parent / "widgets", root / "widgets"):
        for where, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                yield os.fsencode(f"{where}/{name} {signature(f'{where}/{name}')}")
    yield signature(sysconfig.get_path("purelib")).encode()
